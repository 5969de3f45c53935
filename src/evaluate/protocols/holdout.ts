import { historyCount } from '../../baskets/basket-histories.ts';
import { fromPairs } from '../../baskets/from-pairs.ts';
import { PairwellError } from '../../errors.ts';
import { sampleOf, seededRandom, seedOf } from '../../learn/random.ts';
import { anonymousOf, historiesOf, isDated, itemValues, type Sales } from '../sales.ts';
import type { Counted } from './next-basket.ts';
import type { CustomerCases } from './rank-customers.ts';

export interface HoldoutSettings {
  /** The first day that is tested, in days since 1970-01-01; without it the last `testShare` of the days are. */
  readonly testFrom?: number | undefined;
  /** Between 0 and 1. */
  readonly testShare: number;
  /** So many of the customers, by chance, are asked about; all without it. */
  readonly sample?: number | undefined;
  readonly seed: number;
}

/** The first day of the last `share` of the days from the first order's to the last one's. */
export function firstTestDay({ day }: Sales, share: number): number {
  const first = day[0];
  const days = day[day.length - 1] - first + 1;
  return first + Math.min(days - 1, Math.max(1, Math.round(days * (1 - share))));
}

/**
 * What is known before a day, of all customers and of nobody known, and what known customers bought from that day on: nothing of the
 * time tested is seen, values of items included. Asked about are customers with an order before and one after.
 *
 * @throws PairwellError `bad-input` without days, or without a customer to ask about
 */
export function holdoutCases(sales: Sales, settings: HoldoutSettings): Counted<CustomerCases> {
  if (!isDated(sales)) {
    const message =
      'The orders are all of one day, so none are later than others. Evaluate them with --protocol cart.';
    throw new PairwellError('bad-input', message);
  }
  const { testShare, sample, seed } = settings;
  const from = settings.testFrom ?? firstTestDay(sales, testShare);
  const isBefore = (order: number): boolean => sales.day[order] < from;
  const histories = historiesOf(sales, sales.customerCodes.length, isBefore);
  const after = historiesOf(sales, sales.customerCodes.length, (order) => !isBefore(order));
  const bought = boughtIn(after);
  const asked: number[] = [];
  let newcomers = 0;
  for (let customer = 0; customer < historyCount(after); customer++) {
    if (after.offsets[customer + 1] === after.offsets[customer]) continue;
    if (histories.offsets[customer + 1] > histories.offsets[customer]) asked.push(customer);
    else newcomers++;
  }
  const date = new Date(from * 86_400_000).toISOString().slice(0, 10);
  if (asked.length === 0) {
    const message = `No known customer bought anything both before ${date} and from then on: state another day with --test-from.`;
    throw new PairwellError('bad-input', message);
  }
  const customers = sampleOf(asked.length, sample ?? asked.length, seededRandom(seedOf(seed, 1))).map(
    (n) => asked[n],
  );
  return {
    cases: {
      past: { histories, anonymous: anonymousOf(sales, isBefore), promoted: sales.promoted },
      customers,
      days: new Int32Array(customers.length).fill(from),
      targets: bought(customers),
      values: itemValues(sales, from),
    },
    figures: {
      testFrom: date,
      customers: customers.length,
      basketsSeen: histories.day.length,
      basketsTested: after.day.length,
      customersSeenForTheFirstTime: newcomers,
    },
  };
}

/** A function from customers to all the different items that each bought. */
function boughtIn({ itemCount, offsets, itemOffsets, items }: ReturnType<typeof historiesOf>) {
  return (customers: Int32Array) => {
    const rowOf: number[] = [];
    const itemOf: number[] = [];
    customers.forEach((customer, row) => {
      for (let i = itemOffsets[offsets[customer]]; i < itemOffsets[offsets[customer + 1]]; i++) {
        rowOf.push(row);
        itemOf.push(items[i]);
      }
    });
    const pairs = [Int32Array.from(rowOf), Int32Array.from(itemOf)] as const;
    return fromPairs(...pairs, customers.length, itemCount, { shared: false });
  };
}
