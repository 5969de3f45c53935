import {
  asTransactions,
  type BasketHistories,
  basketsWhere,
  historyCount,
  itemsWhere,
  lastBasket,
  withoutLast,
} from '../../baskets/basket-histories.ts';
import { TransactionsBuilder } from '../../baskets/builder.ts';
import { PairwellError } from '../../errors.ts';
import { sampleOf, seededRandom, seedOf } from '../../learn/random.ts';
import type { AnonymousBaskets } from '../../ranking/shop-baskets.ts';
import { itemCounts } from '../baselines/item-popularity.ts';
import { historiesOf, isDated, type Sales } from '../sales.ts';
import type { CustomerCases } from './rank-customers.ts';

export interface NextBasketSettings {
  /** Customers with fewer baskets, or with more than `maxBaskets`, are left out altogether. */
  readonly minBaskets: number;
  readonly maxBaskets: number;
  /** Items in fewer of the baskets that may be seen are left out, wanted ones too. */
  readonly minItemBaskets: number;
  /** So many of the customers, by chance, are asked about; all without it. */
  readonly sample?: number | undefined;
  readonly seed: number;
}

/** Those of Li et al. */
export const nextBasketDefaults = { minBaskets: 3, maxBaskets: 50, minItemBaskets: 3 } as const;

export interface Counted<Cases> {
  readonly cases: Cases;
  /** What the cases are, for the report. */
  readonly figures: Readonly<Record<string, number | string>>;
}

/**
 * The protocol of Li et al., "A next basket recommendation reality check", ACM TOIS 41, 2023, section 4: a basket is what a customer
 * bought on a day; of customers with 3 to 50 baskets the last is wanted and hidden from everything, and the others may be seen.
 * Anonymous orders are left out, and so is what nothing can be learned about: items in fewer than three baskets that may be seen.
 * That other customers' baskets of later days may be seen is part of the protocol; `holdout` has no such leak.
 *
 * @throws PairwellError `bad-input` without days, or without a customer to ask about
 */
export function nextBasketCases(sales: Sales, settings: NextBasketSettings): Counted<CustomerCases> {
  const { minBaskets, maxBaskets, minItemBaskets, sample, seed } = settings;
  if (!isDated(sales)) {
    const message =
      'The orders are all of one day: next baskets can only be told where orders have dates. Evaluate them with --protocol cart.';
    throw new PairwellError('bad-input', message);
  }
  const all = historiesOf(sales, sales.customerCodes.length);
  const { offsets } = all;
  const takesPart = (customer: number): boolean => {
    const baskets = offsets[customer + 1] - offsets[customer];
    return baskets >= minBaskets && baskets <= maxBaskets;
  };
  const taking = basketsWhere(all, (_, customer) => takesPart(customer));
  const unsifted = withoutLast(taking, 1);
  const counts = itemCounts(asTransactions(unsifted));
  const isCommon = (item: number): boolean => counts[item] >= minItemBaskets;
  const histories = itemsWhere(unsifted, isCommon);
  const wanting: number[] = [];
  let participants = 0;
  for (let customer = 0; customer < historyCount(taking); customer++) {
    if (!takesPart(customer)) continue;
    participants++;
    if (lastBasket(taking, customer).some(isCommon)) wanting.push(customer);
  }
  if (wanting.length === 0) {
    const message = `No known customer has ${minBaskets} to ${maxBaskets} days with an order and bought anything last that others had bought before: there is nobody to ask about.`;
    throw new PairwellError('bad-input', message);
  }
  const asked = sampleOf(wanting.length, sample ?? wanting.length, seededRandom(seedOf(seed, 1)));
  const customers = asked.map((n) => wanting[n]);
  const targets = new TransactionsBuilder();
  for (const customer of customers) targets.add(lastBasket(taking, customer).filter(isCommon));
  return {
    cases: {
      past: { histories, anonymous: nobody(histories), promoted: sales.promoted },
      customers,
      days: customers.map((customer) => taking.day[taking.offsets[customer + 1] - 1]),
      targets: targets.build({ shared: false }),
    },
    figures: {
      customers: customers.length,
      items: counts.reduce((sum, count) => sum + (count >= minItemBaskets ? 1 : 0), 0),
      basketsSeen: histories.day.length,
      customersWithFewerOrMoreBaskets: buyers(all) - participants,
      customersWhoWantRareItemsAlone: participants - wanting.length,
      rareItems: counts.reduce((sum, count) => sum + (count > 0 && count < minItemBaskets ? 1 : 0), 0),
    },
  };
}

const nobody = ({ itemCount }: BasketHistories): AnonymousBaskets => ({
  transactions: { itemCount, offsets: new Int32Array(1), items: new Int32Array(0) },
  day: new Int32Array(0),
});

/** Customers with a basket. */
function buyers({ offsets }: BasketHistories): number {
  let count = 0;
  for (let c = 0; c + 1 < offsets.length; c++) if (offsets[c + 1] > offsets[c]) count++;
  return count;
}
