import { type OwnFigures, shopMean } from './scaling.ts';

/** What a prior weighs where nothing is known of it. */
export const usualPrior = 3;

/** Beyond these it makes no difference: taken at its word at once, or hardly ever. */
const leastPrior = 0.5;
const mostPrior = 100;

/**
 * How much evidence it takes until a customer's own figure says as much as the shop's mean: the variance that a single order (or
 * gap, or month) adds over the variance between customers. The squared distances from the mean are the sum of both, the former
 * over the evidence; a line through them, by least squares, tells them apart (Bühlmann and Straub's credibility: Bühlmann and
 * Gisler, A Course in Credibility Theory, 2005, chapter 4). Habits get a small weight, what is chance from order to order a
 * large one.
 */
export function priorWeight(own: OwnFigures, rows: number): number {
  const { estimates, width, column, evidence, evidenceWidth, at } = own;
  const mean = shopMean(own, rows, usualPrior);
  let weights = 0;
  let sumX = 0;
  let sumY = 0;
  let sumXX = 0;
  let sumXY = 0;
  for (let row = 0; row < rows; row++) {
    const seen = evidence[row * evidenceWidth + at];
    if (!(seen > 0)) continue;
    // Less of who is known little: their squares are all over the place.
    const weight = (seen / (seen + usualPrior)) ** 2;
    const x = 1 / seen;
    const y = (estimates[row * width + column] - mean) ** 2;
    weights += weight;
    sumX += weight * x;
    sumY += weight * y;
    sumXX += weight * x * x;
    sumXY += weight * x * y;
  }
  const spread = weights * sumXX - sumX * sumX;
  // Who is known equally well does not tell the two apart.
  if (!(spread > 1e-9 * weights * sumXX)) return usualPrior;
  const within = (weights * sumXY - sumX * sumY) / spread;
  const between = (sumY - within * sumX) / weights;
  if (between <= 0) return mostPrior;
  return Math.max(leastPrior, Math.min(mostPrior, within / between));
}
