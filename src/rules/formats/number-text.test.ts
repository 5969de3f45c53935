import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberOf, numberText } from './number-text.ts';

describe('numberText', () => {
  it('writes any number so that it reads back', () => {
    fc.assert(
      fc.property(fc.double(), (value) => {
        expect(numberOf(numberText(value))).toBe(value);
      }),
    );
    expect([-0, Number.NaN, 1e21].map(numberText)).toEqual(['-0', 'NaN', '1e+21']);
  });
});

describe('numberOf', () => {
  it.each([
    ['+1.50', 1.5],
    ['.5E-1', 0.05],
    ['2.', 2],
    ['INF', Number.POSITIVE_INFINITY],
    ['-inf', Number.NEGATIVE_INFINITY],
    ['+Infinity', Number.POSITIVE_INFINITY],
    ['nan', Number.NaN],
  ])('reads %s', (text, value) => expect(numberOf(text)).toBe(value));

  it.each(['', ' ', '.', '1,5', '0x10', '1_000', '12%', 'null', 'e3', '1n', '--1', 'infinite'])(
    'finds no number in %j',
    (text) => expect(numberOf(text)).toBeUndefined(),
  );
});
