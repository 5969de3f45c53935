import { PairwellError } from '../errors.ts';
import { type ChiSquareTest, chiSquareTest } from '../stats/chi-square.ts';
import type { Strata } from '../stats/strata.ts';
import { collapse } from './block-counts.ts';
import type { Grouping } from './calendar.ts';

export type DriftDirection = 'rising' | 'fading' | 'steady' | 'too-few-to-tell';

export interface Drift {
  readonly direction: DriftDirection;
  /** Whether the confidence goes up or down over the periods. */
  readonly trend: ChiSquareTest;
  /** By period: the rule's confidence and lift; NaN where no transaction holds the antecedent. */
  readonly confidence: Float64Array;
  readonly lift: Float64Array;
}

/** A period tells when so many of its transactions hold the antecedent, and two such periods are needed. */
const fewest = 5;

/**
 * How a rule's confidence goes over time: the Cochran-Armitage test for a trend in proportions (Cochran, Biometrics 10, 1954;
 * Armitage, Biometrics 11, 1955), periods being scored 0, 1, 2 …
 *
 * @param blocks the rule's tables by block
 * @param periods blocks by period, in order of time
 */
export function driftOf(blocks: Strata, periods: Grouping, alpha = 0.01): Drift {
  const { n11, n10, n01, n00 } = collapse(blocks, periods.of, periods.names.length);
  const confidence = new Float64Array(n11.length);
  const lift = new Float64Array(n11.length);
  let held = 0;
  let kept = 0;
  let scores = 0;
  let squares = 0;
  let keptScores = 0;
  let telling = 0;
  for (let t = 0; t < n11.length; t++) {
    const holding = n11[t] + n10[t];
    const all = holding + n01[t] + n00[t];
    confidence[t] = n11[t] / holding;
    lift[t] = (n11[t] * all) / (holding * (n11[t] + n01[t]));
    held += holding;
    kept += n11[t];
    scores += holding * t;
    squares += holding * t * t;
    keptScores += n11[t] * t;
    if (holding >= fewest) telling++;
  }
  const share = kept / held;
  const spread = squares - scores ** 2 / held;
  const variance = share * (1 - share) * spread;
  const slope = keptScores - share * scores;
  if (telling < 2 || !(variance > 0))
    return {
      direction: 'too-few-to-tell',
      trend: { statistic: 0, degreesOfFreedom: 1, p: 1 },
      confidence,
      lift,
    };
  const trend = chiSquareTest(slope ** 2 / variance, 1);
  const moving = slope > 0 ? 'rising' : 'fading';
  return { direction: trend.p <= alpha ? moving : 'steady', trend, confidence, lift };
}

/**
 * What each block counts when older transactions count for less: halved with every `halfLife` days before the newest day.
 *
 * @param ages days before the newest day, by block
 * @throws PairwellError `bad-input` for a half-life that is not above 0
 */
export function decayWeights(ages: Int32Array, halfLife: number): Float64Array {
  if (!(halfLife > 0))
    throw new PairwellError('bad-input', `The half-life must be more than 0 days, not ${halfLife}.`);
  return Float64Array.from(ages, (age) => 0.5 ** (age / halfLife));
}

export interface DecayedRule {
  /** Shares of the weight of all transactions. */
  readonly support: number;
  readonly confidence: number;
  readonly lift: number;
}

/** A rule's figures when blocks count by weight: what holds now rather than what held on the whole. */
export function decayed({ n11, n10, n01, n00 }: Strata, weights: Float64Array): DecayedRule {
  let [both, left, right, all] = [0, 0, 0, 0];
  for (let b = 0; b < weights.length; b++) {
    both += weights[b] * n11[b];
    left += weights[b] * (n11[b] + n10[b]);
    right += weights[b] * (n11[b] + n01[b]);
    all += weights[b] * (n11[b] + n10[b] + n01[b] + n00[b]);
  }
  return { support: both / all, confidence: both / left, lift: (both * all) / (left * right) };
}
