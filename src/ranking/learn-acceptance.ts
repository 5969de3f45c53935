import { calibrationError } from '../learn/calibration.ts';
import { minimise, type Objective } from '../learn/minimise.ts';
import { areaUnderCurve, logisticLoss, probabilityOf } from '../learn/scores.ts';
import { type AcceptanceCurve, type Answers, logOdds, type PlacementAcceptance } from './acceptance.ts';

/** Offers that were shown, the oldest first, and what became of them. */
export interface ShownOffers {
  /** By impression, as all that follow: its number among the names, -1 where it is not known. */
  readonly placement: Int32Array;
  readonly placementNames: readonly string[];
  /** From 1 on; below 1 where it is not known. */
  readonly position: Int32Array;
  /** What the ranking had said, from 0 to 1; NaN where it is not known. */
  readonly probability: Float64Array;
  readonly isAccepted: Uint8Array;
}

/** From fewer accepted offers nothing is learnt. */
export const fewestAccepts = 200;

/** Answers are looked at from the newest back to this many. */
const mostImpressions = 500_000;
const newestShare = 0.2;
/** Fewer impressions, or accepts, than this say nothing of how good the curve is. */
const fewestJudged = 50;

/**
 * What is added to the loss, ½ penalty × (what it is − what it is taken to be)²: by few answers acceptance stays what the ranking says
 * is bought, but for a level. Standard deviations of about 1 for placements' levels and .25 for their slopes are taken for granted.
 */
const penalties = {
  level: 0.01,
  slope: 10,
  position: 1,
  unscored: 0.01,
  placementLevel: 1,
  placementSlope: 16,
};

/**
 * Learns how likely offers are accepted where they are shown, by logistic regression on the log-odds that the ranking had said, with a
 * level and a slope of each placement that are drawn to those of all, and the logarithm of the position (examination falls with it:
 * Craswell et al., WSDM 2008; here it enters additively). Null from fewer than 200 accepted offers.
 *
 * Where fewer than 200 of those were shown with a known probability no level is learnt, only how placements differ.
 */
export function learnAcceptance(given: ShownOffers): Answers | null {
  const shown = newest(given, mostImpressions);
  const accepts = sumOf(shown.isAccepted);
  if (accepts < fewestAccepts) return null;
  const isScored =
    shown.isAccepted.reduce((sum, one, n) => sum + (Number.isNaN(shown.probability[n]) ? 0 : one), 0) >=
    fewestAccepts;
  const features = featuresOf(shown, isScored);
  const count = features.count;
  const boundary = Math.floor(count * (1 - newestShare));
  const earlier = fitUpTo(features, boundary);
  const all = fitUpTo(features, count);
  const byPlacement: Record<string, PlacementAcceptance> = {};
  for (const [k, name] of shown.placementNames.entries()) {
    const own = [...shown.placement.keys()].filter((n) => shown.placement[n] === k);
    if (own.length === 0) continue;
    byPlacement[name] = {
      ...curveOf(features, all, isScored, k),
      impressions: own.length,
      accepts: own.reduce((sum, n) => sum + shown.isAccepted[n], 0),
      ...judged(
        features,
        earlier,
        own.filter((n) => n >= boundary),
      ),
    };
  }
  return {
    overall: curveOf(features, all, isScored, -1),
    byPlacement,
    positionSlope: all[columns.position],
    isScored,
    impressions: count,
    accepts,
  };
}

function newest(shown: ShownOffers, most: number): ShownOffers {
  const from = Math.max(0, shown.isAccepted.length - most);
  const { placement, position, probability, isAccepted, placementNames } = shown;
  return {
    placementNames,
    placement: placement.subarray(from),
    position: position.subarray(from),
    probability: probability.subarray(from),
    isAccepted: isAccepted.subarray(from),
  };
}

const sumOf = (column: Uint8Array): number => column.reduce((sum, one) => sum + one, 0);

/** The parameters: four of all impressions, then a level and a slope of each placement. */
const columns = { level: 0, slope: 1, position: 2, unscored: 3, placements: 4 } as const;

interface Features {
  readonly count: number;
  readonly placements: number;
  readonly placement: Int32Array;
  readonly isAccepted: Uint8Array;
  /** Log-odds less their mean; 0 where unknown. */
  readonly odds: Float64Array;
  readonly mean: number;
  readonly isUnscored: Uint8Array;
  /** The logarithm of the position; its mean where unknown. */
  readonly depth: Float64Array;
}

function featuresOf(shown: ShownOffers, isScored: boolean): Features {
  const { placement, position, probability, isAccepted } = shown;
  const isKnown = probability.map((one) => (isScored && !Number.isNaN(one) ? 1 : 0));
  const known = isKnown.reduce((sum, one) => sum + one, 0);
  const odds = probability.map((one, n) => (isKnown[n] === 1 ? logOdds(one) : 0));
  const mean = known > 0 ? odds.reduce((sum, one) => sum + one, 0) / known : 0;
  const placed = position.filter((one) => one >= 1);
  const meanDepth =
    placed.length > 0 ? placed.reduce((sum, one) => sum + Math.log(one), 0) / placed.length : 0;
  return {
    count: isAccepted.length,
    placements: shown.placementNames.length,
    placement,
    isAccepted,
    odds: odds.map((one, n) => (isKnown[n] === 1 ? one - mean : 0)),
    mean,
    isUnscored: Uint8Array.from(isKnown, (one) => 1 - one),
    depth: Float64Array.from(position, (one) => (one >= 1 ? Math.log(one) : meanDepth)),
  };
}

/** What an impression has of which parameters: `values[i]` of the one at `places[i]`. Scratch. */
class Row {
  readonly places = new Int32Array([columns.level, columns.slope, columns.position, columns.unscored, 0, 0]);
  readonly values = new Float64Array([1, 0, 0, 0, 0, 0]);

  /** Takes impression n, and returns its score by the parameters x. */
  read({ odds, depth, isUnscored, placement }: Features, n: number, x: Float64Array): number {
    const { places, values } = this;
    const k = placement[n];
    values[1] = odds[n];
    values[2] = depth[n];
    values[3] = isUnscored[n];
    // Of no known placement the last two are nothing, at any place.
    values[4] = k < 0 ? 0 : 1;
    values[5] = k < 0 ? 0 : odds[n];
    places[4] = k < 0 ? 0 : columns.placements + 2 * k;
    places[5] = k < 0 ? 0 : places[4] + 1;
    let score = 0;
    for (let i = 0; i < places.length; i++) score += x[places[i]] * values[i];
    return score;
  }
}

/** @param count of the first impressions, which are learnt from */
function fitUpTo(features: Features, count: number): Float64Array {
  const size = columns.placements + 2 * features.placements;
  const penalty = new Float64Array(size);
  penalty.set([penalties.level, penalties.slope, penalties.position, penalties.unscored]);
  for (let k = 0; k < features.placements; k++)
    penalty.set([penalties.placementLevel, penalties.placementSlope], columns.placements + 2 * k);
  const start = new Float64Array(size);
  start[columns.slope] = 1;
  const prior = start.slice();
  const share = (sumOf(features.isAccepted.subarray(0, count)) + 1) / (count + 2);
  start[columns.level] = Math.log(share / (1 - share));
  const row = new Row();
  const { places, values } = row;
  const objective: Objective = (x, gradient, hessian) => {
    let loss = 0;
    for (let n = 0; n < count; n++) {
      const score = row.read(features, n, x);
      const p = probabilityOf(score);
      loss += logisticLoss(score, features.isAccepted[n]);
      const slope = p - features.isAccepted[n];
      const bend = p * (1 - p);
      for (let i = 0; i < places.length; i++) {
        gradient[places[i]] += slope * values[i];
        for (let j = 0; j < places.length; j++)
          hessian[places[i] * size + places[j]] += bend * values[i] * values[j];
      }
    }
    for (let i = 0; i < size; i++) {
      const away = x[i] - prior[i];
      loss += (penalty[i] / 2) * away * away;
      gradient[i] += penalty[i] * away;
      hessian[i * size + i] += penalty[i];
    }
    for (let i = 0; i < size; i++) gradient[i] /= count;
    for (let i = 0; i < size * size; i++) hessian[i] /= count;
    return loss / count;
  };
  return minimise(objective, [start], { longestStep: 10, tolerance: 1e-9 }).x;
}

/** @param k the placement; below 0 for none in particular */
function curveOf({ mean }: Features, x: Float64Array, isScored: boolean, k: number): AcceptanceCurve {
  const [level, slope] =
    k < 0 ? [0, 0] : x.subarray(columns.placements + 2 * k, columns.placements + 2 * k + 2);
  // Nothing is known of the level where nothing is known of what the ranking had said: only how placements differ.
  if (!isScored) return { intercept: level, slope: 1 };
  const steepness = x[columns.slope] + slope;
  return { intercept: x[columns.level] + level - steepness * mean, slope: steepness };
}

function judged(
  features: Features,
  x: Float64Array,
  own: readonly number[],
): Pick<PlacementAcceptance, 'auc' | 'ece'> {
  const accepts = own.reduce((sum, n) => sum + features.isAccepted[n], 0);
  if (accepts < fewestJudged || own.length - accepts < fewestJudged) return { auc: null, ece: null };
  const row = new Row();
  const probabilities = Float64Array.from(own, (n) => probabilityOf(row.read(features, n, x)));
  const target = Uint8Array.from(own, (n) => features.isAccepted[n]);
  return {
    auc: areaUnderCurve(probabilities, target),
    ece: calibrationError(probabilities, target).expected,
  };
}
