import { describe, expect, it } from 'vitest';
import { confidence, lift, support } from './support-confidence-lift.ts';

describe('measures', () => {
  it('are shares and ratios of counts', () => {
    expect(support(69, 9835)).toBe(69 / 9835);
    expect(confidence(69, 160)).toBe(0.43125);
    expect(lift(69, 160, 1072, 9835)).toBeCloseTo(3.956477, 6);
  });

  it('put independence at a lift of exactly 1', () => {
    expect(lift(7, 49, 70, 490)).toBe(1);
    expect(lift(1, 3, 3, 9)).toBe(1);
  });
});
