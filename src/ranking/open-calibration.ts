import { type PlattCalibration, plattProbability } from '../learn/calibration.ts';
import { minimise } from '../learn/minimise.ts';
import { sampleOf, seededRandom } from '../learn/random.ts';
import { logisticLoss, probabilityOf } from '../learn/scores.ts';
import { EvidenceGatherer } from './evidence.ts';
import type { PlayedExercise } from './exercises.ts';
import { type Exercise, questionCount, questionOf } from './exercises.ts';
import type { PurchaseWorld } from './purchase-world.ts';
import type { Question } from './questions.ts';
import type { Ranking } from './ranking.ts';
import type { MakeScorer, RowScorer } from './row-scorer.ts';
import type { ShopBaskets } from './shop-baskets.ts';
import { logisticScorer } from './signal-logistic.ts';
import { signalCount } from './signal-names.ts';
import { shopperTraits, writeSignals } from './signals.ts';

/**
 * What a score of the trees for visits means of an item that is new to the customer, whether it is among the candidates or, as most
 * items are, not: they have learnt from candidates alone, of which more are bought.
 */
export type OpenCalibration = PlattCalibration;

/** Never more than of a candidate: not to be one does not make an item more likely. */
export const openProbability = (open: OpenCalibration, score: number): number =>
  Math.min(probabilityOf(score), plattProbability(open, score));

/** Questions about visits, and a world that has not seen the baskets that they are about. */
export interface HiddenVisits {
  readonly world: PurchaseWorld;
  readonly questions: readonly Question[];
}

/** Items that were not bought of each question; the more there are of them, the more each weighs. */
const itemsOfQuestion = 40;
/** An item of fewer buyers is not looked at, as in audiences. */
const fewestBuyers = 20;
/** Fewer first purchases of an item tell nothing of a curve. */
const fewestBought = 100;

/**
 * Learns what scores mean of any item: looks what was bought of all that was new to the customer.
 *
 * @param scorer by what was learnt from visits
 * @returns null where too little was bought to tell
 */
export function fitOpenCalibration(
  visits: readonly HiddenVisits[],
  scorer: RowScorer,
  seed: number,
): OpenCalibration | null {
  const random = seededRandom(seed);
  const rows: OpenRows = { scores: [], targets: [], weights: [] };
  for (const { world, questions } of visits) {
    // By day, as how items sell is worked out once a day.
    const asked = [...questions].sort((a, b) => a.shopper.today - b.shopper.today);
    const gatherer = new EvidenceGatherer(world);
    const { lefts } = world.fellows;
    const items = Int32Array.from(lefts.keys()).filter((item) => lefts[item] >= fewestBuyers);
    for (const question of asked) addRows(rows, gatherer, scorer, question, items, random);
  }
  const bought = rows.targets.reduce((sum, one) => sum + one, 0);
  const fitted = bought < fewestBought ? null : fitWeighted(rows);
  return fitted && fitted.slope > 0 ? fitted : null;
}

/** By pair of a question and an item that was new to its customer. */
interface OpenRows {
  readonly scores: number[];
  /** 1 for what was bought. */
  readonly targets: number[];
  readonly weights: number[];
}

/** All that was bought and new, and some of what was not bought. */
function addRows(
  { scores, targets, weights }: OpenRows,
  gatherer: EvidenceGatherer,
  scorer: RowScorer,
  { shopper, bought }: Question,
  items: Int32Array,
  random: () => number,
): void {
  if (items.length === 0) return;
  gatherer.gather(shopper);
  const own = new Set(gatherer.candidates.subarray(0, gatherer.owned));
  const wanted = new Set(bought);
  const fresh = items.filter((item) => !own.has(item));
  const missed = fresh.filter((item) => !wanted.has(item));
  const chosen = [
    ...fresh.filter((item) => wanted.has(item)),
    ...Array.from(
      sampleOf(missed.length, Math.min(itemsOfQuestion, missed.length), random),
      (n) => missed[n],
    ),
  ];
  const traits = shopperTraits(shopper, gatherer.owned);
  const rows = new Float32Array(chosen.length * signalCount);
  for (const [n, item] of chosen.entries()) {
    writeSignals(gatherer, shopper, traits, item, rows, n * signalCount);
  }
  const out = new Float64Array(chosen.length);
  scorer.score(rows, chosen.length, out);
  for (const [n, item] of chosen.entries()) {
    const isBought = wanted.has(item);
    scores.push(out[n]);
    targets.push(isBought ? 1 : 0);
    weights.push(isBought ? 1 : missed.length / Math.min(itemsOfQuestion, missed.length));
  }
}

/** A logistic curve by maximum likelihood, every row as often as it weighs. */
function fitWeighted({ scores, targets, weights }: OpenRows): OpenCalibration {
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const objective = (x: Float64Array, gradient: Float64Array, hessian: Float64Array): number => {
    let loss = 0;
    for (let n = 0; n < scores.length; n++) {
      const share = weights[n] / total;
      const score = x[0] * scores[n] + x[1];
      const p = probabilityOf(score);
      loss += share * logisticLoss(score, targets[n]);
      const slope = share * (p - targets[n]);
      const bend = share * p * (1 - p);
      gradient[0] += slope * scores[n];
      gradient[1] += slope;
      hessian[0] += bend * scores[n] * scores[n];
      hessian[1] += bend * scores[n];
      hessian[3] += bend;
    }
    hessian[2] = hessian[1];
    return loss;
  };
  const { x } = minimise(objective, [Float64Array.of(1, 0)], { longestStep: 10 });
  return { slope: x[0], intercept: x[1] };
}

/**
 * {@link fitOpenCalibration} of what was learnt from visits, by the questions that were held out of it: on those that it was learnt
 * from it is surer than it may be. Null where nothing was learnt.
 */
export function openCalibration(
  shop: ShopBaskets,
  { visit, logistic }: Pick<Ranking, 'visit' | 'logistic'>,
  played: readonly PlayedExercise[],
  makeScorer: MakeScorer,
  seed: number,
): OpenCalibration | null {
  const plain = logistic?.visit;
  if (!plain && !visit) return null;
  const visits = played
    .filter(({ exercise }) => exercise.kind === 'visit')
    .map(({ exercise, world }) => ({ world, questions: heldOutQuestions(shop, exercise) }));
  return fitOpenCalibration(visits, plain ? logisticScorer(plain) : makeScorer(visit!), seed);
}

function heldOutQuestions(shop: ShopBaskets, exercise: Exercise): Question[] {
  const questions: Question[] = [];
  for (let n = 0; n < questionCount(exercise); n++)
    if (exercise.isHeldOut[n] === 1) questions.push(questionOf(shop, exercise, n));
  return questions;
}
