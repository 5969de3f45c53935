import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type ProductUpdate, putProducts } from '../../db/queries/products.ts';
import { upgradesAnswer } from '../../src/http/upgrade-schemas.ts';
import { modelOf, type OrderLiteral } from '../../src/model/testing/model-of.ts';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, openTestService, type TestService } from '../support/service.ts';

const category = ['computers', 'notebooks'];
const products: readonly ProductUpdate[] = [
  {
    code: 'i5',
    name: 'ProBook 14 i5 8GB',
    price: 600,
    cost: 412.34,
    category,
    attributes: { brand: 'Acme', ram: 8 },
  },
  {
    code: 'i7',
    name: 'ProBook 14 i7 16GB',
    price: 799.9,
    cost: 512.34,
    category,
    attributes: { brand: 'Acme', ram: 16, touch: true },
  },
  { code: 'i9', name: 'ProBook 14 i9 32GB', price: 1500, category, attributes: { brand: 'Acme', ram: 32 } },
  { code: 'sold-out', name: 'ProBook 14 i7 8GB', price: 700, stock: 0, category },
  { code: 'bag', name: 'Notebook bag', price: 40, category: ['computers', 'bags'] },
  { code: 'mouse', name: 'Mouse', price: 20, category: ['computers', 'mice'] },
  { code: 'free', name: 'ProBook 14 i3' },
];

const customers = Array.from({ length: 18 }, (_, n) => (n < 12 ? `a${n}` : `b${n}`));
const orders: readonly OrderLiteral[] = customers.flatMap((customer): OrderLiteral[] => [
  { customer, day: 1, items: ['i5', 'bag'] },
  { customer, day: 9, items: customer[0] === 'a' ? ['i7', 'mouse'] : ['i5'] },
]);
const segments = Object.fromEntries(
  customers.map((customer) => [customer, customer[0] === 'a' ? 'red' : 'blue']),
);

describeDatabases('upgrades over HTTP', (opened) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openTestService(opened().database);
    service.shop.putProducts(await putProducts(opened().database, products));
  });
  afterAll(() => service?.close());

  const get = (path: string) => service.get(`/v1/products/${path}`);
  const body = async (path: string) => {
    const answer = await get(path);
    expect({ status: answer.status, detail: answer.body.detail }).toEqual({ status: 200, detail: undefined });
    return answer.body;
  };

  it('are not there before the first model', async () => {
    expectProblem(await get('i5/upgrades'), 503, 'unavailable');
  });

  describe('with a model', () => {
    beforeAll(() => service.shop.serve(1, modelOf({ orders, segments })));

    it('are what the contract says, whole, and tell no costs', async () => {
      const answer = await body('i5/upgrades');
      expect(upgradesAnswer.strict().parse(answer)).toEqual(answer);
      expect(JSON.stringify(answer)).not.toMatch(/cost|412|512/);
      expect(answer).toMatchObject({
        productId: 'i5',
        modelVersion: '1',
        minRatio: 1.05,
        maxRatio: 2,
        emptyReason: null,
      });
      expect(answer.upgrades).toEqual([
        {
          productId: 'i7',
          position: 1,
          alikeness: expect.any(Number),
          // Of 18 later visits 12; of all 36 visits 12 hold it.
          probability: expect.closeTo((12 + 100 / 3) / 118, 12),
          difference: { amount: 199.9, share: expect.closeTo(199.9 / 600, 12) },
          grows: [
            { what: 'i#', from: 5, to: 7 },
            { what: '#gb', from: 8, to: 16 },
            { what: 'ram', from: 8, to: 16 },
          ],
          shrinks: [],
          relation: expect.toBeOneOf([null, 'unrelated', 'substitute']),
          history: {
            buyers: 18,
            returned: 18,
            steppedUp: 12,
            steppedDown: 0,
            share: 12 / 18,
            upShare: 17 / 22,
          },
          favouredBy: {
            segment: 'red',
            buyers: 12,
            ofEither: 12,
            lift: expect.closeTo((12 + 20 * (12 / 18)) / 32 / (12 / 18), 12),
          },
          customerSegment: null,
          reason: {
            text: 'For 33% more than ProBook 14 i5 8GB: i7 instead of i5, 16 gb instead of 8 gb, ram 16 instead of 8. 12 of 18 customers who bought that and came back bought this later.',
            because: [{ productId: 'i5', name: 'ProBook 14 i5 8GB' }],
          },
          product: {
            id: 'i7',
            name: 'ProBook 14 i7 16GB',
            category,
            price: 799.9,
            stock: null,
            attributes: { brand: 'Acme', ram: 16, touch: true },
          },
        },
      ]);
      expect(answer.comparison).toEqual({
        productIds: ['i5', 'i7'],
        prices: [600, 799.9],
        differences: [null, { amount: 199.9, share: expect.closeTo(199.9 / 600, 12) }],
        attributes: [
          { name: 'ram', values: [8, 16], differs: true },
          { name: 'touch', values: [null, true], differs: true },
          { name: 'brand', values: ['Acme', 'Acme'], differs: false },
        ],
        alsoBought: [
          [{ productId: 'bag', name: 'Notebook bag', share: 0.75 }],
          [{ productId: 'mouse', name: 'Mouse', share: 1 }],
        ],
      });
    });

    it('are for storefronts and analysts', async () => {
      const keys = 'storefront:shop-front-key,analyst:analysts-own-key';
      const keyed = await openTestService(opened().database, { PAIRWELL_API_KEYS: keys });
      const statusFor = async (key: string) =>
        (await keyed.get('/v1/products/i5/upgrades', { 'X-API-Key': key })).status;
      // They may ask; there is no model in this server.
      expect(await statusFor('shop-front-key')).toBe(503);
      expect(await statusFor('analysts-own-key')).toBe(503);
      expect(await statusFor('wrong')).toBe(401);
      await keyed.close();
    });

    it('keep to the ratios and the limit', async () => {
      const ids = async (query: string) =>
        (await body(`i5/upgrades?${query}`)).upgrades.map(
          ({ productId }: { productId: string }) => productId,
        );
      expect((await ids('maxRatio=3')).sort()).toEqual(['i7', 'i9']);
      expect(await ids('maxRatio=3&limit=1')).toEqual(['i7']);
      expect(await ids('maxRatio=3&minRatio=2')).toEqual(['i9']);
    });

    it("say what the customer's segment makes of them", async () => {
      const of = async (customer: string) => (await body(`i5/upgrades?customerId=${customer}`)).upgrades[0];
      expect((await of('a1')).customerSegment).toMatchObject({ segment: 'red', favours: true, buyers: 12 });
      expect((await of('b12')).customerSegment).toBeNull();
      expect((await of('nobody')).customerSegment).toBeNull();
    });

    it('are none where nothing is sensible, with the reason', async () => {
      const reason = async (path: string) => {
        const { upgrades, emptyReason, comparison } = await body(path);
        expect(upgrades).toEqual([]);
        expect(comparison.productIds).toHaveLength(1);
        expect(emptyReason.text).toMatch(/\.$/);
        return emptyReason.code;
      };
      expect(await reason('free/upgrades')).toBe('no-price');
      expect(await reason('i9/upgrades')).toBe('none-dearer');
      expect(await reason('i5/upgrades?maxRatio=1.2')).toBe('none-on-sale');
      expect(await reason('bag/upgrades')).toBe('none-alike');
    });

    it('come for a product that the model does not know', async () => {
      const fresh = { code: 'fresh', name: 'ProBook 14 i7 8GB', price: 690, category };
      service.shop.putProducts(await putProducts(opened().database, [fresh]));
      const { upgrades } = await body('fresh/upgrades');
      expect(upgrades[0]).toMatchObject({ productId: 'i7', history: { buyers: 0, share: null } });
      const known = await body('i5/upgrades');
      expect(known.upgrades.map(({ productId }: { productId: string }) => productId)).toContain('fresh');
    });

    it('of a product that does not exist are not found', async () => {
      expect(expectProblem(await get('nothing/upgrades'), 404, 'not-found')).toContain('nothing');
    });

    it.each([
      ['limit=0', 'limit'],
      ['limit=21', 'limit'],
      ['minRatio=1', 'minRatio'],
      ['maxRatio=0.5', 'maxRatio'],
      ['maxRatio=1000', 'maxRatio'],
      ['minRatio=much', 'minRatio'],
      ['minRatio=3', 'minRatio'],
      ['customerId=', 'customerId'],
    ])('refuse %s and name the field', async (query, path) => {
      expect(expectProblem(await get(`i5/upgrades?${query}`), 400, 'bad-input')).toContain(`${path}: `);
    });
  });
});
