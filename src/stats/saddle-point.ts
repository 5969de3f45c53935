/** ½ ln 2π. */
export const halfLogTwoPi = 0.9189385332046728;

/** From here on five terms of Stirling's series leave out less than 2e-16. */
const seriesFrom = 16;

/**
 * By count n below {@link seriesFrom}: ln n! − (n + ½) ln n + n − ½ ln 2π. At 0, where that does not exist, it is
 * what makes {@link stirlingErrorOfCount} work.
 */
const smallErrors = new Float64Array(seriesFrom);
smallErrors[0] = -halfLogTwoPi;
for (let n = 1; n < seriesFrom; n++) smallErrors[n] = stirlingError(n);

/**
 * What Stirling's formula lacks: ln Γ(x + 1) − (x + ½) ln x + x − ½ ln 2π for x > 0, to about 1e-15 (absolute).
 * Differences of large logarithms of factorials cancel out when they are written with it (Loader, "Fast and accurate
 * computation of binomial probabilities", 2000; the series is Abramowitz and Stegun 6.1.41).
 */
export function stirlingError(x: number): number {
  let sum = 0;
  let at = x;
  for (; at < seriesFrom; at++) sum += (at + 0.5) * Math.log1p(1 / at) - 1;
  return sum + stirlingSeries(at);
}

/**
 * {@link stirlingError} of a whole number n ≥ 0, quickly. For 0 it is −½ ln 2π, so that ln n! is
 * n ln n − n + ½ ln(2π max(n, 1)) + stirlingErrorOfCount(n) for every n when 0 ln 0 counts as 0.
 */
export function stirlingErrorOfCount(n: number): number {
  return n < seriesFrom ? smallErrors[n] : stirlingSeries(n);
}

function stirlingSeries(x: number): number {
  const inverse = 1 / x;
  const square = inverse * inverse;
  return inverse * (1 / 12 - square * (1 / 360 - square * (1 / 1260 - square * (1 / 1680 - square / 1188))));
}

/**
 * observed · ln(observed / expected) − (observed − expected), which is ≥ 0, without the cancellation when the two are
 * near (`bd0` of Loader, 2000).
 *
 * @param observed ≥ 0
 * @param expected ≥ 0, and > 0 where `observed` is
 * @param difference observed − expected, which callers often know more exactly than the two tell
 */
export function deviance(observed: number, expected: number, difference: number): number {
  const sum = observed + expected;
  if (Math.abs(difference) < 0.1 * sum) {
    // ln(observed / expected) = 2 artanh(v); its first term, 2v, is added to −difference exactly.
    const v = difference / sum;
    const w = v * v;
    const rest =
      w *
      (1 / 3 + w * (1 / 5 + w * (1 / 7 + w * (1 / 9 + w * (1 / 11 + w * (1 / 13 + w * (1 / 15 + w / 17)))))));
    return v * (difference + 2 * observed * rest);
  }
  return observed > 0 ? observed * Math.log(observed / expected) - difference : expected;
}
