import { PairwellError } from '../errors.ts';
import { type ChiSquareTest, chiSquareTest } from './chi-square.ts';

export interface ContingencyTest extends ChiSquareTest {
  /** Cramér's V, 0 … 1: √(X² / (n (least of rows and columns − 1))) (Mathematical Methods of Statistics, 1946, section 21.9). */
  readonly cramersV: number;
  /** The least count that independence leads to expect. Under 5 or so, p is poor. */
  readonly leastExpected: number;
}

/**
 * Whether the rows of a table of counts differ: Pearson's test without a continuity correction. Rows and columns without
 * a count are left out; with fewer than two of either left the statistic is 0 and p is 1.
 *
 * @param rows all of one length
 * @throws PairwellError `bad-input` for a count that is not a whole number ≥ 0, or rows of different lengths
 */
export function contingencyTest(rows: readonly Int32Array[]): ContingencyTest {
  const columnCount = rows[0]?.length ?? 0;
  const columnSums = new Float64Array(columnCount);
  const rowSums = new Float64Array(rows.length);
  rows.forEach((row, r) => {
    if (row.length !== columnCount || row.some((count) => count < 0)) {
      const message = 'A table has rows of one length and counts of 0 or more.';
      throw new PairwellError('bad-input', message, { row: r });
    }
    row.forEach((count, c) => {
      rowSums[r] += count;
      columnSums[c] += count;
    });
  });
  const total = rowSums.reduce((sum, count) => sum + count, 0);
  const rowCount = rowSums.filter((sum) => sum > 0).length;
  const filledColumns = columnSums.filter((sum) => sum > 0).length;
  let statistic = 0;
  let leastExpected = Number.POSITIVE_INFINITY;
  rows.forEach((row, r) => {
    row.forEach((count, c) => {
      const expected = (rowSums[r] * columnSums[c]) / total;
      if (!(expected > 0)) return;
      statistic += (count - expected) ** 2 / expected;
      leastExpected = Math.min(leastExpected, expected);
    });
  });
  const smaller = Math.min(rowCount, filledColumns) - 1;
  if (smaller < 1) {
    return {
      ...chiSquareTest(0, 1),
      degreesOfFreedom: 0,
      cramersV: 0,
      leastExpected: total > 0 ? leastExpected : 0,
    };
  }
  return {
    ...chiSquareTest(statistic, (rowCount - 1) * (filledColumns - 1)),
    cramersV: Math.min(1, Math.sqrt(statistic / (total * smaller))),
    leastExpected,
  };
}
