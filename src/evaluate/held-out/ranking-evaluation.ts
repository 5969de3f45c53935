import type { CalibrationBin } from '../../learn/calibration.ts';
import type { LearntRanking } from '../../ranking/learn-ranking.ts';
import { type QuestionKind, questionKinds } from '../../ranking/questions.ts';
import type {
  Comparison,
  EvaluatedFigure,
  EvaluatedKind,
  RankingEvaluation,
} from '../../ranking/ranking-evaluation.ts';
import type { ShopBaskets } from '../../ranking/shop-baskets.ts';
import { meanOf, middleOf, resampledMeans } from '../metrics/bootstrap.ts';
import type { PreviousRanking } from './previous-ranking.ts';
import { type HeldOutOutcome, ownMethod, previousMethod } from './rank-held-out.ts';

/** Has a ranking that was learnt answer the questions that were held out, elsewhere than on the caller's thread. */
export interface HeldOutEvaluator {
  evaluate(
    shop: ShopBaskets,
    learnt: LearntRanking,
    previous: PreviousRanking | null,
    hooks?: { readonly signal?: AbortSignal | undefined },
  ): Promise<RankingEvaluation>;
}

const shown: Readonly<Record<QuestionKind, readonly string[]>> = {
  visit: ['recall@10', 'ndcg@10'],
  cart: ['hr@10'],
};
/** What two rankings are held against each other by. */
const decisive: Readonly<Record<QuestionKind, string>> = { visit: 'recall@10', cart: 'hr@10' };

const drawing = { resamples: 1000, seed: 1 };

/**
 * Sums up what the answers to held-out questions came to. The questions are of customers that nothing was learnt from but when to stop
 * learning.
 */
export function evaluationOf(outcomes: readonly HeldOutOutcome[]): RankingEvaluation {
  const evaluated = questionKinds.map((kind) => [kind, evaluatedKind(kind, outcomes)] as const);
  return Object.fromEntries(evaluated) as RankingEvaluation;
}

function evaluatedKind(kind: QuestionKind, all: readonly HeldOutOutcome[]): EvaluatedKind | null {
  const outcomes = all.filter((outcome) => outcome.kind === kind && outcome.groups.length > 0);
  if (outcomes.length === 0) return null;
  const groups = outcomes.flatMap((outcome) => outcome.groups);
  const numbers = new Map([...new Set(groups)].map((group, n) => [group, n]));
  const groupOf = Int32Array.from(groups, (group) => numbers.get(group)!);
  const meansOf = (columns: readonly Float64Array[]): Float64Array[] =>
    resampledMeans(columns, groupOf, numbers.size, drawing);
  // Baskets of customers and of nobody known may have been asked of other baselines.
  const names = [...new Set(outcomes.flatMap(({ tried }) => tried.map(({ name }) => name)))];
  const columnOf = (name: string, metric: string): Float64Array => {
    const parts = outcomes.map(({ groups, tried }) => {
      const own = tried.find((one) => one.name === name)?.outcome.columns.get(metric);
      return own ?? new Float64Array(groups.length).fill(Number.NaN);
    });
    return Float64Array.from(parts.flatMap((part) => [...part]));
  };
  const methods = names.map((name) => {
    const metrics: Record<string, EvaluatedFigure> = {};
    const columns = shown[kind].map((metric) => columnOf(name, metric));
    for (const [n, means] of meansOf(columns).entries()) {
      const mean = meanOf(columns[n]);
      const interval = middleOf(means);
      if (mean && interval) metrics[shown[kind][n]] = { ...mean, ...interval };
    }
    const tried = outcomes.flatMap((outcome) => outcome.tried.filter((one) => one.name === name));
    return { name, isBaseline: tried[0].isBaseline, metrics, calibrationError: calibrationOf(tried) };
  });
  const metric = decisive[kind];
  const againstPrevious = names.includes(previousMethod)
    ? compared(metric, columnOf(ownMethod, metric), columnOf(previousMethod, metric), meansOf)
    : null;
  return { cases: groups.length, methods, againstPrevious };
}

/** Paired: what both were asked alone. */
function compared(
  metric: string,
  ours: Float64Array,
  previous: Float64Array,
  meansOf: (columns: readonly Float64Array[]) => Float64Array[],
): Comparison | null {
  const isBoth = (_: number, n: number): boolean => !Number.isNaN(ours[n]) && !Number.isNaN(previous[n]);
  const [own, other] = [meanOf(ours.filter(isBoth)), meanOf(previous.filter(isBoth))];
  const difference = ours.map((value, n) => value - previous[n]);
  const interval = middleOf(meansOf([difference])[0]);
  if (!own || !other || !interval) return null;
  return {
    metric,
    cases: own.cases,
    ours: own.value,
    previous: other.value,
    difference: own.value - other.value,
    ...interval,
  };
}

/** Of all exercises together: they are told apart by nothing. Null where nothing was stated. */
function calibrationOf(tried: HeldOutOutcome['tried']): number | null {
  const groups = new Map<number, { count: number; gap: number }>();
  let entries = 0;
  for (const { outcome } of tried) {
    for (const bin of outcome.calibration?.bins ?? []) {
      const key = groupOfBin(bin);
      const group = groups.get(key) ?? { count: 0, gap: 0 };
      group.count += bin.count;
      group.gap += bin.count * (bin.observed - bin.predicted);
      groups.set(key, group);
      entries += bin.count;
    }
  }
  if (entries === 0) return null;
  return [...groups.values()].reduce((sum, { gap }) => sum + Math.abs(gap), 0) / entries;
}

/** Bins are a tenth wide each, and a bin's mean prediction lies in it. */
const groupOfBin = ({ predicted }: CalibrationBin): number => Math.min(9, Math.floor(predicted * 10));
