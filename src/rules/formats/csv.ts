import { PairwellError } from '../../errors.ts';
import { confidence, lift, support } from '../measures/support-confidence-lift.ts';
import { ruleCount } from '../rule-columns.ts';
import { numberText } from './number-text.ts';
import { antecedentTexts, type RuleSet } from './rule-set.ts';
import { utf8Chunks } from './text-bytes.ts';

/**
 * The columns that every file has, in the order they are written in. `count`, `antecedentCount` and `consequentCount`
 * are transactions with the whole rule, its antecedent and its consequent, `transactionCount` all there are.
 */
export const csvColumns = [
  'antecedent',
  'consequent',
  'count',
  'support',
  'confidence',
  'lift',
  'antecedentCount',
  'consequentCount',
  'transactionCount',
] as const;

export type CsvColumn = (typeof csvColumns)[number];

/** A field in quotes, quotes in it doubled (RFC 4180, section 2). */
export const quotedField = (text: string): string => `"${text.replaceAll('"', '""')}"`;

/**
 * The further measures as columns after `taken`.
 *
 * @throws PairwellError `bad-input` for a measure that is named like one of them
 */
export function furtherColumns(
  { measures = new Map() }: RuleSet,
  taken: readonly string[],
): [name: string, values: Float64Array][] {
  const columns = [...measures];
  const clash = columns.find(([name]) => taken.includes(name));
  if (clash)
    throw new PairwellError('bad-input', `A measure cannot be named ${JSON.stringify(clash[0])} here.`);
  return columns;
}

/**
 * Rules as comma-separated values, UTF-8 with line feeds, in chunks of some 128 kB: a heading line, then a rule a line,
 * with the further measures as columns at the end.
 *
 * Antecedent and consequent are JSON arrays of names, `["milk","rye bread"]`, so any name survives, lines end only
 * where rules do, and no spreadsheet takes a name for a formula. Numbers have all their digits and read back exactly;
 * `Infinity`, `-Infinity` and `NaN` are words.
 *
 * @throws PairwellError `bad-input` for a measure that is named like another column
 */
export function csvChunks(set: RuleSet): Iterable<Uint8Array> {
  return utf8Chunks(csvLines(set));
}

function* csvLines(set: RuleSet): Generator<string> {
  const { rules, names } = set;
  const { consequent, supportCount, antecedentCount, consequentCount, transactionCount } = rules;
  const further = furtherColumns(set, csvColumns);
  yield `${[...csvColumns, ...further.map(([name]) => quotedField(name))].join(',')}\n`;
  // Within a field: the quotes of JSON doubled.
  const texts = names.map((name) => JSON.stringify(name).replaceAll('"', '""'));
  for (let r = 0; r < ruleCount(rules); r++) {
    const [count, left, right] = [supportCount[r], antecedentCount[r], consequentCount[r]];
    let line = `"[${antecedentTexts(rules, r, texts)}]","[${texts[consequent[r]]}]",${count}`;
    line += `,${support(count, transactionCount)},${confidence(count, left)}`;
    line += `,${lift(count, left, right, transactionCount)},${left},${right},${transactionCount}`;
    for (const [, values] of further) line += `,${numberText(values[r])}`;
    yield `${line}\n`;
  }
}
