import { PairwellError } from '../../errors.ts';

/** A normal distribution of the share of those who would leave that stay because of an action; below 0 where it drives away. */
export interface EffectPrior {
  readonly mean: number;
  readonly deviation: number;
}

/** Customers who were contacted and who were held out, and how many of each were gone after the time looked at. */
export interface MeasuredEffect {
  readonly contacted: number;
  readonly contactedGone: number;
  readonly control: number;
  readonly controlGone: number;
}

export interface EffectBelief extends EffectPrior {
  /** Of 95 %. */
  readonly low: number;
  readonly high: number;
  /** How much of the mean the shop's own figures make, 0 … 1. */
  readonly measuredShare: number;
}

const critical = 1.959963984540054;

/**
 * What is believed of an action's effect. Belief and measurement are both taken as normal, so that they add by their precisions (Gelman
 * et al., Bayesian Data Analysis, 2013, section 2.5); a beta distribution would rule out harm. Measured is 1 less the ratio of the shares
 * that are gone, with the variance of the ratio by its logarithm's. To each arm half a customer is added who is gone and half a one who is
 * not (Jeffreys' prior), so that there is always a ratio and never certainty. Without customers in both arms the belief stays as it is.
 *
 * @throws PairwellError `bad-input` for counts that cannot be
 */
export function effectBelief(prior: EffectPrior, measured?: MeasuredEffect): EffectBelief {
  const { ratio, variance } = measuredRatio(measured);
  const believed = prior.deviation ** -2;
  const seen = variance > 0 ? 1 / variance : 0;
  const mean = (believed * prior.mean + seen * (1 - ratio)) / (believed + seen);
  const deviation = (believed + seen) ** -0.5;
  return {
    mean,
    deviation,
    low: mean - critical * deviation,
    high: mean + critical * deviation,
    measuredShare: seen / (believed + seen),
  };
}

function measuredRatio(measured: MeasuredEffect | undefined): { ratio: number; variance: number } {
  if (!measured) return { ratio: 1, variance: 0 };
  const { contacted, contactedGone, control, controlGone } = measured;
  const areCounts = [contacted, contactedGone, control, controlGone].every(
    (count) => Number.isSafeInteger(count) && count >= 0,
  );
  if (!areCounts || contactedGone > contacted || controlGone > control)
    throw new PairwellError(
      'bad-input',
      `Of ${contacted} contacted ${contactedGone} cannot be gone, or of ${control} held out ${controlGone}; give whole numbers.`,
    );
  if (contacted === 0 || control === 0) return { ratio: 1, variance: 0 };
  const [gone, all] = [contactedGone + 0.5, contacted + 1];
  const [goneAnyhow, allHeld] = [controlGone + 0.5, control + 1];
  const ratio = gone / all / (goneAnyhow / allHeld);
  const ofLogarithm = 1 / gone - 1 / all + 1 / goneAnyhow - 1 / allHeld;
  return { ratio, variance: ratio ** 2 * ofLogarithm };
}
