import { describe, expect, it } from 'vitest';
import { ledgerOf } from '../testing/ledger.ts';
import { adjustedRates } from './adjusted-rates.ts';
import { orderingCustomers } from './drivers.ts';
import { driversOf } from './drivers-of.ts';
import { marginAhead } from './margin-ahead.ts';
import { profitOf } from './profit.ts';

/** Nothing is paid but for goods, and half of what returned goods cost is lost. */
const free = {
  returnedGoodsLost: 0.5,
  drivers: [
    'picking-per-line',
    'picking-per-unit',
    'packing-per-order',
    'shipping-per-order',
    'return-per-document',
    'return-per-line',
  ].map((id) => ({ id, rate: 0 })),
};

function marginsOf(customers: Parameters<typeof ledgerOf>[0]['customers']): number[] {
  const drivers = driversOf(ledgerOf({ today: 99, customers }));
  const profits = profitOf(drivers, adjustedRates(drivers, free));
  return [...marginAhead(orderingCustomers(drivers), drivers, profits)];
}

describe('marginAhead', () => {
  it("draws a customer's margin to the shop's by five typical orders", () => {
    const order = (day: number, cost: number) => ({ day, lines: [{ product: 'tea', price: 100, cost }] });
    const [anna, ben] = marginsOf({
      anna: Array.from({ length: 5 }, (_, day) => order(day, 20)),
      ben: Array.from({ length: 15 }, (_, day) => order(day, 60)),
    });
    // All: 2,000 spent, 400 + 600 earned, so 0.5; five orders of 100 beside each one's own.
    expect(anna).toBeCloseTo((400 + 250) / (500 + 500), 12);
    expect(ben).toBeCloseTo((600 + 250) / (1500 + 500), 12);
  });

  it('stays near that of the shop for who has sent nearly everything back', () => {
    const line = { product: 'tea', price: 100, cost: 50 };
    const [, ben] = marginsOf({
      anna: Array.from({ length: 9 }, (_, day) => ({ day, lines: [line] })),
      ben: [
        { day: 1, lines: [line] },
        { day: 2, lines: [{ ...line, quantity: -0.999999999 }] },
      ],
    });
    // Anna kept 900 and 450 − 25 was earned; Ben lost 25 and kept nothing.
    expect(ben).toBeCloseTo((-25 + (425 / 900) * 500) / 500, 6);
  });

  it('is not made by one huge order that was taken back', () => {
    const line = { product: 'tea', price: 100, cost: 50 };
    const [, ben] = marginsOf({
      anna: Array.from({ length: 99 }, (_, day) => ({ day, lines: [line] })),
      ben: [
        { day: 1, lines: [{ ...line, quantity: 1000 }] },
        { day: 2, lines: [{ ...line, quantity: -1000 }] },
      ],
    });
    // 25,000 of 100,000 were lost, which counts as 25 of a typical order: not a thousand of those, but the one that it was.
    const shop = (99 * 50 - 25_000) / 9900;
    expect(ben).toBeCloseTo((-25 + shop * 500) / 500, 9);
  });

  it('counts what was bought before the ledger begins and came back by no more either', () => {
    const line = { product: 'tea', price: 100, cost: 50 };
    const [, ben] = marginsOf({
      anna: Array.from({ length: 99 }, (_, day) => ({ day, lines: [line] })),
      ben: [
        { day: 1, lines: [{ ...line, quantity: -10 }] },
        { day: 2, lines: [line] },
      ],
    });
    // A tenth of 50 − 10 × 75; nothing was kept.
    const shop = (99 * 50 - 700) / 9900;
    expect(ben).toBeCloseTo((-70 + shop * 500) / 500, 9);
  });

  it('is not a number where nothing was sold', () => {
    expect(marginsOf({ anna: [{ day: 1, lines: [{ product: 'tea', price: 0 }] }] })).toEqual([Number.NaN]);
  });
});
