import { relations } from '../../../insights/insights.ts';
import type { Product } from '../../catalogue.ts';
import { placements } from '../../placements.ts';
import type { Substitutes } from '../../substitutes.ts';
import { substitutesOf } from '../../substitutes.ts';
import { productOf } from '../../testing/product.ts';
import type { Candidate } from '../candidate.ts';
import type { Choice } from '../choice.ts';
import type { ChoiceContext } from '../choice-context.ts';
import { OfferChooser } from '../offer-chooser.ts';
import type { Marking, Pin, Policy, PolicyDefinition, Weighting } from '../policy.ts';
import { PolicyBook } from '../policy-book.ts';

/** A candidate whose product has the item number for a code, worth less the higher it is, but for what is given. */
export function candidate(
  item: number,
  { product, ...given }: Partial<Omit<Candidate, 'item' | 'product'>> & { product?: Partial<Product> } = {},
): Candidate {
  return {
    item,
    product: productOf(`p${item}`, product),
    kind: 'cross-sell',
    probability: 0.5,
    value: 100 - item,
    ...given,
  };
}

/** Settings under which only what is given limits anything. */
export const freely: ChoiceContext['settings'] = {
  ...placements.home,
  kinds: { 'cross-sell': 1, 'up-sell': 1, bundle: 1, 'buy-again': 1 },
  maxPerCategory: null,
  repeatLimit: null,
  quietDays: 0,
};

export type GivenContext = Partial<Omit<ChoiceContext, 'settings'>> & {
  readonly settings?: Partial<ChoiceContext['settings']>;
};

/** A guest of an empty cart who gets up to ten, but for what is given. */
export function contextOf({ settings, ...given }: GivenContext = {}): ChoiceContext {
  return {
    placement: 'home',
    settings: { ...freely, ...settings },
    limit: 10,
    now: 0,
    cart: [],
    cartValue: null,
    excluded: [],
    segments: new Set(),
    owns: () => false,
    repeatShare: () => 0,
    leavingOverPrice: 0,
    candidateFor: () => undefined,
    explain: true,
    ...given,
  };
}

/** A policy for everybody, everywhere and always, but for what is given. */
type Loose =
  | (Partial<Pin> & Pick<Pin, 'action'>)
  | (Partial<Weighting> & Pick<Weighting, 'action'>)
  | (Partial<Marking> & Pick<Marking, 'action'>);

export function definition(given: Loose): PolicyDefinition {
  const always = {
    name: given.action,
    enabled: true,
    placements: null,
    segments: null,
    startsAt: null,
    endsAt: null,
  };
  const rest = {
    pin: { product: 'p1', position: 1 },
    boost: { factor: 2, products: [], categories: [] },
    bury: { factor: 0.5, products: [], categories: [] },
    hide: { products: [], categories: [] },
    consumable: { products: [], categories: [] },
  }[given.action];
  return { ...always, ...rest, ...given } as PolicyDefinition;
}

/** Policies with the ids 1, 2, … */
export const stored = (...given: Loose[]): Policy[] =>
  given.map((each, at) => ({ ...definition(each), id: at + 1 }));

export const bookOf = (...given: Loose[]): PolicyBook => new PolicyBook(stored(...given));

/** Pairs of substitutes among so many items. */
export function substitutePairs(
  itemCount: number,
  ...pairs: readonly (readonly [number, number])[]
): Substitutes {
  const ordered = pairs.map(([a, b]) => [Math.min(a, b), Math.max(a, b)] as const);
  const figures = new Float64Array(pairs.length);
  return substitutesOf(
    {
      a: Int32Array.from(ordered, ([a]) => a),
      b: Int32Array.from(ordered, ([, b]) => b),
      relation: new Uint8Array(pairs.length).fill(relations.indexOf('substitute')),
      together: new Int32Array(pairs.length),
      lift: figures,
      logP: figures,
      logPBeyondSize: figures,
      similarity: figures,
      confidence: figures,
    },
    itemCount,
  );
}

export interface Choosing {
  readonly context?: GivenContext;
  readonly book?: PolicyBook;
  readonly substitutes?: Substitutes;
}

export function choose(
  candidates: readonly Candidate[],
  { context, book, substitutes }: Choosing = {},
): Choice {
  const chooser = new OfferChooser(substitutes ?? substitutePairs(64));
  return chooser.choose(candidates, book ?? bookOf(), contextOf(context));
}

/** The items that are offered, in their order. */
export const itemsOf = ({ offers }: Choice): number[] => offers.map(({ candidate }) => candidate.item);

/** What removed each of the others, by item. */
export const reasonsOf = ({ removed }: Choice): Record<number, string> =>
  Object.fromEntries(removed.map(({ candidate, reason }) => [candidate.item, reason]));
