import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ruleCount } from '../rule-columns.ts';
import { ruleChunks } from '../rule-lines.ts';
import { readSpmfRules } from './read-spmf-rules.ts';
import { anyRuleSet, expectBadInput, spelledOut } from './testing/rule-sets.ts';

const word = fc.stringMatching(/^[!-~漢🧴é]{1,4}$/u).filter((name) => name !== '==>');

describe('readSpmfRules', () => {
  it('reads back what was written, as long as names have no blanks', () => {
    fc.assert(
      fc.property(anyRuleSet(word), ({ rules, names }) => {
        fc.pre(rules.supportCount.every((count) => count > 0));
        const written = Buffer.concat([...ruleChunks(rules, names)]);
        expect(spelledOut(readSpmfRules(written, rules.transactionCount))).toEqual(
          spelledOut({ rules, names }),
        );
      }),
    );
  });

  it('reads what SPMF writes', () => {
    const { rules, names } = readSpmfRules('2 3 ==> 1 #SUP: 3 #CONF: 0.75 #LIFT: 1.5\r\n\n', 10);
    expect(names).toEqual(['2', '3', '1']);
    expect([ruleCount(rules), rules.antecedentCount[0], rules.consequentCount[0]]).toEqual([1, 4, 5]);
  });

  it.each([
    ['1 2 #SUP: 3', 'Line 1', 'such as'],
    ['\n1 ==> 2 #SUP: 3 #CONF: 0.75', 'Line 2', 'lift'],
    ['1 ==> 2 3 #SUP: 3 #CONF: 0.75 #LIFT: 1.5', 'Line 1', '2 items', 'only one'],
    ['1 ==> 2 ==> 3 #SUP: 3 #CONF: 0.75 #LIFT: 1.5', 'Line 1', 'twice'],
    ['1 1 ==> 2 #SUP: 3 #CONF: 0.75 #LIFT: 1.5', 'Line 1', 'twice'],
    ['1 ==> 1 #SUP: 3 #CONF: 0.75 #LIFT: 1.5', 'Line 1', 'too'],
    ['1 ==> 2 #SUP: 3 #CONF: 0.75 #LIFT: much', 'Line 1', '#LIFT', '"much"'],
    ['1 ==> 2 #SUP: 30 #CONF: 0.75 #LIFT: 1.5', 'Line 1', '10 transactions'],
    ['1 ==> 2 #SUP: x #CONF: 0.75 #LIFT: 1.5', 'Line 1', 'such as'],
  ])('refuses %j', (text, ...texts) => expectBadInput(() => readSpmfRules(text, 10), ...texts));

  it('refuses a number of transactions that is none', () => {
    expectBadInput(() => readSpmfRules('', 1.5), '1.5');
  });
});
