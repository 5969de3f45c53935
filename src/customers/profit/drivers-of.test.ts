import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyLedger, ledgerOf } from '../testing/ledger.ts';
import { orderingCustomers, revenueOf } from './drivers.ts';
import { driversOf } from './drivers-of.ts';
import { drivers, shop } from './testing/shop.ts';

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

describe('driversOf', () => {
  it('counts what serving took', () => {
    expect(drivers).toMatchObject({
      orders: Int32Array.of(2, 1, 0),
      returnDocuments: Int32Array.of(1, 0, 1),
      lines: Int32Array.of(3, 1, 0),
      units: Float64Array.of(13, 4, 0),
      kilograms: Float64Array.of(4, 1.6, 0),
      unweighedUnits: Float64Array.of(3, 0, 0),
      returnedLines: Int32Array.of(1, 0, 1),
      returnedUnits: Float64Array.of(3, 0, 1),
      sales: Float64Array.of(84, 0, 0),
      discount: Float64Array.of(4, 0, 0),
      returnedValue: Float64Array.of(15, 0, 10),
      credited: Float64Array.of(0, 0, 0),
      goodsCost: Float64Array.of(20, 0, 0),
      uncosted: Float64Array.of(28, 0, 0),
      returnedGoodsCost: Float64Array.of(6, 0, 0),
      returnedUncosted: Float64Array.of(0, 0, 10),
    });
    expect([...orderingCustomers(drivers)]).toEqual([0, 1]);
    expect([...revenueOf(drivers)]).toEqual([65, 0, -10]);
  });

  it('tells what is taken off, given back with goods, and given back without', () => {
    const back = (product: string, price: number) => ({ product, price, quantity: -1 });
    const ledger = ledgerOf({
      customers: {
        anna: [
          { day: 1, lines: [{ product: 'mug', price: 50 }, back('manual', 5)] },
          { day: 2, lines: [back('mug', 20), back('manual', 3)] },
          { day: 3, lines: [back('manual', 7)] },
          { day: 4, lines: [{ product: 'mug', price: 9 }, back('mug', 8), back('manual', 1)] },
        ],
      },
      products: { manual: { fee: true } },
    });
    const corrected = driversOf(ledger);
    expect(corrected).toMatchObject({
      orders: Int32Array.of(2),
      // Nobody handles a correction as a return.
      returnDocuments: Int32Array.of(1),
      returnedLines: Int32Array.of(2),
      discount: Float64Array.of(5),
      returnedValue: Float64Array.of(20 + 3 + 7 + 8 + 1),
      credited: Float64Array.of(7),
      returnedUncosted: Float64Array.of(28),
    });
    expect([...revenueOf(corrected)]).toEqual([15]);
  });

  it('counts small orders', () => {
    expect([...drivers.orderSizes.bounds]).toEqual([10, 50]);
    // The order of unknown price counts as one of nothing.
    expect(drivers.orderSizes.ordersUnder.map((under) => [...under])).toEqual([
      [1, 1, 0],
      [1, 1, 0],
    ]);
    expect(drivers.orderSizes.revenueUnder.map((under) => [...under])).toEqual([
      [8, 0, 0],
      [8, 0, 0],
    ]);
    expect(drivers.totals).toEqual({
      typicalOrder: 40,
      smallOrderUnder: 10,
      unpricedLines: 1,
      costedSales: 50,
      costOfCosted: 20,
      withoutColumn: 0,
    });
  });

  it('counts orders by channel and fee, and events by kind', () => {
    const columns = drivers.counts.map(({ source, name, counts }) => [source, name, ...counts]);
    expect(columns).toEqual([
      ['channel', 'express', 1, 0, 0],
      ['channel', 'web', 0, 1, 0],
      ['fee', 'postage', 1, 0, 0],
      ['event', 'complaint', 1, 0, 1],
      ['event', 'visit', 1, 0, 0],
    ]);
    expect(drivers.counts.every(({ counts }) => counts instanceof Uint8Array)).toBe(true);
  });

  it('keeps the thirty kinds of events that are most frequent', () => {
    const events = Array.from({ length: 35 }, (_, kind) =>
      Array.from({ length: kind < 5 ? 1 : 2 }, () => ({ day: 1, kind: `kind ${kind}` })),
    ).flat();
    const busy = driversOf(
      ledgerOf({ customers: { anna: [{ day: 1, lines: ['mug'] }] }, events: { anna: events } }),
    );
    expect(busy.counts.map(({ counts }) => counts[0])).toEqual(new Array(30).fill(2));
    expect(busy.totals.withoutColumn).toBe(5);
  });

  it('chooses bounds from the orders', () => {
    const orders = Array.from({ length: 101 }, (_, i) => ({
      day: i,
      lines: [{ product: 'mug', price: 100 + i * 1.27 }],
    }));
    const { orderSizes, totals } = driversOf(ledgerOf({ customers: { anna: orders } }));
    expect([...orderSizes.bounds]).toEqual([110, 130, 160]);
    expect(totals).toMatchObject({ smallOrderUnder: 130, typicalOrder: 163.5 });
    const empty = driversOf(ledgerOf({ customers: {} }));
    expect(empty.orderSizes.bounds).toHaveLength(0);
    expect(empty.totals).toMatchObject({ smallOrderUnder: null, typicalOrder: null });
  });

  it('adds up to the revenue of all lines', () => {
    fc.assert(
      fc.property(anyLedger(), (ledger) => {
        const { quantity, price, discount } = ledger.lines;
        const revenues = quantity.map((units, at) => units * price[at]! - discount[at]!);
        const expected = sum(revenues.filter((revenue) => !Number.isNaN(revenue)));
        expect(sum(revenueOf(driversOf(ledger)))).toBeCloseTo(expected, 8);
      }),
    );
  });

  it.each([{ smallOrderUnder: 0 }, { orderBounds: [5, Number.NaN] }, { orderBounds: new Array(9).fill(1) }])(
    'refuses bounds such as %j',
    (settings) => {
      expect(() => driversOf(shop, settings)).toThrow(expect.objectContaining({ code: 'bad-input' }));
    },
  );
});
