import { PairwellError } from '../errors.ts';
import { halfLogTwoPi, stirlingError } from './saddle-point.ts';

/** Euler's γ from 1: the slope of ln Γ at 2. */
const slopeAtTwo = 0.42278433509846713;

/** (ζ(k) − 1) / k for k = 2, 3, …: but for alternating signs the Taylor series of ln Γ at 2 after its slope. */
const aboutTwo = Float64Array.of(
  0.3224670334241132,
  0.0673523010531981,
  0.020580808427784546,
  0.007385551028673986,
  0.0028905103307415234,
  0.001192753911703261,
  0.0005096695247430425,
  0.00022315475845357939,
  9.945751278180853e-5,
  4.492623673813314e-5,
  2.050721277567069e-5,
  9.439488275268397e-6,
  4.374866789907488e-6,
  2.039215753801366e-6,
  9.55141213040742e-7,
  4.492469198764566e-7,
  2.1207184805554665e-7,
  1.0043224823968099e-7,
  4.7698101693639804e-8,
  2.2711094608943164e-8,
  1.0838659214896955e-8,
  5.183475041970047e-9,
  2.4836745438024785e-9,
  1.1921401405860912e-9,
  5.731367241678862e-10,
  2.7595228851242334e-10,
  1.330476437424449e-10,
);

/**
 * ln Γ(x), to a relative 1e-14 or better even beside its zeros at 1 and 2: the Taylor series at 2 (Abramowitz and
 * Stegun 6.1.33), reached by Γ(x + 1) = x Γ(x), and Stirling's series from 16 on (6.1.41).
 *
 * @throws PairwellError `bad-input` unless x > 0
 */
export function logGamma(x: number): number {
  if (!(x > 0)) throw new PairwellError('bad-input', `ln Γ(x) needs a number above 0, not ${x}.`, { x });
  if (x < 0.5) return logGammaOfOneAnd(x) - Math.log(x);
  if (x < 1.5) return logGammaOfOneAnd(x - 1);
  if (x < 16) {
    let product = 1;
    let at = x;
    while (at >= 2.5) product *= --at;
    return logGammaOfTwoAnd(at - 2) + Math.log(product);
  }
  if (x === Number.POSITIVE_INFINITY) return x;
  return (x - 0.5) * Math.log(x) - x + halfLogTwoPi + stirlingError(x);
}

/** ln Γ(1 + z) for −½ ≤ z ≤ ½, to a small relative error where 1 + z would round. */
export function logGammaOfOneAnd(z: number): number {
  return logGammaOfTwoAnd(z) - Math.log1p(z);
}

/** ln Γ(2 + z) for −½ ≤ z ≤ ½. */
function logGammaOfTwoAnd(z: number): number {
  let sum = 0;
  for (let k = aboutTwo.length - 1; k >= 0; k--) sum = aboutTwo[k] - z * sum;
  return z * (slopeAtTwo + z * sum);
}
