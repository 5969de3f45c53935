import { describe, expect, it } from 'vitest';
import { ruleFormats } from './table.ts';
import { expectBadInput, teaRules, textOfChunks } from './testing/rule-sets.ts';

describe('ruleFormats', () => {
  it.each([
    ['csv', 'antecedent,'],
    ['json', '{"transactionCount":10,'],
    ['pmml', '<?xml '],
    ['arules', '"rules",'],
  ] as const)('writes %s', (name, start) => {
    expect(textOfChunks(ruleFormats[name].chunks(teaRules)).startsWith(start)).toBe(true);
  });

  it('writes spmf, where names can be told by blanks', () => {
    const { chunks } = ruleFormats.spmf;
    const lines = textOfChunks(chunks({ ...teaRules, names: ['milk', 'tea,"green"', '漢'] }));
    expect(lines.startsWith('milk 漢 ==> tea,"green" #SUP: 3 ')).toBe(true);
    for (const name of ['whole milk', '', 'tea\n'])
      expectBadInput(() => chunks({ ...teaRules, names: [name, 'tea', '漢'] }), JSON.stringify(name));
    // No rule is about it.
    expect(textOfChunks(chunks({ ...teaRules, names: ['milk', 'tea', '漢', 'rye bread'] }))).toContain('tea');
  });
});
