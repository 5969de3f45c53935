import { describe, expect, it } from 'vitest';
import { figureOf, moneyOf, pValueOf } from './figures.ts';

describe('figureOf', () => {
  it('has something in JSON for every number', () => {
    expect([0.5, Number.NaN, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY].map(figureOf)).toEqual([
      0.5,
      null,
      'Infinity',
      '-Infinity',
    ]);
  });
});

describe('moneyOf', () => {
  it('has no digits that sums in binary leave behind', () => {
    expect([13.05 + 13.6, 0.1 + 0.2, -0.00004, 1 / 3, 1234567.89].map(moneyOf)).toEqual([
      26.65, 0.3, -0, 0.3333, 1234567.89,
    ]);
  });
});

describe('pValueOf', () => {
  it('is a number as long as numbers can tell it', () => {
    expect(pValueOf(0)).toBe(1);
    expect(pValueOf(Math.log(6.17e-26))).toBeCloseTo(6.17e-26, 36);
    expect(pValueOf(Math.log(1e-307))).toBeTypeOf('number');
    expect(pValueOf(Number.NEGATIVE_INFINITY)).toBe(0);
  });

  it('is text below that', () => {
    // e^-1000 = 5.0759588975…e-435
    expect(pValueOf(-1000)).toBe('5.07596e-435');
    expect(pValueOf(-1e6)).toBe('3.29683e-434295');
    expect(pValueOf(Math.log(9) - 400 * Math.LN10)).toBe('9.00000e-400');
  });

  it('has one digit before the point when it rounds up to ten', () => {
    expect(pValueOf(Math.log(9.9999999) - 400 * Math.LN10)).toBe('1.00000e-399');
  });

  it('is nothing where there was no test', () => {
    expect(pValueOf(Number.NaN)).toBeNull();
  });
});
