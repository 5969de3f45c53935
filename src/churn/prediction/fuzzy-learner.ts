import type { FeatureTable } from '../../learn/training-data.ts';
import { type FuzzyModel, type FuzzyRule, scoreFuzzy } from '../fuzzy/fuzzy-model.ts';
import type { FuzzyOptions } from '../fuzzy/fuzzy-options.ts';
import { NothingToInduce } from '../fuzzy/nothing-to-induce.ts';
import { ruleFigures } from '../fuzzy/rule-figures.ts';
import { ruleDegree } from '../fuzzy/terms.ts';
import { trainFuzzy } from '../fuzzy/train-fuzzy.ts';
import { type ChurnFuzzy, fuzzyLearnerName } from './churn-fuzzy.ts';
import { newestRows } from './folds.ts';
import { fuzzyColumns, fuzzyTable, fuzzyValue } from './fuzzy-columns.ts';
import { ruleReason } from './fuzzy-rules.ts';
import type { ChurnLearner, ChurnScorer, RuleTeller } from './learner.ts';

/** Rows scored at once. */
const blockRows = 4096;

/** One width of layers, as there are many fits in a comparison: three take twice as long for .001 more AUC on Telco. */
const widths = [10];

/**
 * Self-organising fuzzy rules (see `trainFuzzy`), at most six a class of four terms each by default. They are plainer than trees, as a
 * customer is told by the few of them that hold; a logistic model, one number a feature, is plainer still. Rows that say too little for
 * any rule make it say the same of everybody.
 *
 * @param options without folds, as all learners are calibrated alike. The paper's variant has a name of its own, and tells no reasons,
 *   as its rules do not add up
 */
export function fuzzyLearner(options: Omit<FuzzyOptions, 'folds'> = {}): ChurnLearner {
  return {
    name: options.variant === 'paper' ? `${fuzzyLearnerName}-paper` : fuzzyLearnerName,
    role: 'model',
    complexity: 2,
    fit: (data, rows, random) => {
      const columns = fuzzyColumns(data.features, data.table, rows);
      const own = { table: fuzzyTable(columns, data.table), features: columns.map(({ feature }) => feature) };
      const request = { ...own, target: data.target, rows, groups: data.customer };
      const newest = newestRows(data, rows);
      const left = newest.reduce((sum, row) => sum + data.target[row], 0);
      const base = { columns, customers: newest.length, leftShare: left / newest.length };
      try {
        const model = trainFuzzy(request, { widths, ...options, folds: 0 }, random);
        return fuzzyScorer(counted(model, base, own.table, data.target, newest));
      } catch (error) {
        if (!(error instanceof NothingToInduce)) throw error;
        return fuzzyScorer({ ...base, model: null, meanDegrees: [] });
      }
    },
    restore: (model) => fuzzyScorer(model as ChurnFuzzy),
  };
}

/** The rules that were learnt, with figures of other rows. */
function counted(
  model: FuzzyModel,
  { columns, customers, leftShare }: Omit<ChurnFuzzy, 'model' | 'meanDegrees'>,
  table: FeatureTable,
  target: Uint8Array,
  rows: Int32Array,
): ChurnFuzzy {
  const { partitions, leaving, staying } = model;
  const own = (rule: FuzzyRule): FuzzyRule => ({
    ...rule,
    figures: ruleFigures(rule.terms, partitions, table, target, rows, leftShare),
  });
  const mean = ({ terms }: FuzzyRule): number =>
    rows.reduce(
      (sum, row) => sum + ruleDegree(partitions, terms, (n) => table.columns[n][row]) / rows.length,
      0,
    );
  return {
    ...{ columns, customers, leftShare },
    model: { ...model, leaving: leaving.map(own), staying: staying.map(own) },
    meanDegrees: [...leaving, ...staying].map(mean),
  };
}

function fuzzyScorer(learnt: ChurnFuzzy): ChurnScorer {
  const { columns, model } = learnt;
  if (!model) {
    // Half a customer more of either sort, as there may be none.
    const left = learnt.leftShare * learnt.customers;
    const base = Math.log((left + 0.5) / (learnt.customers - left + 0.5));
    return { model: learnt, score: (_, rows) => new Float64Array(rows.length).fill(base), rules: noRules };
  }
  const width = columns.length;
  const score = (table: FeatureTable, rows: Int32Array): Float64Array => {
    const out = new Float64Array(rows.length);
    const values = new Float64Array(Math.min(blockRows, rows.length) * width);
    for (let from = 0; from < rows.length; from += blockRows) {
      const block = rows.subarray(from, from + blockRows);
      for (const [n, column] of columns.entries())
        for (let at = 0; at < block.length; at++)
          values[at * width + n] = fuzzyValue(column, table, block[at]);
      scoreFuzzy(model, values, block.length, out.subarray(from));
    }
    return out;
  };
  return model.variant === 'paper'
    ? { model: learnt, score }
    : { model: learnt, score, rules: ruleTeller(learnt, model) };
}

const noRules: RuleTeller = { reasons: [], reasonsOf: () => [] };

function ruleTeller({ columns, meanDegrees }: ChurnFuzzy, model: FuzzyModel): RuleTeller {
  const rules = [
    ...model.leaving.map((rule) => ({ rule, outcome: 'leaving' as const })),
    ...model.staying.map((rule) => ({ rule, outcome: 'staying' as const })),
  ];
  return {
    reasons: rules.map(({ rule, outcome }) => ruleReason(model, rule, outcome)),
    reasonsOf: (table, row) => {
      const values = columns.map((column) => fuzzyValue(column, table, row));
      return rules
        .map(({ rule: { terms, factor }, outcome }, n) => {
          const degree = ruleDegree(model.partitions, terms, (feature) => values[feature]);
          const isLeaving = outcome === 'leaving';
          const more = Math.log(factor!) * (degree - meanDegrees[n]);
          return {
            reason: n,
            isSo: degree >= 0.5 === isLeaving,
            contribution: isLeaving ? more : -more,
          };
        })
        .filter(({ isSo, contribution }) => isSo && contribution > 0)
        .sort((a, b) => b.contribution - a.contribution)
        .map(({ reason, contribution }) => ({ reason, contribution }));
    },
  };
}
