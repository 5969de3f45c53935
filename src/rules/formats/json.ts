import { confidence, lift, support } from '../measures/support-confidence-lift.ts';
import { ruleCount } from '../rule-columns.ts';
import { numberText } from './number-text.ts';
import { antecedentTexts, type RuleSet } from './rule-set.ts';
import { utf8Chunks } from './text-bytes.ts';

/**
 * Rules as one JSON object, UTF-8, in chunks of some 128 kB, with a line per rule:
 *
 * ```json
 * {"transactionCount":10,"items":["milk","tea"],"measures":["conviction"],"rules":[
 * {"antecedent":["milk"],"consequent":"tea","count":3,"support":0.3,"confidence":0.75,"lift":1.5,
 *  "antecedentCount":4,"consequentCount":5,"measures":{"conviction":2}}
 * ]}
 * ```
 *
 * `items` are all names by item id, `measures` the names of the further measures. Numbers have all their digits and
 * read back exactly; `"Infinity"`, `"-Infinity"` and `"NaN"` are strings, as JSON has no such numbers.
 */
export function jsonChunks(set: RuleSet): Iterable<Uint8Array> {
  return utf8Chunks(jsonPieces(set));
}

function* jsonPieces({ rules, names, measures = new Map() }: RuleSet): Generator<string> {
  const { consequent, supportCount, antecedentCount, consequentCount, transactionCount } = rules;
  const texts = names.map((name) => JSON.stringify(name));
  yield `{"transactionCount":${transactionCount},"items":[`;
  for (let i = 0; i < texts.length; i++) yield i === 0 ? texts[i] : `,${texts[i]}`;
  yield `],"measures":${JSON.stringify([...measures.keys()])},"rules":[`;
  const further = Array.from(measures, ([name, values]) => [`${JSON.stringify(name)}:`, values] as const);
  for (let r = 0; r < ruleCount(rules); r++) {
    const [count, left, right] = [supportCount[r], antecedentCount[r], consequentCount[r]];
    const values = further.map(([key, values]) => key + jsonNumber(values[r]));
    yield `${r === 0 ? '' : ','}\n{"antecedent":[${antecedentTexts(rules, r, texts)}]` +
      `,"consequent":${texts[consequent[r]]},"count":${count},"support":${support(count, transactionCount)}` +
      `,"confidence":${confidence(count, left)},"lift":${lift(count, left, right, transactionCount)}` +
      `,"antecedentCount":${left},"consequentCount":${right},"measures":{${values}}}`;
  }
  yield '\n]}\n';
}

function jsonNumber(value: number): string {
  return Number.isFinite(value) ? numberText(value) : `"${value}"`;
}
