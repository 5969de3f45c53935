import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { evidenceOf } from './rule-evidence.ts';
import { anyMined, counterIn, literalsOf } from './testing/mined.ts';

describe('evidenceOf', () => {
  it('compares a rule with every more general one, and with its consequent alone', () => {
    fc.assert(
      fc.property(anyMined(), ({ baskets, itemsets, rules }) => {
        const count = counterIn(baskets);
        const expected = literalsOf(rules).map(({ from, to }) => {
          const confidenceOf = (set: number[]): number => count([...set, to]) / count(set);
          const subsets = Array.from({ length: 2 ** from.length - 1 }, (_, bits) =>
            from.filter((_, i) => bits & (1 << i)),
          );
          return confidenceOf(from) - Math.max(...subsets.map(confidenceOf));
        });
        expect([...evidenceOf(rules, itemsets).improvement]).toEqual(expected);
      }),
    );
  });
});
