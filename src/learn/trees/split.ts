import { missingBin } from './bins.ts';
import type { Units } from './fixed-point.ts';

/** What the rows of a node sum up to: whole numbers of {@link Units}, and how many they are. */
export interface Sums {
  readonly gradient: number;
  readonly hessian: number;
  readonly rows: number;
}

/** Between what the value of a node has to stay, where features are monotone. */
export interface Bounds {
  readonly low: number;
  readonly high: number;
}

/** What a split must keep to. */
export interface SplitLimits extends Units {
  readonly l2: number;
  readonly minLeafRows: number;
  readonly minLeafHessian: number;
  readonly minGain: number;
}

/** Gains below this share of what the parent has are rounding. */
const rounding = 1e-12;

/** The value that makes the second-order loss least: −G / (H + λ), kept within the bounds. */
export function bestValue(
  { gradient, hessian }: Omit<Sums, 'rows'>,
  limits: SplitLimits,
  bounds: Bounds,
): number {
  const curvature = hessian * limits.hessian + limits.l2;
  const value = curvature > 0 ? (-gradient * limits.gradient) / curvature : 0;
  return Math.min(bounds.high, Math.max(bounds.low, value));
}

/** Twice what a value takes from the second-order loss: −(2 G v + (H + λ) v²), which is G² / (H + λ) at the best value. */
function worthOf(gradient: number, hessian: number, value: number, limits: SplitLimits): number {
  const slope = gradient * limits.gradient;
  return -value * (2 * slope + (hessian * limits.hessian + limits.l2) * value);
}

/**
 * Finds the split of one feature that gains most in a node (Chen and Guestrin, XGBoost, KDD 2016, equation 7, without the
 * factor ½ and the cost of a leaf): of several the one at the lowest bin, and of these the one with what is missing at the
 * right. Writes its gain (0 for none), its bin, whether what is missing goes left, and the sums of the left side.
 *
 * @param words of a histogram, from `at` on
 * @param sums of the node
 */
export function findSplit(
  words: Int32Array,
  at: number,
  binCount: number,
  sums: Sums,
  bounds: Bounds,
  monotone: number,
  limits: SplitLimits,
  out: Float64Array,
  outAt: number,
): void {
  out.fill(0, outAt, outAt + 6);
  const { gradient: gradientUnit, hessian: hessianUnit, l2, minLeafRows } = limits;
  const { gradient: allGradient, hessian: allHessian, rows: allRows } = sums;
  const { low, high } = bounds;
  const missingAt = at + missingBin * 4;
  const missingRows = words[missingAt + 3] >>> 8;
  const parent = worthOf(allGradient, allHessian, bestValue(sums, limits, bounds), limits);
  let least = Math.max(limits.minGain, rounding * Math.abs(parent));
  const isFree = monotone === 0 && low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY;
  // Without curvature there is no value, however steep.
  const leastHessian = Math.max(1, limits.minLeafHessian / hessianUnit);
  for (let missingLeft = 0; missingLeft <= (missingRows > 0 ? 1 : 0); missingLeft++) {
    let gradient = 0;
    let hessian = 0;
    let rows = 0;
    if (missingLeft === 1) {
      gradient = words[missingAt + 1] * 2 ** 32 + (words[missingAt] >>> 0);
      hessian = (words[missingAt + 3] & 255) * 2 ** 32 + (words[missingAt + 2] >>> 0);
      rows = missingRows;
    }
    // All values may go left where what is missing goes right.
    const end = missingLeft === 0 && missingRows > 0 ? binCount : binCount - 1;
    for (let bin = 0, from = at; bin < end; bin++, from += 4) {
      const top = words[from + 3];
      const here = top >>> 8;
      if (here === 0) continue;
      rows += here;
      gradient += words[from + 1] * 2 ** 32 + (words[from] >>> 0);
      hessian += (top & 255) * 2 ** 32 + (words[from + 2] >>> 0);
      if (rows < minLeafRows || hessian < leastHessian) continue;
      if (allRows - rows < minLeafRows || allHessian - hessian < leastHessian) break;
      let gain: number;
      if (isFree) {
        const slopeLeft = gradient * gradientUnit;
        const slopeRight = (allGradient - gradient) * gradientUnit;
        gain =
          (slopeLeft * slopeLeft) / (hessian * hessianUnit + l2) +
          (slopeRight * slopeRight) / ((allHessian - hessian) * hessianUnit + l2) -
          parent;
      } else {
        const others = { gradient: allGradient - gradient, hessian: allHessian - hessian };
        const left = bestValue({ gradient, hessian }, limits, bounds);
        const right = bestValue(others, limits, bounds);
        if (monotone * (right - left) < 0) continue;
        gain =
          worthOf(gradient, hessian, left, limits) +
          worthOf(others.gradient, others.hessian, right, limits) -
          parent;
      }
      if (!(gain > least)) continue;
      least = gain;
      out[outAt] = gain;
      out[outAt + 1] = bin;
      out[outAt + 2] = missingLeft;
      out[outAt + 3] = gradient;
      out[outAt + 4] = hessian;
      out[outAt + 5] = rows;
    }
  }
}
