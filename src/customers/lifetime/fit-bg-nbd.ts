import type { BgNbdParameters } from './bg-nbd.ts';
import { bgNbdLikelihood } from './bg-nbd-likelihood.ts';
import { fitLikelihood, type LikelihoodFit } from './fit-likelihood.ts';
import type { HistoryGroups } from './history-groups.ts';

/** r, a and b to start from: much and little difference between customers, many and few of them lost. */
const starts = [
  [0.3, 0.8, 2.4],
  [1, 1, 1],
  [4, 0.2, 2],
] as const;

/**
 * BG/NBD by maximum likelihood; parameters are r, alpha, a and b in this order, alpha in the unit of the times. Where too few
 * came back it does not converge, or is degenerate.
 *
 * @param groups of one customer or more
 */
export function fitBgNbd(groups: HistoryGroups): LikelihoodFit {
  let purchases = 0;
  let time = 0;
  groups.weight.forEach((weight, group) => {
    purchases += weight * groups.frequencies[groups.frequency[group]];
    time += weight * groups.ages[groups.age[group]];
  });
  // Without any time, or any purchase, there is nothing to find; nor is there anything to divide by.
  const meanAge = time / groups.customers || 1;
  const rate = Math.max(purchases, 1) / (time || 1);
  return fitLikelihood(
    bgNbdLikelihood(groups),
    groups.customers,
    [1, meanAge, 1, 1],
    // Those who are lost buy no more, so that the rate of the others is higher than that of all.
    starts.map(([r, a, b]) => [r, r / (1.5 * rate), a, b]),
  );
}

export function bgNbdParameters([r, alpha, a, b]: Float64Array): BgNbdParameters {
  return { r, alpha, a, b };
}
