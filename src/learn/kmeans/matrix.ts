import { PairwellError } from '../../errors.ts';

/**
 * Rows of numbers, one row after the other. 32 bits each: half the memory to read in every pass, twice the numbers in an
 * instruction, and more digits than any feature of a customer has.
 */
export interface Matrix {
  /** `rows × columns` finite values, none beyond ±{@link largest}. */
  readonly values: Float32Array;
  /** ≥ 1. */
  readonly columns: number;
}

/** Squares of larger numbers, summed over columns, would not fit 32 bits. */
export const largest = 1e15;

export const rowCount = ({ values, columns }: Matrix): number => values.length / columns;

/** @throws PairwellError `bad-input` unless the values fill rows of so many columns */
export function checkShape({ values, columns }: Matrix): void {
  if (Number.isInteger(columns) && columns >= 1 && values.length % columns === 0) return;
  const message = `${values.length} values do not make rows of ${columns} columns; give rows × columns values.`;
  throw new PairwellError('bad-input', message, { values: values.length, columns });
}

/** @throws PairwellError `bad-input` that names the first value that is no number, or too large */
export function checkValues({ values, columns }: Matrix): void {
  for (let at = 0; at < values.length; at++) {
    if (Math.abs(values[at]!) <= largest) continue;
    const [row, column] = [Math.floor(at / columns), at % columns];
    throw new PairwellError(
      'bad-input',
      `Row ${row} has ${values[at]} in column ${column}; only numbers from -1e15 to 1e15 can be clustered. ` +
        'Fill in or leave out what is missing, and scale what is large.',
      { row, column },
    );
  }
}

/** The rows in memory that threads read without a copy: the matrix itself where it is there already. */
export function sharedMatrix({ values, columns }: Matrix): Matrix {
  if (values.buffer instanceof SharedArrayBuffer) return { values, columns };
  const shared = new Float32Array(new SharedArrayBuffer(values.byteLength));
  shared.set(values);
  return { values: shared, columns };
}

/** A copy of some rows, in the order given. */
export function rowsOf({ values, columns }: Matrix, rows: Iterable<number> & { length: number }): Matrix {
  const copy = new Float32Array(rows.length * columns);
  let at = 0;
  for (const row of rows) {
    copy.set(values.subarray(row * columns, (row + 1) * columns), at);
    at += columns;
  }
  return { values: copy, columns };
}
