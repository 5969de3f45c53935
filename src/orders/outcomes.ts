/**
 * Why a row is kept aside, in the order in which it is asked: a row with several faults counts under the first.
 */
export const rejectReasons = {
  'column-count': 'more or fewer columns than the heading line',
  'no-order': 'no order number',
  'no-product': 'no product code',
  'code-too-long': 'order, product or customer code over 500 characters',
  'invalid-time': 'no date, or none that can be read',
  'invalid-quantity': 'quantity is no number, or over a billion',
  'zero-quantity': 'quantity is zero',
  'other-currency': "amounts in another currency than the shop's",
  'invalid-price': 'price is no number, or too large',
  'invalid-cost': 'cost is no number, or too large',
  'negative-cost': 'cost is below zero',
  'invalid-discount': 'discount is no number, or too large',
  'bad-debt': 'bad-debt adjustment (order number starts with A)',
  'stock-correction': 'negative quantity on what is no return (stock correction)',
  'positive-return': 'positive quantity on a return',
  'no-name': 'no description',
  'zero-price': 'price is zero or below',
  'negative-price': 'price is below zero',
} as const;

export type RejectReason = keyof typeof rejectReasons;

/** What became of the rows that were not kept aside. */
export type LineOutcome = 'purchases' | 'anonymousPurchases' | 'returns' | 'alreadyStored';

export type Outcome = LineOutcome | `rejected:${RejectReason}`;

/** How many rows had each outcome; the sum is the number of rows read. */
export type Tally = Partial<Record<Outcome, number>>;

export function count(tally: Tally, outcome: Outcome, times = 1): void {
  tally[outcome] = (tally[outcome] ?? 0) + times;
}

export function addTally(into: Tally, other: Tally): void {
  for (const [outcome, times] of Object.entries(other)) count(into, outcome as Outcome, times);
}

export function tallySum(tally: Tally): number {
  return Object.values(tally).reduce((sum, times) => sum + times, 0);
}

/** What an import holds in the database, by kind: an order without any bought line is a return. */
export interface ImportCounts {
  orders: { total: number; purchases: number; anonymousPurchases: number; returns: number };
  /** `buying`: those with a purchase, not returns alone. */
  customers: { total: number; buying: number };
  /** Orders and returns dated after the day of the import, which training leaves out of what it says of customers until then. */
  ordersAfterToday: number;
  /** Distinct products and non-products (postage, fees …) on the lines. */
  products: number;
  nonProducts: number;
}

/** Where every row of an import went; the parts add up to `rowsRead`. */
export interface Reconciliation extends ImportCounts {
  rowsRead: number;
  lines: Record<Exclude<LineOutcome, 'alreadyStored'>, number>;
  /** Rows of orders that another import or the API had stored before: they were left as they are. */
  alreadyStored: number;
  /** Rows kept aside, by reason. */
  rejected: Partial<Record<RejectReason, number>>;
}

/** @throws Error when the parts do not add up to `rowsRead`, which is a defect of the import */
export function reconcile(rowsRead: number, tally: Tally, counts: ImportCounts): Reconciliation {
  const sum = tallySum(tally);
  if (sum !== rowsRead) throw new Error(`The outcomes of ${sum} rows are known, but ${rowsRead} were read.`);
  const reasons = (Object.keys(rejectReasons) as RejectReason[])
    .map((reason) => [reason, tally[`rejected:${reason}`] ?? 0] as const)
    .filter(([, times]) => times > 0);
  return {
    rowsRead,
    lines: {
      purchases: tally.purchases ?? 0,
      anonymousPurchases: tally.anonymousPurchases ?? 0,
      returns: tally.returns ?? 0,
    },
    alreadyStored: tally.alreadyStored ?? 0,
    rejected: Object.fromEntries(reasons),
    ...counts,
  };
}
