import { PairwellError } from '../errors.ts';
import { below, type Random } from '../learn/random.ts';
import type { Interval } from '../stats/binomial-interval.ts';
import type { RankedSteps } from '../stats/ranked-steps.ts';

/** By class, then by step of a score: how many rows there are. */
export type Tallies = readonly Float64Array[];

export function talliesOf(steps: RankedSteps, classOf: Uint8Array, classes: number): Tallies {
  const tallies = Array.from({ length: classes }, () => new Float64Array(steps.count));
  for (let row = 0; row < classOf.length; row++) tallies[classOf[row]][steps.stepOf[row]]++;
  return tallies;
}

/** By step, how many rows of any class there are. */
export function rowsOf(tallies: Tallies): Float64Array {
  const rows = tallies[0].slice();
  for (const counts of tallies.slice(1))
    for (let step = 0; step < rows.length; step++) rows[step] += counts[step];
  return rows;
}

export interface Resampling {
  /** How many times rows are drawn, 0 … 100,000; with 0 there are no intervals. Default 1,000. */
  readonly resamples?: number | undefined;
  /** Of the intervals. Default 0.95. */
  readonly level?: number | undefined;
  readonly random: Random;
}

/** @throws PairwellError `bad-input` for options that cannot be */
export function checkedResampling({
  resamples = 1000,
  level = 0.95,
  random,
}: Resampling): Required<Resampling> {
  if (!Number.isInteger(resamples) || resamples < 0 || resamples > 100_000)
    throw new PairwellError('bad-input', `resamples: a whole number from 0 to 100000, not ${resamples}.`);
  if (!(level > 0 && level < 1))
    throw new PairwellError('bad-input', `level: a number between 0 and 1, not ${level}.`);
  return { resamples: resamples as number, level: level as number, random };
}

/**
 * Figures of resamples: rows are drawn with replacement within strata, as many of each as there are (Davison and Hinkley,
 * "Bootstrap Methods and their Application", 1997, section 3.2). The same rows are drawn for all scores, so that differences
 * between scores are paired. Takes O(resamples × rows × scores).
 *
 * @param steps by score
 * @param classOf by row
 * @param stratumOf by class
 * @param figuresOf of the tallies by score; as many figures each time, NaN where there is none
 * @returns by figure, then by resample
 */
export function resampledFigures(
  steps: readonly RankedSteps[],
  classOf: Uint8Array,
  stratumOf: readonly number[],
  figuresOf: (tallies: readonly Tallies[]) => readonly number[],
  { resamples, random }: Required<Resampling>,
): Float64Array[] {
  const strata = [...new Set(stratumOf)].map((stratum) =>
    Int32Array.from(classOf.keys()).filter((row) => stratumOf[classOf[row]] === stratum),
  );
  const cells = steps.map((own) => cellsOf(own, classOf, stratumOf.length));
  const tallies = cells.map(({ tallies }) => tallies);
  const chosen = new Int32Array(classOf.length);
  const figures: Float64Array[] = [];
  for (let r = 0; r < resamples; r++) {
    let taken = 0;
    for (const rows of strata)
      for (let n = 0; n < rows.length; n++) chosen[taken++] = rows[below(rows.length, random)];
    for (const { counts, cellOf } of cells) {
      counts.fill(0);
      for (let n = 0; n < chosen.length; n++) counts[cellOf[chosen[n]]]++;
    }
    for (const [f, figure] of figuresOf(tallies).entries()) {
      figures[f] ??= new Float64Array(resamples);
      figures[f][r] = figure;
    }
  }
  return figures;
}

/** Tallies that lie in one array, class after class, and by row where it is counted there. */
function cellsOf({ stepOf, count }: RankedSteps, classOf: Uint8Array, classes: number) {
  const counts = new Float64Array(classes * count);
  const cellOf = stepOf.map((step, row) => classOf[row] * count + step);
  const tallies = Array.from({ length: classes }, (_, own) =>
    counts.subarray(own * count, (own + 1) * count),
  );
  return { counts, cellOf, tallies };
}

/**
 * The interval that holds the middle of the values (the percentile interval), those that are NaN left out.
 *
 * @returns null without values
 */
export function middleOf(values: Float64Array | undefined, level: number): Interval | null {
  const known = values?.filter((value) => !Number.isNaN(value)).sort();
  if (!known?.length) return null;
  const outside = Math.floor(((1 - level) / 2) * known.length);
  return { low: known[outside], high: known[known.length - 1 - outside] };
}
