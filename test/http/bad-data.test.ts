import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { storeOrder } from '../../db/queries/orders.ts';
import { productsByCode } from '../../db/queries/products.ts';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, openTestService, type TestService } from '../support/service.ts';
import { emptyShop, fillShop, shopTraining } from '../support/shop.ts';
import { lineOf, type RuleBody } from './rule-shop.ts';

describeDatabases('data that tell nothing, or contradict themselves, over HTTP', (opened) => {
  let service: TestService;
  let database: Database;
  beforeEach(async () => {
    database = opened().database;
    await emptyShop(database);
    service = await openTestService(database);
  });
  afterEach(() => service?.close());

  const models = async () => (await service.get('/v1/models')).body.items;

  describe('a period', () => {
    it.each([
      ['2024-04-02', '2024-04-02', /^The period "sale" \(2024-04-02 to 2024-04-02\) has 1 order, too few/],
      ['2023-04-01', '2023-04-09', /has no orders, .*orders are of 2024-04-01 to 2024-04-09.*leave it out/],
      ['2024-01-01', '2024-12-31', /leaves no orders outside, .*nothing to hold it against/],
    ])('from %s to %s fails the training, and leaves no model', async (from, to, what) => {
      await fillShop(database);
      const job = await service.train({ ...shopTraining, periods: [{ name: 'sale', from, to }] });
      expect(job).toMatchObject({ status: 'failed', result: null, error: { code: 'bad-input' } });
      expect(job.error.message).toMatch(what);
      expect(await models()).toEqual([]);
    });
  });

  /** Stores as many orders of the same products, a day after the other. */
  async function storeAlike(count: number, ...products: string[]): Promise<void> {
    for (let n = 0; n < count; n++) {
      await storeOrder(database, {
        code: `alike ${n}`,
        customer: null,
        orderedAt: new Date(Date.UTC(2024, 3, 1 + n, 12)),
        lines: products.map((product) => ({ product, quantity: 1 })),
      });
    }
  }

  it('that are all alike make a model that says of nothing that it is more than chance', async () => {
    await storeAlike(20, 'bread', 'butter', 'jam');
    const job = await service.train({ minSupport: 2 });
    expect(job).toMatchObject({ status: 'succeeded', result: { rules: 9, rulesShown: 0, complements: 0 } });
    expect((await service.get('/v1/rules')).body).toMatchObject({ transactions: 20, items: [] });
    const { items } = (await service.get('/v1/rules?set=all')).body;
    expect(items).toHaveLength(9);
    for (const { lift, tests, drift, relation } of items) {
      expect({ lift, tests, drift }).toMatchObject({
        lift: 1,
        tests: { p: 1, adjustedP: 1, isShown: false },
        drift: 'not-studied',
      });
      expect([null, 'unrelated']).toContain(relation);
    }
    const unrelated = (await service.get('/v1/relations?relation=unrelated')).body.items;
    expect(unrelated).toHaveLength(3);
    for (const { confidence, p, lift } of unrelated)
      expect({ confidence, p, lift }).toEqual({ confidence: 1, p: 1, lift: 1 });
    expect((await service.get('/v1/bundles')).body.items).toEqual([]);
    const { values } = (await service.get('/v1/rules/matrix?measure=phi')).body;
    expect(values.flat().filter((value: number | null) => value !== null)).toEqual([0, 0, 0, 0, 0, 0]);
    expect(await service.offered('/v1/offers?items=bread')).toContain('butter');
  });

  describe('categories', () => {
    const put = (...products: object[]) => service.send('PUT', '/v1/products', { products });

    it('of a product that is put into two at once are refused, and neither is stored', async () => {
      const answer = await put(
        { id: 'jam', category: ['food', 'spreads'] },
        { id: 'tea', category: ['food', 'drinks'] },
        { id: 'jam', category: ['gifts'] },
      );
      expect(expectProblem(answer, 400, 'bad-input')).toMatch(/products: each product may come once/);
      expect(await productsByCode(database, ['jam', 'tea'])).toEqual([]);
    });

    it('of a product that moves are the new ones alone', async () => {
      await put({ id: 'jam', category: ['food', 'spreads'] });
      await put({ id: 'jam', category: ['gifts'] });
      expect((await productsByCode(database, ['jam']))[0]).toMatchObject({ category: ['gifts'] });
    });

    it('that stand within one of their own name are two, and no circle', async () => {
      await fillShop(database);
      await put(
        { id: 'bread', category: ['food', 'bakery', 'food'] },
        { id: 'butter', category: ['bakery', 'food', 'bakery'] },
      );
      expect(await service.train({ ...shopTraining, alpha: 1 })).toMatchObject({ status: 'succeeded' });
      const { items } = (await service.get('/v1/rules?level=category&limit=500')).body;
      // What is bakery within food is none of the category bakery.
      expect(items.map((rule: RuleBody) => [lineOf(rule), rule.count])).toEqual([
        ['bakery => food', 3],
        ['food => bakery', 3],
      ]);
    });

    it.each([
      [[''], /products\.0\.category\.0/],
      [['food', ''], /products\.0\.category\.1/],
      [Array.from({ length: 11 }, (_, n) => `level ${n}`), /products\.0\.category/],
      ['food', /products\.0\.category/],
    ])('%j are refused', async (category, what) => {
      expect(expectProblem(await put({ id: 'jam', category }), 400, 'bad-input')).toMatch(what);
      expect(await productsByCode(database, ['jam'])).toEqual([]);
    });
  });
});
