import { digamma, trigamma } from '../../stats/digamma.ts';
import { logGamma } from '../../stats/log-gamma.ts';
import { fitLikelihood, type Likelihood, type LikelihoodFit } from './fit-likelihood.ts';
import type { HistoryGroups } from './history-groups.ts';

/** r to start from: customers who differ much, and who differ little. */
const starts = [0.3, 1, 4];

/**
 * The log-likelihood of purchases at a rate that is gamma distributed among customers, none of whom is ever lost, by r and alpha: what
 * that of BG/NBD comes to at a = 0 (Fader, Hardie and Lee, Marketing Science 24, 2005, formula 6), so that the two can be
 * compared. The number of purchases is then negative binomial (Ehrenberg, Applied Statistics 8, 1959).
 */
export function nbdLikelihood({
  frequencies,
  ages,
  frequency,
  age,
  weight: weights,
}: HistoryGroups): Likelihood {
  return ([r, alpha], slopes, curvatures) => {
    const ofFrequency = frequencies.map((x) => logGamma(r + x) - logGamma(r));
    const slopeOf = frequencies.map((x) => digamma(r + x) - digamma(r));
    const curvatureOf = frequencies.map((x) => trigamma(r + x) - trigamma(r));
    const logAlpha = Math.log(alpha);
    let sum = 0;
    for (let group = 0; group < weights.length; group++) {
      const weight = weights[group];
      const rx = r + frequencies[frequency[group]];
      const late = alpha + ages[age[group]];
      const share = logAlpha - Math.log(late);
      sum += weight * (ofFrequency[frequency[group]] + r * share - (rx - r) * Math.log(late));
      slopes[0] += weight * (slopeOf[frequency[group]] + share);
      slopes[1] += weight * (r / alpha - rx / late);
      curvatures[0] += weight * curvatureOf[frequency[group]];
      curvatures[2] += weight * (1 / alpha - 1 / late);
      curvatures[3] += weight * (rx / (late * late) - r / (alpha * alpha));
    }
    return sum;
  };
}

/**
 * The same by maximum likelihood; parameters are r and alpha in this order, alpha in the unit of the times.
 *
 * @param groups of one customer or more
 */
export function fitNbd(groups: HistoryGroups): LikelihoodFit {
  const { frequencies, ages, frequency, age, weight: weights, customers } = groups;
  let purchases = 0;
  let time = 0;
  weights.forEach((weight, group) => {
    purchases += weight * frequencies[frequency[group]];
    time += weight * ages[age[group]];
  });
  // As for BG/NBD: nothing is divided by 0 where there is no time or no purchase.
  const rate = Math.max(purchases, 1) / (time || 1);
  return fitLikelihood(
    nbdLikelihood(groups),
    customers,
    [1, time / customers || 1],
    starts.map((r) => [r, r / rate]),
  );
}
