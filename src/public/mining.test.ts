import { describe, expect, it } from 'vitest';
import { absoluteSupport, Dictionary, fpGrowth, generateRules, TransactionsBuilder } from './mining.ts';

describe('pairwell/mining', () => {
  it('does what its example says', () => {
    const products = new Dictionary();
    const builder = new TransactionsBuilder();
    for (const basket of [['comb', 'dryer'], ['comb', 'dryer', 'soap'], ['soap']]) {
      builder.add(basket.map((name) => products.intern(name)));
    }
    const itemsets = fpGrowth(builder.build(), {
      minSupport: absoluteSupport(0.5, builder.transactionCount),
    });
    const rules = generateRules(itemsets, builder.transactionCount, { minConfidence: 0.8 });
    expect(Array.from(rules.consequent, (item) => products.nameOf(item)).sort()).toEqual(['comb', 'dryer']);
    expect(Array.from(rules.antecedentItems, (item) => products.nameOf(item)).sort()).toEqual([
      'comb',
      'dryer',
    ]);
  });
});
