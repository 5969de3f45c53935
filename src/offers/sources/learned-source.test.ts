import { beforeAll, describe, expect, it } from 'vitest';
import { below, seededRandom } from '../../learn/random.ts';
import { trainTrees } from '../../learn/trees/boost.ts';
import type { Model } from '../../model/model.ts';
import { shopBasketsOf } from '../../model/shop-baskets-of.ts';
import { modelOf, type OrderLiteral, orderTableOf } from '../../model/testing/model-of.ts';
import { learnRanking } from '../../ranking/learn-ranking.ts';
import type { OfferRequest } from '../offer-request.ts';
import { codes, customer, recommenderWith, requestOf } from '../testing/recommender-of.ts';

/**
 * A shop of 300 customers. Who buys a camera buys a bag for it the day after, who buys a kettle buys tea; nine others are bought by
 * whoever comes by, as chance has it. In carts a lamp goes with a bulb.
 */
function shopOrders(): OrderLiteral[] {
  const random = seededRandom(1);
  const others = (): string[] =>
    Array.from({ length: 1 + below(3, random) }, () => `other-${below(9, random)}`);
  return Array.from({ length: 300 }, (_, n): OrderLiteral[] => {
    const [first, second] = n % 2 === 0 ? ['camera', 'bag'] : ['kettle', 'tea'];
    const lamp = n % 3 === 0 ? ['lamp', 'bulb'] : [];
    return [
      { customer: `c${n}`, day: n % 50, items: [first!, ...others()] },
      { customer: `c${n}`, day: (n % 50) + 10, items: [second!, ...others(), ...lamp] },
    ];
  }).flat();
}

const newcomers: OrderLiteral[] = [
  { customer: 'ann', day: 60, items: ['camera', 'other-3'] },
  { customer: 'ben', day: 60, items: ['kettle', 'other-5'] },
];

let model: Model;

beforeAll(async () => {
  const orders = [...shopOrders(), ...newcomers];
  const plain = modelOf({ orders });
  const table = orderTableOf({ orders });
  const ranking = await learnRanking(
    shopBasketsOf(table.orders, table.baskets, plain.purchases),
    async (data, options) => trainTrees(data, options),
  );
  model = { ...plain, ranking };
});

const msPerDay = 86_400_000;

/** Asks on day 61, the one after the last. */
function shop() {
  const { recommend, reasonsOf, put } = recommenderWith(model);
  return {
    put,
    reasonsOf,
    ask: (wanted: Partial<OfferRequest> = {}) => recommend({ limit: 3, now: 61 * msPerDay, ...wanted }),
  };
}

describe('offers by the learnt ranking', () => {
  it('put first what was learnt to come next, with how likely it is', () => {
    const { ask } = shop();
    for (const [who, what] of [
      ['ann', 'bag'],
      ['ben', 'tea'],
    ] as const) {
      const { offers, fallback } = ask({ customer: customer(who) });
      expect(fallback).toBeUndefined();
      expect(offers[0]!.candidate.product.code).toBe(what);
      expect(offers[0]!.candidate.probability).toBeGreaterThan(0.8);
      expect(offers[1]!.candidate.probability).toBeLessThan(0.4);
    }
  });

  it('say why, with the counts that it rests on', () => {
    const { ask, reasonsOf } = shop();
    const [reason] = reasonsOf(ask({ customer: customer('ann') }));
    expect(reason).toEqual({ key: 'bought-next', because: [{ code: 'camera', name: null }], confidence: 1 });
    const inCart = ask({ cart: ['lamp'] });
    expect(codes(inCart)[0]).toBe('bulb');
    // 100 of 602 baskets hold both, and no basket holds one alone.
    expect(reasonsOf(inCart)[0]).toEqual({
      key: 'goes-with-one',
      because: [{ code: 'lamp', name: null }],
      confidence: 1,
      support: 100 / 602,
      lift: 602 / 100,
    });
  });

  it('never hold what is in the cart, excluded or sold out, nor what is owned where that is not asked for', () => {
    const { ask, put } = shop();
    const all = { limit: 30, customer: customer('ann') };
    expect(codes(ask(all))).not.toContain('camera');
    expect(codes(ask({ ...all, cart: ['lamp'] }))).not.toContain('lamp');
    expect(codes(ask({ ...all, exclude: ['bag'] }))).not.toContain('bag');
    // What is remembered of the customer does not outlive the stock.
    expect(codes(ask(all))).toContain('bag');
    put('bag', { stock: 0 });
    expect(codes(ask(all))).not.toContain('bag');
  });

  it('offer again what is bought again, as that, with the habit as the reason', () => {
    const { ask, reasonsOf } = shop();
    const settings = { ...requestOf().settings, kinds: { 'cross-sell': 1, 'buy-again': 1 } };
    const again = ask({ customer: customer('ann'), settings, kinds: ['buy-again'] });
    // Ann has bought two things, once each. Others come back to one of the two; nobody buys a second camera.
    expect(codes(again)).toEqual(['other-3']);
    expect(again.offers[0]!.candidate.kind).toBe('buy-again');
    expect(reasonsOf(again)).toEqual([{ key: 'habit-once', because: [], times: 1, sinceDays: 1 }]);
    const { removed } = ask({ customer: customer('ann'), settings, explain: true });
    const camera = removed.find(({ candidate }) => candidate.product.code === 'camera');
    expect(camera).toMatchObject({ reason: 'owned', candidate: { kind: 'buy-again' } });
  });

  it('know an order that came after the model', () => {
    const { ask } = shop();
    expect(codes(ask({ customer: customer('ann') }))[0]).toBe('bag');
    expect(codes(ask({ customer: customer('nobody', 'kettle', 'other-2') }))[0]).toBe('tea');
    const later = ask({ customer: customer('ann', 'kettle', 'other-2') });
    expect(codes(later).slice(0, 2).toSorted()).toEqual(['bag', 'tea']);
  });

  it('fall back to what is popular for who is not known', () => {
    const { ask } = shop();
    expect(ask().fallback).toEqual({ source: 'shop' });
    expect(ask({ customer: customer('nobody') }).fallback).toEqual({ source: 'shop' });
  });

  it('do not change with what day it is long after the newest order', () => {
    const { ask } = shop();
    const at = (day: number) => ask({ customer: customer('ann'), limit: 10, now: day * msPerDay });
    expect(at(5000)).toEqual(at(50_000));
  });
});
