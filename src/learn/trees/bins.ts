/** The bin of what is missing. */
export const missingBin = 255;

/** Cuts of a feature stand in so many places, those that are not needed filled with Infinity. */
export const cutRoom = 255;

/**
 * The cuts between at most `maxBins` bins, ascending: a value belongs to bin b when it is above b cuts. Where there are no
 * more different values than bins each has its own, else bins hold about as many values each (quantiles). A cut lies half way between the two values that it divides, so that a monotone change of the feature leaves the
 * bins as they are.
 *
 * @param rows those that are looked at
 */
export function cutsOf(column: Float32Array | Float64Array, rows: Int32Array, maxBins: number): Float64Array {
  const values = new Float64Array(rows.length);
  let count = 0;
  for (const row of rows) if (!Number.isNaN(column[row])) values[count++] = column[row];
  const known = values.subarray(0, count).sort();
  const cuts: number[] = [];
  const cutBefore = (at: number): void => {
    const [below, above] = [known[at - 1], known[at]];
    const middle = below / 2 + above / 2;
    const cut = middle >= below && middle < above ? middle : below;
    if (cuts.length === 0 || cut > cuts[cuts.length - 1]) cuts.push(cut);
  };
  const starts: number[] = [];
  for (let at = 1; at < known.length; at++) {
    if (known[at] === known[at - 1]) continue;
    starts.push(at);
    if (starts.length === maxBins) break;
  }
  if (starts.length < maxBins) {
    for (const start of starts) cutBefore(start);
    return Float64Array.from(cuts);
  }
  for (let bin = 1; bin < maxBins; bin++) {
    const at = Math.floor((bin * known.length) / maxBins);
    if (at === 0) continue;
    if (known[at - 1] < known[at]) cutBefore(at);
    else if (known[at] < known[known.length - 1]) {
      // Within equal values: they all stay below.
      let end = at;
      while (known[end] === known[at]) end++;
      cutBefore(end);
    }
  }
  return Float64Array.from(cuts);
}

/** How many of {@link cutRoom} cuts, from `from` on, are below the value; {@link missingBin} for NaN. */
export function binOf(cuts: Float64Array, from: number, value: number): number {
  if (Number.isNaN(value)) return missingBin;
  let bin = 0;
  // The last cut is Infinity, so that 255 places are searched by halves.
  for (let step = 128; step > 0; step >>= 1) if (cuts[from + bin + step - 1] < value) bin += step;
  return bin;
}
