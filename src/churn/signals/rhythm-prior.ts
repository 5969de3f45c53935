import { fitBgNbd } from '../../customers/lifetime/fit-bg-nbd.ts';
import { flatGradient } from '../../customers/lifetime/fit-likelihood.ts';
import { groupHistories } from '../../customers/lifetime/history-groups.ts';
import { daysInWeek } from '../../customers/lifetime/purchase-days.ts';
import type { GapSums } from './gap-sums.ts';
import { logDensity, type RatePrior, type RhythmKind } from './rhythm-kinds.ts';

/** What is known of customers of a segment before their own gaps are looked at. */
export interface RhythmPrior {
  readonly rate: RatePrior;
  /** By kind of rhythm: how common it is. */
  readonly weights: Float64Array;
}

/** A segment with fewer customers who came back has the shop's prior. */
export const fewestOfSegment = 100;

/** So many customers tell the weights, and the rates, as well as more would. */
const mostFitted = 4000;
const mostInRates = 20_000;

const rounds = 60;

/** As if one customer in all had been seen of every kind: none is impossible. */
const seenBefore = 1;

/** One order comes before all, at the mean rate; what is assumed where BG/NBD does not hold. */
const assumedShape = 1;

/** Customers are not taken to be more alike than if each had so many orders before all. */
const mostShape = 100;

/**
 * Rates by BG/NBD, which allows for those who left; then how common each kind of rhythm is, by expectation and maximisation over the
 * gaps that ended (a mixture: Dempster, Laird and Rubin, JRSS B 39, 1977).
 *
 * @param customers with an order
 * @param today the day up to which they were seen
 */
export function fitRhythmPrior(
  customers: readonly GapSums[],
  kinds: readonly RhythmKind[],
  today: number,
): RhythmPrior {
  const among = Math.ceil(customers.length / mostInRates);
  const rate = fitRates(
    customers.filter((_, n) => n % among === 0),
    today,
  );
  const back = customers.filter(({ gaps }) => gaps > 0);
  const every = Math.ceil(back.length / mostFitted);
  const fitted = back.filter((_, n) => n % every === 0);
  const likelihoods = fitted.map((sums) => relativeLikelihoods(kinds, sums, rate));
  let weights = new Float64Array(kinds.length).fill(1 / kinds.length);
  for (let round = 0; round < rounds; round++) {
    const counts = new Float64Array(kinds.length).fill(seenBefore);
    for (const likelihood of likelihoods) {
      let sum = 0;
      for (let k = 0; k < kinds.length; k++) sum += weights[k] * likelihood[k];
      for (let k = 0; k < kinds.length; k++) counts[k] += (weights[k] * likelihood[k]) / sum;
    }
    const all = fitted.length + seenBefore * kinds.length;
    weights = counts.map((count) => count / all);
  }
  return { rate, weights };
}

/** The densities of a customer's gaps by kind, over the largest of them. */
export function relativeLikelihoods(
  kinds: readonly RhythmKind[],
  sums: GapSums,
  rate: RatePrior,
): Float64Array {
  const logs = Float64Array.from(kinds, (kind) => logDensity(kind, sums, rate));
  const most = logs.reduce((top, log) => Math.max(top, log), Number.NEGATIVE_INFINITY);
  return logs.map((log) => Math.exp(log - most));
}

function fitRates(customers: readonly GapSums[], today: number): RatePrior {
  const gaps = customers.reduce((sum, own) => sum + own.gaps, 0);
  const days = customers.reduce((sum, own) => sum + (today - own.lastDay) + own.days, 0);
  const assumed = { shape: assumedShape, days: (assumedShape * Math.max(days, 1)) / Math.max(gaps, 1) };
  if (!customers.some((own) => own.gaps > 0)) return assumed;
  const history = {
    frequency: Int32Array.from(customers, (own) => own.gaps),
    recency: Float64Array.from(customers, (own) => own.days / daysInWeek),
    age: Float64Array.from(customers, (own) => (today - own.lastDay + own.days) / daysInWeek),
    spendDays: new Int32Array(customers.length),
    meanSpend: new Float64Array(customers.length),
  };

  const { parameters, gradientNorm } = fitBgNbd(groupHistories(history));
  const [shape, weeks] = parameters;
  // Where the chance of leaving ran away the rates still are what makes the data most probable.
  const isUsable = gradientNorm <= flatGradient && shape <= mostShape && weeks * daysInWeek >= 1 / mostShape;
  return isUsable ? { shape, days: weeks * daysInWeek } : assumed;
}
