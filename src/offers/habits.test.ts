import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { againSoon, type Bought, habitOf, habitsOf } from './habits.ts';

function boughtOn(days: Readonly<Record<number, readonly number[]>>): Bought {
  const baskets = Object.entries(days).map(([day, items]) => ({ day: Number(day), items }));
  let end = 0;
  return {
    items: Int32Array.from(baskets.flatMap(({ items }) => items)),
    starts: Int32Array.from([0, ...baskets.map(({ items }) => (end += items.length))]),
    days: Int32Array.from(baskets, ({ day }) => day),
  };
}

const bread = 1;
const salt = 2;

describe('habits', () => {
  const bought = boughtOn({ 10: [bread, salt], 17: [bread], 24: [bread] });

  it('tell how often, at what distance and how long ago', () => {
    expect(habitOf(bought, bread, 30)).toEqual({ times: 3, every: 7, since: 6 });
    expect(habitOf(bought, salt, 30)).toEqual({ times: 1, every: Number.NaN, since: 20 });
    expect(habitOf(bought, 5, 30).times).toBe(0);
  });

  it('are the same for all items at once', () => {
    const purchases = fc
      .uniqueArray(fc.nat(60), { maxLength: 8 })
      .chain((days) =>
        fc.tuple(
          ...days
            .sort((a, b) => a - b)
            .map((day) => fc.tuple(fc.constant(day), fc.uniqueArray(fc.nat(4), { maxLength: 4 }))),
        ),
      );
    fc.assert(
      fc.property(purchases, fc.nat(30), (days, later) => {
        const bought = boughtOn(Object.fromEntries(days));
        const habits = habitsOf(bought, 60 + later);
        for (let item = 0; item < 5; item++) {
          const habit = habitOf(bought, item, 60 + later);
          expect(habits.get(item)).toEqual(habit.times === 0 ? undefined : habit);
        }
      }),
    );
  });
});

describe('againSoon', () => {
  it('is largest when it is due, and nothing after one purchase', () => {
    const at = (since: number) => againSoon({ times: 5, every: 28, since });
    expect(at(28)).toBeCloseTo(1 - Math.exp(-7 / 28), 12);
    expect(at(14)).toBe(at(28));
    expect(at(7)).toBe(at(28) / 2);
    expect(at(0)).toBe(0);
    expect(at(56)).toBe(at(28) / 2);
    expect(againSoon({ times: 1, every: Number.NaN, since: 28 })).toBe(0);
  });

  it('is a probability whatever the clock says', () => {
    fc.assert(
      fc.property(
        fc.nat(50),
        fc.double({ min: 0, max: 1000, noNaN: true }),
        fc.integer(),
        (times, every, since) => {
          const soon = againSoon({ times, every, since });
          expect(soon >= 0 && soon <= 1).toBe(true);
        },
      ),
    );
  });
});
