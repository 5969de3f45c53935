import { type PlattCalibration, plattProbability } from '../learn/calibration.ts';
import { minimise } from '../learn/minimise.ts';
import { sampleOf, seededRandom } from '../learn/random.ts';
import { probabilityOf } from '../learn/scores.ts';
import { EvidenceGatherer, evidenceWidth } from './evidence.ts';
import type { Ranking } from './learn-ranking.ts';
import type { MakeScorer, RowScorer } from './offer-ranker.ts';
import { type PurchaseWorld, purchaseWorld } from './purchase-world.ts';
import { newestBaskets, type Question, visitQuestion } from './questions.ts';
import { type ShopBaskets, withoutBaskets } from './shop-baskets.ts';
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

export interface HidingOptions {
  readonly seed: number;
  /** Baskets hidden at most; default 2000. */
  readonly most?: number | undefined;
}

const mostByDefault = 2000;
/** No more than this share of all newest baskets is hidden, or the rest would say too little. */
const mostHidden = 0.4;

/** Hides the newest baskets of some customers, all together. */
export function hiddenVisits(shop: ShopBaskets, { seed, most = mostByDefault }: HidingOptions): HiddenVisits {
  const newest = newestBaskets(shop);
  const count = Math.min(most, Math.floor(newest.length * mostHidden));
  const places = Array.from(sampleOf(newest.length, count, seededRandom(seed)), (n) => newest[n]);
  return {
    world: purchaseWorld(withoutBaskets(shop, places)),
    questions: places.map((place) => visitQuestion(shop, place)),
  };
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
  { world, questions }: HiddenVisits,
  scorer: RowScorer,
  seed: number,
): OpenCalibration | null {
  const random = seededRandom(seed);
  // By day, as how items sell is worked out once a day.
  const asked = [...questions].sort((a, b) => a.shopper.today - b.shopper.today);
  const gatherer = new EvidenceGatherer(world);
  const { lefts } = world.fellows;
  const items = Int32Array.from(lefts.keys()).filter((item) => lefts[item] >= fewestBuyers);
  const rows: OpenRows = { scores: [], targets: [], weights: [] };
  for (const question of asked) addRows(rows, gatherer, scorer, question, items, random);
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
  const reached = new Set(gatherer.candidates.subarray(0, gatherer.count));
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
    // What was not reached has the evidence of another question.
    if (!reached.has(item)) gatherer.rows.fill(0, item * evidenceWidth, (item + 1) * evidenceWidth);
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
      loss += share * (Math.max(score, 0) + Math.log1p(Math.exp(-Math.abs(score))) - score * targets[n]);
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

/** {@link fitOpenCalibration} of what was learnt from visits; null where nothing was. */
export function openCalibration(
  shop: ShopBaskets,
  { visit, logistic }: Pick<Ranking, 'visit' | 'logistic'>,
  makeScorer: MakeScorer,
  seed: number,
): OpenCalibration | null {
  const plain = logistic?.visit;
  if (!plain && !visit) return null;
  const scorer = plain ? logisticScorer(plain) : makeScorer(visit!);
  return fitOpenCalibration(hiddenVisits(shop, { seed }), scorer, seed);
}
