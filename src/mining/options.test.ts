import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { absoluteSupport, checkedOptions, defaultMaxItemsets } from './options.ts';

describe('absoluteSupport', () => {
  it('takes whole numbers from 1 on as they are', () => {
    expect(absoluteSupport(1, 100)).toBe(1);
    expect(absoluteSupport(250, 100)).toBe(250);
  });

  it.each([
    // Where share * transactions, computed in doubles, is just above a whole number …
    [0.1, 30, 3],
    [0.07, 100, 7],
    [0.14, 50, 7],
    [0.55, 100, 55],
    [0.001, 9000, 9],
    // … and between whole numbers.
    [0.01, 9835, 99],
    [0.001, 9835, 10],
    [1 / 3, 10, 4],
    [0.999, 10, 10],
  ])('turns the share %d of %i transactions into %i', (share, transactions, count) => {
    expect(absoluteSupport(share, transactions)).toBe(count);
  });

  it('is never below 1', () => {
    expect(absoluteSupport(1e-9, 10)).toBe(1);
    expect(absoluteSupport(0.5, 0)).toBe(1);
  });

  it.each([0, -0.1, -1, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('refuses %d', (minSupport) => {
    expect(() => absoluteSupport(minSupport, 100)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });

  it('is the smallest exact count for every share written as a decimal', () => {
    const decimals = 1_000_000;
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: decimals - 1 }),
        fc.integer({ min: 1, max: 2 ** 31 - 1 }),
        (millionths, transactions) => {
          const exact = (BigInt(millionths) * BigInt(transactions) + BigInt(decimals - 1)) / BigInt(decimals);
          expect(absoluteSupport(millionths / decimals, transactions)).toBe(Number(exact));
        },
      ),
      { numRuns: 1000 },
    );
  });

  it('gives every count back from its own share', () => {
    const transactions = fc.integer({ min: 2, max: 2 ** 31 - 1 });
    const counted = transactions.chain((n) => fc.tuple(fc.integer({ min: 1, max: n - 1 }), fc.constant(n)));
    fc.assert(fc.property(counted, ([count, n]) => absoluteSupport(count / n, n) === count));
  });
});

describe('checkedOptions', () => {
  it('puts the defaults in place', () => {
    expect(checkedOptions({ minSupport: 3 })).toMatchObject({
      minSupport: 3,
      maxItemsets: defaultMaxItemsets,
    });
  });

  it('names the option that is wrong', () => {
    expect(() => checkedOptions({ minSupport: 0.5 })).toThrow(/minimum support must be a whole number/);
    expect(() => checkedOptions({ minSupport: 1, maxLength: -1 })).toThrow(/maximum length/);
    expect(() => checkedOptions({ minSupport: 1, maxItemsets: 0 })).toThrow(/maximum number of itemsets/);
  });
});
