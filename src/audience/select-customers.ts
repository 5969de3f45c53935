import type { Model } from '../model/model.ts';
import type { Product } from '../offers/catalogue.ts';
import { type Audience, ownership } from './audience.ts';

/** Whether customers who have the product are in the audience, or nobody else is. */
export const ownersChoices = ['exclude', 'include', 'only'] as const;
export type OwnersChoice = (typeof ownersChoices)[number];

export interface AudienceFilter {
  readonly owners: OwnersChoice;
  readonly minProbability: number;
  /** All must hold. */
  readonly tests: readonly ((customer: number) => boolean)[];
}

/**
 * Owners are left out unless the product is bought again and again: it says so itself (its attribute `consumable`), or enough of its
 * buyers did.
 *
 * @param consumableShare from this share of buyers on who bought it on another day too
 */
export function usualOwners(
  { attributes: { consumable } }: Product,
  repeatShare: number,
  consumableShare: number,
): OwnersChoice {
  if (typeof consumable === 'boolean') return consumable ? 'include' : 'exclude';
  return repeatShare >= consumableShare ? 'include' : 'exclude';
}

/** Leaves those out who were forgotten. */
export const isNamed =
  ({ customerCodes }: Pick<Model, 'customerCodes'>) =>
  (customer: number): boolean =>
    customerCodes.isNamed(customer);

/**
 * Where in the order of an audience the customers are who fit, ascending. Who bought the product since the model was trained is among
 * `only` alone.
 */
export function selectPlaces(
  { ranked, owned }: Audience,
  { owners, minProbability, tests }: AudienceFilter,
): Int32Array {
  const { order, probabilities } = ranked;
  const places = new Int32Array(order.length);
  let count = 0;
  for (let place = 0; place < order.length; place++) {
    const customer = order[place];
    if (probabilities[customer] < minProbability) break;
    if (admits(owners, owned[customer]) && tests.every((test) => test(customer))) places[count++] = place;
  }
  return places.slice(0, count);
}

function admits(owners: OwnersChoice, owns: number): boolean {
  if (owners === 'only') return owns !== ownership.no;
  return owns === ownership.no || (owners === 'include' && owns === ownership.byModel);
}
