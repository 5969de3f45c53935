import type { LedgerProducts } from './ledger.ts';

/** What a customer can hold: the widest categories or, where the shop has none, the products themselves. */
export interface ProductKinds {
  readonly basis: 'category' | 'product';
  /** By product 0 … count − 1: its kind; −1 for fees and for what is in no category. */
  readonly kindOf: Int32Array;
  readonly count: number;
  /** By kind; empty where kinds are products. */
  readonly names: readonly string[];
}

export function productKinds({ tree, count, isFee }: LedgerProducts): ProductKinds {
  const { names, parents, productNodes, levelStarts } = tree;
  const kindOf = new Int32Array(count).fill(-1);
  const isByCategory = names.length > 0;
  for (let product = 0; product < productNodes.length; product++) {
    if (isFee[product] === 1) continue;
    if (!isByCategory) {
      kindOf[product] = product;
      continue;
    }
    let node = productNodes[product];
    while (node >= 0 && parents[node] >= 0) node = parents[node];
    kindOf[product] = node;
  }
  // The widest categories are numbered first.
  const widest = isByCategory ? names.slice(0, levelStarts[1]) : [];
  return {
    basis: isByCategory ? 'category' : 'product',
    kindOf,
    count: isByCategory ? widest.length : productNodes.length,
    names: widest,
  };
}
