import type { BasketHistories } from '../../src/baskets/basket-histories.ts';
import { areaUnderCurve, gainsAt } from '../../src/learn/scores.ts';
import type { DividedShop } from './audience-shop.ts';

/** What came true of a product's audience, by customer: 1 for yes. */
export interface Outcome {
  /** Who had bought it before. */
  readonly owned: Uint8Array;
  /** Who came again. */
  readonly came: Uint8Array;
  /** Who bought it when coming for the first time. */
  readonly atNextVisit: Uint8Array;
  /** Who bought it at all. */
  readonly bought: Uint8Array;
}

/** Who is looked at: all, or those to whom the product is new. */
export const groups = ['all', 'new'] as const;
export type Group = (typeof groups)[number];

/** How well an order of the customers finds the buyers of one product. */
export interface Found {
  /** Of those who bought it at all in the time hidden. */
  readonly area: number | null;
  readonly topTenth: number | null;
  /** Of those who came, those who bought it then. */
  readonly areaAtVisit: number | null;
  /** Who bought it then: as the probabilities of those who came add up, and in fact. */
  readonly expected: number;
  readonly actual: number;
}

export function outcomeOf({ past, later }: DividedShop, item: number): Outcome {
  const count = later.offsets.length - 1;
  const byCustomer = (holds: (customer: number) => boolean): Uint8Array =>
    Uint8Array.from({ length: count }, (_, customer) => (holds(customer) ? 1 : 0));
  const { offsets } = later;
  const { histories } = past;
  return {
    owned: byCustomer((c) => isIn(histories, histories.offsets[c], histories.offsets[c + 1], item)),
    came: byCustomer((c) => offsets[c + 1] > offsets[c]),
    atNextVisit: byCustomer(
      (c) => offsets[c + 1] > offsets[c] && isIn(later, offsets[c], offsets[c] + 1, item),
    ),
    bought: byCustomer((c) => isIn(later, offsets[c], offsets[c + 1], item)),
  };
}

/** Whether one of the baskets `from … to - 1` holds an item. */
function isIn({ itemOffsets, items }: BasketHistories, from: number, to: number, item: number): boolean {
  return items.subarray(itemOffsets[from], itemOffsets[to]).includes(item);
}

/**
 * @param scores by customer; where they are no probabilities, `expected` is none, either
 */
export function found(
  scores: Float64Array,
  { owned, came, atNextVisit, bought }: Outcome,
  group: Group,
): Found {
  const isMeant = owned.map((owns) => (group === 'all' || owns === 0 ? 1 : 0));
  const isThere = isMeant.map((meant, c) => meant & came[c]);
  const [all, visitors] = [chosen(scores, isMeant), chosen(scores, isThere)];
  const [buyers, visitBuyers] = [chosen(bought, isMeant), chosen(atNextVisit, isThere)];
  return {
    area: areaUnderCurve(all, buyers),
    topTenth: gainsAt(all, buyers, 0.1)?.gain ?? null,
    areaAtVisit: areaUnderCurve(visitors, visitBuyers),
    expected: visitors.reduce((sum, probability) => sum + probability, 0),
    actual: visitBuyers.reduce((sum, one) => sum + one, 0),
  };
}

const chosen = <T extends Float64Array | Uint8Array>(values: T, marks: Uint8Array): T =>
  values.filter((_: number, at: number) => marks[at] === 1) as T;

/** The mean of what there is. */
export function meanOf(values: readonly (number | null)[]): number {
  const known = values.filter((value) => value !== null);
  return known.reduce((sum, value) => sum + value, 0) / known.length;
}

export const sumOf = (values: readonly number[]): number => values.reduce((sum, value) => sum + value, 0);
