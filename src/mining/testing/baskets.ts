import fc from 'fast-check';
import { TransactionsBuilder } from '../../baskets/builder.ts';
import type { Transactions } from '../../baskets/transactions.ts';

/** Transactions from literal baskets of item ids. */
export function basketsOf(...baskets: number[][]): Transactions {
  const builder = new TransactionsBuilder();
  for (const basket of baskets) builder.add(basket);
  return builder.build();
}

/** Any few baskets of at most eight different items, some empty, some with repeated items. */
export function anyBaskets(): fc.Arbitrary<Transactions> {
  const basket = fc.array(fc.nat(7), { maxLength: 10 });
  return fc.array(basket, { maxLength: 30 }).map((baskets) => basketsOf(...baskets));
}
