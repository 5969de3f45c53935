import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ModelLiteral, modelOf } from '../model/testing/model-of.ts';
import type { Product } from '../offers/catalogue.ts';
import { productOf } from '../offers/testing/product.ts';
import { requestOf } from '../offers/testing/recommender-of.ts';
import { LiveShop } from '../serving/live-shop.ts';
import { OfferWriter } from './offer-json.ts';
import { offersAnswer } from './offer-schemas.ts';
import { type ProductField, productFields, viewProduct } from './product-view.ts';

const literal: ModelLiteral = {
  orders: [{ items: ['bread', 'butter'] }, { items: ['bread', 'butter', 'jam'] }, { items: ['tea'] }],
};
const model = modelOf(literal);
const codes = ['bread', 'butter', 'jam', 'tea'];

const offersSchema = offersAnswer.shape.offers;

function shopOf(products: readonly Product[] = codes.map((code) => productOf(code))) {
  const shop = new LiveShop();
  shop.putProducts(products);
  shop.serve(1, model);
  const writer = new OfferWriter(shop);
  const recommend = (cart: readonly string[], limit = 10) =>
    shop.served!.recommender.recommend(requestOf({ cart, limit })).offers;
  const write = (cart: readonly string[], fields?: readonly ProductField[]) =>
    offersSchema.parse(JSON.parse(writer.write(shop.served!, recommend(cart), 'en', fields)));
  return { shop, writer, recommend, write };
}

describe('OfferWriter', () => {
  it('writes an offer whole', () => {
    const butter = productOf('butter', {
      name: 'Butter',
      category: ['food', 'dairy'],
      price: 2.49,
      stock: 7,
      attributes: { organic: true },
    });
    const { write } = shopOf([productOf('bread', { name: 'Bread' }), butter]);
    expect(write(['bread'])).toEqual([
      {
        productId: 'butter',
        kind: 'cross-sell',
        position: 1,
        score: 1,
        probability: 1,
        pinned: false,
        reason: {
          key: 'goes-with-one',
          text: 'Goes with Bread: 100% of orders with it have this too.',
          because: [{ productId: 'bread', name: 'Bread' }],
          support: 2 / 3,
          confidence: 1,
          lift: 1.5,
        },
        product: {
          id: 'butter',
          name: 'Butter',
          category: ['food', 'dairy'],
          price: 2.49,
          stock: 7,
          attributes: { organic: true },
        },
      },
    ]);
  });

  it('writes no offers', () => {
    const { shop, writer } = shopOf();
    expect(writer.write(shop.served!, [], 'en', undefined)).toBe('[]');
  });

  it('shows the fields asked for, whatever was shown before', () => {
    const { write } = shopOf();
    const shown = (fields?: ProductField[]) => Object.keys(write(['bread'], fields)[0]!.product);
    expect(shown()).toEqual(productFields);
    expect(shown(['name', 'price'])).toEqual(['name', 'price']);
    expect(shown([])).toEqual([]);
    expect(shown()).toEqual(productFields);
  });

  it('never shows what a product row has besides', () => {
    const row = { ...productOf('butter'), id: 1, cost: 0.5, updatedAt: new Date() };
    expect(shopOf([row]).write(['bread'])[0]!.product).not.toHaveProperty('cost');
  });

  it('names a renamed product anew, in the offer and in the reasons of others', () => {
    const { shop, write } = shopOf();
    expect(write(['bread'])[0]!.reason.text).toMatch(/^Goes with bread: /);
    shop.putProducts([productOf('bread', { name: 'Rye "bread"' }), productOf('butter', { name: 'Butter' })]);
    const [offer] = write(['bread']);
    expect(offer!.reason.text).toMatch(/^Goes with Rye "bread": /);
    expect(offer!.reason.because).toEqual([{ productId: 'bread', name: 'Rye "bread"' }]);
    expect(offer!.product.name).toBe('Butter');
  });

  it('explains by the model in service, not by the rules of an earlier one', () => {
    const { shop, write } = shopOf();
    expect(write(['butter'])[0]!.reason.text).toMatch(/^Goes with butter: 100%/);
    shop.serve(2, modelOf({ orders: [{ items: ['butter', 'bread'] }, { items: ['butter'] }] }));
    expect(write(['butter'])[0]!.reason.text).toMatch(/^Goes with butter: 50%/);
  });

  it('writes what the schema says, from any names and attributes', () => {
    const attribute = fc.string({ unit: 'grapheme' }).filter((name) => name !== '__proto__');
    const product = (code: string) =>
      fc
        .record({
          name: fc.option(fc.string({ unit: 'grapheme' }), { nil: null }),
          category: fc.array(fc.string(), { maxLength: 3 }),
          price: fc.option(fc.double({ min: 0, max: 1e9, noNaN: true }), { nil: null }),
          attributes: fc.dictionary(attribute, fc.jsonValue(), { maxKeys: 3, noNullPrototype: true }),
        })
        .map((given) => productOf(code, given));
    const cart = fc.uniqueArray(fc.constantFrom(...codes));
    fc.assert(
      fc.property(fc.tuple(...codes.map(product)), cart, (products, cart) => {
        const { shop, writer, recommend } = shopOf(products);
        const offers = recommend(cart);
        // Twice: from scratch, and from what was kept.
        for (let time = 0; time < 2; time++) {
          const written = JSON.parse(writer.write(shop.served!, offers, 'en', undefined));
          expect(offersSchema.parse(written)).toEqual(written);
          expect(written).toEqual(
            offers.map(({ candidate, value, pinned }, n) => {
              const reason = shop.served!.reasons.of(candidate);
              const because = reason.because.map(({ code, name }) => ({ productId: code, name }));
              return {
                productId: candidate.product.code,
                kind: candidate.kind,
                position: n + 1,
                score: expect.closeTo(value, 6),
                probability: expect.closeTo(candidate.probability, 6),
                pinned,
                reason: { ...reason, because, text: shop.wording.text(reason, 'en') },
                product: JSON.parse(JSON.stringify(viewProduct(candidate.product))),
              };
            }),
          );
        }
      }),
    );
  });

  it.each(['"', '\\', '</script>', '\u2028', '\u0000', '📦', "l'été"])('writes the name %j', (name) => {
    const { write } = shopOf(codes.map((code) => productOf(code, { name })));
    const [offer] = write(['bread']);
    expect(offer!.product.name).toBe(name);
    expect(offer!.reason.text).toContain(`Goes with ${name}: `);
  });
});
