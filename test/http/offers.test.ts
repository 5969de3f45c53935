import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { offersAnswer } from '../../src/http/offer-schemas.ts';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, openTestService, type TestService } from '../support/service.ts';
import { fillShop } from '../support/shop.ts';

interface OfferBody {
  productId: string;
  reason: { text: string };
}

describeDatabases('offers over HTTP', (opened) => {
  let service: TestService;
  const get: TestService['get'] = (path) => service.get(path);

  beforeAll(async () => {
    await fillShop(opened().database);
    service = await openTestService(opened().database);
  });
  afterAll(() => service?.close());

  // In this order: the first tests come before the first model.
  describe('before the first model', () => {
    it.each(['/v1/offers', '/v1/customers/ann/offers', '/v1/products/bread/associations', '/v1/rules'])(
      'are not there at %s, which says what to do',
      async (path) => {
        expect(expectProblem(await get(path), 503, 'unavailable')).toMatch(/then train/);
      },
    );

    it('are not ready', async () => {
      expect(await get('/health/ready')).toMatchObject({
        status: 503,
        body: { ready: false, modelVersion: null, database: 'ok' },
      });
      expect(await get('/health/live')).toMatchObject({ status: 200, body: { status: 'ok' } });
    });
  });

  describe('with a model', () => {
    beforeAll(async () => {
      expect(await service.train()).toMatchObject({ status: 'succeeded' });
    });

    const codes = (path: string) => service.offered(path);

    it('are ready', async () => {
      expect(await get('/health/ready')).toMatchObject({
        status: 200,
        body: { ready: true, modelVersion: '1', database: 'ok' },
      });
    });

    it('are what the contract says, whole', async () => {
      const { body, headers } = await get('/v1/offers?items=bread,nonsense&placement=cart&limit=3');
      expect(headers.get('content-type')).toBe('application/json');
      expect(offersAnswer.strict().parse(body)).toEqual(body);
      expect(body).toEqual({
        recommendationId: expect.stringMatching(/^\d+\.[a-z-]+\.[0-9a-f-]{36}$/),
        modelVersion: '1',
        placement: 'cart',
        fallbackUsed: true,
        fallback: { source: 'shop' },
        unknownItems: ['nonsense'],
        offers: [
          {
            productId: 'butter',
            kind: 'cross-sell',
            position: 1,
            score: 0.75,
            probability: 0.75,
            pinned: false,
            reason: {
              key: 'goes-with-one',
              text: 'Goes with Rye bread: 75% of orders with it have this too.',
              because: [{ productId: 'bread', name: 'Rye bread' }],
              support: 3 / 9,
              confidence: 0.75,
              lift: 2.25,
            },
            product: {
              id: 'butter',
              name: 'Butter',
              category: ['food', 'dairy'],
              price: 2.49,
              stock: 40,
              attributes: {},
            },
          },
          // Jam goes with bread as well, and costs more than all that is in the cart.
          expect.objectContaining({
            productId: 'soap',
            position: 2,
            reason: { key: 'popular', text: 'Popular in the shop right now.', because: [], orders: 3 },
          }),
          expect.objectContaining({ productId: 'sugar', position: 3 }),
        ],
      });
    });

    it('have an id of their own each time', async () => {
      const ids = [await get('/v1/offers'), await get('/v1/offers')].map(({ body }) => body.recommendationId);
      expect(new Set(ids).size).toBe(2);
    });

    it('go by what the customer bought, and leave it out', async () => {
      const { body } = await get('/v1/customers/kim/offers?items=bread');
      expect(body.offers.map(({ productId }: OfferBody) => productId)).toEqual(['butter', 'jam', 'soap']);
      expect(await codes('/v1/customers/ann/offers')).toEqual(['soap', 'tea', 'sugar']);
    });

    it("fill up from the customer's segment, and say so", async () => {
      const { body } = await get('/v1/customers/ben/offers?items=bread,butter,jam,tea,soap');
      expect(body).toMatchObject({ fallbackUsed: false, offers: [{ productId: 'sugar' }] });
      const eva = await get('/v1/customers/eva/offers?exclude=sugar');
      expect(eva.body).toMatchObject({
        fallbackUsed: true,
        fallback: { source: 'segment', segment: 'DE' },
        offers: [
          {
            productId: 'soap',
            reason: { text: 'Popular with customers like you right now.', segment: 'DE' },
          },
        ],
      });
    });

    it('come for a customer nobody has heard of', async () => {
      const { status, body } = await get('/v1/customers/nobody%2F%20here/offers');
      expect(status).toBe(200);
      expect(body).toMatchObject({ fallbackUsed: true, fallback: { source: 'shop' } });
      expect(body.offers).toHaveLength(6);
    });

    it('show the fields asked for', async () => {
      const { body } = await get('/v1/offers?items=bread&limit=1&fields=name,%20price');
      expect(body.offers[0].product).toEqual({ name: 'Butter', price: 2.49 });
    });

    it('leave out what is excluded, and never tell what a product costs the shop', async () => {
      expect(await codes('/v1/offers?items=bread&exclude=butter,soap&limit=2')).toEqual(['jam', 'tea']);
      expect(JSON.stringify((await get('/v1/offers?items=bread')).body)).not.toMatch(/cost|2\.01/);
    });

    it('are as many as the placement has room for, unless the request says', async () => {
      expect(await codes('/v1/offers')).toHaveLength(6);
      expect(await codes('/v1/offers?placement=cart')).toHaveLength(4);
      expect(await codes('/v1/offers?placement=checkout')).toHaveLength(3);
      expect(await codes('/v1/offers?placement=checkout&limit=5')).toHaveLength(5);
      expect(await codes('/v1/offers?limit=100')).toHaveLength(6);
    });

    it('are of the kinds asked for', async () => {
      expect(await codes('/v1/offers?kinds=bundle,cross-sell&limit=1')).toHaveLength(1);
      expect(await codes('/v1/offers?kinds=bundle')).toEqual([]);
    });

    it('stay the same for the same question, whatever the order of the cart', async () => {
      const first = await codes('/v1/offers?items=bread,butter,tea');
      expect(await codes('/v1/offers?items=tea,butter,bread,tea')).toEqual(first);
      expect(first).toEqual(['jam', 'sugar', 'soap']);
    });

    it.each([
      ['limit=0', 'limit'],
      ['limit=10000', 'limit'],
      ['limit=101', 'limit'],
      ['limit=-1', 'limit'],
      ['limit=1.5', 'limit'],
      ['limit=many', 'limit'],
      ['limit=', 'limit'],
      ['placement=footer', 'placement'],
      ['kinds=magic', 'kinds.0'],
      ['fields=cost', 'fields.0'],
      [`items=${Array.from({ length: 201 }, (_, n) => n).join()}`, 'items'],
      ['items=bread&items=tea', 'items'],
    ])('refuse %s and name the field', async (query, path) => {
      for (const answer of [
        await get(`/v1/offers?${query}`),
        await get(`/v1/customers/ann/offers?${query}`),
      ]) {
        expect(expectProblem(answer, 400, 'bad-input')).toContain(`${path}: `);
        expect(answer.body.errors).toEqual([{ path, message: expect.any(String) }]);
      }
    });

    it('refuse a customer id that no one can have', async () => {
      expectProblem(await get(`/v1/customers/${'x'.repeat(201)}/offers`), 400, 'bad-input');
      expectProblem(await get('/v1/customers/a%00b/offers'), 400, 'bad-input');
    });
  });

  describe('associations', () => {
    it('of a product are single products by confidence', async () => {
      const { status, body } = await get('/v1/products/butter/associations');
      expect(status).toBe(200);
      expect(body).toMatchObject({
        productId: 'butter',
        modelVersion: '1',
        associations: [
          {
            productId: 'bread',
            count: 3,
            support: 3 / 9,
            confidence: 1,
            lift: 2.25,
            product: { name: 'Rye bread' },
          },
          { productId: 'jam', count: 2, confidence: 2 / 3, lift: 2 },
        ],
      });
      expect((await get('/v1/products/butter/associations?limit=1')).body.associations).toHaveLength(1);
    });

    it('of a product without rules are none', async () => {
      expect((await get('/v1/products/soap/associations')).body.associations).toEqual([]);
      expect((await get('/v1/products/postage/associations')).body.associations).toEqual([]);
    });

    it('of a product that does not exist are not found', async () => {
      const detail = expectProblem(await get('/v1/products/nothing/associations'), 404, 'not-found');
      expect(detail).toContain('nothing');
    });

    it.each(['limit=0', 'limit=10000'])('refuse %s', async (query) => {
      expectProblem(await get(`/v1/products/butter/associations?${query}`), 400, 'bad-input');
    });
  });

  it('have nothing at other paths, and say where they are described', async () => {
    expect(expectProblem(await get('/v1/nothing'), 404, 'not-found')).toMatch('/docs');
    expectProblem(await service.send('POST', '/v1/offers', {}), 404, 'not-found');
  });
});
