import type { LearntChurn } from '../prediction/learn-churn.ts';
import type { ReasonColumns } from '../prediction/reasons.ts';
import type { ChurnDefinition, CutOff } from '../prediction/windows.ts';

/** Who of today's customers is about to leave, and how well that can be told. Plain data. */
export interface ChurnForecast {
  /** What leaving is: no order in `horizonDays` from `day` on, or being without a contract on one of them. */
  readonly definition: ChurnDefinition;
  /** The first day of the horizon, since 1970-01-01. */
  readonly day: number;
  readonly horizonDays: number;
  /** With orders: a customer is one who ordered in so many days before. */
  readonly activeDays: number;
  /** What was learnt from, from the oldest to the newest. */
  readonly cutOffs: readonly CutOff[];
  /** The share of the customers that was learnt from: 1 unless there were too many. */
  readonly customerShare: number;
  /** Contracts that end before they begin, which are not used. */
  readonly brokenContracts: number;
  readonly learnt: LearntChurn;
  /** Today's customers but for those who have left by the shop's definition, which may be sooner; ascending. */
  readonly customer: Int32Array;
  /** By place in `customer`, as the reasons: how likely the customer leaves. */
  readonly probability: Float64Array;
  readonly reasons: ReasonColumns;
  /** Bits of the `fuzzyRules` that hold, by their id. */
  readonly rules: Int32Array;
}

/** A forecast, or why there is none. */
export type ChurnOutlook =
  | { readonly forecast: ChurnForecast; readonly lack: null }
  | { readonly forecast: null; readonly lack: string };
