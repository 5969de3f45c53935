import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Model } from '../model/model.ts';
import { itemsBought } from '../model/purchases.ts';
import { anyOrders, anySegments, type ModelLiteral } from '../model/testing/model-of.ts';
import { ruleCount } from '../rules/rule-columns.ts';
import type { OfferRequest } from './offer-request.ts';
import { terms } from './rule-terms.ts';
import { codes, customer, type Given, recommenderOf, ruled } from './testing/recommender-of.ts';
import { scoreAll } from './testing/score-all.ts';

/** Rules by their products: `bread,butter > jam`. */
function rulesByName({ rules, itemCodes }: Model): string[] {
  const { antecedentOffsets, antecedentItems, consequent } = rules;
  return Array.from(consequent, (item, rule) => {
    const antecedent = antecedentItems.subarray(antecedentOffsets[rule], antecedentOffsets[rule + 1]);
    return `${Array.from(antecedent, (item) => itemCodes.get(item))} > ${itemCodes.get(item)}`;
  });
}

type Wanted = Pick<OfferRequest, 'cart' | 'exclude' | 'customer'> & { readonly limit: number };

/** What of a recommender's offers is to be known: products, in their order, and the rules that put them there. */
const shown = ({ offers }: ReturnType<ReturnType<typeof recommenderOf>['recommend']>) =>
  offers.map(({ candidate: { product, cause } }) => ({
    code: product.code,
    rule: cause.by === 'rule' ? cause.rule : undefined,
  }));

// From chips: cola (.6), then lemonade (.5), then dip (.4). Soap stands alone and sells best.
const party: ModelLiteral = {
  orders: [
    { customer: 'ann', items: ['chips', 'cola', 'lemonade'] },
    { items: ['chips', 'cola', 'lemonade'] },
    { items: ['chips', 'cola', 'lemonade', 'dip'] },
    { items: ['chips', 'cola', 'dip'] },
    { items: ['chips', 'lemonade', 'dip'] },
    { items: ['chips', 'cola'] },
    { items: ['chips', 'cola', 'lemonade', 'dip'] },
    { items: ['chips'] },
    { items: ['chips'] },
    { items: ['chips'] },
    ...Array.from({ length: 11 }, () => ({ items: ['soap'] })),
    ...Array.from({ length: 2 }, () => ({ items: ['gel'] })),
  ],
  maxLength: 2,
};

describe('Recommender and substitutes', () => {
  const cart = ['chips'];

  it('offers the better of two, and fills its place with what comes next', () => {
    const { recommend } = recommenderOf(party, {}, { substitutes: [['lemonade', 'cola']] });
    expect(codes(recommenderOf(party).recommend({ cart, limit: 2 }))).toEqual(['cola', 'lemonade']);
    expect(codes(recommend({ cart, limit: 2 }))).toEqual(['cola', 'dip']);
    expect(codes(recommend({ cart, exclude: ['cola'], limit: 2 }))).toEqual(['lemonade', 'dip']);
  });

  it('offers what is a substitute only of something that is not offered itself', () => {
    const chain = {
      substitutes: [
        ['cola', 'lemonade'],
        ['lemonade', 'dip'],
      ],
    } as const;
    expect(ruled(recommenderOf(party, {}, chain).recommend({ cart }))).toEqual(['cola', 'dip']);
  });

  it('offers none of something in the cart, by rule or by popularity, two substitutes in the cart included', () => {
    const { recommend } = recommenderOf(
      party,
      {},
      {
        substitutes: [
          ['cola', 'lemonade'],
          ['gel', 'soap'],
          ['chips', 'dip'],
        ],
      },
    );
    expect(codes(recommend({ cart: ['cola', 'gel'] }))).toEqual(['chips']);
    expect(codes(recommend({ cart: ['cola', 'lemonade'] }))).toEqual(['chips', 'soap']);
    expect(codes(recommend({ cart: ['lemonade', 'cola'] }))).toEqual(['chips', 'soap']);
  });

  it('offers one of two popular ones', () => {
    const { recommend } = recommenderOf(party, {}, { substitutes: [['gel', 'soap']] });
    expect(codes(recommend({}))).toEqual(['soap', 'chips', 'cola', 'lemonade', 'dip']);
    expect(codes(recommend({ exclude: ['soap'] }))).toContain('gel');
  });

  it('never rests an offer on a substitute that was bought', () => {
    const bought = { customer: customer('new', 'cola'), limit: 2 };
    const { recommend } = recommenderOf(party, {}, { substitutes: [['cola', 'lemonade']] });
    expect(ruled(recommenderOf(party).recommend(bought))).toEqual(['chips', 'lemonade']);
    expect(ruled(recommend(bought))).toEqual(['chips', 'dip']);
  });

  it('offers complements together', () => {
    const { recommend } = recommenderOf(
      party,
      {},
      {
        complements: [
          ['cola', 'lemonade'],
          ['chips', 'cola'],
        ],
      },
    );
    expect(codes(recommend({ cart, limit: 2 }))).toEqual(['cola', 'lemonade']);
  });
});

describe('Recommender and rules of a promotion', () => {
  const names = rulesByName(recommenderOf(party).model);
  const onlyInPromotion = (rule: number): boolean => names[rule] === 'chips > cola';
  const promotion = { attributes: { promotion: 'SUMMER' } };

  it.each([
    ['outside of it', {}, ['lemonade', 'dip']],
    ['while what it proposes is on promotion', { cola: promotion }, ['cola', 'lemonade']],
    ['while what it rests on is', { chips: promotion }, ['cola', 'lemonade']],
    ['while something else is', { dip: promotion }, ['lemonade', 'dip']],
    ['when the promotion has no name', { cola: { attributes: { promotion: ' ' } } }, ['lemonade', 'dip']],
  ])('serves them or not %s', (_, given: Given, expected) => {
    const { recommend } = recommenderOf(party, given, { onlyInPromotion });
    expect(ruled(recommend({ cart: ['chips'], limit: 2 }))).toEqual(expected);
  });

  it('begins and ends with it for a customer who is remembered', () => {
    const { recommend, put } = recommenderOf(party, {}, { onlyInPromotion });
    const offered = () => ruled(recommend({ customer: customer('new', 'chips'), limit: 2 }));
    expect(offered()).toEqual(['lemonade', 'dip']);
    put('cola', promotion);
    expect(offered()).toEqual(['cola', 'lemonade']);
    put('cola', {});
    expect(offered()).toEqual(['lemonade', 'dip']);
  });

  it('says of any rule whether it serves now', () => {
    const { recommender, put } = recommenderOf(
      party,
      {},
      { onlyInPromotion, substitutes: [['dip', 'cola']] },
    );
    const serving = () => names.filter((_, rule) => recommender.serves(rule));
    const usual = names.filter((name) => !['chips > cola', 'dip > cola', 'cola > dip'].includes(name));
    expect(serving()).toEqual(usual);
    put('chips', promotion);
    expect(serving()).toEqual(names.filter((name) => usual.includes(name) || name === 'chips > cola'));
  });
});

describe('Recommender', () => {
  const letter = fc.constantFrom(...'abcdef');
  const letters = fc.uniqueArray(letter, { maxLength: 3 });
  const wanted: fc.Arbitrary<Wanted> = fc.record(
    {
      cart: letters,
      exclude: letters,
      limit: fc.nat(6),
      customer: fc.record({ code: fc.constantFrom(...'XYZW'), recentPurchases: letters }),
    },
    { requiredKeys: ['cart', 'exclude', 'limit'] },
  );
  const anyKnown = fc.record({
    substitutes: fc.array(fc.tuple(letter, letter), { maxLength: 5 }),
    inPromotion: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
    shown: fc.array(fc.boolean(), { minLength: 1, maxLength: 5 }),
  });
  type AnyKnown = typeof anyKnown extends fc.Arbitrary<infer T> ? T : never;

  /** What must be offered, from the definition: all that may be, the best first, each that pairs no substitutes. */
  function expected(model: Model, known: AnyKnown, promoted: string, wanted: Wanted) {
    const { rules, itemCodes, purchases, popular, customerCodes, customerSegment } = model;
    const itemsOf = (list: readonly string[]) =>
      list.map((code) => itemCodes.indexOf(code)).filter((item) => item >= 0);
    const areSubstitutes = (a: number, b: number): boolean =>
      a !== b &&
      known.substitutes.some((pair) => pair.includes(itemCodes.get(a)) && pair.includes(itemCodes.get(b)));
    const cart = itemsOf(wanted.cart);
    const number = wanted.customer ? customerCodes.indexOf(wanted.customer.code) : -1;
    const bought = [
      ...itemsOf(wanted.customer?.recentPurchases ?? []),
      ...(number < 0 ? [] : itemsBought(purchases, number)),
    ];
    const out = new Set([...cart, ...bought, ...itemsOf(wanted.exclude)]);
    const standing = {
      terms: new Uint8Array(ruleCount(rules)),
      isShown: Uint8Array.from(rules.consequent, (_, rule) => +known.shown[rule % known.shown.length]!),
    };
    const itemsOfRule = (rule: number): number[] => [
      ...rules.antecedentItems.subarray(rules.antecedentOffsets[rule], rules.antecedentOffsets[rule + 1]),
      rules.consequent[rule]!,
    ];
    for (let rule = 0; rule < standing.terms.length; rule++) {
      const items = itemsOfRule(rule);
      if (known.inPromotion[rule % known.inPromotion.length]) standing.terms[rule] = terms.inPromotion;
      if (items.slice(0, -1).some((item) => areSubstitutes(item, items.at(-1)!)))
        standing.terms[rule] = terms.never;
    }
    const proposals = scoreAll(rules, standing, {
      cart,
      history: bought.filter((item) => !cart.includes(item)),
      historyWeight: 0.5,
      limit: Number.POSITIVE_INFINITY,
      admits: (item) => !out.has(item),
      holds: (rule) => itemsOfRule(rule).some((item) => promoted.includes(itemCodes.get(item))),
    });
    const segment = number < 0 ? -1 : customerSegment[number]!;
    const listed = [...(segment < 0 ? [] : [segment + 1]), 0].flatMap((group) => [
      ...popular.items.subarray(popular.offsets[group], popular.offsets[group + 1]),
    ]);
    const chosen: { item: number; rule: number | undefined }[] = [];
    for (const candidate of [...proposals, ...listed.map((item) => ({ item, rule: undefined }))]) {
      const { item, rule } = candidate;
      if (chosen.length === wanted.limit) break;
      if (out.has(item) || chosen.some((other) => other.item === item)) continue;
      if ([...cart, ...chosen.map(({ item }) => item)].some((other) => areSubstitutes(item, other))) continue;
      chosen.push({ item, rule });
    }
    return chosen.map(({ item, rule }) => ({ code: itemCodes.get(item), rule }));
  }

  it('offers what the definition says, request after request, whatever begins or ends in between', () => {
    const requests = fc.array(fc.tuple(wanted, fc.string({ unit: letter, maxLength: 2 })), { maxLength: 5 });
    fc.assert(
      fc.property(anyOrders(), anySegments(), anyKnown, requests, (orders, segments, known, requests) => {
        const { recommend, put, model } = recommenderOf(
          { orders, segments },
          {},
          {
            substitutes: known.substitutes,
            onlyInPromotion: (rule) => known.inPromotion[rule % known.inPromotion.length]!,
            isShown: (rule) => known.shown[rule % known.shown.length]!,
          },
        );
        for (const [wanted, promoted] of requests) {
          for (const code of 'abcdef')
            put(code, promoted.includes(code) ? { attributes: { promotion: 'SUMMER' } } : {});
          expect(shown(recommend(wanted))).toEqual(expected(model, known, promoted, wanted));
        }
      }),
      { numRuns: 500 },
    );
  });
});
