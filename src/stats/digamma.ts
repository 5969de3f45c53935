import { PairwellError } from '../errors.ts';

/** From here on the asymptotic series leave out less than 1e-16. */
const seriesFrom = 16;

/**
 * ψ(x), the slope of ln Γ, to about 1e-15 of max(1, |ψ|): the asymptotic series (Abramowitz and Stegun 6.3.18), reached
 * by ψ(x + 1) = ψ(x) + 1 / x.
 *
 * @throws PairwellError `bad-input` unless x is a finite number from 1e-150 on
 */
export function digamma(x: number): number {
  check(x);
  let below = 0;
  let at = x;
  for (; at < seriesFrom; at++) below += 1 / at;
  const square = 1 / (at * at);
  const series =
    square * (1 / 12 - square * (1 / 120 - square * (1 / 252 - square * (1 / 240 - square / 132))));
  return Math.log(at) - 0.5 / at - series - below;
}

/**
 * ψ′(x), the slope of {@link digamma}, to a relative 1e-14: the asymptotic series (Abramowitz and Stegun 6.4.12), reached by
 * ψ′(x + 1) = ψ′(x) − 1 / x².
 *
 * @throws PairwellError `bad-input` unless x is a finite number from 1e-150 on
 */
export function trigamma(x: number): number {
  check(x);
  let below = 0;
  let at = x;
  for (; at < seriesFrom; at++) below += 1 / (at * at);
  const inverse = 1 / at;
  const square = inverse * inverse;
  const series =
    square * (1 / 6 - square * (1 / 30 - square * (1 / 42 - square * (1 / 30 - (square * 5) / 66))));
  return inverse * (1 + 0.5 * inverse + series) + below;
}

function check(x: number): void {
  if (x >= 1e-150 && x < Number.POSITIVE_INFINITY) return;
  throw new PairwellError('bad-input', `ψ(x) needs a finite number of 1e-150 or more, not ${x}.`, { x });
}
