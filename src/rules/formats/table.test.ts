import { describe, expect, it } from 'vitest';
import { ruleFormats } from './table.ts';
import { teaRules, textOfChunks } from './testing/rule-sets.ts';

describe('ruleFormats', () => {
  it.each([
    ['csv', 'antecedent,'],
    ['json', '{"transactionCount":10,'],
    ['pmml', '<?xml '],
    ['arules', '"rules",'],
    ['spmf', 'whole milk 漢 ==> '],
  ] as const)('writes %s', (name, start) => {
    expect(textOfChunks(ruleFormats[name].chunks(teaRules)).startsWith(start)).toBe(true);
  });
});
