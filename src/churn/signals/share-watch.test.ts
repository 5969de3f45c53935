import { describe, expect, it } from 'vitest';
import { fitShares, judgeShare } from './share-watch.ts';

describe('judgeShare', () => {
  it('holds any number equally probable where nothing is known', () => {
    // Beta-binomial with a = b = 1 is uniform on 0 … n.
    for (let seen = 0; seen <= 6; seen++)
      expect(judgeShare(0, 0, seen, 6, { a: 1, b: 1 }).chance).toBeCloseTo((7 - seen) / 7, 12);
  });

  it('comes to the binomial where the share is known', () => {
    const { chance, expected } = judgeShare(2e8, 1e9, 5, 6, { a: 1, b: 1 });
    expect(expected).toBeCloseTo(1.2, 6);
    expect(chance).toBeCloseTo(6 * 0.2 ** 5 * 0.8 + 0.2 ** 6, 6);
  });
});

describe('fitShares', () => {
  it('finds how much customers differ', () => {
    // Half never and half always: the beta distribution is as wide as it may be.
    const trials = Array.from({ length: 1000 }, () => 10);
    const apart = fitShares(
      trials.map((_, c) => (c % 2 === 0 ? 0 : 10)),
      trials,
    );
    expect(apart.a + apart.b).toBe(0.5);
    expect(apart.a / (apart.a + apart.b)).toBeCloseTo(0.5, 6);
    const alike = fitShares(
      trials.map(() => 3),
      trials,
    );
    expect(alike.a + alike.b).toBe(200);
    expect(alike.a / 200).toBeCloseTo(0.3, 3);
  });
});
