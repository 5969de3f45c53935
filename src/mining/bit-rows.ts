/**
 * Sets of transactions as bits, a row of 32-bit words for each set, all rows in one column: a row is known by the index
 * of its first word. Rows that are compared have the same number of words, and bit `p` of each (bit `p % 32` of its
 * word `p / 32`) stands for the same transaction.
 */
export type BitRows = Int32Array;

/** How many words a row of `bits` bits takes. */
export function wordsFor(bits: number): number {
  return (bits + 31) >>> 5;
}

/** Writes the bits that rows `a` and `b` both have to row `into`, which may be one of them; returns how many they are. */
export function intersect(rows: BitRows, a: number, b: number, words: number, into: number): number {
  let count = 0;
  let w = 0;
  // A carry-save adder makes two words to count of three: the bits of odd number, and those that came twice or more.
  for (; w + 2 < words; w += 3) {
    const x = rows[a + w] & rows[b + w];
    const y = rows[a + w + 1] & rows[b + w + 1];
    const z = rows[a + w + 2] & rows[b + w + 2];
    rows[into + w] = x;
    rows[into + w + 1] = y;
    rows[into + w + 2] = z;
    const either = x ^ y;
    count += sumOfFours(byFours(either ^ z) + 2 * byFours((x & y) | (either & z)));
  }
  for (; w < words; w++) {
    const x = rows[a + w] & rows[b + w];
    rows[into + w] = x;
    count += sumOfFours(byFours(x));
  }
  return count;
}

/** Whether rows `a` and `b` have `least` bits or more in common. */
export function overlap(rows: BitRows, a: number, b: number, words: number, least: number): boolean {
  let count = 0;
  for (let w = 0; w < words; w++) {
    count += sumOfFours(byFours(rows[a + w] & rows[b + w]));
    if (count >= least) return true;
  }
  return false;
}

/** Whether row `b` has every bit of row `a`. */
export function isWithin(rows: BitRows, a: number, b: number, words: number): boolean {
  for (let w = 0; w < words; w++) if ((rows[a + w] & ~rows[b + w]) !== 0) return false;
  return true;
}

/** Sets `count` bits of a row, from bit `from` on. */
export function setBits(rows: BitRows, row: number, from: number, count: number): void {
  for (let p = from; p < from + count; p++) rows[row + (p >>> 5)] |= 1 << p;
}

/** Writes the numbers of the bits that are set in a row, ascending, and returns how many there are. */
export function positionsOf(rows: BitRows, row: number, words: number, into: Int32Array): number {
  let count = 0;
  for (let w = 0; w < words; w++) {
    for (let left = rows[row + w]; left !== 0; left &= left - 1) {
      into[count++] = 32 * w + 31 - Math.clz32(left & -left);
    }
  }
  return count;
}

/**
 * Writes the bits of a row at the first `size` of `positions`, ascending, to row `into`, one beside the other, and
 * returns how many are set. `into` may overlap the row when it does not begin after it.
 */
export function gather(
  rows: BitRows,
  row: number,
  positions: Int32Array,
  size: number,
  into: number,
): number {
  let count = 0;
  for (let from = 0; from < size; from += 32) {
    const end = Math.min(size, from + 32);
    let word = 0;
    for (let at = from; at < end; at++) {
      const p = positions[at];
      word |= ((rows[row + (p >>> 5)] >>> p) & 1) << at;
    }
    rows[into + (from >>> 5)] = word;
    count += sumOfFours(byFours(word));
  }
  return count;
}

/** By four bits of a word: how many are set, in the place of these bits. */
function byFours(word: number): number {
  const byTwos = word - ((word >>> 1) & 0x55555555);
  return (byTwos & 0x33333333) + ((byTwos >>> 2) & 0x33333333);
}

/** The sum of the eight numbers of four bits in a word, each 12 at most. */
function sumOfFours(fours: number): number {
  return Math.imul((fours & 0x0f0f0f0f) + ((fours >>> 4) & 0x0f0f0f0f), 0x01010101) >>> 24;
}
