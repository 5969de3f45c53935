import { PairwellError } from '../../errors.ts';

/**
 * The BG/NBD model (Fader, Hardie and Lee, "Counting your customers the easy way", Marketing Science 24, 2005, pp. 275–284): a
 * customer who is alive buys at a rate that is gamma distributed among customers, and is lost after any purchase with a probability
 * that is beta distributed.
 */
export interface BgNbdParameters {
  /** Shape of the purchase rate's distribution. */
  readonly r: number;
  /** Its inverse scale, in the unit of time: the mean rate is r / alpha. */
  readonly alpha: number;
  /** Shapes of the loss probability's distribution; its mean is a / (a + b). */
  readonly a: number;
  readonly b: number;
}

/** The weights of a sum are scaled down by this when they threaten to overflow. */
const scaleDown = 1e-200;

const mostSteps = 1e9;

/**
 * How probable it is that a customer is alive (Fader, Hardie and Lee, 2005, note on P(alive), p. 3). It is 1 for who never came
 * back: in this model nobody is lost before the second purchase.
 *
 * @param frequency x ≥ 0, repeat purchases
 * @param recency tₓ ≤ `age`, when the last one was
 * @param age T, since the first purchase
 */
export function probabilityAlive(
  { r, alpha, a, b }: BgNbdParameters,
  frequency: number,
  recency: number,
  age: number,
): number {
  if (frequency === 0) return 1;
  const silence = Math.log((alpha + age) / (alpha + recency));
  return 1 / (1 + (a / (b + frequency - 1)) * Math.exp((r + frequency) * silence));
}

/**
 * E[X(t)]: the repeat purchases to expect of a new customer within `time` (formula 9). With n purchases were there no loss,
 * which is negative binomial, Σ (b)ₖ / (a + b)ₖ over k < n are made before it: the mean of these sums equals the formula with
 * Gauss's 2F1, but all its terms are positive, so it neither cancels nor overflows, and a = 1 is nothing special. To a
 * relative 1e-12 or better; takes about (40 + r) · time / alpha steps, some 5 ns each.
 *
 * @param time ≥ 0, and few enough alpha that it takes no more than 1e9 steps
 * @throws PairwellError `bad-input` for a parameter that is not above 0, or another time
 */
export function expectedPurchases({ r, alpha, a, b }: BgNbdParameters, time: number): number {
  check({ r, alpha, a, b }, time);
  const z = time / (alpha + time);
  // (r)ₙ / n! · zⁿ, in proportion to how probable n is, and the sum of these.
  let weight = 1;
  let weights = 1;
  // The last term of the sum over k, and this sum.
  let survival = 1;
  let made = 0;
  let sum = 0;
  for (let n = 1; ; n++) {
    weight *= ((r + n - 1) / n) * z;
    weights += weight;
    made += survival;
    survival *= (b + n - 1) / (a + b + n - 1);
    const term = weight * made;
    sum += term;
    // Terms grow by this at most, and less and less: the rest is below a geometric series.
    const mostGrowth = z * (1 + r / n);
    if (mostGrowth < 1 && term * mostGrowth <= sum * 1e-16 * (1 - mostGrowth)) return sum / weights;
    if (weight > 1 / scaleDown) {
      weight *= scaleDown;
      weights *= scaleDown;
      sum *= scaleDown;
    }
  }
}

/**
 * The parameters of a customer of this history who is alive, as of a new customer: the posterior distributions. They do not
 * depend on when the last purchase was.
 */
export function whenAlive(
  { r, alpha, a, b }: BgNbdParameters,
  frequency: number,
  age: number,
): BgNbdParameters {
  return { r: r + frequency, alpha: alpha + age, a, b: b + frequency };
}

/**
 * E[Y(t) | x, tₓ, T]: the purchases to expect of a customer within the next `time` (formula 10, which this is the product of
 * {@link probabilityAlive} and {@link expectedPurchases} of {@link whenAlive} of).
 *
 * @throws PairwellError `bad-input` for a parameter that is not above 0, or a time below 0
 */
export function conditionalPurchases(
  parameters: BgNbdParameters,
  { frequency, recency, age }: { readonly frequency: number; readonly recency: number; readonly age: number },
  time: number,
): number {
  const alive = probabilityAlive(parameters, frequency, recency, age);
  return alive * expectedPurchases(whenAlive(parameters, frequency, age), time);
}

function check({ r, alpha, a, b }: BgNbdParameters, time: number): void {
  const areParameters = [r, alpha, a, b].every((value) => value > 0 && value < Number.POSITIVE_INFINITY);
  if (areParameters && time >= 0 && (40 + r) * (time / alpha) <= mostSteps) return;
  const message = `BG/NBD needs parameters above 0 and a time from 0 on, not too long: not ${[r, alpha, a, b].join(', ')} and ${time}.`;
  throw new PairwellError('bad-input', message, { r, alpha, a, b, time });
}
