import { regularisedBeta } from '../../stats/beta-distribution.ts';
import { logGamma } from '../../stats/log-gamma.ts';
import { normalUpperTail } from '../../stats/normal.ts';
import { type GapSums, yearDays } from './gap-sums.ts';

/** How often customers order: rates, a day, are gamma distributed with this shape, and this many days. */
export interface RatePrior {
  readonly shape: number;
  readonly days: number;
}

/**
 * A kind of rhythm. `steady`: gaps are gamma variables of one shape (below 1 in clusters, 1 by chance alone, above it ever more even) by
 * the calendar or by the shop's clock. `yearly`: a year's first order comes a year after the one before, give or take `spread` days,
 * and others may follow it.
 */
export type RhythmKind =
  | { readonly kind: 'steady'; readonly shape: number; readonly bySeason: boolean }
  | { readonly kind: 'yearly'; readonly spread: number };

const shapes = [0.35, 0.6, 1, 1.7, 3, 6, 12, 30, 80];
const spreads = [8, 16, 30];

/** @param hasClock whether the shop has a season of its own */
export function rhythmKinds(hasClock: boolean): RhythmKind[] {
  const steady = (bySeason: boolean): RhythmKind[] =>
    shapes.map((shape) => ({ kind: 'steady', shape, bySeason }));
  const yearly = spreads.map((spread): RhythmKind => ({ kind: 'yearly', spread }));
  return [...steady(false), ...(hasClock ? steady(true) : []), ...yearly];
}

/** Gaps within a year's orders are exponential; before any is known their rate is gamma distributed with this shape and these days. */
const withinPrior = { shape: 1, days: 15 };

/** ln of the density of a customer's gaps, days being the unit, if the rhythm is of this kind; one gap at least. */
export function logDensity(kind: RhythmKind, sums: GapSums, prior: RatePrior): number {
  if (kind.kind === 'yearly') return logYearly(kind.spread, sums);
  const { shape, bySeason } = kind;
  const { gaps } = sums;
  const [total, logs, rate] = bySeason
    ? [sums.time, sums.logTime, sums.logRate]
    : [sums.days, sums.logDays, 0];
  const days = prior.days / shape;
  const after = prior.shape + shape * gaps;
  return (
    (shape - 1) * logs +
    rate -
    gaps * logGamma(shape) +
    logGamma(after) -
    logGamma(prior.shape) +
    prior.shape * Math.log(days) -
    after * Math.log(days + total)
  );
}

function logYearly(spread: number, { gaps, years }: GapSums): number {
  const { within, withinDays, off } = years;
  // Whether a gap is one within the year, all shares being equally probable before.
  let sum = logGamma(1 + within) + logGamma(1 + off.length) - logGamma(2 + gaps);
  const { shape, days } = withinPrior;
  sum += logGamma(shape + within) - logGamma(shape) + shape * Math.log(days);
  sum -= (shape + within) * Math.log(days + withinDays);
  off.forEach((by, n) => {
    const deviation = spread * Math.sqrt(1 + 1 / (n + 1));
    sum -= 0.5 * (by / deviation) ** 2 + Math.log(deviation * Math.sqrt(2 * Math.PI));
  });
  return sum;
}

/** The chance that the next gap is longer than a silence; or how many gaps of a year are, where nothing changes. */
export type SilenceFigure = 'chance' | 'yearly';

/**
 * What is to be expected of a customer whose rhythm is of this kind and of whom these gaps are known (from the posterior of the rate,
 * which is integrated over).
 *
 * @param days from the last order, above 0
 * @param time the same by the shop's clock
 */
export function silenceFigure(
  figure: SilenceFigure,
  kind: RhythmKind,
  sums: GapSums,
  prior: RatePrior,
  days: number,
  time: number,
): number {
  if (kind.kind === 'yearly') return yearlyFigure(figure, kind.spread, sums, days);
  const { shape, bySeason } = kind;
  const after = prior.shape + shape * sums.gaps;
  const scale = prior.days / shape + (bySeason ? sums.time : sums.days);
  const x = scale / (scale + (bySeason ? time : days));
  if (figure === 'chance') return regularisedBeta(x, after, shape);
  // The rate itself weighs: who orders often has more gaps, and shorter ones.
  return ((yearDays * after) / (shape * scale)) * regularisedBeta(x, after + 1, shape);
}

function yearlyFigure(
  figure: SilenceFigure,
  spread: number,
  { gaps, lastDay, years }: GapSums,
  days: number,
): number {
  const within = (1 + years.within) / (2 + gaps);
  const scale = withinPrior.days + years.withinDays;
  const stillWithin = (scale / (scale + days)) ** (withinPrior.shape + years.within);
  const off = lastDay + days - years.nextDue;
  const stillToCome = normalUpperTail(off / (spread * Math.sqrt(1 + 1 / years.years)));
  if (figure === 'chance') return within * stillWithin + (1 - within) * stillToCome;
  return (within / (1 - within)) * stillWithin + stillToCome;
}
