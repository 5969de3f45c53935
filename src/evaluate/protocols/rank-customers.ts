import { type Transactions, transactionCount } from '../../baskets/transactions.ts';
import { allBaskets, type ShopBaskets } from '../../ranking/shop-baskets.ts';
import { itemCounts } from '../baselines/item-popularity.ts';
import { Marks } from '../baselines/marks.ts';
import { type NextBasketRanker, roomFor } from '../method.ts';
import { CalibrationTally } from '../metrics/calibration.ts';
import { CaseColumns } from '../metrics/case-columns.ts';
import { Coverage } from '../metrics/coverage.ts';
import { hitsAt, ndcgAt, recallAt } from '../metrics/list-metrics.ts';
import type { ItemValues } from '../sales.ts';
import type { Outcome } from './outcome.ts';

/** Customers whose purchases are to be foretold, and what they bought in fact. */
export interface CustomerCases {
  readonly past: ShopBaskets;
  /** By case: the customer's number in the histories. */
  readonly customers: Int32Array;
  /** By case: the day that is asked on, since 1970-01-01. */
  readonly days: Int32Array;
  /** By case: what they bought, one item at least. */
  readonly targets: Transactions;
  /** What a hit brings; without it money is not counted. */
  readonly values?: ItemValues | undefined;
}

/**
 * Asks for the lists of all customers and holds them against what these bought. Figures, each for lists of every length k:
 *
 * - `recall`, `ndcg`, `phr` (1 with a hit, else 0), of the list among all items;
 * - `recallOfRepeats`, `recallOfNew`: of the same list, the share of those wanted items that the customer had bought before, or had
 *   not; customers who want none of the kind do not count;
 * - `recallAmongNew`, `ndcgAmongNew`: of the list among items that are new to the customer, what they want of these; customers who
 *   want nothing new do not count;
 * - `novelty`: the mean of −log2 of the share of baskets with the item (one basket at least), of the list among all items; who gets
 *   an empty list does not count;
 * - `revenue`, `profit`: what hits bring, an item of unknown value nothing; `expectedRevenue`, `expectedProfit`: what the stated
 *   probabilities make of the list.
 *
 * @param lengths of the lists, ascending
 * @param onCase is called before each case
 */
export function rankCustomers(
  ranker: NextBasketRanker,
  cases: CustomerCases,
  lengths: readonly number[],
  onCase: () => void = () => undefined,
): Outcome {
  const { past, customers, days, targets, values } = cases;
  const longest = lengths[lengths.length - 1];
  const room = roomFor(longest);
  const columns = new CaseColumns(customers.length);
  const probabilities = new CalibrationTally();
  const { itemCount, offsets, itemOffsets, items } = past.histories;
  const wanted = new Marks(itemCount);
  const own = new Marks(itemCount);
  const baskets = allBaskets(past);
  const counts = itemCounts(baskets);
  const novelty = noveltyOf(counts, transactionCount(baskets));
  const amounts = knownAmounts(values);
  const coverage = new Coverage(counts, lengths);

  const hitsOf = (count: number, counted: (item: number) => boolean): Uint8Array =>
    Uint8Array.from(room.items.subarray(0, count), (item) => (wanted.has(item) && counted(item) ? 1 : 0));

  for (let at = 0; at < customers.length; at++) {
    onCase();
    const target = targets.items.subarray(targets.offsets[at], targets.offsets[at + 1]);
    wanted.set(target);
    const customer = customers[at];
    own.set(items.subarray(itemOffsets[offsets[customer]], itemOffsets[offsets[customer + 1]]));
    const repeats = target.reduce((sum, item) => sum + (own.has(item) ? 1 : 0), 0);
    const fresh = target.length - repeats;

    const count = ranker.rank(customer, longest, 'all', room, days[at]);
    const isHit = hitsOf(count, () => true);
    const isRepeat = hitsOf(count, (item) => own.has(item));
    for (const k of lengths) {
      columns.set(`recall@${k}`, at, recallAt(isHit, k, target.length));
      columns.set(`ndcg@${k}`, at, ndcgAt(isHit, k, target.length));
      columns.set(`phr@${k}`, at, hitsAt(isHit, k) > 0 ? 1 : 0);
      if (repeats > 0) columns.set(`recallOfRepeats@${k}`, at, recallAt(isRepeat, k, repeats));
      if (fresh > 0) columns.set(`recallOfNew@${k}`, at, (hitsAt(isHit, k) - hitsAt(isRepeat, k)) / fresh);
      if (count > 0)
        columns.set(`novelty@${k}`, at, meanNovelty(novelty, room.items.subarray(0, Math.min(k, count))));
    }
    coverage.add(room.items.subarray(0, count));
    for (const [name, worth] of amounts) {
      for (const k of lengths) {
        const first = room.items.subarray(0, Math.min(k, count));
        columns.set(`${name}@${k}`, at, sumOver(first, worth, isHit));
        if (ranker.hasProbabilities)
          columns.set(`${expectedName[name]}@${k}`, at, sumOver(first, worth, room.probabilities));
      }
    }
    if (ranker.hasProbabilities)
      for (let n = 0; n < count; n++) probabilities.add(room.probabilities[n], isHit[n]);

    if (fresh === 0) continue;
    const isNewHit = hitsOf(ranker.rank(customer, longest, 'new', room, days[at]), () => true);
    for (const k of lengths) {
      columns.set(`recallAmongNew@${k}`, at, recallAt(isNewHit, k, fresh));
      columns.set(`ndcgAmongNew@${k}`, at, ndcgAt(isNewHit, k, fresh));
    }
  }
  return {
    columns: columns.columns,
    figures: coverage.shares(),
    calibration: probabilities.figures(),
  };
}

/** By item: −log2 of the share of baskets that hold it; what is in none counts as if it were in one. */
const noveltyOf = (counts: Int32Array, baskets: number): Float64Array =>
  Float64Array.from(counts, (count) => Math.log2(Math.max(1, baskets) / Math.max(1, count)));

const meanNovelty = (novelty: Float64Array, list: Int32Array): number =>
  list.reduce((sum, item) => sum + novelty[item], 0) / list.length;

const expectedName = { revenue: 'expectedRevenue', profit: 'expectedProfit' } as const;

/** The kinds of money of which anything is known. */
function knownAmounts(values: ItemValues | undefined): ['revenue' | 'profit', Float64Array][] {
  const kinds = ['revenue', 'profit'] as const;
  return kinds.flatMap((kind) =>
    values?.[kind].some((one) => !Number.isNaN(one)) ? [[kind, values[kind]]] : [],
  );
}

/** What the items are worth, each so many times; one of unknown worth nothing. */
function sumOver(items: Int32Array, worth: Float64Array, times: ArrayLike<number>): number {
  let sum = 0;
  items.forEach((item, n) => {
    if (!Number.isNaN(worth[item])) sum += worth[item] * times[n];
  });
  return sum;
}
