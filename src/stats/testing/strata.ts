import type { Strata } from '../strata.ts';

/** Strata from rows of n11, n10, n01, n00. */
export function strataOf(...rows: readonly (readonly [number, number, number, number])[]): Strata {
  const column = (at: number): Float64Array => Float64Array.from(rows, (row) => row[at]!);
  return { n11: column(0), n10: column(1), n01: column(2), n00: column(3) };
}

/**
 * Admitted and rejected men, admitted and rejected women of six departments (R's `UCBAdmissions`; Bickel, Hammel and
 * O'Connell, Science 187, 1975).
 */
export const berkeley = strataOf(
  [512, 313, 89, 19],
  [353, 207, 17, 8],
  [120, 205, 202, 391],
  [138, 279, 131, 244],
  [53, 138, 94, 299],
  [22, 351, 24, 317],
);
