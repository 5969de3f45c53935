import { PairwellError } from '../../errors.ts';
import { digamma, trigamma } from '../../stats/digamma.ts';
import { logGamma } from '../../stats/log-gamma.ts';
import { fitLikelihood, type Likelihood, type LikelihoodFit } from './fit-likelihood.ts';

/**
 * The Gamma-Gamma model of what a purchase brings (Fader and Hardie, "The Gamma-Gamma model of monetary value", 2013, after Colombo
 * and Jiang, 1999): a customer's purchases are gamma distributed about a mean that differs between customers and has nothing
 * to do with how often they buy.
 */
export interface GammaGammaParameters {
  /** Shape of a customer's purchases. */
  readonly p: number;
  /** Shape of the distribution of their inverse scale among customers. The mean of all customers exists where q > 1. */
  readonly q: number;
  /** Inverse scale of this distribution, in money. */
  readonly v: number;
}

/** The mean of several purchases of each of some customers. */
export interface MeanSpends {
  /** Purchases, ≥ 1. */
  readonly purchases: ArrayLike<number>;
  /** What they brought on average, > 0. */
  readonly mean: ArrayLike<number>;
}

/**
 * What a customer's purchases bring on average, the known ones being a sample of them (formula 5): between the customer's own mean and
 * that of all, nearer to the former the more purchases there were.
 *
 * @param purchases ≥ 0; with 0 it is the mean of all customers, p v / (q − 1)
 * @throws PairwellError `bad-input` where q ≤ 1 and there are so few purchases that no mean exists
 */
export function expectedSpend({ p, q, v }: GammaGammaParameters, purchases: number, mean: number): number {
  const shape = p * purchases + q - 1;
  if (!(shape > 0)) {
    const message = `With q = ${q} there is no mean spend of a customer with ${purchases} purchases.`;
    throw new PairwellError('bad-input', message, { p, q, v, purchases });
  }
  return (p * (v + purchases * mean)) / shape;
}

/** The log-likelihood (formula 1a), by p, q and v in this order. */
export function gammaGammaLikelihood({ purchases, mean }: MeanSpends): Likelihood {
  const counts = [...new Set(Array.from(purchases))];
  const customers = new Float64Array(counts.length);
  const numberOf = new Map(counts.map((count, i) => [count, i]));
  for (let c = 0; c < purchases.length; c++) customers[numberOf.get(purchases[c])!]++;
  return (parameters, slopes, curvatures) =>
    ofCounts(counts, customers, parameters, slopes, curvatures) +
    ofSpends({ purchases, mean }, parameters, slopes, curvatures);
}

/** Γ(p x + q) / (Γ(p x) Γ(q)): what the numbers of purchases alone decide. */
function ofCounts(
  counts: readonly number[],
  customers: Float64Array,
  [p, q]: Float64Array,
  slopes: Float64Array,
  curvatures: Float64Array,
): number {
  let sum = 0;
  counts.forEach((x, i) => {
    const weight = customers[i];
    const slope = digamma(p * x + q);
    const curvature = trigamma(p * x + q);
    sum += weight * (logGamma(p * x + q) - logGamma(p * x) - logGamma(q));
    slopes[0] += weight * x * (slope - digamma(p * x));
    slopes[1] += weight * (slope - digamma(q));
    curvatures[0] += weight * x * x * (curvature - trigamma(p * x));
    curvatures[3] += weight * x * curvature;
    curvatures[4] += weight * (curvature - trigamma(q));
  });
  return sum;
}

/** z^−1 (v / (x z + v))^q (x z / (x z + v))^(p x), z being the mean of x purchases: the rest. */
function ofSpends(
  { purchases, mean }: MeanSpends,
  [p, q, v]: Float64Array,
  slopes: Float64Array,
  curvatures: Float64Array,
): number {
  let sum = 0;
  for (let c = 0; c < purchases.length; c++) {
    const x = purchases[c];
    const spent = x * mean[c];
    const inverse = 1 / (spent + v);
    const logOwn = Math.log(spent * inverse);
    const logOther = Math.log(v * inverse);
    const shape = p * x + q;
    sum += p * x * logOwn + q * logOther - Math.log(mean[c]);
    slopes[0] += x * logOwn;
    slopes[1] += logOther;
    slopes[2] += q / v - shape * inverse;
    curvatures[6] -= x * inverse;
    curvatures[7] += spent * inverse * (1 / v);
    curvatures[8] += shape * inverse * inverse - q / (v * v);
  }
  return sum;
}

/** p and q to start from. */
const starts = [
  [6, 4],
  [1, 2],
  [2, 10],
] as const;

/**
 * Gamma-Gamma by maximum likelihood; parameters are p, q and v in this order. Where all customers spend alike, or none spends about the
 * same twice, it does not converge, or is degenerate.
 *
 * @param spends of one customer or more
 */
export function fitGammaGamma(spends: MeanSpends): LikelihoodFit {
  const { mean } = spends;
  let sum = 0;
  for (let c = 0; c < mean.length; c++) sum += mean[c] / mean.length;
  return fitLikelihood(
    gammaGammaLikelihood(spends),
    mean.length,
    [1, 1, sum],
    starts.map(([p, q]) => [p, q, (sum * (q - 1)) / p]),
  );
}

export function gammaGammaParameters([p, q, v]: Float64Array): GammaGammaParameters {
  return { p, q, v };
}
