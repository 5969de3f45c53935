import { probabilityOf } from '../learn/scores.ts';

/** log-odds of acceptance in the first position = intercept + slope × log-odds that the ranking says. */
export interface AcceptanceCurve {
  readonly intercept: number;
  readonly slope: number;
}

export interface PlacementAcceptance extends AcceptanceCurve {
  readonly impressions: number;
  readonly accepts: number;
  /**
   * Of the newest fifth of the impressions, by what was learnt of the others: the chance that one accepted is told from one that was not,
   * and the expected calibration error; null where too little of both is among them.
   */
  readonly auc: number | null;
  readonly ece: number | null;
}

/** How offers are accepted where they are shown. Plain data: it is stored in the model. */
export interface Answers {
  /** Of placements that nothing is known of. */
  readonly overall: AcceptanceCurve;
  readonly byPlacement: Readonly<Record<string, PlacementAcceptance>>;
  /** What the log-odds change by where the logarithm of the position is higher by 1; serving asks about the first. */
  readonly positionSlope: number;
  /** Whether the probabilities that offers were shown with were known; else the curves tell placements from each other alone. */
  readonly isScored: boolean;
  readonly impressions: number;
  readonly accepts: number;
}

/** Probabilities are kept so far from 0 and 1: they are told to six digits. */
const leastChance = 1e-6;

export const logOdds = (probability: number): number => {
  const kept = Math.min(1 - leastChance, Math.max(leastChance, probability));
  return Math.log(kept / (1 - kept));
};

/**
 * How likely an offer of the first position is accepted.
 *
 * @param answers of the model; null where there were too few
 * @param probability what the ranking says, from 0 to 1
 * @returns above 0 and below 1; the probability itself without answers
 */
export function acceptance(answers: Answers | null, placement: string, probability: number): number {
  if (!answers) return probability;
  const { byPlacement, overall } = answers;
  const { intercept, slope } = Object.hasOwn(byPlacement, placement) ? byPlacement[placement] : overall;
  return probabilityOf(intercept + slope * logOdds(probability));
}
