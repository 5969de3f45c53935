import type { Calibration } from '../metrics/calibration.ts';

/** What the lists of a method came to. */
export interface Outcome {
  /** By figure, then case; NaN where a case does not count. */
  readonly columns: ReadonlyMap<string, Float64Array>;
  /** Figures of all lists together. */
  readonly figures: Readonly<Record<string, number>>;
  /** Of the probabilities that the longest lists state; null for a method that states none. */
  readonly calibration: Calibration | null;
}
