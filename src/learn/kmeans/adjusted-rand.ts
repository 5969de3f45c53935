import { PairwellError } from '../../errors.ts';

/**
 * How far two clusterings of the same rows agree about which rows belong together, corrected for chance (Hubert & Arabie,
 * Comparing partitions, Journal of Classification 1985, equation 5): 1 for the same clusters under whatever numbers, 0 on
 * average for clusters drawn at random, below 0 for less than that.
 *
 * @returns 1 also where there is nothing to disagree about: both put all rows together, or each row alone
 * @throws PairwellError `bad-input` when the labels are not of as many rows
 */
export function adjustedRand(some: Uint16Array, others: Uint16Array): number {
  const rows = some.length;
  if (others.length !== rows) {
    const message = `${rows} labels cannot be compared with ${others.length}; both are to be of the same rows.`;
    throw new PairwellError('bad-input', message);
  }
  const cells = new Map<number, number>();
  for (let row = 0; row < rows; row++) {
    const cell = some[row]! * 2 ** 16 + others[row]!;
    cells.set(cell, (cells.get(cell) ?? 0) + 1);
  }
  const together = sumOfPairs(cells.values());
  const inSome = sumOfPairs(sizesOf(some));
  const inOthers = sumOfPairs(sizesOf(others));
  const expected = rows < 2 ? 0 : (inSome * inOthers) / pairs(rows);
  const most = (inSome + inOthers) / 2;
  return most === expected ? 1 : (together - expected) / (most - expected);
}

const pairs = (count: number): number => (count * (count - 1)) / 2;

function sumOfPairs(counts: Iterable<number>): number {
  let sum = 0;
  for (const count of counts) sum += pairs(count);
  return sum;
}

function sizesOf(labels: Uint16Array): Int32Array {
  const sizes = new Int32Array(2 ** 16);
  for (const label of labels) sizes[label]!++;
  return sizes;
}
