import { rowOrder } from '../stats/column-order.ts';
import type { CustomerOdds } from './customer-odds.ts';
import { inSlices } from './in-slices.ts';

/** Customers by how likely they buy something. */
export interface RankedCustomers {
  /** By customer; NaN where no basket of the customer is known. */
  readonly probabilities: Float64Array;
  /** Those of whom one is, the most probable first, ties by number. */
  readonly order: Int32Array;
}

/** One to three milliseconds' work. */
const customersAtOnce = 250;

/** @param pause between a few customers and the next */
export async function rankCustomers(
  odds: CustomerOdds,
  pause: () => Promise<unknown>,
): Promise<RankedCustomers> {
  const probabilities = new Float64Array(odds.customers);
  const known = new Int32Array(odds.customers);
  let count = 0;
  await inSlices(odds.customers, customersAtOnce, pause, (from, to) => {
    odds.fill(from, to, probabilities.subarray(from, to));
    for (let customer = from; customer < to; customer++)
      if (!Number.isNaN(probabilities[customer])) known[count++] = customer;
  });
  return { probabilities, order: rowOrder(known.slice(0, count), probabilities, 'descending') };
}
