/** Growing trees. Addresses are byte offsets. */

export { addTrees, binBlock } from './score';

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
