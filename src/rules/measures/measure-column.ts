import type { RuleColumns } from '../rule-columns.ts';
import { type Formula, formulaColumns } from './formula-columns.ts';
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
  return measureColumns(rules, [name], context)[0];
}

/** A column for each of these measures, which takes less time than one after the other; see {@link measureColumn}. */
export function measureColumns(
  rules: RuleColumns,
  names: readonly string[],
  context: MeasureContext = {},
): Float64Array[] {
  const columns = new Map<string, Float64Array>();
  const formulas: Formula[] = [];
  for (const name of names) {
    const measure = measureOf(name);
    if ('of' in measure && !measure.column) formulas.push({ name, of: measure.of });
    else columns.set(name, measure.column!(rules, context));
  }
  formulaColumns(rules, formulas).forEach((column, i) => {
    columns.set(formulas[i].name, column);
  });
  return names.map((name) => columns.get(name)!);
}
