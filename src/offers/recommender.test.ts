import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyOrders, anySegments, type ModelLiteral } from '../model/testing/model-of.ts';
import { unservable } from './catalogue.ts';
import { codes, customer, recommenderOf, ruled } from './testing/recommender-of.ts';

// From bread: butter is likelier than jam. Tea and soap stand alone; soap sells best.
const shop: ModelLiteral = {
  orders: [
    { customer: 'ann', items: ['bread', 'butter'] },
    { customer: 'ben', items: ['bread', 'butter', 'jam'] },
    { customer: 'eva', items: ['tea'] },
    { customer: 'eva', items: ['soap'] },
    { items: ['soap'] },
    { items: ['soap'] },
    { customer: 'kim', items: ['tea'] },
  ],
  segments: { eva: 'DE', kim: 'DE', ann: 'FR' },
};

describe('Recommender', () => {
  const { recommend, reasonsOf } = recommenderOf(shop);

  it('offers what goes with the cart, the most likely first', () => {
    const answer = recommend({ cart: ['bread'], limit: 2 });
    expect(answer).toMatchObject({
      offers: [
        { candidate: { product: { code: 'butter' }, kind: 'cross-sell', probability: 1 }, value: 1 },
        { candidate: { product: { code: 'jam' }, kind: 'cross-sell', probability: 0.5 }, value: 0.5 },
      ],
      fallback: undefined,
      unknownItems: [],
    });
    expect(reasonsOf(answer)[1]).toEqual({
      key: 'goes-with-one',
      because: [{ code: 'bread', name: null }],
      support: 1 / 7,
      confidence: 0.5,
      lift: 3.5,
    });
  });

  it('offers what goes with what the customer bought, in the model and since', () => {
    expect(ruled(recommend({ customer: customer('ann') }))).toEqual(['jam']);
    expect(ruled(recommend({ customer: customer('zoe', 'jam') }))).toEqual(['bread', 'butter']);
    expect(ruled(recommend({ customer: customer('ann', 'jam') }))).toEqual([]);
  });

  it('leaves out what is in the cart, was bought or is excluded, from popular products too', () => {
    const everything = recommend({});
    expect(codes(everything)).toEqual(['soap', 'bread', 'butter', 'tea', 'jam']);
    expect(codes(recommend({ cart: ['soap'] }))).not.toContain('soap');
    expect(codes(recommend({ customer: customer('eva') })).sort()).toEqual(['bread', 'butter', 'jam']);
    expect(codes(recommend({ customer: customer('zoe', 'soap') }))).not.toContain('soap');
    expect(codes(recommend({ exclude: ['soap', 'tea', 'unheard-of'] }))).toEqual(['bread', 'butter', 'jam']);
  });

  it('has popular products of the shop fill up, and says so', () => {
    const answer = recommend({ cart: ['bread'], limit: 3 });
    expect(codes(answer)).toEqual(['butter', 'jam', 'soap']);
    expect(answer.fallback).toEqual({ source: 'shop' });
    expect(reasonsOf(answer)[2]).toEqual({ key: 'popular', because: [], orders: 3 });
  });

  it("has the customer's segment fill up before the shop", () => {
    const answer = recommend({ customer: customer('kim'), limit: 3 });
    expect(codes(answer)).toEqual(['soap', 'bread', 'butter']);
    expect(answer.fallback).toEqual({ source: 'segment', segment: 'DE' });
    expect(reasonsOf(answer).map(({ key }) => key)).toEqual(['popular-in-segment', 'popular', 'popular']);
  });

  it('says shop when the segment has nothing to add', () => {
    const { fallback } = recommend({ customer: customer('ann'), exclude: ['bread', 'butter'], limit: 4 });
    expect(fallback).toEqual({ source: 'shop' });
  });

  it('names no fallback when there was nothing to fill up with', () => {
    const answer = recommend({ cart: ['bread', 'butter', 'jam', 'tea', 'soap'] });
    expect(answer).toMatchObject({ offers: [], fallback: undefined, unknownItems: [], empty: {} });
  });

  it('tells which products of the cart it does not know, and serves the others', () => {
    const answer = recommend({ cart: ['nut', 'bread', 'fig'], limit: 1 });
    expect(answer.unknownItems).toEqual(['nut', 'fig']);
    expect(codes(answer)).toEqual(['butter']);
  });

  it('takes a product that the cart holds twice for one', () => {
    expect(recommend({ cart: ['bread', 'bread'] })).toEqual(recommend({ cart: ['bread'] }));
  });

  it('gives a customer nobody knows what a guest gets', () => {
    expect(recommend({ customer: customer('nobody'), cart: ['jam'] })).toEqual(recommend({ cart: ['jam'] }));
  });

  it('offers nothing on no room', () => {
    expect(recommend({ cart: ['bread', 'nut'], limit: 0 })).toMatchObject({
      offers: [],
      fallback: undefined,
      unknownItems: ['nut'],
    });
  });

  it('answers the same to the same question, whatever was asked in between and the order of the cart', () => {
    const before = recommend({ cart: ['jam', 'bread'], customer: customer('ann') });
    recommend({ cart: ['tea'], customer: customer('ben') });
    expect(recommend({ cart: ['bread', 'jam'], customer: customer('ann') })).toEqual(before);
  });

  it.each([
    ['is not in the catalogue', undefined],
    ['is not a product', { nonProduct: true }],
    ['is inactive', { active: false }],
    ['is out of stock', { stock: 0 }],
  ])('does not offer what %s, by rule or by popularity', (_, given) => {
    const { recommend } = recommenderOf(shop, { butter: given, soap: given });
    expect(codes(recommend({ cart: ['bread'] }))).toEqual(['jam', 'tea']);
    // It may be a reason still.
    expect(ruled(recommend({ cart: ['butter'] }))).toEqual(['bread', 'jam']);
  });

  it('explains by its id a product that left the catalogue', () => {
    const { recommend, reasonsOf } = recommenderOf(shop, { butter: undefined });
    const [reason] = reasonsOf(recommend({ cart: ['butter'] }));
    expect(reason!.because).toEqual([{ code: 'butter', name: null }]);
  });

  it('keeps its promises for any orders and any request', () => {
    const state = fc.constantFrom(
      {},
      {},
      {},
      undefined,
      { active: false },
      { stock: 0 },
      { nonProduct: true },
    );
    const letters = fc.uniqueArray(fc.constantFrom(...'abcdefg'), { maxLength: 4 });
    const wanted = fc.record(
      {
        cart: letters,
        exclude: letters,
        limit: fc.nat(8),
        customer: fc.record({ code: fc.constantFrom(...'XYZW'), recentPurchases: letters }),
      },
      { requiredKeys: ['cart', 'exclude', 'limit'] },
    );
    const catalogue = fc.record(Object.fromEntries([...'abcdef'].map((code) => [code, state])));
    fc.assert(
      fc.property(anyOrders(), anySegments(), catalogue, wanted, (orders, segments, given, wanted) => {
        const { recommend, reasonsOf } = recommenderOf({ orders, segments }, given);
        const answer = recommend(wanted);
        const sold = new Set(orders.flatMap(({ items }) => items));
        const bought = orders
          .filter(({ customer }) => customer !== undefined && customer === wanted.customer?.code)
          .flatMap(({ items }) => items)
          .concat(wanted.customer?.recentPurchases ?? []);
        const barred = new Set([...wanted.cart, ...wanted.exclude, ...bought]);

        expect(new Set(codes(answer)).size).toBe(answer.offers.length);
        for (const { candidate } of answer.offers) {
          expect(unservable(candidate.product)).toBeUndefined();
          expect(barred).not.toContain(candidate.product.code);
        }
        // As long as there is anything left to offer, places are filled.
        const left = [...sold].filter((code) => {
          const state = given[code];
          return state !== undefined && Object.keys(state).length === 0 && !barred.has(code);
        });
        expect(answer.offers.length).toBe(Math.min(wanted.limit, left.length));

        const scores = answer.offers.map(({ value }) => value);
        expect(scores).toEqual(scores.toSorted((a, b) => b - a));
        for (const score of scores) expect(score > 0 && score <= 1).toBe(true);

        expect(answer.unknownItems).toEqual(wanted.cart.filter((code) => !sold.has(code)));
        const { source, segment } = answer.fallback ?? {};
        const popular = reasonsOf(answer).find(({ key }) => key.startsWith('popular'));
        if (source === undefined) expect(popular).toBeUndefined();
        else if (source === 'shop') expect(popular).toMatchObject({ key: 'popular' });
        else {
          expect(segment).toBe(segments[wanted.customer!.code]);
          expect(popular).toMatchObject({ key: 'popular-in-segment', segment });
        }
      }),
      { numRuns: 500 },
    );
  });
});
