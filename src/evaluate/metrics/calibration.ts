import { type CalibrationBin, calibrationError } from '../../learn/calibration.ts';
import { brierScore } from '../../learn/scores.ts';

/** How well stated probabilities agree with what happened. */
export interface Calibration {
  readonly entries: number;
  readonly brier: number;
  /** Over ten groups of the same width. */
  readonly expectedCalibrationError: number;
  /** Those groups that are not empty. */
  readonly bins: readonly CalibrationBin[];
}

/** Collects probabilities and what became of them. */
export class CalibrationTally {
  readonly #probabilities: number[] = [];
  readonly #outcomes: number[] = [];

  /** @param outcome 1 when it happened, 0 when not */
  add(probability: number, outcome: number): void {
    this.#probabilities.push(probability);
    this.#outcomes.push(outcome);
  }

  /**
   * Null without entries.
   *
   * @throws PairwellError `bad-input` for what is no probability: the method that states it is at fault
   */
  figures(): Calibration | null {
    const entries = this.#probabilities.length;
    if (entries === 0) return null;
    const probabilities = Float64Array.from(this.#probabilities);
    const outcomes = Uint8Array.from(this.#outcomes);
    const { expected, bins } = calibrationError(probabilities, outcomes);
    return {
      entries,
      brier: brierScore(probabilities, outcomes),
      expectedCalibrationError: expected,
      bins,
    };
  }
}
