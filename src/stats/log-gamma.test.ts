import { describe, expect, it } from 'vitest';
import { LogFactorials, logGamma, logGammaOfOneAnd } from './log-gamma.ts';
import { relativeError } from './testing/exact.ts';

describe('logGamma', () => {
  // By mpmath, 50 digits.
  it.each([
    [1e-300, 690.7755278982137],
    [0.001, 6.907178885383853],
    [0.25, 1.2880225246980774],
    [0.5, 0.5723649429247001],
    [1.0000001, -5.772155829918507e-8],
    [1.5, -0.12078223763524522],
    [1.9999, -4.227520877215346e-5],
    [3.7, 1.428072326665388],
    [10, 12.80182748008147],
    [15.99, 27.87186447594001],
    [16, 27.89927138384089],
    [171, 706.5730622457874],
    [1e6, 12815504.569147613],
    [1e15, 3.3538776394910668e16],
  ])('of %d', (x, expected) => {
    expect(relativeError(logGamma(x), expected)).toBeLessThan(1e-15);
  });

  it('has its zeros at 1 and 2, and no bound', () => {
    expect([logGamma(1), logGamma(2), logGamma(Number.POSITIVE_INFINITY)]).toEqual([
      0,
      0,
      Number.POSITIVE_INFINITY,
    ]);
    expect(logGammaOfOneAnd(1e-20)).toBeCloseTo(-5.772156649015329e-21, 35);
  });

  it.each([0, -1.5, Number.NaN])('refuses %d', (x) => {
    expect(() => logGamma(x)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});

describe('LogFactorials', () => {
  it('are the logarithms of products', () => {
    const factorials = new LogFactorials(30);
    let product = 1n;
    for (let n = 0; n <= 30; n++) {
      product *= BigInt(Math.max(1, n));
      expect(relativeError(factorials.of(n), Math.log(Number(product)))).toBeLessThan(1e-15);
    }
  });

  it('stay exact in a large table', () => {
    const factorials = new LogFactorials(1_000_000);
    expect(relativeError(factorials.of(10_000), 82108.92783681436)).toBeLessThan(3e-16);
    expect(relativeError(factorials.of(1_000_000), 12815518.38465817)).toBeLessThan(3e-16);
  });

  it('go on beyond the table', () => {
    const none = new LogFactorials(0);
    expect(none.of(0)).toBe(0);
    expect(relativeError(none.of(100), 363.73937555556347)).toBeLessThan(1e-15);
  });

  it.each([-1, 1.5, Number.NaN])('refuse a table of %d', (largest) => {
    expect(() => new LogFactorials(largest)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});
