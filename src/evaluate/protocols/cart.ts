import { type Transactions, transactionCount } from '../../baskets/transactions.ts';
import { PairwellError } from '../../errors.ts';
import { sampleOf, seededRandom, seedOf } from '../../learn/random.ts';
import { transactionsWhere } from '../../rules/hold-out.ts';
import { itemCounts } from '../baselines/item-popularity.ts';
import { type CartRanker, type PastCarts, roomFor } from '../method.ts';
import { CaseColumns } from '../metrics/case-columns.ts';
import { Coverage } from '../metrics/coverage.ts';
import { reciprocalRankAt } from '../metrics/list-metrics.ts';
import { isDated, type Sales } from '../sales.ts';
import type { Counted } from './next-basket.ts';
import type { Outcome } from './outcome.ts';

export interface CartSettings {
  /** The newest baskets, or any; without it the newest where days are known. */
  readonly heldOut?: 'newest' | 'random' | undefined;
  /** The share of the baskets that is held out, between 0 and 1. */
  readonly testShare: number;
  /** So many items of a basket are hidden in turn, by chance, or all of them where there are no more. */
  readonly hide: number;
  /** So many of the baskets held out, by chance, are asked about; all without it. */
  readonly sample?: number | undefined;
  readonly seed: number;
}

/** Baskets of two items and more to complete. */
export interface CartCases {
  readonly past: PastCarts;
  readonly baskets: Transactions;
  /** By basket; −1 where not known. */
  readonly customer: Int32Array;
  /** By basket, since 1970-01-01. */
  readonly day: Int32Array;
  /** By basket: the places, from its first item, of those that are hidden in turn. */
  readonly hidden: readonly Int32Array[];
}

/**
 * Leave one out: a share of the baskets is held out, the newest ones or such as chance has it; methods learn from the others. Of those
 * held out the ones with two items and more are asked about.
 *
 * @throws PairwellError `bad-input` where no such basket is held out or none is left, or for the newest without days
 */
export function cartCases(sales: Sales, settings: CartSettings): Counted<CartCases> {
  const { testShare, hide, sample, seed } = settings;
  const { baskets } = sales;
  const heldOut = settings.heldOut ?? (isDated(sales) ? 'newest' : 'random');
  if (heldOut === 'newest' && !isDated(sales)) {
    const message =
      'The orders are all of one day, so none are the newest: hold out any of them, with --held-out random.';
    throw new PairwellError('bad-input', message);
  }
  const count = transactionCount(baskets);
  const wanted = Math.round(count * testShare);
  const isHeldOut = new Uint8Array(count);
  if (heldOut === 'newest') isHeldOut.fill(1, count - wanted);
  else for (const t of sampleOf(count, wanted, seededRandom(seedOf(seed, 3)))) isHeldOut[t] = 1;

  const sizeOf = (t: number): number => baskets.offsets[t + 1] - baskets.offsets[t];
  const fit: number[] = [];
  for (let t = 0; t < count; t++) if (isHeldOut[t] === 1 && sizeOf(t) >= 2) fit.push(t);
  if (fit.length === 0 || wanted === count) {
    const message = `Of ${count} baskets ${wanted} are held out, ${fit.length} of them with two items or more: there is nothing to ask about, or to learn from. State another --test-share.`;
    throw new PairwellError('bad-input', message);
  }
  const sampled = sampleOf(fit.length, sample ?? fit.length, seededRandom(seedOf(seed, 1)));
  const asked = new Set(Array.from(sampled, (n) => fit[n]));
  const random = seededRandom(seedOf(seed, 2));
  const ofPast = (_: number, t: number): boolean => isHeldOut[t] === 0;
  const numbers = Int32Array.from(asked);
  return {
    cases: {
      past: {
        baskets: transactionsWhere(baskets, (t) => isHeldOut[t] === 0),
        customer: sales.customer.filter(ofPast),
        customerCount: sales.customerCodes.length,
        day: sales.day.filter(ofPast),
        promoted: sales.promoted,
      },
      baskets: transactionsWhere(baskets, (t) => asked.has(t)),
      customer: numbers.map((t) => sales.customer[t]),
      day: numbers.map((t) => sales.day[t]),
      hidden: Array.from(numbers, (t) => sampleOf(sizeOf(t), hide, random)),
    },
    figures: {
      heldOut,
      baskets: asked.size,
      ofKnownCustomers: numbers.reduce((sum, t) => sum + (sales.customer[t] >= 0 ? 1 : 0), 0),
      basketsSeen: count - wanted,
      basketsOfOneItem: wanted - fit.length,
    },
  };
}

/**
 * Hides items of baskets and asks for them, among all items that the rest of the basket does not hold. Figures, each the mean over the
 * items hidden of one basket, for lists of every length k: `hr`, 1 where the list has the item, else 0; `mrr`, one divided by its place,
 * or 0.
 *
 * @param lengths of the lists, ascending
 * @param onCase is called before each basket
 */
export function rankCarts(
  ranker: CartRanker,
  { past, baskets, customer, day, hidden }: CartCases,
  lengths: readonly number[],
  onCase: () => void = () => undefined,
): Outcome {
  const longest = lengths[lengths.length - 1];
  const room = roomFor(longest);
  const columns = new CaseColumns(customer.length);
  const coverage = new Coverage(itemCounts(past.baskets), lengths);
  for (let at = 0; at < customer.length; at++) {
    onCase();
    const basket = baskets.items.subarray(baskets.offsets[at], baskets.offsets[at + 1]);
    const places = hidden[at];
    const sums = lengths.map(() => ({ hr: 0, mrr: 0 }));
    for (const place of places) {
      const cart = basket.filter((_, n) => n !== place);
      const count = ranker.rank(cart, customer[at], longest, room, day[at]);
      const list = room.items.subarray(0, count);
      const isHit = Uint8Array.from(list, (item) => (item === basket[place] ? 1 : 0));
      coverage.add(list);
      lengths.forEach((k, n) => {
        const reciprocal = reciprocalRankAt(isHit, k);
        sums[n].hr += reciprocal > 0 ? 1 : 0;
        sums[n].mrr += reciprocal;
      });
    }
    lengths.forEach((k, n) => {
      columns.set(`hr@${k}`, at, sums[n].hr / places.length);
      columns.set(`mrr@${k}`, at, sums[n].mrr / places.length);
    });
  }
  return { columns: columns.columns, figures: coverage.shares(), calibration: null };
}
