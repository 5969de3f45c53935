import { bestInRules } from '../general-in-rules.ts';
import type { RuleColumns } from '../rule-columns.ts';
import type { ContextMeasure } from './measure.ts';
import { confidence } from './support-confidence-lift.ts';

const noSubRule = 'where there is no more general rule';

/** What the last items of an antecedent add, beside the more general rules of the set: the same consequent from fewer items. */
export const subRuleMeasures = {
  improvement: {
    label: 'Improvement',
    formula: "P(Y|X) − max P(Y|X') over more general rules X' ⇒ Y",
    range: [-1, 1],
    isSymmetric: false,
    limits: `P(Y|X) ${noSubRule}`,
    source: 'Bayardo, Agrawal and Gunopulos, Data Mining and Knowledge Discovery 4, 2000, pp. 217–240',
    column: (rules) => compared(rules, (own, best) => own - best),
  },
  boost: {
    label: 'Confidence boost',
    formula: "P(Y|X) / max P(Y|X') over more general rules X' ⇒ Y",
    range: [0, Number.POSITIVE_INFINITY],
    isSymmetric: false,
    limits: `∞ ${noSubRule}`,
    source: 'Balcázar, ACM Transactions on Knowledge Discovery from Data 7, 2013',
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
    column: boost,
  },
} as const satisfies Record<string, ContextMeasure>;

function boost(rules: RuleColumns): Float64Array {
  return compared(rules, (own, best) => (best > 0 ? own / best : Number.POSITIVE_INFINITY));
}

/** Compares the confidence of each rule with the highest of the more general ones in the set, 0 where there is none. */
function compared(rules: RuleColumns, compare: (own: number, best: number) => number): Float64Array {
  const { supportCount, antecedentCount } = rules;
  const own = Float64Array.from(supportCount, (count, r) => confidence(count, antecedentCount[r]));
  const best = bestInRules(rules, own);
  return own.map((value, r) => compare(value, Math.max(0, best[r])));
}
