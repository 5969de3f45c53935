export type Direction = 'ascending' | 'descending';

const digitBits = 16;
const digits = 1 << digitBits;

/**
 * The rows of a column in the order of its values; rows of equal values in the order of their numbers, those without a value last.
 * Radix sort by 16 bits at a time, stable and without comparisons: a million rows take well under a tenth of a second, and nothing
 * else can be done meanwhile.
 *
 * @param values NaN where there is none
 */
export function columnOrder(values: Float64Array, direction: Direction): Int32Array {
  const rows = values.length;
  const known = Int32Array.from({ length: rows }, (_, row) => row).filter((row) => !Number.isNaN(values[row]));
  const keys = sortableKeys(values, direction);
  let from = known;
  let to = new Int32Array(known.length);
  for (let digit = 0; digit < 64 / digitBits; digit++) {
    const starts = new Int32Array(digits + 1);
    for (const row of from) starts[keys[4 * row + digit] + 1]++;
    // All alike in it, as of small whole numbers.
    if (from.length > 0 && starts[keys[4 * from[0] + digit] + 1] === from.length) continue;
    for (let d = 1; d <= digits; d++) starts[d] += starts[d - 1];
    for (const row of from) to[starts[keys[4 * row + digit]]++] = row;
    [from, to] = [to, from];
  }
  const order = new Int32Array(rows);
  order.set(from);
  let at = from.length;
  for (let row = 0; row < rows && at < rows; row++) if (Number.isNaN(values[row])) order[at++] = row;
  return order;
}

/**
 * Numbers of 64 bits, as four of 16 each with the lowest first, that are in the order of the values: of what is negative all
 * bits are turned, of the others the sign (IEEE 754 keeps the rest in order).
 */
function sortableKeys(values: Float64Array, direction: Direction): Uint16Array {
  // Zeros of either sign are equal.
  const bits = new Uint16Array(values.map((value) => value + 0).buffer);
  const flip = direction === 'descending' ? 0xffff : 0;
  for (let low = 0; low < bits.length; low += 4) {
    const isNegative = (bits[low + 3] & 0x8000) !== 0;
    const [turned, sign] = isNegative ? [0xffff ^ flip, 0xffff ^ flip] : [flip, 0x8000 ^ flip];
    bits[low] ^= turned;
    bits[low + 1] ^= turned;
    bits[low + 2] ^= turned;
    bits[low + 3] ^= sign;
  }
  return bits;
}
