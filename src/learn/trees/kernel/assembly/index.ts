/** Growing trees and scoring rows by them. Addresses are byte offsets. */

const histogramShift: usize = 12;

/** One row, above the second derivatives. */
const oneRow: i64 = 1 << 40;

function add(at: usize, sums: v128): void {
  v128.store(at, i64x2.add(v128.load(at), sums));
}

/** See `TreeKernel.histogram`. */
export function histogram(
  bins: usize,
  order: usize,
  count: i32,
  gradients: usize,
  width: i32,
  out: usize,
): void {
  memory.fill(out, 0, (<usize>width) << histogramShift);
  const row1 = i64x2(0, oneRow);
  const end = order + ((<usize>count) << 2);
  for (; order < end; order += 4) {
    const row = (<usize>load<u32>(order)) << 3;
    const sums = i64x2.add(i64x2.extend_low_i32x4_s(v128.load64_zero(gradients + row)), row1);
    const eight = load<u64>(bins + row);
    add(out + ((<usize>(eight & 255)) << 4), sums);
    if (width === 1) continue;
    add(out + (1 << histogramShift) + ((<usize>((eight >> 8) & 255)) << 4), sums);
    if (width === 2) continue;
    add(out + (2 << histogramShift) + ((<usize>((eight >> 16) & 255)) << 4), sums);
    if (width === 3) continue;
    add(out + (3 << histogramShift) + ((<usize>((eight >> 24) & 255)) << 4), sums);
    if (width === 4) continue;
    add(out + (4 << histogramShift) + ((<usize>((eight >> 32) & 255)) << 4), sums);
    if (width === 5) continue;
    add(out + (5 << histogramShift) + ((<usize>((eight >> 40) & 255)) << 4), sums);
    if (width === 6) continue;
    add(out + (6 << histogramShift) + ((<usize>((eight >> 48) & 255)) << 4), sums);
    if (width === 7) continue;
    add(out + (7 << histogramShift) + ((<usize>(eight >> 56)) << 4), sums);
  }
}

/** See `TreeKernel.subtract`. */
export function subtract(from: usize, other: usize, width: i32): void {
  const end = from + ((<usize>width) << histogramShift);
  for (; from < end; from += 16, other += 16) v128.store(from, i64x2.sub(v128.load(from), v128.load(other)));
}

/** See `TreeKernel.partition`. */
export function partition(
  bins: usize,
  order: usize,
  count: i32,
  cut: i32,
  missingLeft: i32,
  out: usize,
): i32 {
  let left = out;
  let right = out + ((<usize>count) << 2) - 4;
  const most = <u32>(cut + missingLeft);
  const end = order + ((<usize>count) << 2);
  for (; order < end; order += 4) {
    const row = load<u32>(order);
    const bin = (<u32>load<u8>(bins + ((<usize>row) << 3)) + missingLeft) & 255;
    const goesLeft = <usize>(bin <= most);
    // To both ends, as a wrong guess costs more than a store; the next row overwrites the one that was not meant.
    store<u32>(left, row);
    store<u32>(right, row);
    left += goesLeft << 2;
    right -= (1 - goesLeft) << 2;
  }
  return <i32>((left - out) >> 2);
}

/** See `TreeKernel.addValue`. */
export function addValue(order: usize, count: i32, scores: usize, value: f64): void {
  for (const end = order + ((<usize>count) << 2); order < end; order += 4) {
    const score = scores + ((<usize>load<u32>(order)) << 3);
    store<f64>(score, load<f64>(score) + value);
  }
}

/** See `TreeKernel.derive`; two rows at a time, the last one of an odd number twice. */
export function derive(
  order: usize,
  count: i32,
  scores: usize,
  target: usize,
  weights: usize,
  gradients: usize,
  perGradient: f64,
  perHessian: f64,
): void {
  const end = order + ((<usize>count) << 2);
  const one = f64x2.splat(1);
  const half = f64x2.splat(0.5);
  for (; order < end; order += 8) {
    const row = <usize>load<u32>(order);
    const other = order + 4 < end ? <usize>load<u32>(order, 4) : row;
    const score = v128.load_lane<u64>(scores + (other << 3), v128.load64_zero(scores + (row << 3)), 1);
    const weight = v128.load_lane<u64>(weights + (other << 3), v128.load64_zero(weights + (row << 3)), 1);
    const y = f64x2(<f64>load<u8>(target + row), <f64>load<u8>(target + other));
    const size = f64x2.min(f64x2.abs(score), f64x2.splat(700));
    const k = f64x2.floor(f64x2.add(f64x2.mul(size, f64x2.splat(Math.LOG2E)), half));
    const rest = f64x2.add(
      f64x2.sub(f64x2.mul(k, f64x2.splat(0.6931471803691238)), size),
      f64x2.mul(k, f64x2.splat(1.9082149292705877e-10)),
    );
    let sum = f64x2.splat(1.0 / 6227020800.0);
    sum = f64x2.add(f64x2.mul(sum, rest), f64x2.splat(1.0 / 479001600.0));
    sum = f64x2.add(f64x2.mul(sum, rest), f64x2.splat(1.0 / 39916800.0));
    sum = f64x2.add(f64x2.mul(sum, rest), f64x2.splat(1.0 / 3628800.0));
    sum = f64x2.add(f64x2.mul(sum, rest), f64x2.splat(1.0 / 362880.0));
    sum = f64x2.add(f64x2.mul(sum, rest), f64x2.splat(1.0 / 40320.0));
    sum = f64x2.add(f64x2.mul(sum, rest), f64x2.splat(1.0 / 5040.0));
    sum = f64x2.add(f64x2.mul(sum, rest), f64x2.splat(1.0 / 720.0));
    sum = f64x2.add(f64x2.mul(sum, rest), f64x2.splat(1.0 / 120.0));
    sum = f64x2.add(f64x2.mul(sum, rest), f64x2.splat(1.0 / 24.0));
    sum = f64x2.add(f64x2.mul(sum, rest), f64x2.splat(1.0 / 6.0));
    sum = f64x2.add(f64x2.mul(sum, rest), half);
    sum = f64x2.add(f64x2.mul(sum, rest), one);
    sum = f64x2.add(f64x2.mul(sum, rest), one);
    const exponent = i64x2.extend_low_i32x4_s(i32x4.trunc_sat_f64x2_s_zero(k));
    const power = i64x2.shl(i64x2.sub(i64x2.splat(1023), exponent), 52);
    const small = f64x2.mul(sum, power);
    const whole = f64x2.add(one, small);
    const upper = v128.bitselect(small, one, f64x2.lt(score, f64x2.splat(0)));
    const p = f64x2.div(upper, whole);
    const gradient = f64x2.mul(f64x2.mul(weight, f64x2.sub(p, y)), f64x2.splat(perGradient));
    const hessian = f64x2.mul(f64x2.mul(weight, f64x2.mul(p, f64x2.sub(one, p))), f64x2.splat(perHessian));
    const g = i32x4.trunc_sat_f64x2_s_zero(f64x2.floor(f64x2.add(gradient, half)));
    const h = i32x4.trunc_sat_f64x2_s_zero(f64x2.floor(f64x2.add(hessian, half)));
    const both = i32x4.shuffle(g, h, 0, 4, 1, 5);
    v128.store_lane<u64>(gradients + (row << 3), both, 0);
    v128.store_lane<u64>(gradients + (other << 3), both, 1);
  }
}

/** Rows are scored by so many at a time. */
const blockRows: usize = 112;

/** 1 for NaN. */
function isUnknown(value: f64): u32 {
  return u32(!(value <= Infinity));
}

/** Whether a feature has the same bits in all rows. */
function isConstant(at: usize, count: i32, rowBytes: usize): bool {
  const value = load<u64>(at);
  for (let row = 1; row < count; row++) {
    at += rowBytes;
    if (load<u64>(at) != value) return false;
  }
  return true;
}

/**
 * Puts the values of `count` ≤ 112 rows into bins: by column 112 bytes of them, of which the lowest is −128.
 *
 * @param rows row by row, `features` numbers of 64 bits each; there is room for 112
 * @param plans one for each feature in use, 16 bytes: its number; where its cuts are, which Infinity fills up to a power of two
 *   less one; the half of that power; and where its column is, or the next one also where bit 31 is set: in the first what is
 *   missing is above, in the next it is below all
 */
export function binBlock(rows: usize, count: i32, features: i32, plans: usize, planned: i32): void {
  const rowBytes = (<usize>features) << 3;
  const groups = (count + 7) >> 3;
  for (const end = plans + ((<usize>planned) << 4); plans < end; plans += 16) {
    let at = rows + ((<usize>load<u32>(plans)) << 3);
    const base = <usize>load<u32>(plans, 4) - 8;
    const first = (<usize>load<u32>(plans, 8)) << 3;
    const packed = load<u32>(plans, 12);
    let into = <usize>(packed & 0x7fffffff);
    const isTwice = packed >> 31;
    if (isConstant(at, count, rowBytes)) {
      // What is known of who asks is the same in all rows.
      const a = load<f64>(at);
      let pa = base;
      for (let step = first; step >= 8; step >>= 1) pa += (0 - <usize>(load<f64>(pa + step) < a)) & step;
      const bins = packedBins(base, pa, pa, pa, pa);
      const missing = missingOf(a, a, a, a);
      const over = into + ((<usize>groups) << 3);
      for (; into < over; into += 4) storeBins(into, isTwice, bins, missing);
      continue;
    }
    for (let group = 0; group < groups; group++, into += 8) {
      const a = load<f64>(at);
      const b = load<f64>(at + rowBytes);
      const c = load<f64>(at + 2 * rowBytes);
      const d = load<f64>(at + 3 * rowBytes);
      at += 4 * rowBytes;
      const e = load<f64>(at);
      const f = load<f64>(at + rowBytes);
      const g = load<f64>(at + 2 * rowBytes);
      const h = load<f64>(at + 3 * rowBytes);
      at += 4 * rowBytes;
      let pa = base;
      let pb = base;
      let pc = base;
      let pd = base;
      let pe = base;
      let pf = base;
      let pg = base;
      let ph = base;
      for (let step = first; step >= 8; step >>= 1) {
        pa += (0 - <usize>(load<f64>(pa + step) < a)) & step;
        pb += (0 - <usize>(load<f64>(pb + step) < b)) & step;
        pc += (0 - <usize>(load<f64>(pc + step) < c)) & step;
        pd += (0 - <usize>(load<f64>(pd + step) < d)) & step;
        pe += (0 - <usize>(load<f64>(pe + step) < e)) & step;
        pf += (0 - <usize>(load<f64>(pf + step) < f)) & step;
        pg += (0 - <usize>(load<f64>(pg + step) < g)) & step;
        ph += (0 - <usize>(load<f64>(ph + step) < h)) & step;
      }
      storeBins(into, isTwice, packedBins(base, pa, pb, pc, pd), missingOf(a, b, c, d));
      storeBins(into + 4, isTwice, packedBins(base, pe, pf, pg, ph), missingOf(e, f, g, h));
    }
  }
}

/** Four bins, a byte each, of where four searches ended. */
function packedBins(base: usize, a: usize, b: usize, c: usize, d: usize): u32 {
  return (
    (<u32>(a - base) >> 3) |
    ((<u32>(b - base) >> 3) << 8) |
    ((<u32>(c - base) >> 3) << 16) |
    ((<u32>(d - base) >> 3) << 24)
  );
}

/** Four bytes, all bits set of those that stand for NaN. */
function missingOf(a: f64, b: f64, c: f64, d: f64): u32 {
  return (
    (isUnknown(a) * 0xff) | (isUnknown(b) * 0xff00) | (isUnknown(c) * 0xff0000) | (isUnknown(d) * 0xff000000)
  );
}

function storeBins(into: usize, isTwice: u32, bins: u32, missing: u32): void {
  store<u32>(into, (bins | missing) ^ 0x80808080);
  if (isTwice) store<u32>(into + blockRows, (bins & ~missing) ^ 0x80808080);
}

function chosen(cur: v128, bins: v128, cut: v128, first: v128, right: v128): v128 {
  return i8x16.max_u(cur, v128.and(v128.and(i8x16.gt_s(bins, cut), i8x16.eq(cur, first)), right));
}

/**
 * Adds what the trees give to the sums of 112 rows, of which those beyond `count` do not matter. All nodes of a tree are looked at
 * for 32 to 112 rows at a time: a row that has come to the first leaf of a node's left side and goes right moves to the first
 * leaf of the right side.
 *
 * @param sizes by tree: how many nodes (32 bits)
 * @param nodes 8 bytes each: where the column of bins is (32 bits), the cut as a bin, the first leaf of the left and of the right
 *   side
 * @param leaves 64 bits each
 * @param places room for 112 bytes
 */
export function addTrees(
  sizes: usize,
  trees: i32,
  nodes: usize,
  leaves: usize,
  count: i32,
  places: usize,
  sums: usize,
): void {
  const groups = (count + 15) >> 4;
  for (let tree = 0; tree < trees; tree++) {
    const size = <usize>load<u32>(sizes + ((<usize>tree) << 2));
    const end = nodes + (size << 3);
    if (groups > 5) {
      let a = i8x16.splat(0);
      let b = a;
      let c = a;
      let d = a;
      let e = a;
      let f = a;
      let g = a;
      for (let node = nodes; node < end; node += 8) {
        const column = <usize>load<u32>(node);
        const cut = v128.load_splat<u8>(node, 4);
        const first = v128.load_splat<u8>(node, 5);
        const right = v128.load_splat<u8>(node, 6);
        a = chosen(a, v128.load(column), cut, first, right);
        b = chosen(b, v128.load(column, 16), cut, first, right);
        c = chosen(c, v128.load(column, 32), cut, first, right);
        d = chosen(d, v128.load(column, 48), cut, first, right);
        e = chosen(e, v128.load(column, 64), cut, first, right);
        f = chosen(f, v128.load(column, 80), cut, first, right);
        g = chosen(g, v128.load(column, 96), cut, first, right);
      }
      v128.store(places, a);
      v128.store(places, b, 16);
      v128.store(places, c, 32);
      v128.store(places, d, 48);
      v128.store(places, e, 64);
      v128.store(places, f, 80);
      v128.store(places, g, 96);
    } else if (groups > 4) {
      let a = i8x16.splat(0);
      let b = a;
      let c = a;
      let d = a;
      let e = a;
      for (let node = nodes; node < end; node += 8) {
        const column = <usize>load<u32>(node);
        const cut = v128.load_splat<u8>(node, 4);
        const first = v128.load_splat<u8>(node, 5);
        const right = v128.load_splat<u8>(node, 6);
        a = chosen(a, v128.load(column), cut, first, right);
        b = chosen(b, v128.load(column, 16), cut, first, right);
        c = chosen(c, v128.load(column, 32), cut, first, right);
        d = chosen(d, v128.load(column, 48), cut, first, right);
        e = chosen(e, v128.load(column, 64), cut, first, right);
      }
      v128.store(places, a);
      v128.store(places, b, 16);
      v128.store(places, c, 32);
      v128.store(places, d, 48);
      v128.store(places, e, 64);
    } else if (groups > 3) {
      let a = i8x16.splat(0);
      let b = a;
      let c = a;
      let d = a;
      for (let node = nodes; node < end; node += 8) {
        const column = <usize>load<u32>(node);
        const cut = v128.load_splat<u8>(node, 4);
        const first = v128.load_splat<u8>(node, 5);
        const right = v128.load_splat<u8>(node, 6);
        a = chosen(a, v128.load(column), cut, first, right);
        b = chosen(b, v128.load(column, 16), cut, first, right);
        c = chosen(c, v128.load(column, 32), cut, first, right);
        d = chosen(d, v128.load(column, 48), cut, first, right);
      }
      v128.store(places, a);
      v128.store(places, b, 16);
      v128.store(places, c, 32);
      v128.store(places, d, 48);
    } else if (groups > 2) {
      let a = i8x16.splat(0);
      let b = a;
      let c = a;
      for (let node = nodes; node < end; node += 8) {
        const column = <usize>load<u32>(node);
        const cut = v128.load_splat<u8>(node, 4);
        const first = v128.load_splat<u8>(node, 5);
        const right = v128.load_splat<u8>(node, 6);
        a = chosen(a, v128.load(column), cut, first, right);
        b = chosen(b, v128.load(column, 16), cut, first, right);
        c = chosen(c, v128.load(column, 32), cut, first, right);
      }
      v128.store(places, a);
      v128.store(places, b, 16);
      v128.store(places, c, 32);
    } else {
      let a = i8x16.splat(0);
      let b = a;
      for (let node = nodes; node < end; node += 8) {
        const column = <usize>load<u32>(node);
        const cut = v128.load_splat<u8>(node, 4);
        const first = v128.load_splat<u8>(node, 5);
        const right = v128.load_splat<u8>(node, 6);
        a = chosen(a, v128.load(column), cut, first, right);
        b = chosen(b, v128.load(column, 16), cut, first, right);
      }
      v128.store(places, a);
      v128.store(places, b, 16);
    }
    for (let row: usize = 0; row < <usize>count; row += 2) {
      const sum = sums + (row << 3);
      const near = leaves + ((<usize>load<u8>(places + row)) << 3);
      const far = leaves + ((<usize>load<u8>(places + row, 1)) << 3);
      v128.store(sum, f64x2.add(v128.load(sum), v128.load_lane<u64>(far, v128.load64_zero(near), 1)));
    }
    nodes = end;
    leaves += (size + 1) << 3;
  }
}
