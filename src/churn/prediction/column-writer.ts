import type { ChurnFeature } from './churn-feature.ts';
import type { ShopHistory } from './shop-history.ts';

/** Who is described, when, and where to. */
export interface WritingTask {
  readonly history: ShopHistory;
  /** Everything that is written happened before this day. */
  readonly cutOff: number;
  readonly horizonDays: number;
  readonly customers: Int32Array;
  /** By feature of the part that is written; customer n of the task goes to row `at + n`. NaN beforehand. */
  readonly columns: readonly Float32Array[];
  readonly at: number;
}

/** Positions of features by name. */
export const slotsOf = (features: readonly ChurnFeature[]): Readonly<Record<string, number>> =>
  Object.fromEntries(features.map(({ name }, n) => [name, n]));

/** Whether all of the last so many days are in the ledger: half a window says nothing. */
export const isWindowKnown = ({ history, cutOff }: WritingTask, days: number): boolean =>
  history.firstDay <= cutOff - days;

/** How far one amount is from another, −1 … 1; NaN of two that are 0. */
export const contrast = (now: number, before: number): number =>
  now + before > 0 ? Math.max(-1, Math.min(1, (now - before) / (now + before))) : Number.NaN;

/** Ascending in place. @param values one at least */
export function medianOf(values: Float64Array): number {
  values.sort();
  const half = values.length >> 1;
  return values.length % 2 === 1 ? values[half] : (values[half - 1] + values[half]) / 2;
}
