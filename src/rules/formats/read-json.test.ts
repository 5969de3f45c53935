import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rulesOf } from '../testing/rules.ts';
import { jsonChunks } from './json.ts';
import { readJsonRules } from './read-json.ts';
import { anyRuleSet, expectBadInput } from './testing/rule-sets.ts';

const rule = { antecedent: ['milk'], consequent: 'tea', count: 3, antecedentCount: 4, consequentCount: 5 };
const document = { transactionCount: 10, items: ['milk', 'tea'], rules: [rule] };

describe('readJsonRules', () => {
  it('reads back what was written', () => {
    fc.assert(
      fc.property(anyRuleSet(), (set) => {
        const written = Buffer.concat([...jsonChunks(set)]);
        expect(readJsonRules(written)).toEqual(set);
        expect(readJsonRules(written.toString())).toEqual(set);
      }),
    );
  });

  it('does without figures that follow from the counts, and passes over other keys', () => {
    const text = JSON.stringify({ ...document, madeBy: 'hand', rules: [{ ...rule, note: 'good' }] });
    expect(readJsonRules(text)).toEqual({
      rules: rulesOf(10, [{ from: [0], to: 1, support: 3, antecedent: 4, consequent: 5 }]),
      names: ['milk', 'tea'],
      measures: new Map(),
    });
  });

  it.each(['{"transactionCount":10', '', 'antecedent,consequent'])('refuses %j', (text) => {
    expectBadInput(() => readJsonRules(text), 'not JSON');
  });

  it.each<[unknown, ...string[]]>([
    [[], 'expected object'],
    [{ ...document, transactionCount: '10' }, 'transactionCount', 'expected number'],
    [{ ...document, transactionCount: 10.5 }, 'whole number', '10.5'],
    [{ ...document, items: undefined }, 'items', 'expected array'],
    [{ ...document, items: ['milk', 'tea', 'milk'] }, 'items[0]', '"milk"', 'twice'],
    [{ ...document, measures: ['phi', 'phi'] }, 'measures', 'twice'],
    [{ ...document, measures: ['phi'] }, 'rules[0]', 'phi'],
    [{ ...document, rules: [rule, { ...rule, count: null }] }, 'rules[1].count'],
    [{ ...document, rules: [{ ...rule, measures: { phi: 'big' } }] }, 'rules[0].measures.phi'],
    [{ ...document, rules: [{ ...rule, consequent: ['tea', 'rum'] }] }, 'rules[0].consequent', 'string'],
    [{ ...document, rules: [{ ...rule, consequent: 'rum' }] }, 'rules[0]', '"rum"', 'items'],
    [{ ...document, rules: [{ ...rule, confidence: 0.5 }] }, 'rules[0]', 'confidence of 0.5', '0.75'],
    [{ ...document, rules: [{ ...rule, count: 3.5 }] }, 'rules[0]', '3.5'],
    [{ ...document, rules: [{ ...rule, count: 2 ** 31 }] }, 'rules[0]', `${2 ** 31}`],
    [{ ...document, rules: [{ ...rule, antecedent: [] }] }, 'rules[0]', 'without an antecedent'],
  ])('refuses %j', (json, ...texts) => {
    expectBadInput(() => readJsonRules(JSON.stringify(json)), ...texts);
  });
});
