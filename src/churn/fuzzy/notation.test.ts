import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readRules, rulesNotation } from './notation.ts';
import { drawnFuzzy, fuzzified } from './testing/drawn-fuzzy.ts';

describe('the notation of rules', () => {
  it('is read back as it was', () => {
    const terms = fc.array(fc.tuple(fc.nat(1000), fc.boolean()), { minLength: 1, maxLength: 4 });
    fc.assert(
      fc.property(drawnFuzzy, fc.array(terms, { maxLength: 4 }), (drawn, some) => {
        const rules = some.map((rule) =>
          rule.map(([at, isNot]) => {
            const { feature, place } = drawn.sets[at % drawn.sets.length];
            return { feature, place, isNot };
          }),
        );
        expect(readRules(drawn, rulesNotation(drawn, rules))).toEqual(rules);
      }),
    );
  });

  const drawn = fuzzified(
    [[0, 10, 15, 35, 100], [1, 2, 3, 4, 5], [0, 1, 2, 3, Number.NaN]].map((column) => Float64Array.from(column)), // biome-ignore format: one line
  );

  it('is short and plain', () => {
    const text = 'amount PB & NOT "last \\"purchase\\"" Z | plan ="by & by" & NOT plan ?';
    expect(rulesNotation(drawn, readRules(drawn, text))).toBe(text);
  });

  it('says what is wrong', () => {
    expect(() => readRules(drawn, 'amount PB &')).toThrow(/is no rule; write it such as/);
    expect(() => readRules(drawn, 'income PB')).toThrow('There is no feature income.');
    expect(() => readRules(drawn, 'plan PB')).toThrow(
      'plan has no set PB; it has ="Two year", ="One year", ="NOT", ="by & by", ?.',
    );
  });
});
