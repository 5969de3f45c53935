import { PairwellError } from '../../errors.ts';
import { type RuleColumns, ruleCount } from '../rule-columns.ts';
import type { ContextMeasure, MeasureContext } from './measure.ts';
import { confidence } from './support-confidence-lift.ts';

/** What a rule is worth in money. */
export const profitMeasures = {
  profitPerBasket: {
    label: 'Profit per basket',
    formula: 'P(Y|X) margin(Y)',
    range: [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY],
    isSymmetric: false,
    limits: 'NaN where the margin of the consequent is not known',
    source: 'Wang, Zhou and Han, Profit Mining, EDBT 2002, LNCS 2287, pp. 70–87 (profit per recommendation)',
    needs: 'margins',
    column: profitPerBasket,
  },
} as const satisfies Record<string, ContextMeasure>;

/**
 * The profit on the consequent to be expected of each basket that holds the antecedent. What its buyers would have bought
 * without an offer is part of it.
 *
 * @throws PairwellError `bad-input` without margins
 */
function profitPerBasket(rules: RuleColumns, { margins }: MeasureContext): Float64Array {
  if (!margins) {
    throw new PairwellError(
      'bad-input',
      'The measure profitPerBasket is unavailable without margins: give the profit on one sale of each item.',
      { measure: 'profitPerBasket', needs: 'margins' },
    );
  }
  const { supportCount, antecedentCount, consequent } = rules;
  const column = new Float64Array(ruleCount(rules));
  for (let rule = 0; rule < column.length; rule++) {
    const item = consequent[rule];
    const margin = item < margins.length ? margins[item] : Number.NaN;
    column[rule] = confidence(supportCount[rule], antecedentCount[rule]) * margin;
  }
  return column;
}
