import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { putProducts } from '../../db/queries/products.ts';
import { bundlesOf, defaultAssumptions } from '../../src/rules/bundles.ts';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, type TestService } from '../support/service.ts';
import { lineOf, openRuleService, ruleModel, ruleOrders } from './rule-shop.ts';

const model = ruleModel();
const { relations } = model.insights;

/** The row of beer and ale, which are numbered 5 and 6. */
const beerAle = Array.from(relations.b).findIndex((b, row) => b === 6 && relations.a[row] === 5);

function withRow<Column extends Float64Array | Uint8Array>(column: Column, value: number): Column {
  const changed = column.slice() as Column;
  changed[beerAle] = value;
  return changed;
}

/** The relations as they are, but for beer and ale: substitutes, the least sure of all that are related. */
const related = {
  ...relations,
  relation: withRow(relations.relation, 2),
  logP: withRow(relations.logP, -1000),
  logPBeyondSize: withRow(relations.logPBeyondSize, Math.log(0.02)),
  similarity: withRow(relations.similarity, 0.75),
  confidence: withRow(relations.confidence, 0.98),
};

describeDatabases('relations and bundles over HTTP', (opened) => {
  let service: TestService;
  beforeAll(async () => {
    const insights = { ...model.insights, relations: related };
    service = await openRuleService(opened().database, { ...model, insights });
  });
  afterAll(() => service?.close());

  describe('relations', () => {
    const pairs = async (query: string): Promise<string[]> => {
      const { status, body } = await service.get(`/v1/relations?${query}`);
      expect({ status, detail: body.detail }).toEqual({ status: 200, detail: undefined });
      return body.items.map(({ products }: { products: { productId: string }[] }) =>
        products.map(({ productId }) => productId).join(' '),
      );
    };

    it('come with their evidence, the surest first', async () => {
      const { body } = await service.get('/v1/relations');
      expect(body).toMatchObject({
        modelVersion: '1',
        transactions: 100,
        productExamined: null,
        nextCursor: null,
      });
      expect(body.items.at(-1)).toEqual({
        products: [
          { productId: 'beer', name: 'Beer' },
          { productId: 'ale', name: 'Beer' },
        ],
        relation: 'substitute',
        confidence: 0.98,
        count: 0,
        lift: 0,
        // Too small for a number.
        p: '5.07596e-435',
        pBeyondSize: expect.closeTo(0.02, 12),
        similarity: 0.75,
      });
      expect(body.items[0]).toMatchObject({ relation: 'complement', count: 30, lift: 15 / 7 });
      expect(await pairs('')).toEqual(['bread butter', 'tea sugar', 'soap beer', 'soap ale', 'beer ale']);
    });

    it('are found by product and kind', async () => {
      expect(await pairs('productId=ale')).toEqual(['soap ale', 'beer ale']);
      expect(await pairs('productId=ale&relation=substitute')).toEqual(['beer ale']);
      expect(await pairs('relation=complement')).toHaveLength(4);
    });

    it('are also that there is none, with the same evidence, when that is asked for', async () => {
      const { body } = await service.get('/v1/relations?relation=unrelated&productId=bread');
      expect(body.productExamined).toBe(true);
      expect(body.items).toHaveLength(5);
      expect(body.items[0]).toMatchObject({ relation: 'unrelated', count: 5, lift: 5 / 12 });
      const confidences = body.items.map(({ confidence }: { confidence: number }) => confidence);
      expect(confidences).toEqual(confidences.toSorted((a: number, b: number) => b - a));
      expect(await pairs('relation=unrelated&limit=500')).toHaveLength((7 * 6) / 2 - 5);
    });

    it('of a product that was not examined are not known', async () => {
      const few = ruleModel({ study: { relatedItems: 3 } });
      service.shop.serve(1, few);
      for (const relation of ['', '&relation=unrelated']) {
        const { body } = await service.get(`/v1/relations?productId=ale${relation}`);
        expect(body).toMatchObject({ items: [], productExamined: false });
      }
      const rules = async (relation: string): Promise<string[]> => {
        const { body } = await service.get(`/v1/rules?set=all&limit=500&relation=${relation}`);
        for (const rule of body.items) expect(rule.relation).toBe(relation);
        return body.items.map(lineOf).sort();
      };
      // Bread, butter and soap sell best.
      expect(await rules('unrelated')).toEqual([]);
      expect(await rules('complement')).toEqual(['bread => butter', 'butter => bread']);
      expect(await rules('not-examined')).toContain('tea => sugar');
      service.shop.serve(1, { ...model, insights: { ...model.insights, relations: related } });
    });

    it('of a product that the model does not know are none, and of none at all are not found', async () => {
      service.shop.putProducts(await putProducts(opened().database, [{ code: 'new' }]));
      expect(await pairs('productId=new')).toEqual([]);
      expect((await service.get('/v1/relations?productId=new')).body.productExamined).toBe(false);
      const answer = await service.get('/v1/relations?productId=nothing');
      expect(expectProblem(answer, 404, 'not-found')).toContain('nothing');
    });

    it('come page by page, in the model that they began in', async () => {
      const first = (await service.get('/v1/relations?limit=2')).body;
      service.shop.serve(2, model);
      const second = (await service.get(`/v1/relations?limit=2&cursor=${first.nextCursor}`)).body;
      const third = (await service.get(`/v1/relations?limit=2&cursor=${second.nextCursor}`)).body;
      expect([first, second, third].map(({ modelVersion }) => modelVersion)).toEqual(['1', '1', '1']);
      expect([first, second, third].map(({ items }) => items.length)).toEqual([2, 2, 1]);
      expect(third).toMatchObject({ items: [{ relation: 'substitute' }], nextCursor: null });
      service.shop.serve(3, model);
      const gone = await service.get(`/v1/relations?cursor=${first.nextCursor}`);
      expect(expectProblem(gone, 409, 'conflict')).toMatch(/model 1.*Start again/);
    });

    it.each([
      ['relation=married', /unrelated.*complement.*substitute/],
      ['limit=0', /limit/],
      ['cursor=nonsense', /Start again/],
    ])('are refused with %s', async (query, what) => {
      expect(expectProblem(await service.get(`/v1/relations?${query}`), 400, 'bad-input')).toMatch(what);
    });

    it('refuse a cursor of another list', async () => {
      const { nextCursor } = (await service.get('/v1/rules?limit=1')).body;
      const answer = await service.get(`/v1/relations?cursor=${nextCursor}`);
      expect(expectProblem(answer, 400, 'bad-input')).toMatch(/Start again/);
    });
  });

  describe('bundles', () => {
    const bundles = async (query = '') => {
      const { status, body } = await service.get(`/v1/bundles?${query}`);
      expect({ status, detail: body.detail }).toEqual({ status: 200, detail: undefined });
      return body;
    };
    const having = (...items: string[]): number =>
      ruleOrders.filter((order) => items.every((item) => order.items.includes(item))).length;

    it('are reckoned with the prices and costs of now, and say what they rest on', async () => {
      const body = await bundles();
      expect(body).toMatchObject({
        transactions: 100,
        assumptions: defaultAssumptions,
        candidates: 4,
        // Nobody has said what sugar costs.
        leftOut: { notOnSale: 0, withoutPriceOrCost: 1, beyondModel: 0 },
      });
      const [expected] = bundlesOf(
        [
          {
            items: [0, 1],
            together: having('bread', 'butter'),
            without: [having('butter'), having('bread')],
          },
        ],
        100,
        { prices: [3, 2], costs: [1, 1] },
      );
      const { together, price, margin, discount, marginLeft, ...earned } = expected!;
      const cents = (amount: number): number => Number(amount.toFixed(4));
      expect(body.items).toContainEqual({
        products: [
          { productId: 'bread', name: 'Rye bread', price: 3 },
          { productId: 'butter', name: 'Butter', price: 2 },
        ],
        count: together,
        price,
        margin,
        discount,
        bundlePrice: cents(earned.bundlePrice),
        marginLeft,
        extraProfit: cents(earned.extraProfit),
      });
      expect({ price, margin }).toEqual({ price: 5, margin: 3 });
      const profits = body.items.map(({ extraProfit }: { extraProfit: number }) => extraProfit);
      expect(profits).toEqual(profits.toSorted((a: number, b: number) => b - a));
      expect(Math.min(...profits)).toBeGreaterThan(0);
    });

    it('follow the assumptions', async () => {
      expect((await bundles('acceptance=0')).items).toEqual([]);
      expect((await bundles('leastMargin=0.9')).items).toEqual([]);
      const body = await bundles('acceptance=0.5&elasticity=0&largestDiscount=0&overlap=0');
      expect(body.assumptions).toEqual({
        acceptance: 0.5,
        elasticity: 0,
        leastMargin: 0.1,
        largestDiscount: 0,
        overlap: 0,
      });
      // Half of the 5 that bought butter alone pay 2 more for bread, half of the 10 with bread alone 1 more for butter.
      const bread = body.items.find(
        ({ products }: { products: { productId: string }[] }) => products[0]!.productId === 'bread',
      );
      expect(bread).toMatchObject({ discount: 0, extraProfit: (1000 * (0.5 * 5 * 2 + 0.5 * 10 * 1)) / 100 });
      // Soap is in two candidates.
      expect(body.items).toHaveLength(2);
      expect((await bundles('limit=1')).items).toHaveLength(1);
    });

    it('leave out what cannot be sold now, and let in what now has a cost', async () => {
      const { database } = opened();
      const put = async (...updates: Parameters<typeof putProducts>[1]) =>
        service.shop.putProducts(await putProducts(database, updates));
      await put({ code: 'beer', stock: 0 }, { code: 'ale', active: false }, { code: 'sugar', cost: 0.4 });
      const body = await bundles();
      expect(body.leftOut).toEqual({ notOnSale: 2, withoutPriceOrCost: 0, beyondModel: 0 });
      expect(JSON.stringify(body.items)).toContain('"sugar"');
      expect(JSON.stringify(body.items)).not.toMatch(/"(beer|ale|soap)"/);
    });

    it.each([
      'acceptance=2',
      'elasticity=-1',
      'leastMargin=much',
      'largestDiscount=1.1',
      'overlap=-0.1',
      'limit=0',
    ])('are refused with %s', async (query) => {
      const answer = await service.get(`/v1/bundles?${query}`);
      expect(expectProblem(answer, 400, 'bad-input')).toContain(query.split('=')[0]);
    });
  });
});
