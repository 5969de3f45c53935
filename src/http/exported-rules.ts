import { PairwellError } from '../errors.ts';
import { rulesAt } from '../rules/constrain-rules.ts';
import type { RuleSet } from '../rules/formats/rule-set.ts';
import type { RuleFormatName } from '../rules/formats/table.ts';
import type { RuleColumns } from '../rules/rule-columns.ts';
import type { RuleSearch } from './rule-query.ts';

/**
 * The rules that were looked for as a file has them: with those items alone that they are about.
 *
 * @param nameOf what an item of the rules is called in the file
 * @throws PairwellError `bad-input` when the format cannot hold them: two items of one name, and for SPMF further measures or
 *   names with blanks
 */
export function exportedRules(
  { browser, filter, sort, order, measures = [] }: RuleSearch,
  format: RuleFormatName,
  nameOf: (item: number) => string,
): RuleSet {
  const { rules: numbers } = browser.page(filter, sort, 0, Number.POSITIVE_INFINITY, order);
  const set = withOwnItems(rulesAt(browser.rules, Int32Array.from(numbers)), nameOf);
  checkNames(set.names, format);
  if (format === 'spmf' && measures.length > 0) {
    const message =
      'SPMF has no place for further measures: leave out "measures", or ask for csv, json or pmml.';
    throw new PairwellError('bad-input', message);
  }
  const chosen = measures.map((name): [string, Float64Array] => {
    const column = browser.column(name);
    return [name, Float64Array.from(numbers, (rule) => column[rule])];
  });
  return { ...set, measures: new Map(chosen) };
}

/** Numbers the items anew, in the same order, without those that no rule has. */
function withOwnItems(rules: RuleColumns, nameOf: (item: number) => string): RuleSet {
  const used = [...new Set([...new Set(rules.antecedentItems), ...new Set(rules.consequent)])];
  used.sort((a, b) => a - b);
  const numbers = new Map(used.map((item, number) => [item, number]));
  const renumbered = (item: number): number => numbers.get(item)!;
  return {
    rules: {
      ...rules,
      antecedentItems: rules.antecedentItems.map(renumbered),
      consequent: rules.consequent.map(renumbered),
    },
    names: used.map(nameOf),
  };
}

function checkNames(names: readonly string[], format: RuleFormatName): void {
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
    if (format === 'spmf' && /\s/.test(name)) {
      throw new PairwellError(
        'bad-input',
        `SPMF parts items by blanks, and "${name}" has one: ask for another format, or for codes without blanks.`,
        { name },
      );
    }
  }
}
