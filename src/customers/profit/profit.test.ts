import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customerCount } from '../ledger.ts';
import { anyLedger } from '../testing/ledger.ts';
import { driversOf } from './drivers-of.ts';
import { lineProfits } from './line-profits.ts';
import { profitOf } from './profit.ts';
import { knownRates, unknownNames } from './rates.ts';
import { allBases, driverOf, ratesOf } from './testing/rates.ts';
import { drivers, shop } from './testing/shop.ts';

const anyRates = fc
  .record({
    rates: fc.array(fc.nat(500), { minLength: allBases.length, maxLength: allBases.length }),
    goodsCostShare: fc.nat(100),
    returnedGoodsLost: fc.nat(100),
  })
  .map(({ rates, goodsCostShare, returnedGoodsLost }) =>
    ratesOf(
      allBases.map((basis, at) => driverOf(basis, rates[at]! / 100)),
      { goodsCostShare: goodsCostShare / 100, returnedGoodsLost: returnedGoodsLost / 100 },
    ),
  );

const sum = (values: Iterable<number>): number => [...values].reduce((total, value) => total + value, 0);

describe('profitOf', () => {
  it('takes goods and each driver off the revenue', () => {
    const rates = ratesOf(
      [
        driverOf({ per: 'order' }, 3),
        driverOf({ per: 'kilogram' }, 0.5),
        driverOf({ per: 'channel', names: ['express', 'web'] }, 7),
        driverOf({ per: 'return' }, 4),
        driverOf({ per: 'event', names: ['complaint'] }, 2),
      ],
      { returnedGoodsLost: 0.25 },
    );
    const { goodsCost, assumedGoodsCost, costs, costToServe, profit } = profitOf(drivers, rates);
    // Anna: 20 known and half of 28 assumed, less three quarters of the 6 that came back.
    expect([goodsCost[0], assumedGoodsCost[0]]).toEqual([29.5, 14]);
    expect(costs.map((cost) => cost[0])).toEqual([6, 2, 7, 4, 2]);
    expect(costToServe[0]).toBe(21);
    expect(profit[0]).toBe(65 - 29.5 - 21);
    expect([profit[1], profit[2]]).toEqual([-(3 + 0.8 + 7), -10 + 3.75 - 6]);
  });

  it('calls no cost assumed that the shop has stated the share of', () => {
    const rates = ratesOf([], { isGoodsCostShareAssumed: false });
    const { goodsCost, assumedGoodsCost } = profitOf(drivers, rates);
    expect([goodsCost[0], assumedGoodsCost[0]]).toEqual([20 + 14 - 6, 0]);
    expect([...lineProfits(shop, 0, rates).isAssumed]).toEqual([0, 0, 0, 0, 0]);
  });

  it('has the revenue before anything came back', () => {
    expect([...profitOf(drivers, ratesOf([])).spent]).toEqual([80, 0, 0]);
  });

  it('is linear in rates', () => {
    fc.assert(
      fc.property(anyLedger(), anyRates, (ledger, rates) => {
        const columns = driversOf(ledger);
        const doubled = {
          ...rates,
          drivers: rates.drivers.map((one) => ({ ...one, rate: 2 * one.rate })),
        };
        const [once, twice] = [profitOf(columns, rates), profitOf(columns, doubled)];
        once.profit.forEach((profit, c) => {
          expect(twice.profit[c]).toBeCloseTo(profit - once.costToServe[c]!, 8);
        });
      }),
    );
  });

  it.each([
    ['a negative rate', ratesOf([driverOf({ per: 'order' }, -1)])],
    ['a rate that is no number', ratesOf([driverOf({ per: 'order' }, Number.NaN)])],
    ['an infinite rate', ratesOf([driverOf({ per: 'order' }, Number.POSITIVE_INFINITY)])],
    [
      'two drivers of one id',
      ratesOf([driverOf({ per: 'order' }, 1, 'a'), driverOf({ per: 'line' }, 1, 'a')]),
    ],
    ['a share of goods above 1', ratesOf([], { goodsCostShare: 1.1 })],
    ['a negative share lost', ratesOf([], { returnedGoodsLost: -0.1 })],
  ])('refuses %s', (_, rates) => {
    expect(() => profitOf(drivers, rates)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });

  it('names what rates are paid for in vain', () => {
    const rates = ratesOf([driverOf({ per: 'channel', names: ['web', 'telex'] }, 1, 'haste')]);
    expect(unknownNames(rates, drivers)).toEqual([{ driver: 'haste', name: 'telex' }]);
    expect(knownRates(rates, drivers).drivers[0]!.basis).toEqual({ per: 'channel', names: ['web'] });
  });
});

describe('lineProfits', () => {
  it('adds up to the profit of the customer, driver by driver', () => {
    fc.assert(
      fc.property(anyLedger(), anyRates, (ledger, rates) => {
        const nameOf = (product: number): string => ledger.productCodes[product]!;
        const columns = driversOf(ledger, { feeName: nameOf });
        const byCustomer = profitOf(columns, rates);
        for (let c = 0; c < customerCount(ledger); c++) {
          const byLine = lineProfits(ledger, c, knownRates(rates, columns), nameOf);
          expect(sum(byLine.revenue)).toBeCloseTo(byCustomer.revenue[c]!, 8);
          expect(sum(byLine.goodsCost)).toBeCloseTo(byCustomer.goodsCost[c]!, 8);
          expect(sum(byLine.profit) - byLine.notBorne).toBeCloseTo(byCustomer.profit[c]!, 8);
          byLine.costs.slice(0, -1).forEach((cost, at) => {
            expect(sum(cost)).toBeCloseTo(byCustomer.costs[at]![c]!, 8);
          });
          if (columns.orders[c]! > 0) expect(byLine.notBorne).toBe(0);
        }
      }),
    );
  });

  it('shares what an order costs among its goods', () => {
    const rates = ratesOf([
      driverOf({ per: 'order' }, 3),
      driverOf({ per: 'return' }, 4),
      driverOf({ per: 'event', names: ['complaint', 'visit'] }, 2),
    ]);
    const { costs, profit, isAssumed, firstLine } = lineProfits(shop, 0, rates);
    expect(firstLine).toBe(0);
    expect(costs.map((cost) => [...cost])).toEqual([
      [1.5, 1.5, 0, 0, 3],
      [0, 0, 0, 4, 0],
      // The complaint of day 5 goes to the order of day 1, the visit of day 20 to that of day 9.
      [1, 1, 0, 0, 2],
    ]);
    expect([...isAssumed]).toEqual([0, 1, 0, 0, 1]);
    expect([...profit]).toEqual([46 - 20 - 2.5, 20 - 10 - 2.5, 6, -15 + 6 - 4, 8 - 4 - 5]);
  });

  it('says what no line bears', () => {
    const rates = ratesOf([driverOf({ per: 'event', names: ['complaint'] }, 2)]);
    expect(lineProfits(shop, 2, rates).notBorne).toBe(2);
  });
});
