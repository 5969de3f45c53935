import { describe, expect, it } from 'vitest';
import type { ForecastError } from './forecast-error.ts';
import { type HoldOutOutcome, holdOutSentence } from './hold-out-words.ts';

const error = (meanAbsolute: number, rootMeanSquare: number, bias: number | null = 0.1): ForecastError => ({
  ...{ expected: 3424.4, meanAbsolute, rootMeanSquare, bias },
});

const outcome = (model: ForecastError, more: Partial<HoldOutOutcome> = {}): HoldOutOutcome => ({
  ...{ weeks: 93 / 7, customers: 3357, actual: 4567, isMethodInService: true },
  errors: { model, sameRate: error(0.93, 1.58, -0.3), meanRate: error(1.26, 2.32, 0.001) },
  ...more,
});

describe('a hold-out in words', () => {
  it('tells bias and error beside those of the simple forecasts', () => {
    expect(holdOutSentence(outcome(error(0.96, 1.55, -0.25)))).toBe(
      'In the last 13.3 weeks the 3,357 customers known before came on 4,567 days. The method in service, fitted ' +
        'without them, expected 3,424 (25 % too few). It was out by 0.96 days a customer on average; that each goes on as ' +
        'before, by 0.93 (30 % too few); that all buy alike, by 1.26 (as many as came). By this it did no better than to say ' +
        'that each goes on as before; by the root mean square, which minds large errors, it did better than either.',
    );
  });

  it.each([
    [0.9, 1.5, /days a customer.*\. It did better than either\.$/],
    [0.9, 1.6, /but not by the root mean square/],
    [0.95, 1.6, /So it did no better than to say that each goes on as before\.$/],
  ])('says what is better at %d on average and %d in squares', (average, squares, words) => {
    expect(holdOutSentence(outcome(error(average, squares)))).toMatch(words);
  });

  it('says when it is of another method, and when there is nothing to say', () => {
    const of = (more: Partial<HoldOutOutcome>): string => holdOutSentence(outcome(error(1, 2, null), more));
    expect(of({ isMethodInService: false })).toMatch(
      /too short.*another one, fitted to it, expected 3,424\. /,
    );
    expect(of({ customers: 0 })).toMatch(/Nobody had bought/);
  });
});
