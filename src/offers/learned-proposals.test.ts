import { beforeAll, describe, expect, it } from 'vitest';
import { below, seededRandom } from '../learn/random.ts';
import { trainTrees } from '../learn/trees/boost.ts';
import type { Model } from '../model/model.ts';
import { shopBasketsOf } from '../model/shop-baskets-of.ts';
import { modelOf, type OrderLiteral, orderTableOf } from '../model/testing/model-of.ts';
import { learnRanking } from '../ranking/learn-ranking.ts';
import { Recommender, type Wanted } from './recommender.ts';
import { productOf } from './testing/product.ts';
import { codes, customer } from './testing/recommender-of.ts';

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

function recommenderWith(soldOut: readonly string[] = []) {
  const stock = new Map(soldOut.map((code) => [code, 0]));
  const recommender = new Recommender(model, (item) => {
    const code = model.itemCodes.get(item);
    return productOf(code, stock.has(code) ? { stock: 0 } : {});
  });
  const recommend = (wanted: Partial<Wanted>) =>
    recommender.recommend({ cart: [], exclude: [], limit: 3, today: 61, ...wanted });
  return { recommender, recommend, stock };
}

describe('offers by the learnt ranking', () => {
  it('put first what was learnt to come next, with how likely it is', () => {
    const { recommend } = recommenderWith();
    for (const [who, what] of [
      ['ann', 'bag'],
      ['ben', 'tea'],
    ] as const) {
      const { offers, fallback } = recommend({ customer: customer(who) });
      expect(fallback).toBeUndefined();
      expect(offers[0]!.product.code).toBe(what);
      expect(offers[0]!.score).toBeGreaterThan(0.8);
      expect(offers[1]!.score).toBeLessThan(0.4);
    }
  });

  it('say why, with the counts that it rests on', () => {
    const { recommend, recommender } = recommenderWith();
    const [offer] = recommend({ customer: customer('ann') }).offers;
    expect(recommender.explain(offer!)).toEqual({
      text: 'Often bought after camera: 100% have this in their next order.',
      because: [{ productId: 'camera', name: null }],
      confidence: 1,
    });
    const [inCart] = recommend({ cart: ['lamp'] }).offers;
    const reason = recommender.explain(inCart!);
    expect(inCart!.product.code).toBe('bulb');
    // 100 of 602 baskets hold both, and no basket holds one alone.
    expect(reason).toMatchObject({ confidence: 1, support: 100 / 602, lift: 602 / 100 });
    expect(reason.because).toEqual([{ productId: 'lamp', name: null }]);
  });

  it('never hold what is owned, in the cart, excluded or sold out', () => {
    const { recommend, stock } = recommenderWith();
    const all = { limit: 30, customer: customer('ann') };
    expect(codes(recommend(all))).not.toContain('camera');
    expect(codes(recommend({ ...all, cart: ['lamp'] }))).not.toContain('lamp');
    expect(codes(recommend({ ...all, exclude: ['bag'] }))).not.toContain('bag');
    // What is remembered of the customer does not outlive the stock.
    expect(codes(recommend(all))).toContain('bag');
    stock.set('bag', 0);
    expect(codes(recommend(all))).not.toContain('bag');
  });

  it('know an order that came after the model', () => {
    const { recommend } = recommenderWith();
    expect(codes(recommend({ customer: customer('ann') }))[0]).toBe('bag');
    expect(codes(recommend({ customer: customer('nobody', 'kettle', 'other-2') }))[0]).toBe('tea');
    const later = recommend({ customer: customer('ann', 'kettle', 'other-2') });
    expect(codes(later).slice(0, 2).toSorted()).toEqual(['bag', 'tea']);
  });

  it('fall back to what is popular for who is not known', () => {
    const { recommend } = recommenderWith();
    expect(recommend({}).fallback).toEqual({ source: 'shop' });
    expect(recommend({ customer: customer('nobody') }).fallback).toEqual({ source: 'shop' });
  });

  it('do not change with what day it is long after the newest order', () => {
    const { recommend } = recommenderWith();
    const at = (today: number) => recommend({ customer: customer('ann'), limit: 10, today });
    expect(at(5000)).toEqual(at(50_000));
  });
});
