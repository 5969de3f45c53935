import { PairwellError } from '../errors.ts';

/** Cut-offs that the analyst gives: one fewer than there are scores, ascending. Who is at one has the better of the two scores. */
export interface RfmCutoffs {
  /** In days: a score is given up to so many. */
  readonly recency: readonly number[];
  /** In orders: a score begins with so many. */
  readonly frequency: readonly number[];
  /** In money: a score begins with so much. */
  readonly monetary: readonly number[];
}

/**
 * Checks cut-offs, and says how many scores they make.
 *
 * @throws PairwellError `bad-input` for lists of different lengths, and for one that does not ascend or is too long
 */
export function checkedScores(cutoffs: RfmCutoffs, most: number): number {
  const lists = Object.entries({
    recency: cutoffs.recency,
    frequency: cutoffs.frequency,
    monetary: cutoffs.monetary,
  });
  const count = cutoffs.recency.length;
  for (const [name, list] of lists) {
    const ascends = list.every((cut, n) => Number.isFinite(cut) && (n === 0 || cut > list[n - 1]));
    if (ascends && list.length === count && count >= 1 && count < most) continue;
    const message = `The cut-offs of ${name} must be finite numbers that ascend, 1 to ${most - 1} of them and as many as of the others.`;
    throw new PairwellError('bad-input', message, { [name]: list });
  }
  return count + 1;
}

/** The entries of a column that belong to `rows`. */
export function pick(column: Int32Array | Float64Array, rows: Int32Array): Float64Array {
  const picked = new Float64Array(rows.length);
  // `Float64Array.from` with a function takes ten times as long, and there may be a million customers.
  for (let n = 0; n < rows.length; n++) picked[n] = column[rows[n]];
  return picked;
}

/**
 * Where `values` are cut into parts of equal size: the quantiles 1 / parts, 2 / parts …, interpolated linearly between neighbours
 * (Hyndman & Fan 1996, The American Statistician 50:361, definition 7; what NumPy and pandas do).
 *
 * @param values one at least, all finite
 */
export function quantileCuts(values: ArrayLike<number>, parts: number): number[] {
  const sorted = new Float64Array(values).sort();
  const steps = sorted.length - 1;
  return Array.from({ length: parts - 1 }, (_, n) => {
    const at = Math.floor(((n + 1) * steps) / parts);
    const share = (((n + 1) * steps) % parts) / parts;
    return share === 0 ? sorted[at] : sorted[at] + share * (sorted[at + 1] - sorted[at]);
  });
}

/** 1 + how many of the cuts the value is above: what is equal to one belongs to the part that ends there. */
export function scoreAbove(value: number, cuts: readonly number[]): number {
  let score = 1;
  for (const cut of cuts) if (cut < value) score++;
  return score;
}

/** 1 + how many of the cuts the value has reached: what is equal to one belongs to the part that begins there. */
export function scoreFrom(value: number, cuts: readonly number[]): number {
  let score = 1;
  for (const cut of cuts) if (cut <= value) score++;
  return score;
}

/**
 * The score of the one ranked `rank`, from 0, of `count`: as if its rank were cut by {@link quantileCuts}, without rounding.
 */
export function scoreOfRank(rank: number, count: number, parts: number): number {
  let score = 1;
  while (score < parts && rank * parts > score * (count - 1)) score++;
  return score;
}
