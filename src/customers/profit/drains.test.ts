import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyLedger, type DocumentLiteral, type EventLiteral, ledgerOf } from '../testing/ledger.ts';
import { causeCosts, causeNames, goodsSalesOf } from './drain-causes.ts';
import { drainsOf } from './drains.ts';
import { orderingCustomers } from './drivers.ts';
import { driversOf } from './drivers-of.ts';
import { profitOf } from './profit.ts';
import { allBases, driverOf, ratesOf } from './testing/rates.ts';
import { tiersOf } from './tiers.ts';

const rates = ratesOf(allBases.map((basis) => driverOf(basis, 4)));

/** Ten usual customers of four orders of 50, and one who differs from them in one thing. */
function shopWith(odd: readonly DocumentLiteral[], events: readonly EventLiteral[] = []) {
  const usual = Object.fromEntries(Array.from({ length: 10 }, (_, c) => [`usual ${c}`, fourOrders]));
  const ledger = ledgerOf({
    customers: { odd, ...usual },
    products: {
      lamp: { cost: 20, kilograms: 1 },
      iron: { cost: 20, kilograms: 3 },
      gold: { cost: 40, kilograms: 1 },
      manual: { fee: true },
    },
    events: { odd: events },
  });
  const drivers = driversOf(ledger, { smallOrderUnder: 30 });
  const profits = profitOf(drivers, rates);
  const customers = orderingCustomers(drivers);
  const tier = new Int8Array(11);
  tier[0] = 1;
  return { drivers, profits, customers, tier };
}

const lamp = { product: 'lamp', price: 50 };
const fourOrders: readonly DocumentLiteral[] = [1, 2, 3, 4].map((day) => ({ day, lines: [lamp] }));
const more = (document: DocumentLiteral): DocumentLiteral[] => [...fourOrders, document];
const changed = (line: object): DocumentLiteral[] =>
  fourOrders.map(({ day }) => ({ day, lines: [{ ...lamp, ...line }] }));

describe('drainsOf', () => {
  it.each([
    ['low-margin', changed({ product: 'gold' }), [], 80],
    ['discounts', changed({ discount: 5 }), [], 20],
    ['shipping', changed({ product: 'iron' }), [], 32],
    ['picking', changed({ quantity: 2, price: 25, cost: 10 }), [], 16],
    ['rush', fourOrders.map((order) => ({ ...order, channel: 'web' })), [], 16],
    // The parcel, the line and the unit back, and the margin that the shop had.
    ['returns', more({ day: 5, lines: [{ ...lamp, quantity: -1 }] }), [], 12 + 30],
    ['credits', more({ day: 5, lines: [{ product: 'manual', price: 30, quantity: -1 }] }), [], 30],
    ['service', fourOrders, [{ day: 3, kind: 'complaint' }], 4],
    // Half as much again at the same prices, in orders of 25, of which none should be.
    ['small-orders', changed({ price: 25, cost: 10 }), [], 16],
  ] as const)('puts it down to %s', (cause, documents, events, excess) => {
    const { customers, tier, drivers, profits } = shopWith(documents, events);
    const drains = drainsOf(customers, tier, drivers, rates, profits);
    expect(causeNames[drains.cause[0]!]).toBe(cause);
    expect(drains.excess[cause][0]).toBeCloseTo(excess, 9);
    expect(drains.report.causes[0]).toMatchObject({ cause, customers: 1, revenue: profits.revenue[0] });
    expect(drains.report).toMatchObject({ drains: 1, peers: 10, asPeers: 0, code: null });
  });

  it('sees more orders for the same sales', () => {
    const eight = Array.from({ length: 8 }, (_, day) => ({
      day,
      lines: [{ product: 'lamp', price: 35, cost: 14, quantity: 1 }],
    }));
    const { customers, tier, drivers, profits } = shopWith(eight);
    const { excess } = drainsOf(customers, tier, drivers, rates, profits);
    // 280 at one order in 50 would be 5.6 orders.
    expect(excess['order-frequency'][0]).toBeCloseTo(4 * (8 - 5.6), 9);
    expect(excess['small-orders'][0]).toBe(0);
  });

  it('blames nothing where a drain is like its peers', () => {
    const { customers, tier, drivers, profits } = shopWith(fourOrders);
    const { cause, shortfall, report } = drainsOf(customers, tier, drivers, rates, profits);
    expect([cause[0], report.asPeers, report.causes]).toEqual([-1, 1, []]);
    expect(shortfall[0]).toBeCloseTo(0, 9);
  });

  it('does not take goods for dear where peers pay more in fees', () => {
    // No cost of goods is known, so that all goods cost the same share of their price.
    const postage = { product: 'postage', price: 10 };
    const paying = Object.fromEntries(
      Array.from({ length: 10 }, (_, c) => [`usual ${c}`, [{ day: 1, lines: [lamp, postage] }]]),
    );
    const ledger = ledgerOf({
      customers: { odd: [{ day: 1, lines: [lamp] }], ...paying },
      products: { postage: { fee: true } },
    });
    const drivers = driversOf(ledger, { smallOrderUnder: 30 });
    const [tier, customers] = [new Int8Array(11), orderingCustomers(drivers)];
    tier[0] = 1;
    const drains = drainsOf(customers, tier, drivers, rates, profitOf(drivers, rates));
    expect([drains.cause[0], drains.excess['low-margin'][0]]).toEqual([-1, 0]);
    // Fees of known cost are left aside as well.
    const costed = {
      ...drivers,
      goodsCost: Float64Array.from(drivers.goodsCost),
      feeCost: new Float64Array(11),
    };
    costed.goodsCost[0] = costed.feeCost[0] = 7;
    const same = drainsOf(customers, tier, costed, rates, profitOf(costed, rates));
    expect(same.excess['low-margin'][0]).toBe(0);
  });

  it('finds returns of who sent everything back, beside those who bought as much', () => {
    // Small customers lose as much of their revenue to haste as the large one does to returns.
    const small = Object.fromEntries(
      Array.from({ length: 20 }, (_, c) => [`small ${c}`, [{ day: 1, channel: 'web', lines: [lamp] }]]),
    );
    const usual = Object.fromEntries(Array.from({ length: 10 }, (_, c) => [`usual ${c}`, fourOrders]));
    const odd = more({ day: 9, lines: [{ ...lamp, quantity: -4 }] });
    const ledger = ledgerOf({ customers: { ...small, ...usual, odd }, products: { lamp: { cost: 20 } } });
    const drivers = driversOf(ledger, { smallOrderUnder: 30 });
    const profits = profitOf(drivers, rates);
    const customers = orderingCustomers(drivers);
    const { tier } = tiersOf(customers, profits, { minRevenue: 150 });
    expect([tier[30], profits.revenue[30]]).toEqual([1, 0]);
    const { cause, excess } = drainsOf(customers, tier, drivers, rates, profits, { peers: 10 });
    expect(causeNames[cause[0]!]).toBe('returns');
    // A margin of 4 · 30 given back, and a document, a line and four units to handle.
    expect(excess.returns[0]).toBeCloseTo(120 + 4 * 6, 9);
    expect(excess.rush[0]).toBe(0);
  });

  it('compares with those of like revenue only', () => {
    // Customer c has c + 1 orders; the larger half pays for haste.
    const people = Array.from({ length: 40 }, (_, c): [string, DocumentLiteral[]] => [
      `customer ${c}`,
      Array.from({ length: c + 1 }, (__, day) => ({
        day,
        lines: [lamp],
        ...(c >= 20 ? { channel: 'web' } : {}),
      })),
    ]);
    const drivers = driversOf(ledgerOf({ customers: Object.fromEntries(people) }), { smallOrderUnder: 30 });
    const profits = profitOf(drivers, rates);
    const tier = new Int8Array(40).fill(1);
    const { cause, report } = drainsOf(orderingCustomers(drivers), tier, drivers, rates, profits, {
      peers: 6,
    });
    expect(report.peers).toBe(6);
    // Only those next to the border see peers without haste.
    expect([...cause.keys()].filter((c) => causeNames[cause[c]!] === 'rush')).toEqual([20, 21, 22]);
  });

  it('explains all that the profit lacks', () => {
    fc.assert(
      fc.property(anyLedger(), (ledger) => {
        const drivers = driversOf(ledger, {
          smallOrderUnder: 5,
          feeName: (product) => ledger.productCodes[product]!,
        });
        const profits = profitOf(drivers, rates);
        const costs = causeCosts(drivers, rates, profits);
        const sales = goodsSalesOf(drivers);
        const profit = profits.profit.map((money, c) => money - drivers.feeSales[c]! + drivers.feeCost[c]!);
        sales.forEach((money, c) => {
          const lost = causeNames.reduce((sum, cause) => sum + costs[cause][c]!, 0);
          expect(money - lost).toBeCloseTo(profit[c]!, 8);
        });
        const customers = orderingCustomers(drivers);
        const tier = new Int8Array(drivers.orders.length).fill(1);
        const drains = drainsOf(customers, tier, drivers, rates, profits);
        if (drains.report.code !== null) return;
        drains.customers.forEach((c, i) => {
          const peers = customers.filter((other) => other !== c);
          const total = (values: Float64Array): number =>
            peers.reduce((sum, other) => sum + values[other]!, 0);
          const ofPeers = total(sales) > 0 ? total(profit) / total(sales) : 1;
          expect(drains.shortfall[i]).toBeCloseTo(ofPeers * sales[c]! - profit[c]!, 6);
        });
      }),
    );
  });

  it('says why it cannot compare', () => {
    const { drivers, profits, tier } = shopWith(fourOrders);
    const few = drainsOf(Int32Array.of(0, 1, 2), tier, drivers, rates, profits);
    expect(few.report).toMatchObject({ drains: 1, code: 'too-few-peers', causes: [], asPeers: 0 });
    const none = drainsOf(Int32Array.of(1, 2), tier, drivers, rates, profits);
    expect(none.report.code).toBe('no-drains');
    expect(() => drainsOf(Int32Array.of(1), tier, drivers, rates, profits, { peers: 1.5 })).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  });
});
