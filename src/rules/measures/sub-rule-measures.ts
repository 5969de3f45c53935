import { type RuleColumns, ruleCount } from '../rule-columns.ts';
import type { ContextMeasure, MeasureContext } from './measure.ts';
import { SubRules } from './sub-rules.ts';
import { confidence } from './support-confidence-lift.ts';

const noSubRule = 'where there is no more general rule';

/** What the last items of an antecedent add, beside more general rules: the same consequent from fewer items. */
export const subRuleMeasures = {
  improvement: {
    label: 'Improvement',
    formula: "P(Y|X) − max P(Y|X') over more general rules X' ⇒ Y",
    range: [-1, 1],
    isSymmetric: false,
    limits: `P(Y|X) ${noSubRule}`,
    source: 'Bayardo, Agrawal and Gunopulos, Data Mining and Knowledge Discovery 4, 2000, pp. 217–240',
    needs: 'rules',
    column: (rules, context) => compared(rules, context, (own, best) => own - best),
  },
  boost: {
    label: 'Confidence boost',
    formula: "P(Y|X) / max P(Y|X') over more general rules X' ⇒ Y",
    range: [0, Number.POSITIVE_INFINITY],
    isSymmetric: false,
    limits: `∞ ${noSubRule}`,
    source: 'Balcázar, ACM Transactions on Knowledge Discovery from Data 7, 2013',
    needs: 'rules',
    column: boost,
  },
  LIC: {
    // The lifts of rules with one consequent are their confidences over the same share: the ratio is the boost.
    label: 'Lift increase (LIC)',
    formula: "lift(X ⇒ Y) / max lift(X' ⇒ Y) over more general rules X' ⇒ Y",
    range: [0, Number.POSITIVE_INFINITY],
    isSymmetric: false,
    limits: `∞ ${noSubRule}`,
    source: 'López, Abellán, Montella and de Oña, Transportation Research Record 2432, 2014, pp. 133–141',
    needs: 'rules',
    column: boost,
  },
} as const satisfies Record<string, ContextMeasure>;

function boost(rules: RuleColumns, context: MeasureContext): Float64Array {
  return compared(rules, context, (own, best) => (best > 0 ? own / best : Number.POSITIVE_INFINITY));
}

/** Compares the confidence of each rule with the highest of its more general ones, 0 where there is none. */
function compared(
  rules: RuleColumns,
  { among = rules }: MeasureContext,
  compare: (own: number, best: number) => number,
): Float64Array {
  const { supportCount, antecedentCount } = rules;
  const subRules = new SubRules(among);
  const column = new Float64Array(ruleCount(rules));
  for (let rule = 0; rule < column.length; rule++) {
    const own = confidence(supportCount[rule], antecedentCount[rule]);
    column[rule] = compare(own, subRules.bestConfidence(rules, rule));
  }
  return column;
}
