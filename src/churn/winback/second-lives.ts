import type { PurchaseDays } from '../../customers/lifetime/purchase-days.ts';
import { PairwellError } from '../../errors.ts';
import { regularisedGammaP } from '../../stats/gamma-distribution.ts';
import type { Stays } from '../rates/stays.ts';

/** What a number of lives as a customer came to so far. */
export interface LivesSeen {
  readonly lives: number;
  /** Those that are over. */
  readonly ended: number;
  /** Days lived, of all of them: from the first to the last sign of life, or to today of who is still there. */
  readonly days: number;
  /** Money spent in these days. */
  readonly spend: number;
}

/**
 * Lives as a customer up to today: the first ones, or those that began with a return.
 *
 * @param which is asked for each stay's number, and whether it is a customer's first; a stay counts where it says so
 */
export function livesSeen(
  stays: Stays,
  { offsets, day, spend }: PurchaseDays,
  today: number,
  which: (stay: number, isFirst: boolean) => boolean,
): LivesSeen {
  let [lives, ended, days, money] = [0, 0, 0, 0];
  for (let c = 0; c + 1 < stays.offsets.length; c++) {
    let at = offsets[c];
    for (let s = stays.offsets[c]; s < stays.offsets[c + 1]; s++) {
      const isOver = stays.left[s] >= 0;
      const last = isOver ? stays.lastSeen[s] : today;
      if (stays.from[s] > today || !which(s, s === stays.offsets[c])) continue;
      lives++;
      ended += Number(isOver);
      days += Math.max(1, last - stays.from[s] + 1);
      while (at < offsets[c + 1] && day[at] < stays.from[s]) at++;
      for (; at < offsets[c + 1] && day[at] <= last; at++) money += spend[at];
    }
  }
  return { lives, ended, days, spend: money };
}

/** What is believed of a life before any is seen. */
export interface LifePrior {
  /** The mean length, > 0 days. */
  readonly days: number;
  /** Money a day, ≥ 0. */
  readonly spendADay: number;
  /** For how many lives that ended it counts, > 0. */
  readonly weight: number;
}

/** What a life is expected to be. */
export interface LifeExpected {
  /** The mean length, and its 95 % interval. */
  readonly days: number;
  readonly low: number;
  readonly high: number;
  /** Money a day. */
  readonly spendADay: number;
  /** What a life brings in its first `withinDays`. */
  readonly value: number;
}

/**
 * How long lives are and what they bring, from a prior and those seen. Lengths are taken as exponential, so that lives that still last
 * count with what they have lasted: with a gamma prior on the rate of ending, of shape w + 1 and w · L days, the mean length has an
 * inverse gamma distribution of mean (w L + days) / (w + ended) (Klein and Moeschberger, Survival Analysis, 2003, section 6.4). Money a
 * day is that of the prior's and the seen days together. Of a life, the first T days bring money a day × mean length × (1 − e^(−T/length)).
 *
 * @param withinDays T, above 0: later days, which nobody may have seen yet, bring nothing. Default: the whole life counts
 * @throws PairwellError `bad-input` for a prior that cannot be
 */
export function lifeExpected(
  prior: LifePrior,
  seen: LivesSeen,
  withinDays = Number.POSITIVE_INFINITY,
): LifeExpected {
  const { days: length, spendADay, weight } = prior;
  const isPrior = length > 0 && spendADay >= 0 && weight > 0 && withinDays > 0;
  if (!isPrior || ![length, spendADay, weight].every(Number.isFinite))
    throw new PairwellError(
      'bad-input',
      `No life lasts ${length} days at ${spendADay} a day with a weight of ${weight}, nor counts for ${withinDays}.`,
    );
  const all = weight * length + seen.days;
  const days = all / (weight + seen.ended);
  const rate = Math.max(0, weight * length * spendADay + seen.spend) / all;
  const shape = weight + seen.ended + 1;
  return {
    days,
    low: all / gammaQuantile(0.975, shape),
    high: all / gammaQuantile(0.025, shape),
    spendADay: rate,
    value: -days * rate * Math.expm1(-withinDays / days),
  };
}

/** The x that a gamma variable of this shape and scale 1 is below with probability p, by bisection. */
function gammaQuantile(p: number, shape: number): number {
  let [low, high] = [0, shape + 10 * Math.sqrt(shape) + 10];
  for (let step = 0; step < 100 && high - low > 1e-12 * high; step++) {
    const middle = (low + high) / 2;
    if (regularisedGammaP(shape, middle) < p) low = middle;
    else high = middle;
  }
  return high;
}
