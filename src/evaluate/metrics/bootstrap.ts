import { below, seededRandom } from '../../learn/random.ts';

export interface BootstrapOptions {
  /** How many times groups are drawn; default 1,000. */
  readonly resamples?: number;
  readonly seed: number;
}

/** The ends of an interval of 95 %. */
export interface Interval {
  readonly lower: number;
  readonly upper: number;
}

/** The mean of those values that are not NaN; undefined without any. */
export function meanOf(values: Float64Array): { value: number; cases: number } | undefined {
  let sum = 0;
  let cases = 0;
  for (const value of values) {
    if (Number.isNaN(value)) continue;
    sum += value;
    cases++;
  }
  return cases === 0 ? undefined : { value: sum / cases, cases };
}

/**
 * Means of columns over groups of cases that are drawn with replacement, as many as there are (Efron and Tibshirani, "An introduction
 * to the bootstrap", 1993, chapter 6): all cases of one customer are one group, as they are alike. The same groups are drawn for all
 * columns, so that differences between columns are paired.
 *
 * @param columns by case; NaN where a case does not count
 * @param groupOf by case: its group
 * @returns for each column its mean in each resample; NaN for a resample without a case that counts
 */
export function resampledMeans(
  columns: readonly Float64Array[],
  groupOf: Int32Array,
  groupCount: number,
  { resamples = 1000, seed }: BootstrapOptions,
): Float64Array[] {
  const sums = columns.map((column) => groupSums(column, groupOf, groupCount));
  const means = columns.map(() => new Float64Array(resamples));
  const random = seededRandom(seed);
  const times = new Float64Array(groupCount);
  for (let r = 0; r < resamples; r++) {
    times.fill(0);
    for (let n = 0; n < groupCount; n++) times[below(groupCount, random)]++;
    sums.forEach(({ sum, cases }, column) => {
      let total = 0;
      let count = 0;
      for (let group = 0; group < groupCount; group++) {
        total += times[group] * sum[group];
        count += times[group] * cases[group];
      }
      means[column][r] = total / count;
    });
  }
  return means;
}

function groupSums(column: Float64Array, groupOf: Int32Array, groupCount: number) {
  const sum = new Float64Array(groupCount);
  const cases = new Float64Array(groupCount);
  column.forEach((value, at) => {
    if (Number.isNaN(value)) return;
    sum[groupOf[at]] += value;
    cases[groupOf[at]]++;
  });
  return { sum, cases };
}

/** The interval that holds the middle 95 % of the values, those that are NaN left out; undefined without any. */
export function middleOf(values: Float64Array): Interval | undefined {
  const known = values.filter((value) => !Number.isNaN(value)).sort();
  if (known.length === 0) return undefined;
  const at = (share: number): number => known[Math.min(known.length - 1, Math.floor(share * known.length))];
  return { lower: at(0.025), upper: at(0.975) };
}
