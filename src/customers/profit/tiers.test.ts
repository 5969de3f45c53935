import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { tiersOf } from './tiers.ts';

const of = (...values: number[]): Float64Array => Float64Array.from(values);
const inputOf = (revenue: Float64Array, profit: Float64Array, spent = revenue) => ({
  spent,
  revenue,
  profit,
  goodsCost: revenue.map(() => 2),
  assumedGoodsCost: revenue.map(() => 1),
});
const all = (values: Float64Array): Int32Array => Int32Array.from(values.keys());

/**
 * A distributor of 100 customers: 18 peaks, 28 drains, 54 deserts. 18 % made 140 % of the profit and 28 % consumed 47 %
 * (Byrnes, as the mission of the project quotes him).
 */
const distributor = {
  revenue: of(...new Array(18).fill(700 / 18), ...new Array(28).fill(765 / 28), ...new Array(54).fill(2)),
  profit: of(...new Array(18).fill(140 / 18), ...new Array(28).fill(-47 / 28), ...new Array(54).fill(7 / 54)),
};

describe('tiersOf', () => {
  it("finds Byrnes' peaks, drains and deserts", () => {
    const { revenue, profit } = distributor;
    const { tier, report } = tiersOf(all(revenue), inputOf(revenue, profit), { minRevenue: 20 });
    expect(report.rows.map(({ customers }) => customers)).toEqual([18, 28, 54]);
    expect(report.sentences).toEqual([
      '18 % of the customers (peaks) made 140 % of the profit.',
      '28 % of the customers (drains) consumed 47 % of the profit.',
      '54 % of the customers (deserts) made 7 % of the profit.',
    ]);
    expect([tier[0], tier[18], tier[99]]).toEqual([0, 1, 2]);
    expect(report.rows[0]).toMatchObject({ profitRate: expect.closeTo(0.2, 12), assumedGoodsShare: 0.5 });
  });

  it('calls large who bring most of the revenue, and high what is half of the usual profit', () => {
    const revenue = of(50, 20, 10, 8, 7, 5);
    const profit = of(10, 1, 2, -1, 3, 0);
    const { tier, report } = tiersOf(all(revenue), inputOf(revenue, profit));
    // 50 + 20 + 10 are 80 %; the shop makes 15 %, so 7.5 % is enough.
    expect(report.cutOffs).toMatchObject({ minRevenue: 10, minProfitRate: 0.075 });
    expect([...tier]).toEqual([0, 1, 0, 2, 2, 2]);
    expect(report.cutOffs.definition).toContain(
      '80 % of the revenue before returns together, from 10 of revenue before returns on',
    );
    expect(tiersOf(all(revenue), inputOf(revenue, profit), { minProfitRate: 0.01 }).tier[1]).toBe(0);
    expect(tiersOf(all(revenue), inputOf(revenue, profit), { largeRevenueShare: 0.5 }).tier[1]).toBe(2);
  });

  it('has those who send back what they buy among the large', () => {
    // The first sent everything back and more, the second half of it.
    const [spent, revenue] = [of(100, 60, 20, 20), of(-10, 30, 20, 20)];
    const { tier, report } = tiersOf(all(spent), inputOf(revenue, of(-40, 5, 8, 7), spent));
    // 100 + 60 are 80 %.
    expect(report.cutOffs).toMatchObject({ minRevenue: 60, minProfitRate: 0 });
    expect([...tier]).toEqual([1, 0, 2, 2]);
    expect(report.rows[1]).toMatchObject({ spent: 100, spentShare: 0.5, revenue: -10, profitRate: null });
    // 5 are a sixth of the second's revenue, and a twelfth of it before returns.
    const rate = (minProfitRate: number) =>
      tiersOf(all(spent), inputOf(revenue, of(-40, 5, 8, 7), spent), { minProfitRate }).tier;
    expect([...rate(0.1)]).toEqual([1, 1, 2, 2]);
    // Whoever is allowed to lose half of what was bought is a peak with a loss of 40 %.
    expect([...rate(-0.5)]).toEqual([0, 0, 2, 2]);
  });

  it('takes all of those who are alike', () => {
    const revenue = new Float64Array(10).fill(0.1);
    expect(tiersOf(all(revenue), inputOf(revenue, revenue)).report.rows[0]!.customers).toBe(10);
  });

  it('puts each customer with an order into one tier', () => {
    const customer = fc.record({
      revenue: fc.integer({ min: -20, max: 100 }),
      profit: fc.integer({ min: -50, max: 50 }),
      hasOrder: fc.boolean(),
    });
    fc.assert(
      fc.property(
        fc.array(customer, { maxLength: 30 }),
        fc.integer({ min: 1, max: 100 }),
        (drawn, percent) => {
          const revenue = Float64Array.from(drawn, (one) => one.revenue);
          const profit = Float64Array.from(drawn, (one) => one.profit);
          const customers = all(revenue).filter((c) => drawn[c]!.hasOrder);
          const { tier, report } = tiersOf(customers, inputOf(revenue, profit), {
            largeRevenueShare: percent / 100,
          });
          expect([...tier.keys()].filter((c) => tier[c]! >= 0)).toEqual([...customers]);
          const smallest = Math.min(...customers.filter((c) => tier[c]! < 2).map((c) => revenue[c]!));
          for (const c of customers) {
            if (tier[c] === 2) expect(revenue[c]).toBeLessThan(smallest);
            else expect(profit[c]! >= report.cutOffs.minProfitRate * revenue[c]!).toBe(tier[c] === 0);
          }
          report.rows.forEach((row, t) => {
            const members = customers.filter((c) => tier[c] === t);
            expect(row.customers).toBe(members.length);
            expect(row.revenue).toBe(members.reduce((sum, c) => sum + revenue[c]!, 0));
          });
        },
      ),
    );
  });

  it('is silent about shares of nothing', () => {
    const none = tiersOf(new Int32Array(0), inputOf(of(), of()));
    expect(none.report).toMatchObject({ sentences: [], code: 'no-customers' });
    const returned = tiersOf(Int32Array.of(0, 1), inputOf(of(-5, 0), of(-6, -1)));
    expect([...returned.tier]).toEqual([2, 2]);
    expect(returned.report).toMatchObject({
      sentences: [],
      code: 'no-revenue',
      cutOffs: { minRevenue: null },
    });
    expect(returned.report.rows[2]).toMatchObject({
      customers: 2,
      profit: -7,
      profitShare: null,
      profitRate: null,
    });
  });

  it.each([
    { largeRevenueShare: 0 },
    { largeRevenueShare: 1.1 },
    { minRevenue: 0 },
    { minRevenue: 5, largeRevenueShare: 0.8 },
    { minProfitRate: Number.NaN },
  ])('refuses %j', (options) => {
    const input = inputOf(of(1), of(1));
    expect(() => tiersOf(Int32Array.of(0), input, options)).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  });
});
