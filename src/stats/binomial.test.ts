import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { logBinomialLowerTail, logBinomialUpperTail } from './binomial.ts';
import { lnShare, relativeError, sum } from './testing/exact.ts';

/** In how many of `parts` ^ trials equally likely ways k = 0, 1, … trials succeed, of which each does in `wins` of `parts`. */
function waysByCount(trials: number, wins: bigint, parts: bigint): bigint[] {
  let choices = 1n;
  return Array.from({ length: trials + 1 }, (_, k) => {
    const ways = choices * wins ** BigInt(k) * (parts - wins) ** BigInt(trials - k);
    choices = (choices * BigInt(trials - k)) / BigInt(k + 1);
    return ways;
  });
}

describe('logBinomialUpperTail', () => {
  // Exact sums of fractions, by Python.
  it.each([
    [7, 40, 0.27, -18.441663214035316],
    [3, 3, 1.5, -2.0794415416798357],
    [120, 1000, 50, -40.4714144142258],
    [900, 1000, 10, -3823.743791837655],
    [1, 2000, 0.001, -6.908254987440398],
    [5, 10, 5, -0.4731335222546632],
    [400, 1000, 500, -9.008412706686116e-11],
    [0, 10, 3, 0],
    [-1, 10, 3, 0],
    [11, 10, 3, Number.NEGATIVE_INFINITY],
    [1, 10, 0, Number.NEGATIVE_INFINITY],
    [10, 10, 10, 0],
    [0, 0, 0, 0],
  ])('of %d or more among %d around %d', (k, trials, mean, expected) => {
    expect(relativeError(logBinomialUpperTail(k, trials, mean), expected)).toBeLessThan(1e-12);
  });

  it('and the lower one are the exact sums', () => {
    const sizes = fc.record({
      trials: fc.nat(60),
      wins: fc.bigInt(0n, 1024n),
      k: fc.integer({ min: -1, max: 61 }),
    });
    fc.assert(
      fc.property(sizes, ({ trials, wins, k }) => {
        const ways = waysByCount(trials, wins, 1024n);
        const mean = (trials * Number(wins)) / 1024;
        const share = (some: bigint[]): number => lnShare(sum(some), 1024n ** BigInt(trials));
        const upper = share(ways.slice(Math.max(0, k)));
        const lower = share(ways.slice(0, Math.max(0, k + 1)));
        expect(relativeError(logBinomialUpperTail(k, trials, mean), upper)).toBeLessThan(1e-11);
        expect(relativeError(logBinomialLowerTail(k, trials, mean), lower)).toBeLessThan(1e-11);
      }),
    );
  });

  it.each([
    [0.5, 3, 1],
    [1, 2.5, 1],
    [1, -1, 0],
    [1, 3, 4],
    [1, 3, -0.1],
    [1, 3, Number.NaN],
  ])('refuses %d of %d around %d', (k, trials, mean) => {
    expect(() => logBinomialUpperTail(k, trials, mean)).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
    expect(() => logBinomialLowerTail(k, trials, mean)).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  });
});
