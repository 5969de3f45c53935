import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lastSaleDay, salesCalendar, soldOfLate } from './sales-calendar.ts';
import { anyShop, basketsIn, historiesIn, itemCountOfAny, shopFrom } from './testing/shops.ts';

describe('salesCalendar', () => {
  it('tells of each day how many baskets were before, and of each item when it was bought and how often until then', () => {
    fc.assert(
      fc.property(anyShop, (shop) => {
        const { firstDay, basketsBefore, offsets, days, salesUntil } = salesCalendar(shop);
        const baskets = basketsIn(shop);
        const allDays = baskets.map(({ day }) => day);
        expect(firstDay).toBe(baskets.length === 0 ? 0 : Math.min(...allDays));
        const span = baskets.length === 0 ? 0 : Math.max(...allDays) - firstDay + 1;
        expect(basketsBefore).toHaveLength(span + 1);
        basketsBefore.forEach((count, d) => {
          expect(count).toBe(allDays.filter((day) => day < firstDay + d).length);
        });
        for (let item = 0; item < itemCountOfAny; item++) {
          const sales = baskets.filter(({ items }) => items.includes(item)).map(({ day }) => day);
          const own = [...days.subarray(offsets[item], offsets[item + 1])];
          expect(own).toEqual([...new Set(sales)].sort((a, b) => a - b));
          expect([...salesUntil.subarray(offsets[item], offsets[item + 1])]).toEqual(
            own.map((day) => sales.filter((one) => one <= day).length),
          );
        }
      }),
    );
  });

  it('tells which share of the known buyers came back for an item, drawn towards 0', () => {
    fc.assert(
      fc.property(anyShop, (shop) => {
        const { again } = salesCalendar(shop);
        for (let item = 0; item < itemCountOfAny; item++) {
          const times = historiesIn(shop).map(
            (baskets) => baskets.filter((basket) => basket.includes(item)).length,
          );
          const share = times.filter((n) => n > 1).length / (times.filter((n) => n > 0).length + 3);
          expect(again[item]).toBe(Math.fround(share));
        }
      }),
    );
  });

  it('knows days before 1970', () => {
    const baskets = [
      { customer: 0, day: -3, items: [0] },
      { customer: -1, day: -1, items: [0] },
    ];
    const { firstDay, basketsBefore, days } = salesCalendar(shopFrom(baskets, 1));
    expect(firstDay).toBe(-3);
    expect([...basketsBefore]).toEqual([0, 1, 1, 2]);
    expect([...days]).toEqual([-3, -1]);
  });
});

describe('soldOfLate', () => {
  it('agrees with counting the baskets of the newest days one by one', () => {
    fc.assert(
      fc.property(anyShop, fc.integer({ min: 1, max: 40 }), (shop, days) => {
        const calendar = salesCalendar(shop);
        const first = lastSaleDay(calendar) - days + 1;
        const late = basketsIn(shop).filter(({ day }) => day >= first);
        for (let item = 0; item < itemCountOfAny; item++)
          expect(soldOfLate(calendar, item, days)).toBe(
            late.filter(({ items }) => items.includes(item)).length,
          );
      }),
    );
  });
});
