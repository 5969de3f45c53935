/**
 * Brings the `wanted` best of the first `count` items to the front, in no order; of equal ones those of a lower number.
 * Quickselect: linear on average.
 *
 * @param items each once; they are put into another order
 * @param scores by item; none is NaN
 */
export function keepBest(
  items: Int32Array,
  count: number,
  wanted: number,
  scores: Float32Array | Float64Array,
): void {
  if (wanted <= 0) return;
  let low = 0;
  let high = count - 1;
  while (low < high) {
    const middle = items[(low + high) >> 1];
    const pivot = scores[middle];
    let i = low;
    let j = high;
    while (i <= j) {
      while (scores[items[i]] > pivot || (scores[items[i]] === pivot && items[i] < middle)) i++;
      while (scores[items[j]] < pivot || (scores[items[j]] === pivot && items[j] > middle)) j--;
      if (i > j) break;
      const swapped = items[i];
      items[i++] = items[j];
      items[j--] = swapped;
    }
    if (wanted - 1 <= j) high = j;
    else if (wanted - 1 >= i) low = i;
    else return;
  }
}

/** The `wanted` best of the first `count` items, the best first, ties by number: a view. Parameters as of {@link keepBest}. */
export function bestFirst(
  items: Int32Array,
  count: number,
  wanted: number,
  scores: Float32Array | Float64Array,
): Int32Array {
  keepBest(items, count, wanted, scores);
  return items.subarray(0, Math.min(count, wanted)).sort((a, b) => scores[b] - scores[a] || a - b);
}
