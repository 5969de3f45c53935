import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transactionCount } from '../baskets/transactions.ts';
import { basketsOf } from '../mining/testing/baskets.ts';
import { bestProductiveRules } from '../rules/best-productive.ts';
import { rulesAt } from '../rules/constrain-rules.ts';
import { ruleCount } from '../rules/rule-columns.ts';
import { fisherLogP } from '../rules/significance.ts';
import { anyMined, counterIn, literalsOf, mined } from '../rules/testing/mined.ts';
import { listedRules } from '../rules/testing/rules.ts';
import { benjaminiHochberg } from '../stats/adjust.ts';
import { logUpperTail } from '../stats/hypergeometric.ts';
import { laterLogP, ruleTests } from './rule-tests.ts';

const options = { alpha: 0.05, laterShare: 0.2 };

describe('ruleTests', () => {
  it('shows the rules that pass every test, of all that there are', () => {
    fc.assert(
      fc.property(anyMined(), fc.constantFrom(0.1, 0.6), ({ baskets, itemsets, rules }, alpha) => {
        const day = new Int32Array(transactionCount(baskets));
        const { isShown, logP, adjustedLogP } = ruleTests(rules, itemsets, baskets, day, {
          ...options,
          alpha,
        });
        const shown = rules.consequent.map((_, r) => r).filter((r) => isShown[r] === 1);
        const best = bestProductiveRules(rules, itemsets, {
          k: Math.max(1, ruleCount(rules)),
          significance: { alpha, adjust: 'benjamini-hochberg' },
        });
        expect(listedRules(rulesAt(rules, shown))).toEqual(listedRules(best.rules));
        expect(logP).toEqual(fisherLogP(rules));
        const adjusted = benjaminiHochberg(logP.map(Math.exp));
        adjustedLogP.forEach((log, r) => {
          expect(Math.exp(log)).toBeCloseTo(adjusted[r]!, 12);
        });
      }),
    );
  });
});

describe('laterLogP', () => {
  it('tests in the last days what the days before find significant', () => {
    // No quotient of small counts: a p-value that equals alpha would be above or below it by the last bit of a logarithm.
    const alpha = Math.sqrt(0.09001);
    const days = fc.array(fc.integer({ min: -3, max: 3 }), { minLength: 30, maxLength: 30 });
    fc.assert(
      fc.property(anyMined(), days, fc.constantFrom(0, 0.3, 0.6), ({ baskets, rules }, dates, laterShare) => {
        const n = transactionCount(baskets);
        const day = Int32Array.from(dates.slice(0, n));
        // The last days that do not make up more than the share.
        const isLater = (t: number): boolean =>
          day.filter((date) => date >= day[t]!).length <= laterShare * n;
        const rows = Array.from({ length: n }, (_, t) => [
          ...baskets.items.subarray(baskets.offsets[t], baskets.offsets[t + 1]),
        ]);
        const earlier = counterIn(basketsOf(...rows.filter((_, t) => !isLater(t))));
        const later = counterIn(basketsOf(...rows.filter((_, t) => isLater(t))));
        const logPIn = (count: typeof later) =>
          literalsOf(rules).map(({ from, to }) =>
            logUpperTail(count([...from, to]), count([]), count([to]), count(from)),
          );
        const adjusted = benjaminiHochberg(Float64Array.from(logPIn(earlier), Math.exp));
        const inLater = logPIn(later);
        const expected = inLater.map((logP, r) =>
          later([]) > 0 && adjusted[r]! <= alpha ? expect.closeTo(logP, 12) : Number.NaN,
        );
        expect([...laterLogP(rules, baskets, day, { alpha, laterShare })]).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });

  it('finds that a rule goes on, or has ended', () => {
    const both = Array.from({ length: 40 }, () => [0, 1]);
    const neither = Array.from({ length: 40 }, () => [2]);
    const alone = Array.from({ length: 10 }, (_, n) => [n % 2]);
    const laterOf = (...last: number[][]): number => {
      const baskets = basketsOf(...both, ...neither, ...last);
      const day = Int32Array.from({ length: 100 }, (_, t) => (t < 80 ? 0 : t));
      const { rules } = mined(baskets, 40);
      return laterLogP(rules, baskets, day, options)[0]!;
    };
    // One of C(20, 10) ways for ten to fall together with ten.
    expect(Math.exp(laterOf(...both.slice(0, 10), ...neither.slice(0, 10)))).toBeCloseTo(1 / 184_756, 12);
    expect(laterOf(...alone, ...neither.slice(0, 10))).toBe(0);
  });

  it.each([-0.1, 1, Number.NaN])('refuses a share of %d', (laterShare) => {
    const { rules, baskets } = mined(basketsOf([0, 1]), 1);
    expect(() => laterLogP(rules, baskets, Int32Array.of(0), { alpha: 0.05, laterShare })).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  });
});
