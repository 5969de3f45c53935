import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { firstDayAt, leftChance, orderClass } from './rhythm-watch.ts';

describe('firstDayAt', () => {
  it('finds the first day, or one half a per cent later at most', () => {
    const shape = fc.double({ min: 0.2, max: 8, noNaN: true });
    const scale = fc.double({ min: 1, max: 500, noNaN: true });
    const share = fc.double({ min: 0.001, max: 0.9, noNaN: true });
    fc.assert(
      fc.property(shape, scale, share, (power, days, level) => {
        const figure = (at: number): number => Math.exp(-((at / days) ** power));
        const found = firstDayAt(figure, level);
        let first = 1;
        while (first <= 3652 && figure(first) > level) first++;
        if (first > 3652) expect(found).toBe(-1);
        else {
          expect(found).toBeGreaterThanOrEqual(first);
          expect(found).toBeLessThanOrEqual(Math.max(first + 1, Math.ceil(1.006 * first)));
        }
      }),
    );
  });

  it('needs no day where there is nothing to wait for', () => {
    expect(firstDayAt(() => 0, 0.1)).toBe(1);
    expect(firstDayAt(() => 1, 0.1)).toBe(-1);
  });
});

it('holds a silence against the chance that the order was the last', () => {
  expect(leftChance(0.1, 1)).toBeCloseTo(0.1, 12);
  expect(leftChance(0.1, 0)).toBe(1);
  expect(leftChance(0.5, 0.25)).toBeCloseTo(0.8, 12);
});

it('takes orders together', () => {
  expect([1, 2, 3, 4, 5, 8, 9, 16, 17, 999].map(orderClass)).toEqual([0, 1, 2, 2, 3, 3, 4, 4, 5, 5]);
});
