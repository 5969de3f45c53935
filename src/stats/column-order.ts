export type Direction = 'ascending' | 'descending';

const digitBits = 11;
const digits = 1 << digitBits;
const digitsOfWord = 3;

/** Rows with their keys, in two words of 32 bits. */
interface KeyedRows {
  readonly low: Uint32Array;
  readonly high: Uint32Array;
  readonly row: Int32Array;
}

/**
 * The rows of a column in the order of its values; rows of equal values in the order of their numbers, those without a value last.
 *
 * @param values NaN where there is none
 */
export function columnOrder(values: Float64Array, direction: Direction): Int32Array {
  const order = new Int32Array(values.length);
  let known = 0;
  for (let row = 0; row < values.length; row++) if (!Number.isNaN(values[row])) order[known++] = row;
  order.set(rowOrder(order.subarray(0, known), values, direction));
  for (let row = 0; known < order.length; row++) if (Number.isNaN(values[row])) order[known++] = row;
  return order;
}

/**
 * Some rows of a column in the order of its values; rows of equal values stay in the order in which they are given. Radix sort, stable
 * and without comparisons: a million rows take about a tenth of a second, in which nothing else can be done.
 *
 * @param values no NaN at any of the rows
 */
export function rowOrder(rows: Int32Array, values: Float64Array, direction: Direction): Int32Array {
  let from = keyed(rows, values, direction);
  let to = emptyRows(rows.length);
  for (let digit = 0; digit < 2 * digitsOfWord; digit++) {
    if (!distribute(from, to, digit)) continue;
    [from, to] = [to, from];
  }
  return from.row;
}

const emptyRows = (length: number): KeyedRows => ({
  low: new Uint32Array(length),
  high: new Uint32Array(length),
  row: new Int32Array(length),
});

/** Keys are whole numbers in the order of the values: of negative ones all bits are turned, of others the sign (IEEE 754). */
function keyed(rows: Int32Array, values: Float64Array, direction: Direction): KeyedRows {
  const made = emptyRows(rows.length);
  const { low, high, row } = made;
  const value = new Float64Array(1);
  const bits = new Uint32Array(value.buffer);
  const flip = direction === 'descending' ? 0xffff_ffff : 0;
  for (let i = 0; i < rows.length; i++) {
    // Zeros of either sign are equal.
    value[0] = values[rows[i]] + 0;
    const isNegative = bits[1] >= 0x8000_0000;
    low[i] = bits[0] ^ (isNegative ? ~flip : flip);
    high[i] = bits[1] ^ (isNegative ? ~flip : flip ^ 0x8000_0000);
    row[i] = rows[i];
  }
  return made;
}

/** Sorts by one digit of the keys; false where all have the same, and nothing is done. */
function distribute(from: KeyedRows, to: KeyedRows, digit: number): boolean {
  const { low, high, row } = from;
  const { low: toLow, high: toHigh, row: toRow } = to;
  const key = digit < digitsOfWord ? low : high;
  const shift = digitBits * (digit % digitsOfWord);
  const starts = new Int32Array(digits + 1);
  for (let i = 0; i < key.length; i++) starts[((key[i] >>> shift) & (digits - 1)) + 1]++;
  if (starts.includes(key.length)) return false;
  for (let d = 1; d <= digits; d++) starts[d] += starts[d - 1];
  for (let i = 0; i < key.length; i++) {
    const at = starts[(key[i] >>> shift) & (digits - 1)]++;
    toLow[at] = low[i];
    toHigh[at] = high[i];
    toRow[at] = row[i];
  }
  return true;
}
