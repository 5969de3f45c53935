import { PairwellError } from '../errors.ts';
import type { TwoByTwo } from './two-by-two.ts';

/** One 2×2 table per stratum, such as a week or a shop, as columns of counts; see {@link TwoByTwo}. */
export interface Strata {
  readonly n11: Int32Array | Float64Array;
  readonly n10: Int32Array | Float64Array;
  readonly n01: Int32Array | Float64Array;
  readonly n00: Int32Array | Float64Array;
}

/**
 * Which strata tell about an association: those that have all four margins.
 *
 * @throws PairwellError `bad-input` when the columns differ in length, a count is not a whole number ≥ 0, or no
 *   stratum tells
 */
export function informativeStrata(strata: Strata): Int32Array {
  const { n11, n10, n01, n00 } = strata;
  const columns = [n11, n10, n01, n00];
  if (columns.some((column) => column.length !== n11.length)) {
    const lengths = columns.map((column) => column.length);
    const message = `The columns of counts differ in length: ${lengths.join(', ')}.`;
    throw new PairwellError('bad-input', message, { lengths });
  }
  const chosen = new Int32Array(n11.length);
  let size = 0;
  for (let s = 0; s < n11.length; s++) {
    const [a, b, c, d] = [n11[s], n10[s], n01[s], n00[s]];
    if (!(isCount(a) && isCount(b) && isCount(c) && isCount(d))) {
      const message = `Counts are whole numbers, 0 or more: those of stratum ${s} are ${a}, ${b}, ${c}, ${d}.`;
      throw new PairwellError('bad-input', message, { stratum: s });
    }
    if ((a || b) && (c || d) && (a || c) && (b || d)) chosen[size++] = s;
  }
  if (size === 0) {
    throw new PairwellError(
      'bad-input',
      `None of the ${n11.length} strata tells about the association: in each, one of the two always happens or never does.`,
      { strata: n11.length },
    );
  }
  return chosen.slice(0, size);
}

/** The table of all strata together. */
export function summedTable({ n11, n10, n01, n00 }: Strata): TwoByTwo {
  return { n11: sum(n11), n10: sum(n10), n01: sum(n01), n00: sum(n00) };
}

function sum(column: Int32Array | Float64Array): number {
  let total = 0;
  for (let s = 0; s < column.length; s++) total += column[s];
  return total;
}

function isCount(count: number): boolean {
  return Number.isSafeInteger(count) && count >= 0;
}
