import { PairwellError } from '../../errors.ts';

export interface ChoiceOptions {
  /** A 32-bit integer; the same for the same result. */
  readonly seed: number;
  /** The fewest and the most clusters that are tried, 2 ≤ fewest ≤ most ≤ 1,000. Default 2 … 10. */
  readonly fewest?: number | undefined;
  readonly most?: number | undefined;
  /** So many rows, drawn at random, are looked at where there are more; ≥ 2. Default 4,000. */
  readonly sampleRows?: number | undefined;
  /** Pairs of resamples that are compared for each number of clusters, ≥ 2. Default 10. */
  readonly pairs?: number | undefined;
  /** The least mean agreement of resamples that counts as stable, 0 … 1. Default 0.8. */
  readonly leastStability?: number | undefined;
  /** How many first centres are tried for each clustering of the sample, ≥ 1. Default 3. */
  readonly restarts?: number | undefined;
}

export type CheckedChoice = { readonly [name in keyof ChoiceOptions]-?: number };

const mostTried = 1000;

/** @throws PairwellError `bad-input` for options that cannot be */
export function checkedChoice(options: ChoiceOptions): CheckedChoice {
  const { seed, fewest = 2, most = Math.max(10, fewest), sampleRows = 4000 } = options;
  const { pairs = 10, leastStability = 0.8, restarts = 3 } = options;
  const isFrom = (least: number, value: number): boolean => Number.isInteger(value) && value >= least;
  const wrong = [
    [Number.isInteger(seed), `seed: a whole number, not ${seed}`],
    [isFrom(2, fewest), `fewest: a whole number from 2 on, not ${fewest}`],
    [isFrom(fewest, most) && most <= mostTried, `most: from fewest (${fewest}) to ${mostTried}, not ${most}`],
    [isFrom(2, sampleRows), `sampleRows: a whole number from 2 on, not ${sampleRows}`],
    [isFrom(2, pairs), `pairs: a whole number from 2 on, not ${pairs}`],
    [leastStability >= 0 && leastStability <= 1, `leastStability: from 0 to 1, not ${leastStability}`],
    [isFrom(1, restarts), `restarts: a whole number from 1 on, not ${restarts}`],
  ] as const;
  const problem = wrong.find(([isRight]) => !isRight);
  if (problem) throw new PairwellError('bad-input', `${problem[1]}.`);
  return { seed, fewest, most, sampleRows, pairs, leastStability, restarts };
}
