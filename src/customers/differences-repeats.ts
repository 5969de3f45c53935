import type { CustomerAttribute } from './ledger.ts';

/** From this share of the customers on, two attributes that say the same of them are one. */
const mostlySame = 0.9;

/**
 * Which attributes say again what a behaviour says, such as the channel of the first order beside that of most orders: tested both,
 * one difference would count as two.
 *
 * @param customers the numbers of those to compare; only where both are known
 * @returns by name of the attribute, the name of the behaviour
 */
export function repeatedNames(
  attributes: readonly CustomerAttribute[],
  behaviours: readonly CustomerAttribute[],
  customers: Int32Array,
): ReadonlyMap<string, string> {
  return new Map(
    attributes.flatMap((attribute) => {
      const same = behaviours.find((behaviour) => isMostlySame(attribute, behaviour, customers));
      return same ? [[attribute.name, same.name] as const] : [];
    }),
  );
}

function isMostlySame(one: CustomerAttribute, other: CustomerAttribute, customers: Int32Array): boolean {
  if (one.kind !== 'label' || other.kind !== 'label') return false;
  // By label of the one, its position in the other.
  const inOther = one.labels.map((label) => other.labels.indexOf(label));
  let [known, same] = [0, 0];
  for (const c of customers) {
    if (one.values[c] < 0 || other.values[c] < 0) continue;
    known++;
    if (inOther[one.values[c]] === other.values[c]) same++;
  }
  return known > 0 && same >= mostlySame * known;
}
