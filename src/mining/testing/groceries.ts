import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { TransactionsBuilder } from '../../baskets/builder.ts';
import { Dictionary } from '../../baskets/dictionary.ts';
import type { Transactions } from '../../baskets/transactions.ts';

const file = new URL('../../../test/fixtures/groceries.csv.gz', import.meta.url);

/** The Groceries baskets of the test fixtures, with the names of their items. */
export function groceries(): { baskets: Transactions; products: Dictionary } {
  const products = new Dictionary();
  const builder = new TransactionsBuilder();
  for (const line of gunzipSync(readFileSync(file)).toString().trimEnd().split('\n')) {
    builder.add(line.split(',').map((name) => products.intern(name)));
  }
  return { baskets: builder.build(), products };
}
