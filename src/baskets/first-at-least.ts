/** The first place from `start` to `end` of an ascending column whose value is at least `wanted`; `end` where none is. */
export function firstAtLeast(ascending: Int32Array, wanted: number, start: number, end: number): number {
  let low = start;
  let high = end;
  while (low < high) {
    const middle = (low + high) >>> 1;
    if (ascending[middle] < wanted) low = middle + 1;
    else high = middle;
  }
  return low;
}
