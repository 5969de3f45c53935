import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { numberParser } from './numbers.ts';

describe('numberParser', () => {
  it.each([
    ['0', 0],
    ['-12', -12],
    ['+3', 3],
    ['2.55', 2.55],
    ['.5', 0.5],
    ['-.5', -0.5],
    ['007', 7],
    ['1,250', 1250],
    ['1,234,567.89', 1_234_567.89],
    ['1 250.5', 1250.5],
    ['1\u00a0250', 1250],
    ['1\u202f250', 1250],
    ["1'250", 1250],
    ['-1,250.5', -1250.5],
    ['1e3', 1000],
    ['1.5E-3', 0.0015],
  ])('reads %s with a decimal point', (text, value) => {
    expect(numberParser('.')(text)).toBe(value);
  });

  it.each([
    ['-12', -12],
    ['2,55', 2.55],
    [',5', 0.5],
    ['1.250', 1250],
    ['1.234.567,89', 1_234_567.89],
    ['1 250,5', 1250.5],
    ['1,5e3', 1500],
  ])('reads %s with a decimal comma', (text, value) => {
    expect(numberParser(',')(text)).toBe(value);
  });

  it.each([
    '',
    ' ',
    '-',
    '+',
    '.',
    'e5',
    '1e',
    'x',
    '12x',
    '0x10',
    'NaN',
    'Infinity',
    '--1',
    '1-',
    '€5',
    '5 %',
    '1.2.3',
    '1 2',
    '1,5',
    '12,50',
    '1,25,000',
    ',500',
    '1,250,',
    '1.',
    '1234,567',
    '1e400',
    '١٢',
    '(5)',
  ])('finds no number in "%s" with a decimal point', (text) => {
    expect(numberParser('.')(text)).toBeNaN();
  });

  it.each(['', ',', '2.55', '1,234,567', '1.25', '1,234.5', '1e400'])(
    'finds no number in "%s" with a decimal comma',
    (text) => {
      expect(numberParser(',')(text)).toBeNaN();
    },
  );

  it.each(['.', ','] as const)('finds no number in one that is too large, with decimal %s', (mark) => {
    for (const text of ['9'.repeat(400), `-${'9'.repeat(400)}`, `1${mark}5e309`]) {
      expect(numberParser(mark)(text)).toBeNaN();
    }
  });

  it('brings back any number that was written, with either mark', () => {
    const numbers = fc.double({ noNaN: true, noDefaultInfinity: true });
    fc.assert(
      fc.property(numbers, (number) => {
        const value = number === 0 ? 0 : number;
        expect(numberParser('.')(String(value))).toBe(value);
        expect(numberParser(',')(String(value).replace('.', ','))).toBe(value);
      }),
    );
  });

  it('brings back amounts that were written for people', () => {
    const cents = fc.integer({ min: -1_000_000_000_000, max: 1_000_000_000_000 });
    fc.assert(
      fc.property(cents, (cents) => {
        const write = (locale: string) => (cents / 100).toLocaleString(locale, { minimumFractionDigits: 2 });
        const value = cents === 0 ? 0 : cents / 100;
        expect(numberParser('.')(write('en-US'))).toBe(value);
        expect(numberParser(',')(write('de-DE'))).toBe(value);
      }),
    );
  });
});
