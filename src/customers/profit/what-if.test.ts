import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyLedger, ledgerOf } from '../testing/ledger.ts';
import { type CustomerDrivers, orderingCustomers } from './drivers.ts';
import { driversOf } from './drivers-of.ts';
import { profitOf } from './profit.ts';
import type { CostRates } from './rates.ts';
import { fewerOrders, minimumOrder, smallOrderFee } from './small-order-questions.ts';
import { allBases, driverOf, ratesOf } from './testing/rates.ts';
import { fewerReturns, turnDrains, type WhatIfInput } from './what-if.ts';

const rates = ratesOf(
  allBases.map((basis, at) => driverOf(basis, 1 + at / 4)),
  { returnedGoodsLost: 0.25 },
);

function inputOf(drivers: CustomerDrivers, costs: CostRates): WhatIfInput {
  return { drivers, rates: costs, profits: profitOf(drivers, costs), customers: orderingCustomers(drivers) };
}

const total = (values: Float64Array, customers: Int32Array): number =>
  customers.reduce((sum, c) => sum + values[c]!, 0);

/** Anna has orders of 12, 9, 9 and 50; Ben one of 4. Goods cost half, an order 5. */
const shop = driversOf(
  ledgerOf({
    customers: {
      anna: [12, 9, 9, 50].map((price, day) => ({
        day,
        lines: [{ product: 'mug', price, cost: price / 2 }],
      })),
      ben: [{ day: 3, lines: [{ product: 'mug', price: 4, cost: 2 }] }],
    },
  }),
  { orderBounds: [10], smallOrderUnder: 20 },
);
const perOrder = ratesOf([driverOf({ per: 'order' }, 5)]);
const input = inputOf(shop, perOrder);

describe('fewerOrders', () => {
  it('puts small orders together', () => {
    // Anna's 30 make one order of 20 or more instead of three; Ben's 4 stay one.
    expect(fewerOrders(input, { under: 20 })).toMatchObject({
      kind: 'fewer-orders',
      inputs: { under: 20, accepted: 1 },
      profitBefore: 42 - 25,
      profitAfter: 42 - 15,
      change: 10,
      changeShare: 10 / 17,
      customers: 1,
    });
    expect(fewerOrders(input, { under: 10 }).change).toBe(5);
    expect(fewerOrders(input, { under: 20, accepted: 0.5 }).change).toBe(5);
  });

  it('is the profit of the same goods in fewer orders', () => {
    fc.assert(
      fc.property(anyLedger(), (ledger) => {
        const drivers = driversOf(ledger, { smallOrderUnder: 15 });
        const asked = inputOf(drivers, rates);
        const [small, revenue] = [
          drivers.orderSizes.ordersUnder.at(-1)!,
          drivers.orderSizes.revenueUnder.at(-1)!,
        ];
        const under = drivers.orderSizes.bounds.at(-1)!;
        const orders = drivers.orders.map((count, c) => {
          const rest = count - small[c]!;
          return rest + Math.min(small[c]!, Math.max(1, Math.floor(revenue[c]! / under)));
        });
        const { profit } = profitOf({ ...drivers, orders }, rates);
        expect(fewerOrders(asked, { under }).profitAfter).toBeCloseTo(total(profit, asked.customers), 7);
      }),
    );
  });
});

describe('minimumOrder', () => {
  it('raises orders to the bound, or loses them', () => {
    // The small orders bring 34 and cost 17 and 4 · 5: to lose them all gains 3.
    expect(minimumOrder(input, { under: 20, raised: 0 }).change).toBeCloseTo(3, 12);
    // At 20 each they bring 80, and half of the 46 more is earned.
    expect(minimumOrder(input, { under: 20, raised: 1 }).change).toBeCloseTo(23, 12);
    const half = minimumOrder(input, { under: 20, raised: 0.5 });
    expect(half).toMatchObject({ change: 13, customers: 2, inputs: { under: 20, raised: 0.5, lost: 0.5 } });
    expect(half.assumptions[0]).toBe(
      '50 % of the orders of less than 20 are raised to it by more goods; 50 % are lost.',
    );
  });

  it('does not let a small order answer for what was sent back of others', () => {
    // Anna has bought for 100 and 10, and sent back goods of 100 and, from before the ledger begins, of 300 in all.
    const mug = (price: number, quantity = 1) => ({ product: 'mug', price, cost: price / 2, quantity });
    const back = (price: number) => ({ day: 5, lines: [mug(price, -1)] });
    const bought = [100, 10].map((price, day) => ({ day, lines: [mug(price)] }));
    const lostOf = (returned: number): number => {
      const ledger = ledgerOf({ customers: { anna: [...bought, back(returned)] } });
      const drivers = driversOf(ledger, { smallOrderUnder: 20, orderBounds: [20] });
      return minimumOrder(inputOf(drivers, perOrder), { under: 20, raised: 0 }).change;
    };
    // Goods are as good as new: of 110 bought and 100 returned stays a margin of 5, of which the small order's share is 5 / 11.
    expect(lostOf(100)).toBeCloseTo(5 - 5 / 11, 12);
    // Nothing of a margin stays, and nothing is gained but the costs of the order.
    expect(lostOf(300)).toBeCloseTo(5, 12);
  });
});

describe('smallOrderFee', () => {
  it('brings its fee from each small order', () => {
    expect(smallOrderFee(input, { under: 20, fee: 2 })).toMatchObject({ change: 8, customers: 2 });
    expect(smallOrderFee(input, { under: 20, fee: 2, accepted: 0.5 }).change).toBeCloseTo(4 + 1.5, 12);
  });
});

describe('fewerReturns', () => {
  it('is the profit of what was never given back', () => {
    fc.assert(
      fc.property(anyLedger(), fc.integer({ min: 0, max: 100 }), (ledger, percent) => {
        const drivers = driversOf(ledger, { smallOrderUnder: 15 });
        const asked = inputOf(drivers, rates);
        const none = new Float64Array(drivers.orders.length);
        const kept = profitOf(
          {
            ...drivers,
            returnDocuments: Int32Array.from(none),
            returnedLines: Int32Array.from(none),
            returnedUnits: none,
            // What was credited without goods coming back stays so.
            returnedValue: drivers.credited,
            returnedGoodsCost: none,
            returnedUncosted: none,
          },
          rates,
        );
        const before = total(asked.profits.profit, asked.customers);
        const after = total(kept.profit, asked.customers);
        const { change } = fewerReturns(asked, { share: percent / 100 });
        expect(change).toBeCloseTo(((after - before) * percent) / 100, 7);
      }),
    );
  });
});

describe('turnDrains', () => {
  it('raises profit by 40 % where a fifth of the drains turns', () => {
    // A distributor as in the mission (R14): peaks make 140 % of the profit, drains consume 47 %, and have revenue enough.
    const profits = {
      ...input.profits,
      spent: Float64Array.of(700, 765, 108),
      profit: Float64Array.of(140, -47, 7),
    };
    const asked = { ...input, profits, customers: Int32Array.of(0, 1, 2) };
    const tier = Int8Array.of(0, 1, 2);
    const fifth = turnDrains(asked, { share: 0.2, tier });
    expect(fifth.changeShare).toBeCloseTo(0.4, 12);
    expect(fifth).toMatchObject({ profitBefore: 100, profitAfter: 140, customers: 1 });
    expect(fifth.assumptions[0]).toBe(
      '20 % of the drains make 20 % of their revenue before returns, as the peaks do.',
    );
    const noPeaks = turnDrains(asked, { share: 0.2, tier: Int8Array.of(2, 1, 2) });
    expect(noPeaks.change).toBe(0);
    expect(noPeaks.assumptions[0]).toContain('no peaks');
  });
});

describe('questions that cannot be asked', () => {
  it.each([
    ['a bound not counted', () => fewerOrders(input, { under: 15 })],
    ['a share above 1', () => minimumOrder(input, { under: 20, raised: 1.5 })],
    ['a negative fee', () => smallOrderFee(input, { under: 20, fee: -1 })],
    ['an infinite fee', () => smallOrderFee(input, { under: 20, fee: Number.POSITIVE_INFINITY })],
    ['a negative share', () => fewerReturns(input, { share: -0.1 })],
    ['no share', () => turnDrains(input, { share: Number.NaN, tier: Int8Array.of(0, 1) })],
  ])('are refused: %s', (_, ask) => {
    expect(ask).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });

  it('have no share of a loss', () => {
    const dear = inputOf(shop, ratesOf([driverOf({ per: 'order' }, 50)]));
    expect(fewerOrders(dear, { under: 20 })).toMatchObject({ changeShare: null, change: 100 });
  });
});
