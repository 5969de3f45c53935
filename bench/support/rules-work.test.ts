import { describe, expect, it } from 'vitest';
import { difference, finiteSum } from './rules-work.ts';

describe('difference', () => {
  const agreed = { rules: 3, sums: { lift: 4.5, leverage: 0.001 } };

  it('forgives what rounding does', () => {
    expect(difference(agreed, { rules: 3, sums: { lift: 4.5 + 1e-9, leverage: 0.001 } })).toBeUndefined();
  });

  it('names the measures whose values differ, and other numbers of rules', () => {
    expect(difference(agreed, { rules: 3, sums: { lift: 4.5, leverage: 0.00101 } })).toBe(
      'leverage sums to 0.001 and 0.00101',
    );
    expect(difference(agreed, { ...agreed, rules: 2 })).toBe('3 and 2 rules with one consequent');
  });

  it('takes a sum that is missing, or no number, for different', () => {
    expect(difference(agreed, { rules: 3, sums: { lift: 4.5 } })).toMatch(/^leverage sums to/);
    expect(difference(agreed, { rules: 3, sums: { lift: Number.NaN, leverage: 0.001 } })).toMatch(/^lift/);
  });
});

describe('finiteSum', () => {
  it('leaves out what is infinite or no number', () => {
    expect(finiteSum(Float64Array.of(1, Number.POSITIVE_INFINITY, Number.NaN, 2.5))).toBe(3.5);
  });
});
