import { PairwellError } from '../errors.ts';
import { logGamma, logGammaOfOneAnd } from './log-gamma.ts';
import { deviance, stirlingError } from './saddle-point.ts';

/**
 * The regularised lower incomplete gamma function P(a, x): the probability that a gamma variable of shape a and scale
 * 1 is at most x. To a relative 1e-13 or so; takes O(√a) steps near x = a.
 *
 * @param a 1e-12 … 1e12
 * @param x ≥ 0
 * @throws PairwellError `bad-input` for a number out of its range
 */
export function regularisedGammaP(a: number, x: number): number {
  check(a, x);
  return isLeft(a, x) ? series(a, x) : 1 - continuedFraction(a, x);
}

/**
 * The regularised upper incomplete gamma function Q(a, x) = 1 − P(a, x), computed in its own right where it is small.
 * See {@link regularisedGammaP}.
 *
 * @param a 1e-12 … 1e12
 * @param x ≥ 0
 * @throws PairwellError `bad-input` for a number out of its range
 */
export function regularisedGammaQ(a: number, x: number): number {
  check(a, x);
  if (!isLeft(a, x)) return continuedFraction(a, x);
  return a < 1 ? upperOfSmallShape(a, x) : 1 - series(a, x);
}

/** Whether the series serves better than the continued fraction. */
function isLeft(a: number, x: number): boolean {
  return x < (a < 1 ? 1.5 : a + 1);
}

/** x^a e^−x / Γ(a + 1). */
function factor(a: number, x: number): number {
  return Math.exp(-deviance(a, x, a - x) - stirlingError(a)) / Math.sqrt(2 * Math.PI * a);
}

/** P (Abramowitz and Stegun 6.5.29). */
function series(a: number, x: number): number {
  let term = 1;
  let sum = 1;
  for (let n = 1; term > sum * 1e-17; n++) {
    term *= x / (a + n);
    sum += term;
  }
  return factor(a, x) * sum;
}

/** Q (Legendre: Abramowitz and Stegun 6.5.31), evaluated from the front (Lentz, Applied Optics 15, 1976). */
function continuedFraction(a: number, x: number): number {
  if (x === Number.POSITIVE_INFINITY) return 0;
  let b = x + 1 - a;
  let numerator = b;
  let denominator = 0;
  let fraction = b;
  let change = 0;
  for (let n = 1; Math.abs(change - 1) > 1e-15; n++) {
    const coefficient = n * (a - n);
    b += 2;
    numerator = b + coefficient / numerator;
    denominator = 1 / (b + coefficient * denominator);
    change = numerator * denominator;
    fraction *= change;
  }
  return (a * factor(a, x)) / fraction;
}

/**
 * Q for a < 1 and x < 1.5 from the other series of P, x^a / Γ(1 + a) · (1 + a Σ (−x)^n / ((a + n) n!)): 1 − P may
 * cancel.
 */
function upperOfSmallShape(a: number, x: number): number {
  let power = 1;
  let sum = 0;
  for (let n = 1; Math.abs(power) > 1e-18; n++) {
    power *= -x / n;
    sum += power / (a + n);
  }
  const logFirst = a * Math.log(x) - (a <= 0.5 ? logGammaOfOneAnd(a) : logGamma(1 + a));
  return -Math.expm1(logFirst) - Math.exp(logFirst) * a * sum;
}

function check(a: number, x: number): void {
  if (a >= 1e-12 && a <= 1e12 && x >= 0) return;
  const message = `A gamma distribution has a shape of 1e-12 … 1e12 here and values from 0 on, not ${a} and ${x}.`;
  throw new PairwellError('bad-input', message, { a, x });
}
