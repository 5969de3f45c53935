import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { modelOf } from '../model/testing/model-of.ts';
import { productOf } from '../offers/testing/product.ts';
import { codes, requestOf } from '../offers/testing/recommender-of.ts';
import { LiveShop } from './live-shop.ts';

/** The model of two orders, ids 1 and 2. */
const model = modelOf({ orders: [{ items: ['bread', 'butter'] }, { items: ['tea'] }] });

const offered = (shop: LiveShop, ...cart: string[]): string[] =>
  codes(shop.served!.recommender.recommend(requestOf({ cart })));

const bought = (shop: LiveShop, customer = 'ann') => shop.customer(customer).recentPurchases;

describe('LiveShop', () => {
  it('serves nothing before its first model', () => {
    expect(new LiveShop().served).toBeUndefined();
  });

  it('offers products that came before the model or after it', () => {
    const shop = new LiveShop();
    shop.putProducts([productOf('butter')]);
    shop.serve(7, model);
    expect(shop.served?.version).toBe(7);
    expect(offered(shop, 'bread')).toEqual(['butter']);
    shop.putProducts([productOf('tea'), productOf('not in the model')]);
    expect(offered(shop, 'bread')).toEqual(['butter', 'tea']);
    expect(shop.product('not in the model')).toEqual(productOf('not in the model'));
  });

  it('sees a changed product at once', () => {
    const shop = new LiveShop();
    shop.putProducts([productOf('butter'), productOf('tea')]);
    shop.serve(1, model);
    shop.putProducts([productOf('butter', { stock: 0 })]);
    expect(offered(shop, 'bread')).toEqual(['tea']);
  });

  it('has a new catalogue version after each change, and only then', () => {
    const shop = new LiveShop();
    const versions = new Set([shop.catalogueVersion]);
    shop.putProducts([productOf('butter')]);
    versions.add(shop.catalogueVersion);
    shop.putProducts([]);
    versions.add(shop.catalogueVersion);
    shop.putProducts([productOf('butter', { name: 'Butter' })]);
    versions.add(shop.catalogueVersion);
    expect(versions.size).toBe(3);
  });

  it('knows the later orders of a customer until a model knows them', () => {
    const shop = new LiveShop();
    shop.addOrder({ id: 2, customer: 'ann', products: ['tea'] });
    shop.addOrder({ id: 3, customer: 'ann', products: ['jam', 'salt'] });
    expect(bought(shop)).toEqual(['jam', 'salt', 'tea']);
    expect(bought(shop, 'ben')).toEqual([]);
    shop.serve(1, model);
    expect(bought(shop)).toEqual(['jam', 'salt']);
    shop.addOrder({ id: 1, customer: 'ann', products: ['bread'] });
    expect(bought(shop)).toEqual(['jam', 'salt']);
    shop.serve(2, { ...model, meta: { ...model.meta, lastOrderId: 3 } });
    expect(bought(shop)).toEqual([]);
  });

  it('knows the latest fifty, the newest first, in whatever order and however often they come', () => {
    const ids = fc.uniqueArray(fc.integer({ min: 1, max: 200 }), { minLength: 1, maxLength: 80 });
    fc.assert(
      fc.property(
        ids.chain((ids) => fc.tuple(fc.shuffledSubarray(ids, { minLength: ids.length }), fc.subarray(ids))),
        ([ids, again]) => {
          const shop = new LiveShop();
          for (const id of [...ids, ...again])
            shop.addOrder({ id, customer: 'ann', products: [`product ${id}`] });
          const latest = ids.toSorted((a, b) => b - a).slice(0, 50);
          expect(bought(shop)).toEqual(latest.map((id) => `product ${id}`));
        },
      ),
    );
  });
});
