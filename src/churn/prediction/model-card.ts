import { calibrationError } from '../../learn/calibration.ts';
import { type Random, seededRandom } from '../../learn/random.ts';
import { binomialInterval } from '../../stats/binomial-interval.ts';
import type { ChurnCalibration } from './calibration.ts';
import type { ChurnRows } from './churn-rows.ts';
import type { ChurnLearner } from './learner.ts';
import type { OutOfSample } from './predictions.ts';
import { gainShares, type RightShares, resample } from './resampled.ts';
import { type AucDifference, areaDifference, compareAreas, type Estimate } from './roc.ts';

/** Intervals are of 95 %. */
export interface ModelCard {
  readonly learner: string;
  readonly role: ChurnLearner['role'];
  readonly auc: Estimate;
  readonly logLoss: Estimate;
  readonly brier: Estimate;
  /** Customers called leaving from a probability of ½ on. */
  readonly atHalf: RightShares;
  /** From the probability on that was best in what was learnt from; `threshold` is the mean over the folds. */
  readonly atBest: RightShares & { readonly threshold: number };
  readonly gains: readonly GainRow[];
  readonly calibration: {
    /** See `calibrationError`. */
    readonly expected: number;
    readonly bins: readonly CalibrationRow[];
    /** How scores became probabilities, fold by fold. */
    readonly methods: readonly ChurnCalibration['method'][];
  };
}

/** What is found among the likeliest to leave. */
export interface GainRow {
  /** Of all customers. */
  readonly share: number;
  /** The share of those who left that is among them. */
  readonly gain: Estimate;
  /** How many times as common they are as among all. */
  readonly lift: Estimate;
}

export interface CalibrationRow {
  readonly count: number;
  readonly predicted: number;
  /** The share that left; Wilson's interval, as of independent rows. */
  readonly observed: Estimate;
}

export interface ChurnCard {
  /** Whether what was tested is other customers, or a later time. */
  readonly basis: 'out-of-fold' | 'out-of-time';
  readonly rows: number;
  readonly customers: number;
  readonly left: number;
  readonly churnRate: number;
  /** What saying of all the more common would get. */
  readonly majority: { readonly says: 'stays' | 'leaves'; readonly accuracy: number };
  readonly models: readonly ModelCard[];
  /** By pair of models, the first area less the second. */
  readonly aucDifferences: readonly (AucDifference & { readonly first: string; readonly second: string })[];
  /** By pair as well: the first log-loss less the second, with the standard error of that difference. */
  readonly lossDifferences: readonly LossDifference[];
}

export interface LossDifference {
  readonly first: string;
  readonly second: string;
  readonly value: number;
  readonly standardError: number;
}

/**
 * What models are worth on rows that they have not seen: areas with intervals and paired differences as `compareAreas` has them, all else
 * by a bootstrap of customers.
 *
 * @param seed of the bootstrap
 */
export function churnCard(
  rows: ChurnRows,
  { tested, predicted }: OutOfSample,
  learners: readonly Pick<ChurnLearner, 'name' | 'role'>[],
  basis: ChurnCard['basis'],
  seed: number,
): ChurnCard {
  const target = Uint8Array.from(tested, (row) => rows.target[row]);
  const customer = Int32Array.from(tested, (row) => rows.customer[row]);
  const comparison = compareAreas(
    predicted.map(({ probabilities }) => probabilities),
    target,
    customer,
  );
  const random: Random = seededRandom(seed);
  const { figures, losses } = resample(predicted, target, customer, random);
  const left = target.reduce((sum, one) => sum + one, 0);
  const share = left / target.length;
  const models = predicted.map((model, n): ModelCard => {
    const { logLoss, brier, half, best, gains } = figures[n];
    const { expected, bins } = calibrationError(model.probabilities, target);
    const threshold = model.thresholds.reduce((sum, one) => sum + one / model.thresholds.length, 0);
    return {
      learner: model.learner,
      role: learners.find(({ name }) => name === model.learner)!.role,
      auc: comparison.auc[n],
      ...{ logLoss, brier, atHalf: half, atBest: { ...best, threshold } },
      gains: gainShares.map((of, at) => ({
        share: of,
        gain: gains[at],
        lift: { value: gains[at].value / of, low: gains[at].low / of, high: gains[at].high / of },
      })),
      calibration: {
        expected,
        bins: bins.map(({ count, predicted: mean, observed }) => ({
          count,
          predicted: mean,
          observed: {
            value: observed,
            ...binomialInterval(Math.round(observed * count), count, 0.95, 'wilson'),
          },
        })),
        methods: model.calibrations,
      },
    };
  });
  const pairs = predicted.flatMap((_, a) => predicted.flatMap((_, b) => (a < b ? [[a, b] as const] : [])));
  const named = ([a, b]: readonly [number, number]) => ({
    first: predicted[a].learner,
    second: predicted[b].learner,
  });
  return {
    ...{ basis, rows: target.length, customers: new Set(customer).size, left, churnRate: share },
    majority: { says: share > 0.5 ? 'leaves' : 'stays', accuracy: Math.max(share, 1 - share) },
    models,
    aucDifferences: pairs.map((pair) => ({ ...named(pair), ...areaDifference(comparison, ...pair) })),
    lossDifferences: pairs.map((pair) => ({
      ...named(pair),
      value: models[pair[0]].logLoss.value - models[pair[1]].logLoss.value,
      standardError: deviation(losses.map((found) => found[pair[0]] - found[pair[1]])),
    })),
  };
}

/** 0 of fewer than two. */
function deviation(values: readonly number[]): number {
  if (values.length < 2) return 0;
  const mean = values.reduce((sum, value) => sum + value / values.length, 0);
  return Math.sqrt(values.reduce((sum, value) => sum + (value - mean) ** 2, 0) / (values.length - 1));
}
