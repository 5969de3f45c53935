import { rowOrder } from '../stats/column-order.ts';

/** A tenth of the customers, 1 being the best. */
export interface DecileRow {
  readonly decile: number;
  readonly customers: number;
  /** Of what the deciles were made by. */
  readonly highest: number;
  readonly lowest: number;
  readonly revenue: number;
  /** Of the total; null where that is not above 0. So are all shares here. */
  readonly revenueShare: number | null;
  /** Of this decile and the better ones. */
  readonly cumulativeRevenueShare: number | null;
  readonly profit: number;
  readonly profitShare: number | null;
  readonly cumulativeProfitShare: number | null;
}

export interface Deciles {
  /** The customers of the table, the best first. */
  readonly order: Int32Array;
  /** By customer 1 … 10; 0 for those not in the table. */
  readonly decile: Uint8Array;
  /** Those that hold anybody: fewer than ten customers are in as many deciles. */
  readonly rows: readonly DecileRow[];
  /**
   * Customers who have the same value as one in another decile: who of them is in which is decided by their numbers. It
   * does not change what the deciles bring of that value.
   */
  readonly tied: number;
}

/**
 * @param by finite, by customer: what the best have most of
 * @param customers the numbers of those in the table, ascending
 */
export function decilesOf(
  by: Float64Array,
  customers: Int32Array,
  { revenue, profit }: { revenue: Float64Array; profit: Float64Array },
): Deciles {
  const order = rowOrder(customers, by, 'descending');
  const n = order.length;
  const decile = new Uint8Array(by.length);
  const rows: DecileRow[] = [];
  let [allRevenue, allProfit] = [0, 0];
  for (let i = 0; i < n; i++) {
    allRevenue += revenue[customers[i]];
    allProfit += profit[customers[i]];
  }
  let [revenueSoFar, profitSoFar] = [0, 0];
  for (let from = 0; from < n; ) {
    const number = 1 + Math.floor((from * 10) / n);
    const members = order.subarray(from, Math.ceil((number * n) / 10));
    let [ofRevenue, ofProfit] = [0, 0];
    for (const c of members) {
      decile[c] = number;
      ofRevenue += revenue[c];
      ofProfit += profit[c];
    }
    revenueSoFar += ofRevenue;
    profitSoFar += ofProfit;
    rows.push({
      decile: number,
      customers: members.length,
      highest: by[members[0]],
      lowest: by[members[members.length - 1]],
      revenue: ofRevenue,
      revenueShare: shareOf(ofRevenue, allRevenue),
      cumulativeRevenueShare: shareOf(revenueSoFar, allRevenue),
      profit: ofProfit,
      profitShare: shareOf(ofProfit, allProfit),
      cumulativeProfitShare: shareOf(profitSoFar, allProfit),
    });
    from += members.length;
  }
  return { order, decile, rows, tied: tiedAcross(order, by, decile) };
}

/** Null where the total is not above 0. */
export function shareOf(part: number, total: number): number | null {
  return total > 0 ? part / total : null;
}

function tiedAcross(order: Int32Array, by: Float64Array, decile: Uint8Array): number {
  let tied = 0;
  for (let from = 0; from < order.length; ) {
    let to = from + 1;
    while (to < order.length && by[order[to]] === by[order[from]]) to++;
    if (decile[order[from]] !== decile[order[to - 1]]) tied += to - from;
    from = to;
  }
  return tied;
}
