import { quantileCuts } from '../../customers/rfm-scores.ts';
import { fewestOrderDays } from '../../customers/rhythm.ts';
import type { OrderDays } from './silence-stays.ts';

/** How long customers of a shop take from one day with an order to the next. */
export interface ShopGaps {
  /** Gaps of all customers. */
  readonly gaps: number;
  /** Their median, in days; null without any. */
  readonly median: number | null;
  /** Those of them that a customer without a rhythm yet has: the gaps before the third day with an order. */
  readonly earlyGaps: number;
  /** The quantile of these that was asked for, in days; null with fewer than {@link fewestGaps}. */
  readonly earlyQuantile: number | null;
}

/** A high quantile of fewer gaps is that of two or three customers. */
export const fewestGaps = 20;

/**
 * The gaps by which customers without a rhythm are judged: of these alone, since frequent customers' many short ones would make the
 * newcomers late. Gaps that have not ended yet are in neither, so a short record makes both too short.
 *
 * @param percent whole, 1 … 99
 */
export function shopGaps({ offsets, day }: OrderDays, percent: number): ShopGaps {
  const customers = offsets.length - 1;
  const all: number[] = [];
  const early: number[] = [];
  for (let c = 0; c < customers; c++) {
    for (let p = offsets[c] + 1; p < offsets[c + 1]; p++) {
      const gap = day[p] - day[p - 1];
      all.push(gap);
      if (p - offsets[c] < fewestOrderDays) early.push(gap);
    }
  }
  return {
    gaps: all.length,
    median: all.length > 0 ? quantileCuts(all, 2)[0] : null,
    earlyGaps: early.length,
    earlyQuantile: early.length >= fewestGaps ? quantileCuts(early, 100)[percent - 1] : null,
  };
}
