import { describe, expect, it } from 'vitest';
import { ledgerOf } from '../testing/ledger.ts';
import { allFeatures, behaviourFeatures } from './feature-matrix.ts';
import { inUnit } from './features.ts';
import { kindsOfTree } from './product-kinds.ts';
import { BehaviourTally } from './tally.ts';
import { countedEvidence, featureCount } from './tally-plan.ts';
import { documentsOf, monday } from './testing/shop.ts';

/** Two orders and a return of Anna's, worked out by hand below; Ben makes the shop's prices. */
const ledger = ledgerOf({
  customers: {
    anna: [
      {
        day: monday + 5,
        minute: 480,
        channel: 'web',
        lines: [
          { product: 'tea', quantity: 2, price: 4, discount: 2 },
          { product: 'tea', quantity: 1, price: 4 },
          { product: 'bread', price: 2, promoted: true },
          { product: 'postage', price: 5 },
        ],
      },
      { day: monday + 9, minute: 600, channel: 'web', lines: [{ product: 'bread', quantity: -1, price: 2 }] },
      {
        day: monday + 15,
        minute: 1350,
        channel: 'shop',
        lines: [
          { product: 'tea', quantity: 1, price: 4 },
          { product: 'salt', price: null },
        ],
      },
    ],
    ben: [
      {
        day: monday,
        minute: 1020,
        channel: 'web',
        lines: [
          { product: 'tea', price: 2 },
          { product: 'salt', price: 1 },
        ],
      },
      { day: monday, minute: 1080, channel: 'web', lines: [{ product: 'bread', price: 2 }] },
    ],
  },
  products: {
    tea: { category: ['drinks'] },
    bread: { category: ['bakery'] },
    salt: {},
    postage: { fee: true },
  },
  today: monday + 25,
});

const kinds = kindsOfTree(ledger, 5)!;

function figuresOf(customer: number): { features: Record<string, number>; evidence: Record<string, number> } {
  const { plan, channels } = behaviourFeatures(ledger, kinds, { priorWeight: 0, mostChannels: 4 });
  const tally = new BehaviourTally(plan);
  const values = new Float32Array(featureCount(plan));
  const evidence = new Float32Array(countedEvidence.length);
  tally.start();
  for (const { day, minute, channel, lines } of documentsOf(ledger, customer)) {
    tally.document(day, minute, channels.indexOf(channel!));
    for (const { item, quantity, price, discount, isPromoted } of lines)
      tally.line(item, quantity, price ?? Number.NaN, discount, isPromoted);
  }
  expect(tally.finish(ledger.today, values, 0, evidence, 0)).toBe(true);
  const all = allFeatures(channels, kinds);
  return {
    features: Object.fromEntries(all.map(({ name, scale }, f) => [name, inUnit(scale, values[f])])),
    evidence: Object.fromEntries(countedEvidence.map((name, n) => [name, evidence[n]])),
  };
}

describe('BehaviourTally', () => {
  it('works out what a customer does, each order counting the same', () => {
    // The widest categories are the kinds, the most bought first; the median of the prices of tea is 4, of bread 2, of all 2.
    expect(kinds.names).toEqual(['drinks', 'bakery']);
    const { features, evidence } = figuresOf(0);
    expect(evidence.months).toBeCloseTo(21 / (365.25 / 12), 5);
    expect(evidence).toMatchObject({ orders: 2, pricedOrders: 2, laterOrders: 1, gaps: 1 });
    const expected: Record<string, number> = {
      // A Saturday at 8:00 and a Tuesday at 22:30.
      morning: 0.5,
      evening: 0,
      night: 0.5,
      weekend: 0.5,
      // Two products in each order; 4 and 2 units.
      lines: 2,
      units: Math.sqrt(5 * 3) - 1,
      priceLevel: 1,
      // 2 of 14 in the first order.
      discount: 1 / 14,
      // Bread, of tea and bread.
      promotion: 1 / 4,
      recency: 10,
      gap: 10,
      // One of five lines.
      returns: 1 / 5,
      // Tea again, of tea and salt.
      again: 1 / 2,
      'channel.0': 1 / 2,
      'channel.1': 1 / 2,
      // 10 of 12, then 4 of 6 as salt counts at the usual price of all; 2 of 12, then nothing.
      'kind.0': (10 / 12 + 4 / 6) / 2,
      'kind.1': 2 / 12 / 2,
    };
    for (const [name, value] of Object.entries(expected)) {
      expect(features[name], name).toBeCloseTo(value, 5);
    }
    expect(features.rate).toBeCloseTo(2 / (21 / (365.25 / 12)), 5);
    const shares = [expected['kind.0'], expected['kind.1']];
    const effective = (shares[0] + shares[1]) ** 2 / (shares[0] ** 2 + shares[1] ** 2);
    expect(features.kindsBought).toBeCloseTo(effective, 5);
  });

  it('has no gap between orders of one day, and counts from the next customer on anew', () => {
    const { evidence, features } = figuresOf(1);
    expect(evidence).toMatchObject({ orders: 2, gaps: 0, laterOrders: 1 });
    expect(features).toMatchObject({ again: 0, evening: 1, weekend: 0, returns: 0 });
  });

  it('says that who only sent something back is no customer', () => {
    const { plan } = behaviourFeatures(ledger, kinds, { priorWeight: 0, mostChannels: 0 });
    const tally = new BehaviourTally(plan);
    tally.start();
    tally.document(monday, 600, -1);
    tally.line(0, -1, 4, 0, false);
    const into = new Float32Array(featureCount(plan)).fill(7);
    expect(tally.finish(monday, into, 0, new Float32Array(countedEvidence.length), 0)).toBe(false);
    expect([...new Set(into)]).toEqual([0]);
  });
});
