import type { CustomerContracts } from '../customers/ledger.ts';
import { byCustomer } from './by-customer.ts';
import { absent, type TextColumn } from './copy-columns.ts';
import { numberNames } from './names.ts';
import { inShared, sharedColumn } from './shared-column.ts';

/** Contracts as they are read, by row; customers are numbers, −1 for one who is not known. */
export interface ReadContracts {
  readonly customer: Int32Array;
  /** Days since 1970-01-01. */
  readonly start: Int32Array;
  /** −1 while it runs. */
  readonly end: Int32Array;
  /** A month; NaN where it is not known. */
  readonly amount: Float64Array;
  readonly plan: TextColumn;
  readonly reason: TextColumn;
  /** 1, 0, or −1 where it is not known. */
  readonly isVoluntary: Int32Array;
}

const noNames: TextColumn = { values: new Int32Array(0), names: [] };

export const noContracts: ReadContracts = {
  customer: new Int32Array(0),
  start: new Int32Array(0),
  end: new Int32Array(0),
  amount: new Float64Array(0),
  plan: noNames,
  reason: noNames,
  isVoluntary: new Int32Array(0),
};

/** Contracts in the order of customer and start. Those that start after today are counted and left out. */
export function ledgerContracts(
  read: ReadContracts,
  customerCount: number,
  today: number,
): { contracts: CustomerContracts; later: number } {
  let later = 0;
  const begun = read.customer.map((customer, row) => {
    if (customer === absent || read.start[row] <= today) return customer;
    later++;
    return absent;
  });
  const { offsets, rows } = byCustomer(begun, Float64Array.from(read.start), customerCount);
  const amount = sharedColumn(Float64Array, rows.length);
  const isVoluntary = sharedColumn(Int8Array, rows.length);
  rows.forEach((row, n) => {
    amount[n] = read.amount[row];
    isVoluntary[n] = read.isVoluntary[row];
  });
  const numbers = (column: Int32Array): Int32Array => inShared(rows.map((row) => column[row]));
  const names = ({ values, names: all }: TextColumn): TextColumn =>
    numberNames({ values: rows.map((row) => values[row]), names: all });
  const plan = names(read.plan);
  const reason = names(read.reason);
  return {
    contracts: {
      offsets: inShared(offsets),
      start: numbers(read.start),
      end: numbers(read.end),
      amount,
      plan: inShared(plan.values),
      planNames: plan.names,
      reason: inShared(reason.values),
      reasons: reason.names,
      isVoluntary,
    },
    later,
  };
}
