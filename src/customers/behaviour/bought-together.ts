import type { Clusterer } from '../../learn/kmeans/clusterer.ts';
import type { Ledger } from '../ledger.ts';
import { boughtLines, distinctNames, eachOrder, type ProductKinds } from './product-kinds.ts';

export interface TogetherOptions {
  /** How many kinds at most. */
  readonly kinds: number;
  /** An item on fewer lines has no kind. */
  readonly minLines: number;
  /** Words or names of a kind are taken from the items' names. */
  readonly itemName: (item: number) => string;
  readonly seed: number;
}

/** The most bought items, which are put into kinds, and those of them that the rest is compared with. */
const mostItems = 5_000;
const mostAnchors = 120;

const restarts = 8;

/** Larger orders say little of what belongs together, and cost the square of their size. */
const largestOrder = 200;

/**
 * Kinds of products where the shop names none: items that are bought with the same other items. An item is the row of how much
 * more often than by chance it is in one order with each of the most bought ones (positive pointwise mutual information, less of
 * it where counts are small: Turney and Pantel, Journal of Artificial Intelligence Research 37, 2010, section 4.2), of length 1,
 * and k-means groups the rows. An order speaks once for each of its items, however many they are.
 */
export async function kindsBoughtTogether(
  ledger: Ledger,
  clusterer: Clusterer,
  options: TogetherOptions,
): Promise<ProductKinds | undefined> {
  const counts = boughtLines(ledger);
  const items = [...counts.keys()]
    .filter((item) => counts[item] >= options.minLines)
    .sort((a, b) => counts[b] - counts[a] || a - b)
    .slice(0, mostItems);
  const anchors = Math.min(mostAnchors, items.length);
  const { rows, known } = associationRows(ledger, items, anchors);
  const kinds = Math.min(options.kinds, Math.floor(known.length / 4));
  if (kinds < 2) return undefined;
  const { labels } = await clusterer.cluster(
    { values: rows, columns: anchors },
    { clusters: kinds, seed: options.seed, restarts },
  );
  const kindOf = new Int16Array(ledger.products.itemCount).fill(-1);
  known.forEach((item, row) => {
    kindOf[item] = labels[row];
  });
  return { source: 'bought-together', kindOf, names: kindNames(kindOf, kinds, counts, options.itemName) };
}

/** @returns `known` are the items that go with any anchor; row r of `rows` is that of `known[r]` */
function associationRows(
  ledger: Ledger,
  items: readonly number[],
  anchors: number,
): { rows: Float32Array; known: number[] } {
  const rankOf = new Int32Array(ledger.products.itemCount).fill(-1);
  items.forEach((item, rank) => {
    rankOf[item] = rank;
  });
  const together = new Float64Array(items.length * anchors);
  const totals = new Float64Array(items.length);
  let total = 0;
  eachOrder(ledger, (_, order) => {
    const ranks = order.map((item) => rankOf[item]).filter((rank) => rank >= 0);
    if (ranks.length < 2 || ranks.length > largestOrder) return;
    const weight = 1 / (ranks.length - 1);
    total += ranks.length;
    for (const a of ranks) {
      totals[a]++;
      for (const b of ranks) if (b < anchors && b !== a) together[a * anchors + b] += weight;
    }
  });
  const rows: number[][] = [];
  const known: number[] = [];
  items.forEach((item, a) => {
    const row = Array.from({ length: anchors }, (_, b) => {
      const weight = together[a * anchors + b];
      const information = Math.log((weight * total) / (totals[a] * totals[b]));
      return weight > 0 ? Math.max(0, information) * (weight / (weight + 1)) : 0;
    });
    const length = Math.sqrt(row.reduce((sum, value) => sum + value * value, 0));
    if (length === 0) return;
    known.push(item);
    rows.push(row.map((value) => value / length));
  });
  return { rows: Float32Array.from(rows.flat()), known };
}

/** A word must be in the names of so many products of a kind to stand for it. */
const leastNamed = 3;

/**
 * The two words that tell most of a kind: common among the names of its products and rarer among others. The most bought product
 * where no word is.
 */
function kindNames(
  kindOf: Int16Array,
  kinds: number,
  counts: Float64Array,
  itemName: (item: number) => string,
): string[] {
  const items = [...kindOf.keys()].filter((item) => kindOf[item] >= 0);
  const usedIn = new Map<string, Float64Array>();
  const sizes = new Float64Array(kinds);
  for (const item of items) {
    sizes[kindOf[item]]++;
    for (const word of new Set(wordsOf(itemName(item)))) {
      const uses = usedIn.get(word) ?? new Float64Array(kinds);
      usedIn.set(word, uses);
      uses[kindOf[item]]++;
    }
  }
  const names = Array.from(sizes, (size, kind) => {
    const scored = [...usedIn].flatMap(([word, uses]) => {
      const used = uses.reduce((sum, n) => sum + n, 0);
      const lift = (uses[kind] * items.length) / (used * size);
      return uses[kind] >= leastNamed && lift > 1.5 ? [{ word, score: uses[kind] * Math.log(lift) }] : [];
    });
    scored.sort((a, b) => b.score - a.score || (a.word < b.word ? -1 : 1));
    if (scored.length > 0)
      return scored
        .slice(0, 2)
        .map(({ word }) => word)
        .join(' / ');
    const own = items.filter((item) => kindOf[item] === kind).sort((a, b) => counts[b] - counts[a] || a - b);
    return own.length > 0 ? itemName(own[0]) : `${kind + 1}`;
  });
  return distinctNames(names);
}

/** In lower case, of three letters or more. */
const wordsOf = (name: string): string[] => name.toLowerCase().match(/\p{L}{3,}/gu) ?? [];
