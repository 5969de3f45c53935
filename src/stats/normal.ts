import { PairwellError } from '../errors.ts';

/**
 * P(Z ≥ z) of a standard normal Z, to a relative 1e-14 or so down to 1e-308: near 0 by a series
 * of positive terms (Abramowitz and Stegun 26.2.11), further out by Laplace's continued fraction (26.2.14).
 */
export function normalUpperTail(z: number): number {
  if (Number.isNaN(z)) return z;
  if (z < 0) return 1 - normalUpperTail(-z);
  if (z > 40) return 0;
  if (z < 1.5) {
    let term = z;
    let sum = z;
    for (let n = 3; term > sum * 1e-17; n += 2) {
      term *= (z * z) / n;
      sum += term;
    }
    return 0.5 - density(z) * sum;
  }
  return density(z) / tailFraction(z);
}

/** The density over the upper tail, by Laplace's continued fraction. @param z not near 0 */
function tailFraction(z: number): number {
  // So many levels that those left out change less than the last digit.
  let fraction = z;
  for (let level = Math.ceil(9 + 400 / (z * z)); level >= 1; level--) fraction = z + level / fraction;
  return fraction;
}

function density(z: number): number {
  // z² is split, as its rounding error would grow with it: the square of a number of few digits is exact.
  const short = Math.trunc(z * 16) / 16;
  return Math.exp(-0.5 * short * short) * Math.exp(-0.5 * (z - short) * (z + short)) * 0.3989422804014327;
}

/**
 * The z with P(Z ≤ z) = p, to a relative 1e-15 or so (algorithm AS 241, PPND16: Wichura, Applied Statistics 37, 1988,
 * pp. 477–484).
 *
 * @param p 0 … 1; at the ends −∞ and ∞
 * @throws PairwellError `bad-input` for another p
 */
export function normalQuantile(p: number): number {
  if (!(p >= 0 && p <= 1)) {
    throw new PairwellError('bad-input', `A probability lies between 0 and 1, not at ${p}.`, { p });
  }
  const q = p - 0.5;
  if (Math.abs(q) <= 0.425) {
    const r = 0.180625 - q * q;
    return (q * polynomial(centreOver, r)) / polynomial(centreUnder, r);
  }
  const tail = q < 0 ? p : 1 - p;
  if (tail === 0) return q < 0 ? Number.NEGATIVE_INFINITY : Number.POSITIVE_INFINITY;
  const r = Math.sqrt(-Math.log(tail));
  const z =
    r <= 5
      ? polynomial(tailOver, r - 1.6) / polynomial(tailUnder, r - 1.6)
      : polynomial(farOver, r - 5) / polynomial(farUnder, r - 5);
  return q < 0 ? -z : z;
}

/**
 * The z that a standard normal lies within on either side with a probability of `level`: 1.96 for 0.95.
 *
 * @throws PairwellError `bad-input` unless 0 < level < 1
 */
export function normalCriticalValue(level: number): number {
  if (!(level > 0 && level < 1)) {
    const message = `A confidence level lies between 0 and 1, not at ${level}.`;
    throw new PairwellError('bad-input', message, { level });
  }
  return -normalQuantile((1 - level) / 2);
}

/** By power, from 0 up. */
function polynomial(coefficients: Float64Array, x: number): number {
  let value = 0;
  for (let power = coefficients.length - 1; power >= 0; power--) value = value * x + coefficients[power];
  return value;
}

const centreOver = Float64Array.of(
  3.3871328727963665,
  133.14166789178438,
  1971.5909503065513,
  13731.69376550946,
  45921.95393154987,
  67265.7709270087,
  33430.57558358813,
  2509.0809287301227,
);
const centreUnder = Float64Array.of(
  1,
  42.31333070160091,
  687.1870074920579,
  5394.196021424751,
  21213.794301586597,
  39307.89580009271,
  28729.085735721943,
  5226.495278852854,
);
const tailOver = Float64Array.of(
  1.4234371107496835,
  4.630337846156546,
  5.769497221460691,
  3.6478483247632045,
  1.2704582524523684,
  0.2417807251774506,
  0.022723844989269184,
  0.0007745450142783414,
);
const tailUnder = Float64Array.of(
  1,
  2.053191626637759,
  1.6763848301838038,
  0.6897673349851,
  0.14810397642748008,
  0.015198666563616457,
  0.0005475938084995345,
  1.0507500716444169e-9,
);
const farOver = Float64Array.of(
  6.657904643501103,
  5.463784911164114,
  1.7848265399172913,
  0.29656057182850487,
  0.026532189526576124,
  0.0012426609473880784,
  2.7115555687434876e-5,
  2.0103343992922881e-7,
);
const farUnder = Float64Array.of(
  1,
  0.599832206555888,
  0.1369298809227358,
  0.014875361290850615,
  0.0007868691311456133,
  1.8463183175100548e-5,
  1.421511758316446e-7,
  2.0442631033899397e-15,
);
