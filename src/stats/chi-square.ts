import { regularisedGammaQ } from './gamma-distribution.ts';

/** A test by a statistic that is distributed as χ² where nothing is behind it. */
export interface ChiSquareTest {
  readonly statistic: number;
  readonly degreesOfFreedom: number;
  /** The p-value. */
  readonly p: number;
}

/**
 * P(χ² ≥ x) with `df` degrees of freedom, to a relative 1e-13 or so down to 1e-308.
 *
 * @param df 2e-12 … 2e12
 * @throws PairwellError `bad-input` for a number out of its range, or x below 0
 */
export function chiSquareUpperTail(x: number, df: number): number {
  return regularisedGammaQ(df / 2, x / 2);
}

/** The test that this statistic makes. */
export function chiSquareTest(statistic: number, degreesOfFreedom: number): ChiSquareTest {
  return { statistic, degreesOfFreedom, p: chiSquareUpperTail(statistic, degreesOfFreedom) };
}
