import { type RuleColumns, ruleCount } from '../rule-columns.ts';
import type { MeasureContext } from './measure.ts';
import { measureOf } from './measures.ts';

/**
 * A measure of every rule, in their order.
 *
 * @param name one of `measureNames`
 * @param context what the measure is worked out from besides counts, see `needs` in the table of measures
 * @throws PairwellError `bad-input` for an unknown name, without what the measure needs, or for impossible counts or
 *   thresholds where the measure checks them
 */
export function measureColumn(rules: RuleColumns, name: string, context: MeasureContext = {}): Float64Array {
  const measure = measureOf(name);
  if ('column' in measure) return measure.column(rules, context);
  const { of } = measure;
  const { supportCount, antecedentCount, consequentCount, transactionCount } = rules;
  const column = new Float64Array(ruleCount(rules));
  for (let rule = 0; rule < column.length; rule++) {
    column[rule] = of(supportCount[rule], antecedentCount[rule], consequentCount[rule], transactionCount);
  }
  return column;
}
