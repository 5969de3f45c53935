/** What is believed of how second lives go with first ones. */
export const believedElasticity = 0.5;

/** For how many customers that belief counts. */
const elasticityWeight = 30;

/**
 * By which power of the first life's money a day the second one's goes: 1 where twice as good a customer is twice as good again, 0 where
 * all are alike. Least squares on logarithms, drawn to the belief of one half with the weight of 30 customers, and kept within 0 … 1.
 *
 * @param first of those who came back, and `second` their second life's: money a day; who has none above 0 is passed over
 */
export function elasticityOf(first: Float64Array, second: Float64Array): number {
  const pairs = Array.from(first, (value, n) => [Math.log(value), Math.log(second[n])]).filter((pair) =>
    pair.every(Number.isFinite),
  );
  if (pairs.length < 2) return believedElasticity;
  const mean = (side: number): number => pairs.reduce((sum, pair) => sum + pair[side], 0) / pairs.length;
  const [x, y] = [mean(0), mean(1)];
  let [squares, products] = [0, 0];
  for (const pair of pairs) {
    squares += (pair[0] - x) ** 2;
    products += (pair[0] - x) * (pair[1] - y);
  }
  const belief = (elasticityWeight * squares) / pairs.length;
  if (belief === 0) return believedElasticity;
  return Math.min(1, Math.max(0, (belief * believedElasticity + products) / (belief + squares)));
}

/**
 * What each customer's second life is worth beside that of the shop's returners, whose mean is 1. Who spent less than a hundredth of the
 * mean, or nothing, counts as if it had been that.
 *
 * @param spend by customer: money of the last year before leaving
 * @param chance by customer: of coming back, by which the mean is weighted
 */
export function relativeValues(spend: Float64Array, chance: Float64Array, elasticity: number): Float64Array {
  const mean = spend.reduce((sum, money) => sum + Math.max(0, money), 0) / spend.length;
  if (!(mean > 0)) return new Float64Array(spend.length).fill(1);
  const powers = spend.map((money) => Math.max(0.01, money / mean) ** elasticity);
  let [weighted, weight] = [0, 0];
  powers.forEach((power, n) => {
    weighted += power * chance[n];
    weight += chance[n];
  });
  return powers.map((power) => (power * weight) / weighted);
}
