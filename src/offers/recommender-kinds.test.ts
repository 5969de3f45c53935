import { describe, expect, it } from 'vitest';
import { type ModelLiteral, modelOf } from '../model/testing/model-of.ts';
import type { OfferRequest } from './offer-request.ts';
import { placements } from './placements.ts';
import type { Policy } from './policies/policy.ts';
import { PolicyBook } from './policies/policy-book.ts';
import {
  codes,
  customer,
  type Given,
  recommenderOf,
  recommenderWith,
  requestOf,
} from './testing/recommender-of.ts';

const repeated = <T>(times: number, value: T): T[] => Array.from({ length: times }, () => value);

/** Tent, mat and lamp are bought together; ann buys gas every ten days; soap stands alone. */
const camping: ModelLiteral = {
  orders: [
    ...repeated(6, { items: ['tent', 'mat', 'lamp'] }),
    { items: ['tent'] },
    { items: ['tent', 'soap'] },
    ...repeated(8, { items: ['soap'] }),
    ...[0, 10, 20, 30].map((day) => ({ customer: 'ann', day, items: ['gas'] })),
    ...[0, 12].map((day) => ({ customer: 'ben', day, items: ['gas'] })),
    { customer: 'eva', day: 5, items: ['gas', 'knife'] },
  ],
};
const prices: Given = {
  tent: { name: 'Tent Basic 2 persons', category: ['camping', 'tents'], price: 100, cost: 60 },
  mat: { price: 30, cost: 20 },
  lamp: { price: 20, cost: 5 },
  gas: { price: 5, cost: 4 },
  soap: { price: 2, cost: 1 },
  knife: { price: 40, cost: 50 },
};
const msPerDay = 86_400_000;
const allKinds = { 'cross-sell': 1, 'up-sell': 1, bundle: 1, 'buy-again': 1 };
const settings = { ...requestOf().settings, kinds: allKinds };

/** A shop whose model knows of the set; whether it is more than its pairs is not the question here. */
function shop(given: Given = {}) {
  const model = modelOf(camping);
  const items = Int32Array.from(['tent', 'mat', 'lamp'], (code) => model.itemCodes.indexOf(code)).sort();
  const bundles = {
    offsets: Int32Array.of(0, 3),
    items,
    together: Int32Array.of(6),
    without: Int32Array.of(6, 6, 6),
    leftOut: 0,
  };
  return recommenderWith({ ...model, insights: { ...model.insights, bundles } }, { ...prices, ...given });
}
const kindsOf = ({ offers }: ReturnType<ReturnType<typeof shop>['recommend']>) =>
  Object.fromEntries(offers.map(({ candidate }) => [candidate.product.code, candidate.kind]));

describe('kinds of offers', () => {
  it('are a bundle of what is missing of a set, which adds the prices of all of it to the bill', () => {
    const { recommend, reasonsOf } = shop();
    const answer = recommend({ cart: ['tent'], kinds: ['bundle'], settings });
    expect(answer.offers).toHaveLength(1);
    expect(answer.offers[0]!.candidate).toMatchObject({ kind: 'bundle', probability: 6 / 8, added: 50 });
    expect(reasonsOf(answer)[0]).toMatchObject({ key: 'bundle', confidence: 6 / 8, orders: 6 });
    // It takes the place of its item alone, which is at least as likely.
    expect(kindsOf(recommend({ cart: ['tent'], settings }))).toMatchObject({
      mat: 'bundle',
      lamp: 'cross-sell',
    });
    // A bundle with one product missing is a rule.
    expect(recommend({ cart: ['tent', 'mat'], kinds: ['bundle'], settings }).offers).toEqual([]);
    const dear = { ...settings, maxCartShare: 0.4 };
    expect(recommend({ cart: ['tent'], kinds: ['bundle'], settings: dear }).empty).toEqual({ price: 1 });
  });

  it('are what the customer buys again, when it is due', () => {
    const { recommend, reasonsOf } = shop();
    const at = (day: number, who = 'ann') =>
      recommend({ customer: customer(who), kinds: ['buy-again'], settings, now: day * msPerDay });
    expect(kindsOf(at(40))).toEqual({ gas: 'buy-again' });
    expect(reasonsOf(at(40))).toEqual([
      { key: 'habit', because: [], times: 4, everyDays: 10, sinceDays: 10 },
    ]);
    expect(at(40).offers[0]!.candidate.probability).toBeGreaterThan(at(32).offers[0]!.candidate.probability);
    expect(at(40).offers[0]!.candidate.probability).toBeGreaterThan(at(55).offers[0]!.candidate.probability);
    // Bought once, nothing says when again.
    expect(at(40, 'eva').offers).toEqual([]);
  });

  it('are an upgrade in place of what is in the cart, whose gain is the difference', () => {
    const { recommend, reasonsOf } = shop({
      'tent-4': { name: 'Tent Basic 4 persons', category: ['camping', 'tents'], price: 150, cost: 80 },
      'tent-de-luxe': { name: 'Tent de luxe 12 persons', category: ['camping', 'tents'], price: 900 },
    });
    const asked = { cart: ['tent'], kinds: ['up-sell'], settings } as const;
    const answer = recommend(asked);
    expect(kindsOf(answer)).toEqual({ 'tent-4': 'up-sell' });
    expect(answer.offers[0]!.candidate.added).toBe(50);
    expect(reasonsOf(answer)[0]).toMatchObject({
      key: 'upgrade-alike',
      because: [{ code: 'tent', name: 'Tent Basic 2 persons' }],
    });
    // A dearer product may be more than the cart is worth, and its difference not.
    expect(recommend({ ...asked, settings: { ...settings, maxCartShare: 1 } }).offers).toHaveLength(1);
    expect(recommend({ ...asked, settings: { ...settings, maxCartShare: 0.4 } }).empty).toEqual({ price: 1 });
    expect(recommend({ ...asked, cart: [] }).offers).toEqual([]);
  });

  it('are products newer than the model, as likely as what they are most like', () => {
    const lantern = { name: 'Lantern for tents', category: ['camping', 'lights'], price: 22 };
    const { recommend, reasonsOf } = shop({
      lamp: { name: 'Lamp for tents', category: ['camping', 'lights'], price: 20 },
      lantern,
      'wash bag': { name: 'Bag', category: ['bath'], price: 20 },
    });
    const asked = { cart: ['tent'], kinds: ['cross-sell'], settings } as const;
    const answer = recommend(asked);
    const shown = answer.offers.findIndex(({ candidate }) => candidate.product.code === 'lantern');
    const { candidate } = answer.offers[shown]!;
    // Nothing else is at all like it: it is as likely as the lamp.
    expect(candidate.probability).toBeCloseTo(6 / 8, 12);
    expect(reasonsOf(answer)[shown]).toEqual({
      key: 'alike',
      because: [{ code: 'lamp', name: 'Lamp for tents' }],
    });
    expect(codes(answer)).not.toContain('wash bag');
    expect(codes(recommend({ ...asked, cart: ['soap'] }))).not.toContain('lantern');
    expect(codes(recommend({ ...asked, exclude: ['lantern'] }))).not.toContain('lantern');
  });

  it('are of a category that goes with what is in the cart, where no two products do', () => {
    // Twelve beers and twelve snacks, each pair once at most: only the categories go together.
    const numbers = Array.from({ length: 12 }, (_, n) => n);
    const party: ModelLiteral = {
      orders: [
        ...numbers.flatMap((n) =>
          [0, 1, 2].map((step) => ({ items: [`beer-${n}`, `snack-${(n + 4 * step) % 12}`] })),
        ),
        ...numbers.flatMap((n) => repeated(3, { items: [`soap-${n}`] })),
        ...repeated(3, { items: ['snack-5'] }),
      ],
      categories: Object.fromEntries(
        numbers.flatMap((n) => [
          [`beer-${n}`, ['drinks', 'beer']],
          [`snack-${n}`, ['food', 'snacks']],
        ]),
      ),
      minConfidence: 0.5,
    };
    const { recommend, reasonsOf } = recommenderOf(party);
    const answer = recommend({ cart: ['beer-1'], limit: 1 });
    // Of 36 baskets with beer all have a snack; of the 39 with a snack, 6 have this one.
    expect(answer.offers[0]!.candidate).toMatchObject({ product: { code: 'snack-5' }, probability: 6 / 39 });
    expect(reasonsOf(answer)).toEqual([
      { key: 'of-kind', because: [{ code: 'beer-1', name: null }], confidence: 1 },
    ]);
    expect(answer.fallback).toBeUndefined();
  });

  it('are those that the request takes, of those that the placement has', () => {
    const { recommend } = shop();
    const asked: Partial<OfferRequest> = { cart: ['tent'], customer: customer('ann'), now: 40 * msPerDay };
    expect(new Set(Object.values(kindsOf(recommend({ ...asked, settings }))))).toEqual(
      new Set(['cross-sell', 'bundle', 'buy-again']),
    );
    const checkout = { ...asked, settings: placements.checkout, placement: 'checkout' } as const;
    expect(Object.values(kindsOf(recommend({ ...checkout, kinds: ['bundle'] })))).toEqual([]);
    // Small beside the cart: 30 % of 100 at most.
    expect(kindsOf(recommend(checkout))).not.toHaveProperty('knife');
  });
});

describe('objectives', () => {
  const { recommend } = shop();
  const ranked = (objective: 'conversion' | 'revenue' | 'profit', objectiveWeight = 1) =>
    codes(
      recommend({
        cart: ['tent'],
        settings: { ...settings, kinds: { 'cross-sell': 1 }, objective, objectiveWeight },
        limit: 2,
      }),
    );

  it('rank by what is taken, by what it brings or by what is left of it', () => {
    // Mat and lamp are equally likely; the mat brings more money, the lamp more profit.
    expect(ranked('revenue')).toEqual(['mat', 'lamp']);
    expect(ranked('profit')).toEqual(['lamp', 'mat']);
    expect(ranked('profit', 0)).toEqual(ranked('conversion'));
  });
});

describe('policies in answers', () => {
  const pin: Policy = {
    id: 7,
    name: 'Soap first',
    enabled: true,
    action: 'pin',
    product: 'soap',
    position: 1,
    placements: null,
    segments: null,
    startsAt: null,
    endsAt: null,
  };
  const hide: Policy = { ...pin, id: 8, action: 'hide', products: ['mat'], categories: [] } as Policy;
  const policies = new PolicyBook([pin, hide, { ...pin, id: 9, product: 'gone', position: 2 }]);

  it('are followed, and each candidate is accounted for', () => {
    const { recommend, reasonsOf } = shop({ lamp: { stock: 0 } });
    const answer = recommend({ cart: ['tent'], policies, settings, explain: true, limit: 3 });
    expect(answer.offers[0]).toMatchObject({
      pinned: true,
      position: 1,
      candidate: { product: { code: 'soap' } },
    });
    expect(reasonsOf(answer)[0]!.key).toMatch(/chosen|popular|goes-with-one/);
    const removed = Object.fromEntries(
      answer.removed.map(({ candidate, reason }) => [`${candidate.product.code} ${candidate.kind}`, reason]),
    );
    expect(removed).toMatchObject({ 'mat cross-sell': 'hidden', 'lamp cross-sell': 'unservable' });
    expect(answer.skippedPins).toEqual([
      { policy: 9, product: 'gone', position: 2, reason: 'unknown-product', details: {} },
    ]);
  });

  it('say why nothing is offered', () => {
    const { recommend } = shop();
    const none = recommend({ cart: ['tent'], settings: { ...settings, minMargin: 1000 } });
    expect(none.offers).toEqual([]);
    expect(none.empty).toMatchObject({ margin: expect.any(Number) });
  });

  it('take what is newer than the model as a pin, an exclusion and a part of the cart', () => {
    const { recommend } = shop({ canoe: { price: 500 } });
    const pinned = new PolicyBook([{ ...pin, product: 'canoe' }]);
    expect(codes(recommend({ policies: pinned, limit: 2 }))[0]).toBe('canoe');
    expect(codes(recommend({ policies: pinned, exclude: ['canoe'] }))).not.toContain('canoe');
    const inCart = recommend({ policies: pinned, cart: ['canoe'] });
    expect(codes(inCart)).not.toContain('canoe');
    expect(inCart.unknownItems).toEqual(['canoe']);
  });
});
