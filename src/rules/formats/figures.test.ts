import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { confidence, lift } from '../measures/support-confidence-lift.ts';
import { countsFrom, exactly, type Figure, figureOf, shareOf } from './figures.ts';
import { expectBadInput } from './testing/rule-sets.ts';

const figure = (text: string): Figure => figureOf(text, 'figure', 'Line 1');

describe('figureOf', () => {
  it.each([
    ['0.034', 0.034, 0.0005],
    ['3.40e-2', 0.034, 0.00005],
    ['1', 1, 0],
    ['2e3', 2000, 0],
  ])('takes %s for rounded to its digits', (text, value, slack) => {
    const { low, high } = figure(text);
    expect(figure(text).value).toBe(value);
    expect(low).toBeCloseTo(value - slack - value * 2 ** -23, 12);
    expect(high).toBeCloseTo(value + slack + value * 2 ** -23, 12);
  });

  it('is never negative', () => expect(figure('0.0')).toEqual({ value: 0, low: 0, high: 0.05 }));

  it.each(['', 'high', 'NaN', 'INF', '-0.1'])('refuses %j', (text) =>
    expectBadInput(() => figure(text), 'Line 1'),
  );
});

/** Counts that transactions can have, at least one with the rule. */
const counts = (most: number) =>
  fc
    .tuple(fc.integer({ min: 1, max: most }), fc.nat(most), fc.nat(most), fc.nat(most))
    .map(([both, left, right, rest]) => ({
      counts: { support: both, antecedent: both + left, consequent: both + right },
      all: both + left + right + rest,
    }));

describe('countsFrom', () => {
  it('finds the counts behind figures of full precision', () => {
    fc.assert(
      fc.property(counts(20_000), ({ counts, all }) => {
        const { support, antecedent, consequent } = counts;
        const clues = {
          count: shareOf(figure(String(support / all)), all),
          confidence: figure(String(confidence(support, antecedent))),
          lift: figure(String(lift(support, antecedent, consequent, all))),
        };
        expect(countsFrom(clues, all, 'Line 1')).toEqual(counts);
      }),
    );
  });

  it('finds them in fifteen digits, or in single precision, with or without the supports of both sides', () => {
    const rounded = fc.constantFrom(
      (value: number) => value.toPrecision(15),
      (value: number) => String(Math.fround(value)),
    );
    fc.assert(
      fc.property(counts(1000), rounded, fc.boolean(), ({ counts, all }, write, given) => {
        const { support, antecedent, consequent } = counts;
        const share = (count: number): Figure => shareOf(figure(write(count / all)), all);
        const clues = {
          count: share(support),
          confidence: figure(write(confidence(support, antecedent))),
          lift: figure(write(lift(support, antecedent, consequent, all))),
          antecedent: given ? share(antecedent) : undefined,
          consequent: given ? share(consequent) : undefined,
        };
        expect(countsFrom(clues, all, 'Line 1')).toEqual(counts);
      }),
    );
  });

  it('never objects to rounding, however coarse, where something fits', () => {
    fc.assert(
      fc.property(counts(50), fc.integer({ min: 1, max: 4 }), ({ counts, all }, digits) => {
        const { support, antecedent, consequent } = counts;
        const share = (count: number): Figure => shareOf(figure((count / all).toFixed(digits)), all);
        const clues = {
          count: share(support),
          antecedent: share(antecedent),
          consequent: share(consequent),
          confidence: figure(confidence(support, antecedent).toFixed(digits)),
          lift: figure(lift(support, antecedent, consequent, all).toFixed(digits)),
        };
        expect(() => countsFrom(clues, all, 'Line 1')).not.toThrow();
      }),
    );
  });

  const clues = { count: exactly(3), confidence: figure('0.7500'), lift: figure('1.5000') };

  it('works out the sides', () => {
    expect(countsFrom(clues, 10, 'Line 1')).toEqual({ support: 3, antecedent: 4, consequent: 5 });
  });

  it.each([
    [{ ...clues, count: figure('3.35') }, 'support'],
    [{ ...clues, count: exactly(0) }, 'support'],
    [{ ...clues, count: exactly(11) }, 'support'],
    [{ ...clues, confidence: figure('0.7700') }, 'antecedent'],
    [{ ...clues, confidence: figure('1.2000') }, 'antecedent'],
    [{ ...clues, confidence: figure('0') }, 'antecedent'],
    [{ ...clues, antecedent: exactly(5) }, 'confidence'],
    [{ ...clues, lift: figure('1.4000') }, 'consequent'],
    [{ ...clues, consequent: exactly(6) }, 'lift'],
    [{ ...clues, lift: undefined, consequent: exactly(10) }, 'consequent'],
    [{ ...clues, lift: undefined }, 'neither a lift nor the support of the consequent'],
  ])('refuses %j', (clues, text) => expectBadInput(() => countsFrom(clues, 10, 'Line 7'), 'Line 7', text));
});
