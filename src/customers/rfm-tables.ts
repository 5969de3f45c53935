import type { RfmFigures } from './rfm-figures.ts';
import { pick, quantileCuts } from './rfm-scores.ts';
import { type RfmSegment, rfmSegments } from './rfm-segments.ts';

/** The customers with one score. */
export interface ScoreRow {
  readonly score: number;
  readonly customers: number;
  /** Of what the score is of; null where nobody has it. */
  readonly lowest: number | null;
  readonly highest: number | null;
}

export interface SegmentRow extends RfmSegment {
  readonly customers: number;
  /** Of all customers with an order; null where there are none. */
  readonly customerShare: number | null;
  readonly revenue: number;
  /** Of the revenue of all customers; null where that is not above 0. */
  readonly revenueShare: number | null;
  /** Null where the segment is empty. */
  readonly medianRecency: number | null;
  readonly medianFrequency: number | null;
  readonly medianMonetary: number | null;
}

/** @param score by customer, 1 … `scores` */
export function scoreRows(
  values: ArrayLike<number>,
  score: Uint8Array,
  customers: Int32Array,
  scores: number,
): ScoreRow[] {
  const rows = Array.from({ length: scores }, (_, n) => ({
    score: scores - n,
    customers: 0,
    lowest: Number.POSITIVE_INFINITY,
    highest: Number.NEGATIVE_INFINITY,
  }));
  for (const c of customers) {
    const row = rows[scores - score[c]];
    row.customers++;
    row.lowest = Math.min(row.lowest, values[c]);
    row.highest = Math.max(row.highest, values[c]);
  }
  return rows.map((row) => (row.customers > 0 ? row : { ...row, lowest: null, highest: null }));
}

export function segmentRows(
  { recency, frequency, monetary, segment }: RfmFigures & { readonly segment: Int8Array },
  customers: Int32Array,
): SegmentRow[] {
  const total = customers.reduce((sum, c) => sum + monetary[c], 0);
  return rfmSegments.map((named, position) => {
    const members = customers.filter((c) => segment[c] === position);
    const revenue = members.reduce((sum, c) => sum + monetary[c], 0);
    const median = (column: Int32Array | Float64Array): number | null =>
      members.length > 0 ? quantileCuts(pick(column, members), 2)[0] : null;
    return {
      ...named,
      customers: members.length,
      customerShare: customers.length > 0 ? members.length / customers.length : null,
      revenue,
      revenueShare: total > 0 ? revenue / total : null,
      medianRecency: median(recency),
      medianFrequency: median(frequency),
      medianMonetary: median(monetary),
    };
  });
}
