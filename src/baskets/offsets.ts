/** Where each group begins when groups of these sizes lie one after the other: one more entry than sizes. */
export function offsetsOf(sizes: Int32Array): Int32Array {
  const offsets = new Int32Array(sizes.length + 1);
  for (let g = 0; g < sizes.length; g++) offsets[g + 1] = offsets[g] + sizes[g];
  return offsets;
}

/** The size of the largest group; 0 without groups. */
export function largestGroup(offsets: Int32Array): number {
  let largest = 0;
  for (let g = 0; g + 1 < offsets.length; g++) largest = Math.max(largest, offsets[g + 1] - offsets[g]);
  return largest;
}
