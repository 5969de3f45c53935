import { z } from '@hono/zod-openapi';
import {
  type DecayedColumns,
  driftDirections,
  influenceNames,
  promotionVerdicts,
  type RuleInsights,
  verdicts,
} from '../insights/insights.ts';
import type { RuleBrowser } from '../rules/browse.ts';
import type { MeasureName } from '../rules/measures/measures.ts';
import type { RuleBook } from '../serving/rule-book.ts';
import { figure, figureOf, pValue, pValueOf } from './figures.ts';
import { type ItemViews, itemRef } from './item-views.ts';
import { relationOfRule, ruleRelations } from './rule-relation.ts';

const testsView = z
  .object({
    p: pValue.openapi({ description: "Fisher's exact test, one-sided." }),
    adjustedP: pValue.openapi({
      description:
        'The same, adjusted for all rules of products, or of categories, that were mined (Benjamini and Hochberg).',
    }),
    productivityP: pValue.openapi({ description: 'Of the item on the left that matters least (Webb).' }),
    improvement: figure.openapi({
      description:
        'What the confidence adds to that of the best more general rule, "∅ ⇒ consequent" included.',
    }),
    laterP: pValue.openapi({
      description:
        "Fisher's test in the newest orders alone (`laterShare` of the training), of rules that the earlier orders by themselves find significant: low where the later baskets confirm the rule. Null for others.",
    }),
    isShown: z
      .boolean()
      .openapi({ description: 'Significant, productive and not redundant: in the set "shown".' }),
  })
  .openapi('RuleTests', {
    description:
      'P-values are numbers; those below 1e-308, of which JSON readers would make 0, are text in scientific notation, such as "2.41873e-412", so that small ones can be told apart; null: not tested.',
  });

const influenceView = z
  .object({
    name: z.enum(influenceNames),
    verdict: z.enum(verdicts),
    crudeOddsRatio: figure,
    oddsRatio: figure.openapi({ description: 'Within the groups (Mantel-Haenszel).' }),
    low: figure.openapi({ description: 'Of the interval of 95 % of oddsRatio.' }),
    high: figure,
    differsP: figure.openapi({
      description:
        'Whether the groups differ (Breslow-Day): p. Null where that cannot be tested, as one group alone tells, or the odds ratio is 0 or infinite.',
    }),
  })
  .openapi('RuleInfluence');

export const ruleView = z
  .object({
    antecedent: z.array(itemRef),
    consequent: itemRef,
    count: z.number().int(),
    support: z.number(),
    confidence: z.number(),
    lift: z.number(),
    tests: testsView,
    relation: z
      .enum(ruleRelations)
      .nullable()
      .openapi({ description: 'Of the two products; null with several on the left, and of categories.' }),
    promotion: z.enum(promotionVerdicts),
    drift: z.enum(driftDirections),
    decayed: z.object({ support: figure, confidence: figure, lift: figure }).nullable().openapi({
      description:
        'The same figures with older orders counting for less, where the model was trained with halfLifeDays; null where it was not, and of rules that were not studied, or of categories.',
    }),
    influences: z.array(influenceView).optional(),
    measures: z.record(z.string(), figure).optional(),
  })
  .openapi('Rule');

export type RuleView = z.infer<typeof ruleView>;

/** What the rule is, and its figures. */
export function viewCounts(
  rules: RuleBrowser,
  rule: number,
  items: ItemViews,
  measures: readonly MeasureName[] | undefined,
) {
  return {
    antecedent: Array.from(rules.antecedent(rule), (item) => items.ref(item)),
    consequent: items.ref(rules.rules.consequent[rule]),
    count: rules.measure('count', rule),
    support: rules.measure('support', rule),
    confidence: rules.measure('confidence', rule),
    lift: rules.measure('lift', rule),
    ...(measures && {
      measures: Object.fromEntries(measures.map((name) => [name, figureOf(rules.measure(name, rule))])),
    }),
  };
}

function viewDecayed(decayed: DecayedColumns | null, rule: number) {
  if (!decayed || Number.isNaN(decayed.support[rule])) return null;
  return {
    support: figureOf(decayed.support[rule]),
    // None where the antecedent is in orders alone that are too old to have a weight left.
    confidence: figureOf(decayed.confidence[rule]),
    lift: figureOf(decayed.lift[rule]),
  };
}

/** What is known beyond counts of a rule between products. */
export function viewInsights(book: RuleBook, rule: number, withInfluences: boolean) {
  return {
    ...viewKnown(book.insights, rule, withInfluences),
    relation: relationOfRule(book.rules, rule, book),
    decayed: viewDecayed(book.insights.decayed, rule),
  };
}

/** The same of a rule with a category in it. */
export function viewCategoryInsights(book: RuleBook, rule: number, withInfluences: boolean) {
  return {
    ...viewKnown(book.insights.categories, rule, withInfluences),
    relation: null,
    decayed: null,
  };
}

function viewKnown(
  { tests, promotion, drift, influences }: RuleInsights,
  rule: number,
  withInfluences: boolean,
) {
  const { logP, adjustedLogP, productivityLogP, improvement, laterLogP, isShown } = tests;
  return {
    tests: {
      p: pValueOf(logP[rule]),
      adjustedP: pValueOf(adjustedLogP[rule]),
      productivityP: pValueOf(productivityLogP[rule]),
      improvement: figureOf(improvement[rule]),
      laterP: pValueOf(laterLogP[rule]),
      isShown: isShown[rule] === 1,
    },
    promotion: promotionVerdicts[promotion[rule]],
    drift: driftDirections[drift[rule]],
    ...(withInfluences && {
      influences: influences.map((influence) => ({
        name: influence.name,
        verdict: verdicts[influence.verdict[rule]],
        crudeOddsRatio: figureOf(influence.crudeOddsRatio[rule]),
        oddsRatio: figureOf(influence.oddsRatio[rule]),
        low: figureOf(influence.low[rule]),
        high: figureOf(influence.high[rule]),
        differsP: figureOf(influence.differsP[rule]),
      })),
    }),
  };
}
