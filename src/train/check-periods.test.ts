import { describe, it } from 'vitest';
import { expectBadInput } from '../rules/formats/testing/rule-sets.ts';
import { checkPeriods } from './check-periods.ts';

/** 1970-01-02, twice 1970-01-03, 1970-01-10 and three times 1970-01-11. */
const days = Int32Array.of(1, 2, 2, 9, 10, 10, 10);

const period = (name: string, from: number, to: number) => {
  const text = (day: number) => new Date(day * 86_400_000).toISOString().slice(0, 10);
  return { name, from: text(from), to: text(to) };
};

describe('checkPeriods', () => {
  it('passes what has two orders inside and outside, first and last day included', () => {
    checkPeriods(days, []);
    checkPeriods(days, [period('fair', 1, 2)]);
    checkPeriods(days, [period('fair', 2, 2), period('sale', 9, 10)]);
    // One against the other.
    checkPeriods(days, [period('fair', 0, 8), period('sale', 9, 10)]);
    checkPeriods(new Int32Array(0), []);
  });

  it.each<[ReturnType<typeof period>[], ...string[]]>([
    [[period('fair', 1, 1)], '"fair" (1970-01-02 to 1970-01-02) has 1 order, too few', 'at least 2'],
    [[period('fair', 1, 2), period('sale', 3, 8)], '"sale"', 'no orders', 'of 1970-01-02 to 1970-01-11'],
    [[period('year', 0, 300)], '"year"', 'leaves no orders outside', 'nothing to hold it against'],
    [[period('most', 2, 300)], 'leaves 1 order outside', 'leave it out'],
  ])('refuses %j', (periods, ...texts) => {
    expectBadInput(() => checkPeriods(days, periods), ...texts);
  });
});
