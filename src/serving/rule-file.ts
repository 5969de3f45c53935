import { type FiledInsights, fileColumns } from '../insights/file-columns.ts';
import { rulesAt } from '../rules/constrain-rules.ts';
import type { RuleSet } from '../rules/formats/rule-set.ts';
import { measureColumn } from '../rules/measures/measure-column.ts';
import type { RuleColumns } from '../rules/rule-columns.ts';

/**
 * Rules as every file of ours has them: with those items alone that they are about.
 *
 * @param numbers of the rules, in the order of the file
 * @param nameOf what an item of the rules is called in the file
 * @param insights whose tests of the rules become columns, after leverage; undefined for a file without
 */
export function ruleFile(
  rules: RuleColumns,
  numbers: Int32Array,
  nameOf: (item: number) => string,
  insights: FiledInsights | undefined,
): Required<RuleSet> {
  const chosen = rulesAt(rules, numbers);
  return {
    ...withOwnItems(chosen, nameOf),
    measures: new Map(
      insights && [['leverage', measureColumn(chosen, 'leverage')], ...fileColumns(insights, numbers)],
    ),
  };
}

/** Numbers the items anew, in the same order, without those that no rule has. */
function withOwnItems(rules: RuleColumns, nameOf: (item: number) => string): Omit<RuleSet, 'measures'> {
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
