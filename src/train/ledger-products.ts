import type { LedgerProducts } from '../customers/ledger.ts';
import type { CategoryTree } from '../taxonomy/category-tree.ts';
import { absent } from './copy-columns.ts';
import { distinctIds, type Numbering } from './numbering.ts';
import { sharedColumn } from './shared-column.ts';

export interface ReadProduct {
  readonly id: number;
  readonly code: string;
  readonly name: string | null;
  readonly nonProduct: boolean;
  readonly cost: number | null;
  readonly kilograms: string | null;
}

/** What products cost by the catalogue, NaN where it does not say. */
export function costById(products: readonly ReadProduct[]): Float64Array {
  const highest = products.reduce((most, { id }) => Math.max(most, id), 0);
  const costs = new Float64Array(highest + 1).fill(Number.NaN);
  for (const { id, cost } of products) costs[id] = cost ?? Number.NaN;
  return costs;
}

/** Items first, then the others there are, by id. */
export function numberProducts(itemIds: Int32Array, lineProducts: Int32Array): Numbering {
  const present = distinctIds(lineProducts);
  const highest = Math.max(itemIds.at(-1) ?? 0, present.at(-1) ?? 0);
  const numberOf = new Int32Array(highest + 1).fill(absent);
  itemIds.forEach((id, item) => {
    numberOf[id] = item;
  });
  const others = present.filter((id) => numberOf[id] === absent);
  others.forEach((id, n) => {
    numberOf[id] = itemIds.length + n;
  });
  const ids = new Int32Array(itemIds.length + others.length);
  ids.set(itemIds);
  ids.set(others, itemIds.length);
  return { ids, numberOf };
}

/** As a shop writes a weight; `1e-3` is one too. */
const plainWeight = /^\+?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i;

/** @param ids by product number, the items first */
export function ledgerProducts(
  products: readonly ReadProduct[],
  ids: Int32Array,
  itemCount: number,
  tree: CategoryTree,
): { products: LedgerProducts; productNames: string[]; unreadKilograms: number } {
  const byId = new Map(products.map((product) => [product.id, product]));
  const isFee = sharedColumn(Uint8Array, ids.length);
  const kilograms = sharedColumn(Float64Array, ids.length).fill(Number.NaN);
  let unreadKilograms = 0;
  ids.forEach((id, n) => {
    const { nonProduct, kilograms: stated } = byId.get(id)!;
    isFee[n] = nonProduct ? 1 : 0;
    const text = stated?.trim() ?? '';
    if (text === '') return;
    if (plainWeight.test(text) && Number.isFinite(Number(text))) kilograms[n] = Number(text);
    else unreadKilograms++;
  });
  return {
    products: { count: ids.length, itemCount, isFee, kilograms, tree },
    productNames: Array.from(ids, (id) => nameOf(byId.get(id)!)),
    unreadKilograms,
  };
}

const nameOf = ({ name, code }: ReadProduct): string => name?.trim() || code;
