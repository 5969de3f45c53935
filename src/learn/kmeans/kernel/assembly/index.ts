/** Squared distances of float32 rows, four rows and eight centres at a time. Addresses are byte offsets. */

// @ts-expect-error: decorator
@inline const lanes: i32 = 4;

// @ts-expect-error: decorator
@inline
function plusSquare(sum: v128, value: v128, centre: v128): v128 {
  const gap = f32x4.sub(value, centre);
  return f32x4.add(sum, f32x4.mul(gap, gap));
}

/**
 * The squared distances of `count` rows to `width` centres, row by row, into `out`.
 *
 * @param rows with room for a multiple of four
 * @param centres by column: `width`, a multiple of four, values for each of `columns`
 */
export function squaredDistances(
  rows: usize,
  count: i32,
  columns: i32,
  centres: usize,
  width: i32,
  out: usize,
): void {
  const rowBytes = <usize>columns << 2;
  const widthBytes = <usize>width << 2;
  for (let row = 0; row < count; row += lanes) {
    const first = rows + <usize>row * rowBytes;
    const into = out + <usize>row * widthBytes;
    let group: i32 = 0;
    for (; group + 8 <= width; group += 8) {
      let a0 = f32x4.splat(0);
      let a1 = a0;
      let b0 = a0;
      let b1 = a0;
      let c0 = a0;
      let c1 = a0;
      let d0 = a0;
      let d1 = a0;
      let at = centres + (<usize>group << 2);
      let value = first;
      for (let end = first + rowBytes; value < end; value += 4, at += widthBytes) {
        const near = v128.load(at);
        const far = v128.load(at, 16);
        const a = v128.load_splat<f32>(value);
        a0 = plusSquare(a0, a, near);
        a1 = plusSquare(a1, a, far);
        const b = v128.load_splat<f32>(value + rowBytes);
        b0 = plusSquare(b0, b, near);
        b1 = plusSquare(b1, b, far);
        const c = v128.load_splat<f32>(value + 2 * rowBytes);
        c0 = plusSquare(c0, c, near);
        c1 = plusSquare(c1, c, far);
        const d = v128.load_splat<f32>(value + 3 * rowBytes);
        d0 = plusSquare(d0, d, near);
        d1 = plusSquare(d1, d, far);
      }
      const to = into + (<usize>group << 2);
      v128.store(to, a0);
      v128.store(to, a1, 16);
      v128.store(to + widthBytes, b0);
      v128.store(to + widthBytes, b1, 16);
      v128.store(to + 2 * widthBytes, c0);
      v128.store(to + 2 * widthBytes, c1, 16);
      v128.store(to + 3 * widthBytes, d0);
      v128.store(to + 3 * widthBytes, d1, 16);
    }
    if (group === width) continue;
    let a0 = f32x4.splat(0);
    let b0 = a0;
    let c0 = a0;
    let d0 = a0;
    let at = centres + (<usize>group << 2);
    let value = first;
    for (let end = first + rowBytes; value < end; value += 4, at += widthBytes) {
      const near = v128.load(at);
      a0 = plusSquare(a0, v128.load_splat<f32>(value), near);
      b0 = plusSquare(b0, v128.load_splat<f32>(value + rowBytes), near);
      c0 = plusSquare(c0, v128.load_splat<f32>(value + 2 * rowBytes), near);
      d0 = plusSquare(d0, v128.load_splat<f32>(value + 3 * rowBytes), near);
    }
    const to = into + (<usize>group << 2);
    v128.store(to, a0);
    v128.store(to + widthBytes, b0);
    v128.store(to + 2 * widthBytes, c0);
    v128.store(to + 3 * widthBytes, d0);
  }
}

/**
 * The nearest of the centres of each row, of several the first one: its number (16 bits) into `labels`, the distance into
 * `nearest`. Returns how many labels changed.
 */
export function nearestCentres(distances: usize, count: i32, width: i32, labels: usize, nearest: usize): i32 {
  let changed = 0;
  let from = distances;
  for (let row = 0; row < count; row++) {
    let least = v128.load(from);
    let places = i32x4(0, 1, 2, 3);
    let candidates = places;
    from += 16;
    for (let group: i32 = lanes; group < width; group += lanes, from += 16) {
      const next = v128.load(from);
      candidates = i32x4.add(candidates, i32x4.splat(lanes));
      const closer = f32x4.lt(next, least);
      least = v128.bitselect(next, least, closer);
      places = v128.bitselect(candidates, places, closer);
    }
    let low = f32x4.pmin(least, i32x4.shuffle(least, least, 2, 3, 0, 1));
    low = f32x4.pmin(low, i32x4.shuffle(low, low, 1, 0, 3, 2));
    let place = v128.or(places, v128.not(f32x4.eq(least, low)));
    place = i32x4.min_u(place, i32x4.shuffle(place, place, 2, 3, 0, 1));
    place = i32x4.min_u(place, i32x4.shuffle(place, place, 1, 0, 3, 2));
    // Where a distance is not a number there is no place.
    const found = i32x4.extract_lane(place, 0);
    const label = <u16>(<u32>found < <u32>width ? found : 0);
    const into = labels + (<usize>row << 1);
    changed += i32(load<u16>(into) !== label);
    store<u16>(into, label);
    store<f32>(nearest + (<usize>row << 2), f32x4.extract_lane(low, 0));
  }
  return changed;
}

/** Adds each row to the sums (float64, by centre) and counts of its label. */
export function addRows(
  rows: usize,
  count: i32,
  columns: i32,
  labels: usize,
  sums: usize,
  counts: usize,
): void {
  const rowBytes = <usize>columns << 2;
  let value = rows;
  for (let row = 0; row < count; row++) {
    const label = <usize>load<u16>(labels + (<usize>row << 1));
    const tally = counts + (label << 2);
    store<i32>(tally, load<i32>(tally) + 1);
    let sum = sums + ((label * rowBytes) << 1);
    const end = value + rowBytes;
    for (; value + 8 <= end; value += 8, sum += 16) {
      v128.store(sum, f64x2.add(v128.load(sum), f64x2.promote_low_f32x4(v128.load_zero<u64>(value))));
    }
    if (value < end) {
      store<f64>(sum, load<f64>(sum) + <f64>load<f32>(value));
      value += 4;
    }
  }
}

/** To `totals` (float64, one for each of `width`) what would be left of the rows' distances with each candidate for a centre. */
export function addPotentials(
  distances: usize,
  count: i32,
  width: i32,
  nearest: usize,
  totals: usize,
): void {
  let from = distances;
  for (let row = 0; row < count; row++) {
    const most = load<f32>(nearest + (<usize>row << 2));
    for (let candidate = 0; candidate < width; candidate++, from += 4) {
      const total = totals + (<usize>candidate << 3);
      store<f64>(total, load<f64>(total) + <f64>min<f32>(load<f32>(from), most));
    }
  }
}

/** Lowers `nearest` to the distances to the first of `width` centres where these are smaller. */
export function lowerDistances(distances: usize, count: i32, width: i32, nearest: usize): void {
  for (let row = 0; row < count; row++) {
    const place = nearest + (<usize>row << 2);
    store<f32>(place, min<f32>(load<f32>(place), load<f32>(distances + ((<usize>row * <usize>width) << 2))));
  }
}
