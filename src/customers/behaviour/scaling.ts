import type { Block, Feature } from './features.ts';

/** A feature with what makes it comparable with the others. All figures are on the feature's scale. */
export interface ScaledFeature extends Feature {
  /** The shop's mean counts as so much evidence beside a customer's own; 0 where it does not count. */
  readonly prior: number;
  /** The shop's mean. */
  readonly mean: number;
  /** The median of the customers. */
  readonly middle: number;
  /** What stands for a standard deviation of the customers' own figures, > 0. */
  readonly spread: number;
  /** What the scaled feature is multiplied by; 0 for one that is told of segments but does not make them. */
  readonly weight: number;
}

/** A scaled figure further from the middle than this counts as this. */
const mostSpreads = 3;

/** What blocks weigh, as a variance: what people buy weighs twice what anything else does. */
const blockShare: Partial<Record<Block, number>> = { kinds: 2 };

/**
 * How long ago the last order was is told of a segment but parts nobody: it changes by itself from day to day, is next to nothing
 * for whoever is placed by a first order, and is what recency, frequency and value (RFM) go by.
 */
const toldOnly = (feature: Feature): boolean => feature.evidence === 'certain';

/** Under this share of its mean a standard deviation is rounding. */
const rounding = 1e-5;

/** Rows that quartiles are taken from at most: evenly spread over all of them. */
const mostSorted = 100_000;

/** One column of the customers' own figures, and of the evidence that it rests on. */
export interface OwnFigures {
  readonly estimates: Float32Array;
  readonly width: number;
  readonly column: number;
  readonly evidence: Float32Array;
  readonly evidenceWidth: number;
  /** Which evidence; −1 for figures that need none. */
  readonly at: number;
}

/**
 * A figure drawn to the shop's mean, as if that had been seen `prior` times (the posterior mean of a normal prior: Gelman et
 * al., Bayesian Data Analysis, 3rd edition, section 2.5).
 */
export const shrunk = (own: number, evidence: number, mean: number, prior: number): number =>
  evidence + prior > 0 ? (evidence * own + prior * mean) / (evidence + prior) : mean;

/** Writes the customers' figures drawn to the shop's mean, one for each row of `into`. */
export function drawnInto(
  into: Float32Array,
  { estimates, width, column, evidence, evidenceWidth, at }: OwnFigures,
  { mean, prior }: Pick<ScaledFeature, 'mean' | 'prior'>,
): void {
  for (let row = 0; row < into.length; row++) {
    const seen = at < 0 ? 1 : evidence[row * evidenceWidth + at];
    into[row] = shrunk(estimates[row * width + column], seen, mean, prior);
  }
}

/** The mean of the customers, each counting as much as the evidence bears: 0 without any, nearly 1 with much. */
export function shopMean(own: OwnFigures, rows: number, prior: number): number {
  const { estimates, width, column, evidence, evidenceWidth, at } = own;
  let sum = 0;
  let total = 0;
  for (let row = 0; row < rows; row++) {
    const seen = at < 0 ? 1 : evidence[row * evidenceWidth + at];
    const weight = seen > 0 ? seen / (seen + prior) : 0;
    sum += weight * estimates[row * width + column];
    total += weight;
  }
  return total > 0 ? sum / total : 0;
}

/**
 * How far customers' own figures are apart: the distance of their quartiles as a standard deviation of a normal distribution
 * (1.349 of it lie between them), or half the standard deviation where that is more, as the quartiles of what few customers do
 * lie together. 0 where all are alike. Of own figures, not of drawn ones: who is known little is to stay near the middle.
 */
export function spreadOf(own: OwnFigures, rows: number): number {
  const { estimates, width, column, evidence, evidenceWidth, at } = own;
  let count = 0;
  let sum = 0;
  const known = new Float32Array(rows);
  for (let row = 0; row < rows; row++) {
    if (at >= 0 && !(evidence[row * evidenceWidth + at] > 0)) continue;
    known[count] = estimates[row * width + column];
    sum += known[count++];
  }
  if (count < 2) return 0;
  const mean = sum / count;
  let squares = 0;
  for (let n = 0; n < count; n++) squares += (known[n] - mean) ** 2;
  const deviation = Math.sqrt(squares / count);
  if (deviation <= rounding * (rounding + Math.abs(mean))) return 0;
  const sorted = sample(known.subarray(0, count));
  return Math.max((quantile(sorted, 0.75) - quantile(sorted, 0.25)) / 1.349, deviation / 2);
}

/** The median; 0 of none. */
export const middleOf = (values: Float32Array): number =>
  values.length === 0 ? 0 : quantile(sample(values), 0.5);

/** Values evenly spread over all, ascending. */
function sample(values: Float32Array): Float32Array {
  const step = Math.max(1, Math.ceil(values.length / mostSorted));
  const length = Math.ceil(values.length / step);
  return Float32Array.from({ length }, (_, n) => values[n * step]).sort();
}

/** Scales the figures of one row, which begins at `at` in both. */
export function scaleInto(
  features: readonly ScaledFeature[],
  values: Float32Array,
  into: Float32Array,
  at: number,
): void {
  for (let f = 0; f < features.length; f++) {
    const { middle, spread, weight } = features[f];
    const scaled = (values[at + f] - middle) / spread;
    into[at + f] = weight * Math.max(-mostSpreads, Math.min(mostSpreads, scaled));
  }
}

/**
 * By feature: what it is multiplied by, so that the variances of a block's features sum up to the block's share. A block of less
 * variance than 1 is not magnified: what hardly anybody does is no reason for a segment.
 */
export function blockWeights(features: readonly Feature[], matrix: Float32Array, rows: number): number[] {
  const width = features.length;
  const variances = new Map<Block, number>();
  features.forEach((feature, f) => {
    if (toldOnly(feature)) return;
    const { block } = feature;
    let sum = 0;
    let squares = 0;
    for (let row = 0; row < rows; row++) {
      const value = matrix[row * width + f];
      sum += value;
      squares += value * value;
    }
    const variance = squares / rows - (sum / rows) ** 2;
    variances.set(block, (variances.get(block) ?? 0) + variance);
  });
  return features.map((feature) => {
    if (toldOnly(feature)) return 0;
    const share = blockShare[feature.block] ?? 1;
    return Math.sqrt(share / Math.max(1, variances.get(feature.block)!));
  });
}

/** Between the two nearest entries, as R's type 7; of a column that is not empty. */
function quantile(sorted: Float32Array, share: number): number {
  const at = share * (sorted.length - 1);
  const below = Math.floor(at);
  const above = Math.min(below + 1, sorted.length - 1);
  return sorted[below] + (at - below) * (sorted[above] - sorted[below]);
}
