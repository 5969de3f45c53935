import { type CategoryTree, levelCount } from '../../taxonomy/category-tree.ts';
import { customerCount, type Ledger } from '../ledger.ts';

/** Products in a few kinds, so that customers can be told apart by what they buy. */
export interface ProductKinds {
  /** Categories of the shop, or groups of products that are bought together where it has none. */
  readonly source: 'categories' | 'bought-together' | 'none';
  /** By item: its kind, or −1 for none. */
  readonly kindOf: Int16Array;
  /** By kind; no two alike. */
  readonly names: readonly string[];
}

/** So large a share of the bought lines must have a category for the tree to make the kinds. */
const leastCategorised = 0.5;

export const noKinds = (itemCount: number): ProductKinds => ({
  source: 'none',
  kindOf: new Int16Array(itemCount).fill(-1),
  names: [],
});

/**
 * The categories of the widest level that has two or more, the most bought ones; undefined where most lines have none.
 *
 * @param most how many kinds at most; the products of other categories have none
 */
export function kindsOfTree(ledger: Ledger, most: number): ProductKinds | undefined {
  const { tree, itemCount } = ledger.products;
  const lines = boughtLines(ledger);
  const total = lines.reduce((sum, count) => sum + count, 0);
  for (let level = 1; level <= levelCount(tree); level++) {
    const nodeOf = nodesAt(tree, level, itemCount);
    const counts = new Float64Array(tree.names.length);
    let categorised = 0;
    for (let item = 0; item < itemCount; item++) {
      if (nodeOf[item] < 0) continue;
      counts[nodeOf[item]] += lines[item];
      categorised += lines[item];
    }
    if (categorised < leastCategorised * total) return undefined;
    const nodes = [...counts.keys()].filter((node) => counts[node] > 0);
    if (nodes.length < 2) continue;
    const kept = nodes.sort((a, b) => counts[b] - counts[a] || a - b).slice(0, most);
    const kindOf = nodeOf.map((node) => kept.indexOf(node));
    return {
      source: 'categories',
      kindOf: Int16Array.from(kindOf),
      names: distinctNames(kept.map((node) => tree.names[node])),
    };
  }
  return undefined;
}

/** By item: on how many lines it was bought. */
export function boughtLines({ lines, products }: Ledger): Float64Array {
  const counts = new Float64Array(products.itemCount);
  for (let line = 0; line < lines.product.length; line++) {
    const product = lines.product[line];
    if (product < counts.length && lines.quantity[line] > 0) counts[product]++;
  }
  return counts;
}

/** The same names; one that came before is followed by a number. */
export function distinctNames(names: readonly string[]): string[] {
  const used = new Set<string>();
  return names.map((name) => {
    let distinct = name;
    for (let n = 2; used.has(distinct); n++) distinct = `${name} (${n})`;
    used.add(distinct);
    return distinct;
  });
}

/** Lines looked at for a median at most: evenly spread over all of them. */
const mostPrices = 200_000;

/** By kind, then of all items: the median price of the bought lines; that of all, or else 1, where none is known. */
export function usualPrices(ledger: Ledger, { kindOf, names }: ProductKinds): Float64Array {
  const { lines, products } = ledger;
  const prices: number[][] = Array.from({ length: names.length + 1 }, () => []);
  const step = Math.max(1, Math.ceil(lines.product.length / mostPrices));
  for (let line = 0; line < lines.product.length; line += step) {
    const product = lines.product[line];
    const price = lines.price[line];
    if (product >= products.itemCount || !(lines.quantity[line] > 0) || !(price > 0)) continue;
    if (kindOf[product] >= 0) prices[kindOf[product]].push(price);
    prices[names.length].push(price);
  }
  const medians = prices.map((known) => known.sort((a, b) => a - b)[known.length >> 1]);
  const ofAll = medians[names.length] ?? 1;
  return Float64Array.from(medians, (price) => price ?? ofAll);
}

/** By item: the category of a level that it stands in, −1 for none. */
function nodesAt({ parents, productNodes }: CategoryTree, level: number, itemCount: number): Int32Array {
  const depth = new Int32Array(parents.length);
  const above = new Int32Array(parents.length).fill(-1);
  parents.forEach((parent, node) => {
    depth[node] = parent < 0 ? 1 : depth[parent] + 1;
    if (depth[node] === level) above[node] = node;
    else if (depth[node] > level) above[node] = above[parent];
  });
  return Int32Array.from({ length: itemCount }, (_, item) =>
    productNodes[item] >= 0 ? above[productNodes[item]] : -1,
  );
}

/**
 * The different items of each order of a known customer, in the order of the documents.
 *
 * @param see is given a customer, the items of one order, good until it returns, and the number of the document
 */
export function eachOrder(
  ledger: Ledger,
  see: (customer: number, items: readonly number[], document: number) => void,
): void {
  const { documents, lines, products } = ledger;
  const lastSeen = new Int32Array(products.itemCount).fill(-1);
  const items: number[] = [];
  for (let customer = 0; customer < customerCount(ledger); customer++) {
    for (let d = documents.offsets[customer]; d < documents.offsets[customer + 1]; d++) {
      items.length = 0;
      for (let line = lines.offsets[d]; line < lines.offsets[d + 1]; line++) {
        const product = lines.product[line];
        if (!(lines.quantity[line] > 0) || product >= products.itemCount || lastSeen[product] === d) continue;
        lastSeen[product] = d;
        items.push(product);
      }
      if (items.length > 0) see(customer, items, d);
    }
  }
}
