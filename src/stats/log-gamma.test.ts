import { describe, expect, it } from 'vitest';
import { logGamma, logGammaOfOneAnd } from './log-gamma.ts';
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
