import { describe, expect, it } from 'vitest';
import { lifetimeGoals, lifetimeRows, lifetimeTimes } from './lifetime-tables.ts';
import type { LifetimeAnswer } from './lifetime-work.ts';

const answer = (fitMs: number): LifetimeAnswer => ({
  parameters: [0.25, 4, 0.8, 2.4],
  ...{ expected: 1000, firstFitMs: 2 * fitMs, fitMs, expectMs: fitMs / 2 },
});
const result = (...peerMs: number[]) => ({
  customers: 10,
  ours: [10, 12, 14].map(answer),
  peer: peerMs.map(answer),
});

describe('tables of lifetime value', () => {
  it('give medians, and the peer only where it ran', () => {
    expect(lifetimeRows(result(60, 61, 62))).toMatchObject([
      { program: 'ours', alpha: '4.00000', 'ms first fit': 24, 'ms fit': 12, 'ms expect': 6 },
      { program: 'lifetimes', 'ms fit': 61 },
    ]);
    expect(lifetimeRows(result())).toHaveLength(1);
  });

  it('compare run by run and judge the goal', () => {
    expect(lifetimeTimes(result(50, 48, 140)).map((row) => row['times ours'])).toEqual(['5', '5', '5']);
    expect(lifetimeGoals(result(50, 48, 140))).toMatchObject([{ figure: '5', verdict: 'met' }]);
    expect(lifetimeGoals(result(49, 48, 140))).toMatchObject([{ figure: '4.9', verdict: 'missed' }]);
  });
});
