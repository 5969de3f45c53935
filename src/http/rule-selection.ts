import { z } from '@hono/zod-openapi';
import { PairwellError } from '../errors.ts';
import {
  type DecayedColumns,
  driftDirections,
  promotionVerdicts,
  type RuleInsights,
  verdicts,
} from '../insights/insights.ts';
import type { RuleBrowser } from '../rules/browse.ts';
import type { RuleBook } from '../serving/rule-book.ts';
import { levelOfItems } from '../taxonomy/levels.ts';
import { relationOfRule, ruleRelations } from './rule-relation.ts';
import { commaList } from './schemas.ts';

const mostP = z.coerce.number().positive().max(1).optional();

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
  maxAdjustedP: mostP.openapi({
    description: 'The largest adjusted p-value: `adjustedP` of the tests.',
    example: 0.01,
  }),
  maxLaterP: mostP.openapi({
    description:
      'The largest p-value in the newest orders alone, which confirms a rule that the earlier ones found: `laterP` of the tests. Rules without one do not pass.',
    example: 0.05,
  }),
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
  /** Whether these are rules between products, of which alone relations and decay are known. */
  readonly ofProducts: boolean;
  readonly browser: RuleBrowser;
  readonly known: RuleInsights;
  readonly also: Test;
}

/**
 * @throws PairwellError `bad-input` for a level that the set does not have, a condition that its rules are not known by, or an
 *   influence or verdict that does not exist
 */
export function selectRules(selection: RuleSelection, book: RuleBook): SelectedRules {
  const { level } = selection;
  const set = selection.set ?? (level === undefined || level === 'product' ? 'shown' : 'categories');
  const ofProducts = set !== 'categories';
  const known = ofProducts ? book.insights : book.insights.categories;
  const tests = [
    ...(set === 'categories' ? categoryTests(selection, book) : productTests(selection, set, book)),
    ...evidenceTests(selection, known),
  ];
  return {
    ofProducts,
    browser: ofProducts ? book.rules : book.categoryRules,
    known,
    also: (rule) => tests.every((test) => test(rule)),
  };
}

const ofProductsOnly = ['relation', 'minDecayedConfidence', 'minDecayedLift'] as const;

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
    throw new PairwellError('bad-input', `"${name}" is known of rules between products only.`);
  }
  if (level === undefined) return [];
  const wanted = level === 'cross' ? 'across' : level;
  const itemsOf = (rule: number) =>
    Int32Array.of(...categoryRules.antecedent(rule), categoryRules.rules.consequent[rule]);
  return [(rule) => levelOfItems(itemsOf(rule), insights.categories.tree) === wanted];
}

function productTests(selection: RuleSelection, set: 'shown' | 'all', book: RuleBook): Test[] {
  const { level, relation, minDecayedConfidence, minDecayedLift } = selection;
  if (level !== undefined && level !== 'product') {
    throw new PairwellError(
      'bad-input',
      `The set "${set}" has rules between products only: ask for set=categories for the level ${level}.`,
    );
  }
  const { insights, rules } = book;
  const { isShown } = insights.tests;
  const tests: Test[] = [];
  if (set === 'shown') tests.push((rule) => isShown[rule] === 1);
  if (relation !== undefined) tests.push((rule) => relationOfRule(rules, rule, book) === relation);
  if (minDecayedConfidence !== undefined || minDecayedLift !== undefined) {
    const { confidence, lift } = decayedOf(book);
    tests.push(
      (rule) => confidence[rule] >= (minDecayedConfidence ?? 0) && lift[rule] >= (minDecayedLift ?? 0),
    );
  }
  return tests;
}

/** What is known alike of rules between products and of categories. */
function evidenceTests(selection: RuleSelection, known: RuleInsights): Test[] {
  const { maxAdjustedP, maxLaterP, promotion, drift } = selection;
  const tests = (selection.influence ?? []).map((text) => influenceTest(text, known));
  const atMost = (logP: Float64Array, most: number): Test => {
    const logMost = Math.log(most);
    return (rule) => logP[rule] <= logMost;
  };
  if (maxAdjustedP !== undefined) tests.push(atMost(known.tests.adjustedLogP, maxAdjustedP));
  if (maxLaterP !== undefined) tests.push(atMost(known.tests.laterLogP, maxLaterP));
  if (promotion !== undefined) {
    const wanted = promotionVerdicts.indexOf(promotion);
    tests.push((rule) => known.promotion[rule] === wanted);
  }
  if (drift !== undefined) {
    const wanted = driftDirections.indexOf(drift);
    tests.push((rule) => known.drift[rule] === wanted);
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

function influenceTest(text: string, { influences }: RuleInsights): Test {
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
