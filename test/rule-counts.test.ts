import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { transactionCount } from '../src/baskets/transactions.ts';
import { fpGrowth } from '../src/mining/fp-growth.ts';
import { groceries } from '../src/mining/testing/groceries.ts';
import { generateRules } from '../src/rules/generate.ts';
import { redundantRules } from '../src/rules/redundancy.ts';
import { type RuleColumns, ruleCount } from '../src/rules/rule-columns.ts';
import { type Adjustment, significantRules } from '../src/rules/significance.ts';
import { withSharedFile } from './support/shared-data.ts';

/** What is counted, as the file names it; the significant ones with an alpha of 0.01. */
const counters: Record<string, (rules: RuleColumns) => number> = {
  rules_1rhs: ruleCount,
  nonredundant_confidence: (rules) => ruleCount(rules) - redundantRules(rules).length,
  nonredundant_lift: (rules) => ruleCount(rules) - redundantRules(rules, { by: 'lift' }).length,
  'significant_fisher_a0.01_none': significant('none'),
  'significant_fisher_a0.01_bonferroni': significant('bonferroni'),
  'significant_fisher_a0.01_holm': significant('holm'),
  'significant_fisher_a0.01_fdr': significant('benjamini-hochberg'),
};

function significant(adjust: Adjustment): (rules: RuleColumns) => number {
  return (rules) => significantRules(rules, { alpha: 0.01, adjust }).length;
}

withSharedFile('reference/rule-counts.tsv', 'the rules that independent programs find', (reference) => {
  const known = readFileSync(reference, 'utf8')
    .trimEnd()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [data, minSupport, minConfidence, kind, count] = line.split('\t');
      return {
        data,
        kind: kind!,
        minSupport: Number(minSupport),
        minConfidence: Number(minConfidence),
        count: Number(count),
      };
    });

  it('are rules of Groceries alone', () => {
    expect(new Set(known.map(({ data }) => data))).toEqual(new Set(['Groceries']));
  });

  describe('Groceries', () => {
    const { baskets } = groceries();
    it.each(known)('has $count $kind at $minSupport and $minConfidence', (one) => {
      const itemsets = fpGrowth(baskets, { minSupport: one.minSupport });
      const rules = generateRules(itemsets, transactionCount(baskets), one);
      expect(counters[one.kind]!(rules)).toBe(one.count);
    });
  });
});
