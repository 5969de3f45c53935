import type { FeatureTable } from '../../learn/training-data.ts';
import type { FuzzyModel, FuzzyRule } from '../fuzzy/fuzzy-model.ts';
import { rulesNotation } from '../fuzzy/notation.ts';
import { alternativesOf, conditionOf, figuresSentence, rulesSentence } from '../fuzzy/rule-words.ts';
import { ruleDegree } from '../fuzzy/terms.ts';
import { inAll } from '../words.ts';
import type { ChurnWords } from './churn-feature.ts';
import { type ChurnFuzzy, fuzzyLearnerName } from './churn-fuzzy.ts';
import { fuzzyValue } from './fuzzy-columns.ts';
import type { LearntChurn } from './learn-churn.ts';
import type { RuleReason } from './learner.ts';
import type { Estimate } from './roc.ts';

/** A rule as a reader has it. Its figures are of the customers that it was learnt from, so others are likely to fit it a little less. */
export interface ChurnRule {
  /** Its place among all, by which {@link rulesThatHold} tells of it. */
  readonly id: number;
  readonly outcome: 'leaving' | 'staying';
  readonly words: ChurnWords;
  /** See `rulesNotation`. */
  readonly notation: string;
  /** What the odds of the outcome are multiplied by where the rule holds entirely, > 1; null in the paper's variant. */
  readonly factor: number | null;
  /** Those for whom it holds to ½ at least, and their share of all. */
  readonly customers: number;
  readonly coverage: number;
  /** The share of them that leaves, or stays, as the rule says, with Wilson's interval of 95 %; null where it holds for nobody. */
  readonly precision: Estimate | null;
  /** How many times as common that is as among all; null as well where it is so of nobody at all. */
  readonly lift: Estimate | null;
  /** What came of these customers, in a sentence. */
  readonly figures: ChurnWords;
}

/** The fuzzy rules among what was learnt, those for leaving first, the most telling of each first; none where they were not compared. */
export function fuzzyRules({ models }: Pick<LearntChurn, 'models'>): ChurnRule[] {
  const learnt = fuzzyAmong(models);
  const model = learnt?.model;
  if (!learnt || !model) return [];
  const rules = (['leaving', 'staying'] as const).flatMap((outcome) =>
    model[outcome].map((rule) => ({ outcome, rule })),
  );
  return rules
    .map(({ outcome, rule }, id) => ({ id, ...churnRule(learnt, model, rule, outcome) }))
    .sort(
      (a, b) =>
        Number(a.outcome === 'staying') - Number(b.outcome === 'staying') ||
        (b.factor ?? 0) - (a.factor ?? 0),
    );
}

const fuzzyAmong = (models: LearntChurn['models']): ChurnFuzzy | undefined =>
  models.find(({ learner }) => learner === fuzzyLearnerName)?.model as ChurnFuzzy | undefined;

/**
 * Which rules hold for customers, to ½ at least.
 *
 * @param table of the features that were learnt from
 * @returns by row: bit `id` is set for a rule that holds
 */
export function rulesThatHold({ models }: Pick<LearntChurn, 'models'>, table: FeatureTable): Int32Array {
  const learnt = fuzzyAmong(models);
  const held = new Int32Array(table.rows);
  if (!learnt?.model) return held;
  const { partitions, leaving, staying } = learnt.model;
  const rules = [...leaving, ...staying];
  for (let row = 0; row < table.rows; row++) {
    const values = learnt.columns.map((column) => fuzzyValue(column, table, row));
    for (const [id, { terms }] of rules.entries())
      if (ruleDegree(partitions, terms, (feature) => values[feature]) >= 0.5) held[row] |= 1 << id;
  }
  return held;
}

function churnRule(
  { customers: all, leftShare }: ChurnFuzzy,
  model: FuzzyModel,
  { terms, factor, figures }: FuzzyRule,
  outcome: ChurnRule['outcome'],
): Omit<ChurnRule, 'id'> {
  const { customers, rate, rateInterval } = figures;
  const isLeaving = outcome === 'leaving';
  const share = isLeaving ? leftShare : 1 - leftShare;
  const precision =
    rate === null
      ? null
      : isLeaving
        ? { value: rate, ...rateInterval }
        : { value: 1 - rate, low: 1 - rateInterval.high, high: 1 - rateInterval.low };
  return {
    outcome,
    words: inAll((language) => rulesSentence(model, [terms], outcome, language)),
    notation: rulesNotation(model, [terms]),
    ...{ factor, customers, coverage: customers / all, precision },
    lift:
      precision && share > 0
        ? { value: precision.value / share, low: precision.low / share, high: precision.high / share }
        : null,
    figures: inAll((language) => figuresSentence(figures, leftShare, language)),
  };
}

/** What speaks for leaving: that a rule for leaving holds, or that a rule for staying does not, as one of its terms does not. */
export function ruleReason(
  model: FuzzyModel,
  { terms }: FuzzyRule,
  outcome: ChurnRule['outcome'],
): RuleReason {
  if (outcome === 'leaving')
    return {
      name: rulesNotation(model, [terms]),
      words: inAll((language) => conditionOf(model, terms, language)),
    };
  const turned = terms.map((term) => ({ ...term, isNot: !term.isNot }));
  return {
    name: rulesNotation(
      model,
      turned.map((term) => [term]),
    ),
    words: inAll((language) => alternativesOf(model, turned, language)),
  };
}
