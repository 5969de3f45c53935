import { PairwellError } from '../errors.ts';
import type { FiledInsights } from '../insights/file-columns.ts';
import type { RuleSet } from '../rules/formats/rule-set.ts';
import type { RuleFormatName } from '../rules/formats/table.ts';
import { ruleFile } from '../serving/rule-file.ts';
import type { RuleSearch } from './rule-query.ts';

/**
 * The rules that were looked for as a file has them.
 *
 * @param nameOf what an item of the rules is called in the file
 * @param insights whose tests of the rules go into the file as columns; SPMF has no place for any
 * @throws PairwellError `bad-input` when the format cannot hold them: two items of one name, two columns of one, and for SPMF
 *   further measures
 */
export function exportedRules(
  { browser, filter, sort, order, measures = [] }: RuleSearch,
  format: RuleFormatName,
  nameOf: (item: number) => string,
  insights: FiledInsights | undefined,
): RuleSet {
  const numbers = Int32Array.from(browser.page(filter, sort, 0, Number.POSITIVE_INFINITY, order).rules);
  const set = ruleFile(browser.rules, numbers, nameOf, insights);
  checkNames(set.names);
  if (format === 'spmf' && measures.length > 0) {
    const message =
      'SPMF has no place for further measures: leave out "measures", or ask for csv, json or pmml.';
    throw new PairwellError('bad-input', message);
  }
  const columns = new Map(set.measures);
  for (const name of measures) {
    // The leverage that comes with the tests is the measure.
    if (columns.has(name) && name !== 'leverage') {
      throw new PairwellError(
        'bad-input',
        `The tests have a column "${name}" of their own, of another meaning: leave the tests out with tests=false, or the measure.`,
        { name },
      );
    }
    const column = browser.column(name);
    columns.set(
      name,
      Float64Array.from(numbers, (rule) => column[rule]),
    );
  }
  return { ...set, measures: columns };
}

function checkNames(names: readonly string[]): void {
  const seen = new Set<string>();
  for (const name of names) {
    if (seen.has(name)) {
      throw new PairwellError(
        'bad-input',
        `Two items of these rules are called "${name}", and files tell items by what they are called: leave out names=true.`,
        { name },
      );
    }
    seen.add(name);
  }
}
