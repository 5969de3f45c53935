import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logBinomialUpperTail } from './binomial.ts';
import { logLowerTailAtMost, logUpperTailAtMost } from './poisson-binomial.ts';
import { lnShare, sum, waysByCount } from './testing/exact.ts';

/** The numbers of ways of independent sums. */
function convolved(a: readonly bigint[], b: readonly bigint[]): bigint[] {
  const ways = Array.from({ length: a.length + b.length - 1 }, () => 0n);
  a.forEach((one, i) => {
    b.forEach((other, j) => {
      ways[i + j]! += one * other;
    });
  });
  return ways;
}

const anyStratum = fc
  .integer({ min: 1, max: 25 })
  .chain((total) => fc.record({ total: fc.constant(total), successes: fc.nat(total), draws: fc.nat(total) }));

describe('bounds of Poisson-binomial tails', () => {
  it('hold for hypergeometric numbers over strata, and near the mean say nothing', () => {
    fc.assert(
      fc.property(fc.array(anyStratum, { minLength: 1, maxLength: 4 }), (strata) => {
        const ways = strata
          .map(({ total, successes, draws }) => waysByCount(total, successes, draws))
          .reduce(convolved);
        const all = sum(ways);
        const mean = strata.reduce((so, { total, successes, draws }) => so + (successes * draws) / total, 0);
        const trials = strata.reduce((so, { successes, draws }) => so + Math.min(successes, draws), 0);
        for (let k = 0; k <= trials; k++) {
          const upper = lnShare(sum(ways.slice(k)), all);
          const lower = lnShare(sum(ways.slice(0, k + 1)), all);
          expect(logUpperTailAtMost(k, trials, mean)).toBeGreaterThanOrEqual(upper - 1e-9);
          expect(logLowerTailAtMost(k, trials, mean)).toBeGreaterThanOrEqual(lower - 1e-9);
          if (Math.abs(k - mean) >= 1) continue;
          expect([logUpperTailAtMost(k, trials, mean), logLowerTailAtMost(k, trials, mean)]).toEqual([0, 0]);
        }
      }),
    );
  });

  it('are those of equal shares', () => {
    expect(logUpperTailAtMost(7, 40, 0.27)).toBe(logBinomialUpperTail(7, 40, 0.27));
    // 2^-10 of ten that succeed every other time.
    expect(logLowerTailAtMost(0, 10, 5)).toBeCloseTo(-10 * Math.LN2, 12);
  });
});
