import { areaUnderCurve, logLoss, probabilityOf } from '../../learn/scores.ts';
import { binomialInterval, type Interval } from '../../stats/binomial-interval.ts';
import { type Words, words } from '../words.ts';
import { fitPriorLogistic, type NormalPrior, type PriorLogistic } from './prior-logistic.ts';
import { returnFeatures, returnIntercept } from './return-features.ts';
import type { ReturnRows } from './return-rows.ts';

/** What moves the chance of coming back. */
export interface ReturnDriver {
  readonly id: string;
  readonly words: Words;
  /** What a rise by 1 is, such as a doubling. */
  readonly unit: Words;
  /** By which factor the odds change for a rise by 1, and its 95 % interval. */
  readonly oddsRatio: number;
  readonly interval: Interval;
  /** What was believed before the shop's own data. */
  readonly believed: number;
}

/** Whether the shop's own past tells, or beliefs do. */
export type ReturnEvidence = 'none' | 'few' | 'enough';

export interface ReturnModel {
  readonly logistic: PriorLogistic;
  readonly drivers: readonly ReturnDriver[];
  readonly horizonDays: number;
  /** Leavings that could be followed over the horizon, and those who came back within it from the first look at them on. */
  readonly leavings: number;
  readonly returned: number;
  /** Of the leavings, and its 95 % interval; null without any. */
  readonly share: number | null;
  readonly interval: Interval | null;
  readonly evidence: ReturnEvidence;
  readonly caution: Words | null;
}

/** With fewer of either, beliefs weigh more than what happened: there are a dozen coefficients. */
const fewest = 100;

/**
 * Who comes back by himself within the horizon, learnt from those who left before, with stated beliefs where they are few.
 *
 * @param rows of `pastReturns`
 * @param belief of the intercept, for another horizon than 180 days
 */
export function fitReturns(
  rows: ReturnRows,
  horizonDays: number,
  belief: NormalPrior = returnIntercept,
): ReturnModel {
  const priors = returnFeatures.map(({ prior }) => prior);
  const logistic = fitPriorLogistic(rows, belief, priors);
  const came = new Map<number, number>();
  rows.stay.forEach((stay, row) => {
    if (!came.has(stay)) came.set(stay, rows.target[row]);
  });
  const leavings = came.size;
  const returned = [...came.values()].reduce((sum, one) => sum + one, 0);
  const rare = Math.min(returned, leavings - returned);
  const evidence = leavings === 0 ? 'none' : rare < fewest ? 'few' : 'enough';
  return {
    logistic,
    drivers: returnFeatures.map(({ id, words: text, unit, prior }, n) => {
      const [mean, deviation] = [logistic.coefficients[n], logistic.deviations[n]];
      return {
        id,
        words: text,
        unit,
        oddsRatio: Math.exp(mean),
        interval: { low: Math.exp(mean - 1.96 * deviation), high: Math.exp(mean + 1.96 * deviation) },
        believed: Math.exp(prior.mean),
      };
    }),
    horizonDays,
    leavings,
    returned,
    share: leavings > 0 ? returned / leavings : null,
    interval: leavings > 0 ? binomialInterval(returned, leavings, 0.95, 'wilson') : null,
    evidence,
    caution: cautionOf(evidence, leavings, returned),
  };
}

/** The log-odds of coming back, by row. */
export function returnScores({ logistic }: Pick<ReturnModel, 'logistic'>, rows: ReturnRows): Float64Array {
  const { intercept, coefficients } = logistic;
  return Float64Array.from(rows.target, (_, row) =>
    coefficients.reduce((sum, by, feature) => sum + by * rows.columns[feature][row], intercept),
  );
}

/** How well returns are foretold that had not happened when the model learnt. */
export interface ReturnCheck {
  readonly cutDay: number;
  readonly trainingRows: number;
  readonly testRows: number;
  /** Of the rows tested, those who came back. */
  readonly testReturned: number;
  /** Areas under the curve, of the model and of the shortest silence alone; null unless somebody came back and somebody did not. */
  readonly auc: number | null;
  readonly aucOfRecency: number | null;
  /** Of the model, and of a chance that is the share of the training rows for all; null without rows. */
  readonly logLoss: number | null;
  readonly logLossOfShare: number | null;
}

/**
 * Learns from what was known on a day, rows whose horizon was over by then, and foretells the rows from that day on.
 *
 * @param belief as of `fitReturns`
 */
export function checkReturns(
  rows: ReturnRows,
  horizonDays: number,
  cutDay: number,
  belief: NormalPrior = returnIntercept,
): ReturnCheck {
  const training = chosenRows(rows, (day) => day + horizonDays <= cutDay);
  const test = chosenRows(rows, (day) => day >= cutDay);
  const scores = returnScores(fitReturns(training, horizonDays, belief), test);
  const weight = training.weights.reduce((sum, one) => sum + one, 0);
  const ones = training.weights.reduce((sum, one, row) => sum + one * training.target[row], 0);
  const share = (ones + 0.5) / (weight + 1);
  const some = test.target.length > 0;
  return {
    cutDay,
    trainingRows: training.target.length,
    testRows: test.target.length,
    testReturned: test.target.reduce((sum, one) => sum + one, 0),
    auc: some ? areaUnderCurve(scores, test.target) : null,
    aucOfRecency: some
      ? areaUnderCurve(
          test.silence.map((days) => -days),
          test.target,
        )
      : null,
    logLoss: some ? logLoss(scores.map(probabilityOf), test.target) : null,
    logLossOfShare: some ? logLoss(new Float64Array(scores.length).fill(share), test.target) : null,
  };
}

/** The rows of some days. */
export function chosenRows(rows: ReturnRows, isChosen: (day: number) => boolean): ReturnRows {
  const chosen = Int32Array.from(rows.day.keys()).filter((row) => isChosen(rows.day[row]));
  const floats = (column: Float64Array): Float64Array => Float64Array.from(chosen, (row) => column[row]);
  const ints = (column: Int32Array): Int32Array => Int32Array.from(chosen, (row) => column[row]);
  return {
    customer: ints(rows.customer),
    stay: ints(rows.stay),
    day: ints(rows.day),
    silence: floats(rows.silence),
    spend: floats(rows.spend),
    columns: rows.columns.map(floats),
    target: Uint8Array.from(chosen, (row) => rows.target[row]),
    weights: floats(rows.weights),
  };
}

function cautionOf(evidence: ReturnEvidence, leavings: number, returned: number): Words | null {
  if (evidence === 'enough') return null;
  if (evidence === 'none')
    return words(
      'Nobody who left can be followed long enough yet: all chances are stated beliefs, not figures of this shop.',
      '尚无可追踪足够久的流失客户：所有概率均为预设的先验，并非本店数据。',
      '尚無可追蹤足夠久的流失客戶：所有機率均為預設的先驗，並非本店資料。',
    );
  return words(
    `Of ${leavings} who left and could be followed, ${returned} came back: that is few to learn from, and the chances rest on stated beliefs too.`,
    `可追踪的 ${leavings} 位流失客户中有 ${returned} 位回归：样本不多，概率部分依赖预设的先验。`,
    `可追蹤的 ${leavings} 位流失客戶中有 ${returned} 位回歸：樣本不多，機率部分依賴預設的先驗。`,
  );
}
