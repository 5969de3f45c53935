/** As many as there are different upper 16 bits of a number of 64. */
const bucketCount = 65_536;

/**
 * The smallest of the largest values that it takes to bring a sum together. A few passes and a sort of the values near the one that
 * is found: as numbers above 0 and their bits are in one order (IEEE 754), sums by the upper bits tell where that is.
 *
 * @param rows whose values count
 * @param wanted above 0
 * @returns the smallest value above 0 where all of them bring less; null where there is none
 */
export function leastLarge(rows: Int32Array, values: Float64Array, wanted: number): number | null {
  const words = new Uint16Array(values.buffer, values.byteOffset, 4 * values.length);
  const sums = new Float64Array(bucketCount);
  let lowest = bucketCount;
  for (let i = 0; i < rows.length; i++) {
    const value = values[rows[i]];
    if (!(value > 0)) continue;
    const bucket = words[4 * rows[i] + 3];
    sums[bucket] += value;
    if (bucket < lowest) lowest = bucket;
  }
  if (lowest === bucketCount) return null;
  // Rounding must not ask for one more.
  const enough = wanted * (1 - 1e-12);
  let total = 0;
  let bucket = bucketCount - 1;
  while (bucket > lowest && total + sums[bucket] < enough) total += sums[bucket--];
  const near = valuesIn(rows, values, words, bucket);
  let at = near.length;
  while (at > 0 && total < enough) total += near[--at];
  return near[at];
}

/** Ascending. */
function valuesIn(rows: Int32Array, values: Float64Array, words: Uint16Array, bucket: number): Float64Array {
  let size = 0;
  const isIn = (row: number): boolean => values[row] > 0 && words[4 * row + 3] === bucket;
  for (let i = 0; i < rows.length; i++) if (isIn(rows[i])) size++;
  const found = new Float64Array(size);
  for (let i = 0; i < rows.length; i++) if (isIn(rows[i])) found[--size] = values[rows[i]];
  return found.sort();
}
