import { describe, expect, it } from 'vitest';
import { historyBytes, historyOf, type LifetimeAnswer, lifetimeDifference } from './lifetime-work.ts';

const answer: LifetimeAnswer = {
  parameters: [0.25, 4, 0.8, 2.4],
  ...{ expected: 1000, firstFitMs: 10, fitMs: 5, expectMs: 2 },
};

describe('what programs tell each other of lifetime value', () => {
  it('is the same but for what is left of the way to the top', () => {
    expect(lifetimeDifference(answer, { ...answer, fitMs: 900, expected: 1000.09 })).toBeUndefined();
    const other = { ...answer, parameters: [0.25, 4.1, 0.8, 2.4], expected: Number.NaN };
    expect(lifetimeDifference(answer, other)).toBe('alpha is 4 and 4.1, expected purchases is 1000 and NaN');
  });

  it('goes through a file unchanged', () => {
    const history = {
      frequency: Int32Array.of(0, 3),
      recency: Float64Array.of(0, 1 / 7),
      age: Float64Array.of(2, 9 / 7),
      ...{ spendDays: new Int32Array(2), meanSpend: new Float64Array(2) },
    };
    expect(historyOf(historyBytes(history))).toEqual(history);
  });
});
