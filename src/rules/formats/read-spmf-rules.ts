import { Dictionary } from '../../baskets/dictionary.ts';
import { countsFrom, exactly, figureOf } from './figures.ts';
import type { RuleSet } from './rule-set.ts';
import { badRule, RuleSetBuilder } from './rule-set-builder.ts';
import { textOf } from './text-bytes.ts';

const rule = /^(.*\S) ==> (.*\S) #SUP: (\d+) #CONF: (\S+)(?: #LIFT: (\S+))?\s*$/;

/**
 * Reads rules as SPMF writes them, and `ruleChunks`: `milk bread ==> butter #SUP: 3 #CONF: 0.750000 #LIFT: 1.50000`.
 * Blanks part items there, so a name with one comes as several items: take another format for such names. Items get
 * ids in the order they occur in.
 *
 * The counts of both sides follow from confidence and lift, exactly as long as those have enough digits: the six of
 * `ruleChunks` do for counts up to some 100,000.
 *
 * @param input text, or bytes in UTF-8
 * @param transactionCount of the baskets the rules come from, which the format does not tell
 * @throws PairwellError `bad-input`, naming the line, for anything else, rules of several consequents and those without
 *   a lift included
 */
export function readSpmfRules(input: string | Uint8Array, transactionCount: number): Required<RuleSet> {
  const items = new Dictionary();
  const builder = new RuleSetBuilder(transactionCount);
  textOf(input)
    .split(/\r?\n/)
    .forEach((line, i) => {
      if (line.trim() === '') return;
      const where = `Line ${i + 1}`;
      const parts = rule.exec(line);
      if (!parts) {
        throw badRule(where, 'a rule such as "milk bread ==> tea #SUP: 3 #CONF: 0.75 #LIFT: 1.5" is needed.');
      }
      const [, left, right, count, confidence, lift] = parts;
      const antecedent = left.split(/ +/);
      const consequents = right.split(/ +/);
      if (antecedent.includes('==>')) throw badRule(where, '"==>" stands there twice.');
      if (consequents.length > 1) {
        throw badRule(where, `${consequents.length} items in the consequent; only one is supported.`);
      }
      const clues = {
        count: exactly(Number(count)),
        confidence: figureOf(confidence, '#CONF', where),
        lift: lift === undefined ? undefined : figureOf(lift, '#LIFT', where),
      };
      const counts = countsFrom(clues, transactionCount, where);
      const ids = antecedent.map((name) => items.intern(name));
      builder.add({ antecedent: ids, consequent: items.intern(consequents[0]), counts }, where);
    });
  return builder.build(Array.from({ length: items.size }, (_, id) => items.nameOf(id)));
}
