import { columnOrder } from './column-order.ts';

/** Rows in the order of a score. Those of one score share a step, as nothing says which of them comes first. */
export interface RankedSteps {
  /** By row: its step, of which 0 has the highest score. */
  readonly stepOf: Int32Array;
  readonly count: number;
}

/** @param scores by row; any numbers but NaN */
export function rankedSteps(scores: Float64Array): RankedSteps {
  const order = columnOrder(scores, 'descending');
  const stepOf = new Int32Array(order.length);
  let step = 0;
  for (let place = 1; place < order.length; place++) {
    if (scores[order[place]] !== scores[order[place - 1]]) step++;
    stepOf[order[place]] = step;
  }
  return { stepOf, count: order.length > 0 ? step + 1 : 0 };
}

/** By step, the sum of its rows' amounts; how many rows it has where there are no amounts. */
export function stepSums({ stepOf, count }: RankedSteps, amounts?: ArrayLike<number>): Float64Array {
  const sums = new Float64Array(count);
  for (let row = 0; row < stepOf.length; row++) sums[stepOf[row]] += amounts ? amounts[row] : 1;
  return sums;
}

/**
 * What the rows with the highest scores have together. Where the border is among rows of one score, these count as if in random
 * order: the mean over all orders, and of a row in part that part.
 *
 * @param rows by step: how many there are, ≥ 0
 * @param amounts by step: what they have
 * @param wanted how many rows are taken, ascending, from 0 to as many as there are; need not be whole
 * @returns by entry of `wanted`
 */
export function sumsOfBest(
  rows: Float64Array,
  amounts: Float64Array,
  wanted: ArrayLike<number>,
): Float64Array {
  const found = new Float64Array(wanted.length);
  let [step, before, sum] = [0, 0, 0];
  for (let n = 0; n < wanted.length; n++) {
    for (; step < rows.length && before + rows[step] < wanted[n]; step++) {
      before += rows[step];
      sum += amounts[step];
    }
    // A resample may leave a step without rows.
    const part = step < rows.length && wanted[n] > before ? (wanted[n] - before) / rows[step] : 0;
    found[n] = part > 0 ? sum + part * amounts[step] : sum;
  }
  return found;
}
