import { type Concentration, concentrationOf, concentrationSentence } from './value-concentration.ts';
import { type DecileRow, decilesOf } from './value-deciles.ts';

/** Who brings the money. */
export interface ValueReport {
  /** Customers with an order, whom all of this is about. */
  readonly customers: number;
  /** Known customers without one, who are left out. */
  readonly withoutOrder: number;
  readonly revenue: ValueTable;
  readonly profit: ValueTable;
}

export interface ValueTable {
  readonly concentration: Concentration;
  readonly sentence: string;
  /** By this value, the best first. */
  readonly deciles: readonly DecileRow[];
  /** See `Deciles.tied`. */
  readonly tied: number;
}

/** By customer 1 … 10, the best first; 0 for those without an order. */
export interface ValueColumns {
  readonly revenueDecile: Uint8Array;
  readonly profitDecile: Uint8Array;
}

/**
 * @param customers the numbers of those with an order
 * @param profits by customer
 */
export function valueTables(
  customers: Int32Array,
  profits: { readonly revenue: Float64Array; readonly profit: Float64Array },
): { columns: ValueColumns; report: ValueReport } {
  const byRevenue = tableOf('revenue', profits.revenue, customers, profits);
  const byProfit = tableOf('profit', profits.profit, customers, profits);
  return {
    columns: { revenueDecile: byRevenue.decile, profitDecile: byProfit.decile },
    report: {
      customers: customers.length,
      withoutOrder: profits.revenue.length - customers.length,
      revenue: byRevenue.table,
      profit: byProfit.table,
    },
  };
}

function tableOf(
  what: string,
  values: Float64Array,
  customers: Int32Array,
  profits: { revenue: Float64Array; profit: Float64Array },
): { decile: Uint8Array; table: ValueTable } {
  const { order, decile, rows, tied } = decilesOf(values, customers, profits);
  const ascending = new Float64Array(order.length);
  for (let i = 0; i < order.length; i++) ascending[i] = values[order[order.length - 1 - i]];
  const concentration = concentrationOf(ascending);
  const sentence = concentrationSentence(concentration, what);
  return { decile, table: { concentration, sentence, deciles: rows, tied } };
}
