import { z } from '@hono/zod-openapi';
import { PairwellError } from '../errors.ts';
import { type DecayedColumns, driftDirections, promotionVerdicts, verdicts } from '../insights/insights.ts';
import type { RuleBrowser } from '../rules/browse.ts';
import type { RuleBook } from '../serving/rule-book.ts';
import { levelOfItems } from '../taxonomy/levels.ts';
import { relationOfRule, ruleRelations } from './rule-relation.ts';
import { commaList } from './schemas.ts';

/** Which rules are asked for, by what a model knows of them beyond counts. */
export const ruleSelection = z.object({
  set: z.enum(['shown', 'all', 'categories']).optional().openapi({
    description:
      'shown: rules between products that are significant, productive and not redundant (the default); all: all between products; categories: rules of categories, alone and with products (the default when a level other than product is asked for).',
  }),
  level: z
    .enum(['product', 'category', 'cross'])
    .optional()
    .openapi({ description: 'Rules between products, between categories, or across.' }),
  significant: z.coerce
    .number()
    .positive()
    .max(1)
    .optional()
    .openapi({ description: 'The largest adjusted p-value.', example: 0.01 }),
  relation: z.enum(ruleRelations).optional().openapi({
    description:
      'Of the two products, for rules with one on the left. unrelated: examined, and neither complements nor substitutes; not-examined: one of the two is not among the best-selling products that are examined.',
  }),
  influence: commaList.optional().openapi({
    description: `What becomes of the rule when an influence is held still, as name:verdict; of several all must fit. Verdicts: ${verdicts.join(', ')}.`,
    example: 'season:vanishes',
  }),
  promotion: z
    .enum(promotionVerdicts)
    .optional()
    .openapi({ description: 'Whether the rule holds with a promotion and without.' }),
  drift: z.enum(driftDirections).optional().openapi({ description: 'Where its confidence goes over time.' }),
  minDecayedConfidence: z.coerce.number().min(0).max(1).optional().openapi({
    description:
      'Of rules that still hold: with older orders counting for less (halfLifeDays of the training).',
  }),
  minDecayedLift: z.coerce.number().min(0).optional().openapi({ description: 'The same for lift.' }),
});

export type RuleSelection = z.infer<typeof ruleSelection>;

type Test = (rule: number) => boolean;

export interface SelectedRules {
  /** Whether these are rules between products, which alone are tested. */
  readonly ofProducts: boolean;
  readonly browser: RuleBrowser;
  readonly also: Test;
}

/**
 * @throws PairwellError `bad-input` for a level that the set does not have, a condition that its rules are not known by, or an
 *   influence or verdict that does not exist
 */
export function selectRules(selection: RuleSelection, book: RuleBook): SelectedRules {
  const { level } = selection;
  const set = selection.set ?? (level === undefined || level === 'product' ? 'shown' : 'categories');
  const tests = set === 'categories' ? categoryTests(selection, book) : productTests(selection, set, book);
  return {
    ofProducts: set !== 'categories',
    browser: set === 'categories' ? book.categoryRules : book.rules,
    also: (rule) => tests.every((test) => test(rule)),
  };
}

const ofProductsOnly = [
  'significant',
  'relation',
  'influence',
  'promotion',
  'drift',
  'minDecayedConfidence',
  'minDecayedLift',
] as const;

function categoryTests(selection: RuleSelection, { categoryRules, insights }: RuleBook): Test[] {
  const { level } = selection;
  if (level === 'product') {
    throw new PairwellError(
      'bad-input',
      'The set "categories" has no rules between products alone: ask for set=shown or set=all.',
    );
  }
  for (const name of ofProductsOnly) {
    if (selection[name] === undefined) continue;
    throw new PairwellError(
      'bad-input',
      `"${name}" is known of rules between products only. For rules of categories bound a measure, such as where=fishersExactTest<=0.001.`,
    );
  }
  if (level === undefined) return [];
  const wanted = level === 'cross' ? 'across' : level;
  const itemsOf = (rule: number) =>
    Int32Array.of(...categoryRules.antecedent(rule), categoryRules.rules.consequent[rule]);
  return [(rule) => levelOfItems(itemsOf(rule), insights.categories.tree) === wanted];
}

function productTests(selection: RuleSelection, set: 'shown' | 'all', book: RuleBook): Test[] {
  const { level, significant, relation, promotion, drift } = selection;
  if (level !== undefined && level !== 'product') {
    throw new PairwellError(
      'bad-input',
      `The set "${set}" has rules between products only: ask for set=categories for the level ${level}.`,
    );
  }
  const { insights, rules } = book;
  const { isShown, adjustedLogP } = insights.tests;
  const tests: Test[] = [];
  if (set === 'shown') tests.push((rule) => isShown[rule] === 1);
  if (significant !== undefined) {
    const most = Math.log(significant);
    tests.push((rule) => adjustedLogP[rule] <= most);
  }
  if (relation !== undefined) tests.push((rule) => relationOfRule(rules, rule, book) === relation);
  for (const text of selection.influence ?? []) tests.push(influenceTest(text, book));
  if (promotion !== undefined) {
    const wanted = promotionVerdicts.indexOf(promotion);
    tests.push((rule) => insights.promotion[rule] === wanted);
  }
  if (drift !== undefined) {
    const wanted = driftDirections.indexOf(drift);
    tests.push((rule) => insights.drift[rule] === wanted);
  }
  const { minDecayedConfidence, minDecayedLift } = selection;
  if (minDecayedConfidence !== undefined || minDecayedLift !== undefined) {
    const { confidence, lift } = decayedOf(book);
    tests.push(
      (rule) => confidence[rule] >= (minDecayedConfidence ?? 0) && lift[rule] >= (minDecayedLift ?? 0),
    );
  }
  return tests;
}

function decayedOf({ insights: { decayed } }: RuleBook): DecayedColumns {
  if (decayed) return decayed;
  throw new PairwellError(
    'bad-input',
    'This model was trained without a half-life, so nothing decays in it: train with halfLifeDays (POST /v1/models) first.',
  );
}

function influenceTest(text: string, { insights: { influences } }: RuleBook): Test {
  const [name, verdict, ...rest] = text.split(':').map((part) => part.trim());
  const number = (verdicts as readonly string[]).indexOf(verdict ?? '');
  if (number < 0 || rest.length > 0) {
    throw new PairwellError(
      'bad-input',
      `"${text}" is no influence with a verdict: write name:verdict, such as season:vanishes. Verdicts: ${verdicts.join(', ')}.`,
    );
  }
  const influence = influences.find((each) => each.name === name);
  if (!influence) {
    const studied = influences.map((each) => each.name).join(', ') || 'none';
    throw new PairwellError(
      'bad-input',
      `This model has no influence "${name}". Those it was studied for: ${studied}.`,
    );
  }
  return (rule) => influence.verdict[rule] === number;
}
