import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RememberedCounts, symmetricColumn } from './remembered-counts.ts';
import { anyRules, rulesOf } from './testing/rules.ts';

describe('RememberedCounts', () => {
  it('has the value of every call, whichever of them it remembers', () => {
    const count = fc.oneof(fc.nat(3), fc.nat(2 ** 31 - 1));
    const calls = fc.array(fc.tuple(count, count, count), { maxLength: 200 });
    // Few slots, which many counts share.
    fc.assert(
      fc.property(calls, fc.integer({ min: 0, max: 8 }), (all, expectedCalls) => {
        const remembered = new RememberedCounts((...counts) => Math.sin(weighted(counts)), expectedCalls);
        for (const [together, x, y] of all) {
          const counts = [together, Math.min(x, y), Math.max(x, y)] as const;
          expect(remembered.of(together, x, y)).toBe(Math.sin(weighted(counts)));
        }
      }),
    );
  });

  it('works out once what it is asked again', () => {
    let calls = 0;
    const remembered = new RememberedCounts((together) => together + calls++, 10);
    expect([remembered.of(0, 0, 0), remembered.of(0, 0, 0), remembered.of(7, 5, 6)]).toEqual([0, 0, 8]);
    expect(remembered.of(7, 6, 5)).toBe(8);
    expect(calls).toBe(2);
  });

  it('remembers no value of a call that failed', () => {
    const remembered = new RememberedCounts(() => {
      throw new Error('impossible');
    }, 10);
    for (let time = 0; time < 2; time++) expect(() => remembered.of(1, 2, 3)).toThrow('impossible');
  });
});

describe('symmetricColumn', () => {
  it('measures every rule, in their order', () => {
    const jaccard = (xy: number, x: number, y: number): number => xy / (x + y - xy);
    fc.assert(
      fc.property(anyRules(), (rules) => {
        const { supportCount, antecedentCount, consequentCount } = rules;
        const expected = Array.from(supportCount, (xy, r) =>
          jaccard(xy, antecedentCount[r]!, consequentCount[r]!),
        );
        expect([...symmetricColumn(rules, jaccard)]).toEqual(expected);
      }),
    );
  });

  it('knows the number of transactions', () => {
    const rules = rulesOf(50, [{ from: [0], to: 1, support: 2, antecedent: 5, consequent: 4 }]);
    expect([...symmetricColumn(rules, (...counts) => weighted(counts))]).toEqual([
      2 + 4 * 10 + 5 * 100 + 50e3,
    ]);
  });
});

function weighted(counts: readonly number[]): number {
  return counts.reduce((sum, count, i) => sum + count * 10 ** i, 0);
}
