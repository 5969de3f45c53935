import { confidence, lift, support } from '../measures/support-confidence-lift.ts';
import { ruleCount } from '../rule-columns.ts';
import { furtherColumns, quotedField } from './csv.ts';
import { antecedentTexts, type RuleSet } from './rule-set.ts';
import { utf8Chunks } from './text-bytes.ts';

const columns = ['rules', 'support', 'confidence', 'coverage', 'lift', 'count'];

/**
 * Rules as R's arules writes them with `write(rules, sep = ",", quote = TRUE, row.names = FALSE)`, in the columns and
 * the order of `apriori`: `"{milk,bread} => {butter}",0.3,0.75,0.4,1.5,3`. UTF-8, in chunks of some 128 kB; the further
 * measures are columns at the end. In R:
 *
 * ```r
 * table <- read.csv("rules.csv", encoding = "UTF-8") # what as(rules, "data.frame") gives
 * rules <- arules::read.PMML("rules.pmml")           # from `pmmlChunks`, where a rules object is needed
 * ```
 *
 * It is for people and tables: as in arules, commas and braces in names are not told from those between them, so only
 * the other formats read back here. Quotes are doubled, as `read.csv` wants it.
 *
 * @throws PairwellError `bad-input` for a measure that is named like another column
 */
export function arulesChunks(set: RuleSet): Iterable<Uint8Array> {
  return utf8Chunks(arulesLines(set));
}

function* arulesLines(set: RuleSet): Generator<string> {
  const { rules, names } = set;
  const { consequent, supportCount, antecedentCount, consequentCount, transactionCount } = rules;
  const further = furtherColumns(set, columns);
  yield `${[...columns, ...further.map(([name]) => name)].map(quotedField).join(',')}\n`;
  const texts = names.map((name) => name.replaceAll('"', '""'));
  for (let r = 0; r < ruleCount(rules); r++) {
    const [count, left, right] = [supportCount[r], antecedentCount[r], consequentCount[r]];
    let line = `"{${antecedentTexts(rules, r, texts)}} => {${texts[consequent[r]]}}"`;
    line += `,${support(count, transactionCount)},${confidence(count, left)},${support(left, transactionCount)}`;
    line += `,${lift(count, left, right, transactionCount)},${count}`;
    for (const [, values] of further) line += `,${rNumber(values[r])}`;
    yield `${line}\n`;
  }
}

function rNumber(value: number): string {
  return String(value).replace('Infinity', 'Inf');
}
