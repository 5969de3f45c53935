import { readFileSync } from 'node:fs';
import { transactionCount } from '../../../baskets/transactions.ts';
import { fpGrowth } from '../../../mining/fp-growth.ts';
import { groceries } from '../../../mining/testing/groceries.ts';
import { rulesAt } from '../../constrain-rules.ts';
import { generateRules } from '../../generate.ts';
import type { RuleColumns } from '../../rule-columns.ts';

/** Rules of Groceries and what arules says of them. */
export interface Reference {
  readonly rules: RuleColumns;
  /** By measure: a value for each rule. */
  readonly expected: ReadonlyMap<string, number[]>;
}

/**
 * Reads a table of arules' measures (a header, then a line for each rule, its antecedent's items separated by bars) and
 * mines the rules that it is about.
 */
export function readReference(file: string | URL): Reference {
  const [header, ...rows] = readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => line.split('\t'));
  const mined = minedByText();
  const numbers = rows.map(([lhs, rhs]) => {
    const rule = mined.byText.get(textOf(lhs!.split('|'), rhs!));
    if (rule === undefined) throw new Error(`No rule ${lhs} > ${rhs} was mined.`);
    return rule;
  });
  return {
    rules: rulesAt(mined.rules, Int32Array.from(numbers)),
    expected: new Map(
      header!.slice(2).map((name, at) => [name, rows.map((row) => numberOf(row[at + 2]!))] as const),
    ),
  };
}

/** All rules that hold in five baskets or more with a confidence of one half or more, and their numbers. */
function minedByText(): { rules: RuleColumns; byText: Map<string, number> } {
  const { baskets, products } = groceries();
  const rules = generateRules(fpGrowth(baskets, { minSupport: 5 }), transactionCount(baskets), {
    minConfidence: 0.5,
  });
  const { antecedentOffsets, antecedentItems, consequent } = rules;
  const nameOf = (item: number): string => products.nameOf(item);
  const byText = new Map<string, number>();
  consequent.forEach((item, rule) => {
    const left = antecedentItems.subarray(antecedentOffsets[rule], antecedentOffsets[rule + 1]);
    byText.set(textOf(Array.from(left, nameOf), nameOf(item)), rule);
  });
  return { rules, byText };
}

function textOf(lhs: string[], rhs: string): string {
  return `${lhs.sort().join('|')} > ${rhs}`;
}

/** R writes Inf for ∞. */
function numberOf(text: string): number {
  return Number(text.replace('Inf', 'Infinity'));
}
