import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { offersAnswer } from '../../src/http/offer-schemas.ts';
import { placements } from '../../src/offers/placements.ts';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, openTestService, type TestService } from '../support/service.ts';
import { fillShop } from '../support/shop.ts';

describeDatabases('offers follow policies, placements and events', (opened) => {
  let service: TestService;
  let count = 0;

  beforeAll(async () => {
    await fillShop(opened().database);
    service = await openTestService(opened().database);
    expect(await service.train()).toMatchObject({ status: 'succeeded' });
  });
  afterAll(() => service?.close());
  beforeEach(async () => {
    for (const { id } of (await service.get('/v1/policies')).body.items)
      await service.request(`/v1/policies/${id}`, { method: 'DELETE' });
  });

  const policy = async (given: object): Promise<number> => {
    const { status, body } = await service.send('POST', '/v1/policies', given);
    expect(status).toBe(201);
    return body.id;
  };
  const event = (given: object) =>
    service
      .send('POST', '/v1/events', { id: `event ${++count}`, ...given })
      .then(({ status }) => expect(status).toBe(200));
  const offered = (path: string) => service.offered(path);

  it('put a pinned product first, and say that it is', async () => {
    await policy({ name: 'Sugar first', action: 'pin', productId: 'sugar', position: 1 });
    const { body } = await service.get('/v1/offers?items=bread&placement=product');
    expect(body.offers[0]).toMatchObject({ productId: 'sugar', position: 1, pinned: true });
    expect(body.offers[1]).toMatchObject({ productId: 'butter', position: 2, pinned: false });
  });

  it('leave out what is hidden, in its placement and as long as it is', async () => {
    expect(await offered('/v1/offers?items=bread&placement=product')).toContain('butter');
    const id = await policy({
      name: 'No dairy',
      action: 'hide',
      categories: [['food', 'dairy']],
      placements: ['product'],
    });
    expect(await offered('/v1/offers?items=bread&placement=product')).not.toContain('butter');
    expect(await offered('/v1/offers?items=bread&placement=cart')).toContain('butter');
    await service.request(`/v1/policies/${id}`, { method: 'DELETE' });
    expect(await offered('/v1/offers?items=bread&placement=product')).toContain('butter');
  });

  it('rank what is boosted or buried accordingly, for the segment that it is for', async () => {
    await policy({
      name: 'Less butter in Germany',
      action: 'bury',
      products: ['butter'],
      factor: 0.01,
      segments: ['country=DE'],
    });
    const path = '/offers?items=bread&placement=product&limit=2';
    expect((await offered(`/v1/customers/kim${path}`))[0]).toBe('butter');
    expect(await offered(`/v1/customers/eva${path}`)).not.toContain('butter');
  });

  it('keep the limits of the placement', async () => {
    const limited = await service.send('PUT', '/v1/placements/checkout', { maxPrice: 2 });
    expect(limited.status).toBe(200);
    const { body } = await service.get('/v1/offers?items=bread,tea&placement=checkout');
    expect(body.offers.map(({ productId }: { productId: string }) => productId)).toEqual(['sugar', 'soap']);
    const dearer = await service.get('/v1/offers?items=bread,tea&placement=checkout&cartValue=0.5');
    expect(dearer.body).toMatchObject({ offers: [{ productId: 'sugar' }] });
    await service.send('PUT', '/v1/placements/checkout', { maxPrice: placements.checkout.maxPrice });
  });

  it('stop showing what was shown often, or waved away, from the next request on', async () => {
    const path = '/v1/customers/kim/offers?placement=email';
    expect(await offered(path)).toContain('soap');
    const of = { customerId: 'kim', placement: 'email' };
    await event({ type: 'impression', ...of, productIds: ['soap'] });
    expect(await offered(path)).toContain('soap');
    await event({ type: 'impression', ...of, productIds: ['soap'] });
    expect(await offered(path)).not.toContain('soap');
    expect(await offered(path)).toContain('bread');
    await event({ type: 'dismiss', ...of, productId: 'bread' });
    expect(await offered(path)).not.toContain('bread');
  });

  it('are silent for a while after a complaint, and say so', async () => {
    await event({ type: 'complaint', customerId: 'ben' });
    const { body } = await service.get('/v1/customers/ben/offers?placement=email');
    expect(offersAnswer.strict().parse(body)).toEqual(body);
    expect(body.offers).toEqual([]);
    expect(Object.keys(body.empty)).toEqual(['quiet-time']);
    // On the page of a product that the customer looks at there is no such rule.
    expect(await offered('/v1/customers/ben/offers?placement=product&items=tea')).not.toEqual([]);
  });

  it('account for every candidate, to analysts alone', async () => {
    const hidden = await policy({ name: 'No butter', action: 'hide', products: ['butter'] });
    await policy({ name: 'Gone', action: 'pin', productId: 'soap', position: 8 });
    const path = '/v1/customers/kim/offers?items=bread&placement=cart&limit=2&explain=true';
    const { body } = await service.get(path);
    expect(offersAnswer.strict().parse(body)).toEqual(body);
    const { trace } = body;
    expect(trace.candidates).toBe(trace.offers.length + trace.removed.length);
    expect(trace.offers).toHaveLength(body.offers.length);
    expect(trace.removed).toContainEqual(
      expect.objectContaining({
        productId: 'butter',
        reason: 'hidden',
        source: 'rule',
        details: { policies: [hidden] },
      }),
    );
    expect(trace.removed).toContainEqual(
      expect.objectContaining({
        productId: 'jam',
        reason: 'price',
        details: expect.objectContaining({ price: 4, mostAdded: expect.closeTo(3.2) }),
      }),
    );
    expect(trace.skippedPins).toMatchObject([{ productId: 'soap', position: 8, reason: 'beyond-limit' }]);
    const keyed = await openTestService(opened().database, {
      PAIRWELL_API_KEYS: 'storefront:shop-front-key,analyst:analysts-own-key',
    });
    const asked = (key: string, query = path) => keyed.get(query, { 'X-API-Key': key });
    expect((await asked('analysts-own-key')).body.trace.candidates).toBe(trace.candidates);
    expectProblem(await asked('shop-front-key'), 403, 'forbidden');
    const { body: plain } = await asked('shop-front-key', path.replace('&explain=true', ''));
    expect(plain).not.toHaveProperty('trace');
    await keyed.close();
  });

  it('speak the language that is asked for', async () => {
    const text = async (query: string, headers = {}) =>
      (await service.get(`/v1/offers?items=bread&placement=product${query}`, headers)).body.offers[0].reason
        .text;
    const english = await text('');
    expect(english).toMatch(/^Goes with Rye bread/);
    const chinese = await text('&language=zh-Hans');
    expect(chinese).toMatch(/Rye bread/);
    expect(chinese).toMatch(/[一-鿿]/);
    expect(await text('', { 'Accept-Language': 'zh-TW,en;q=0.5' })).toBe(await text('&language=zh-Hant'));
    expect(await text('&language=zh-Hant')).not.toBe(chinese);
    expect(await text('&language=tlh')).toBe(english);
    const refused = await service.get('/v1/offers?language=not%20a%20language');
    expect(expectProblem(refused, 400, 'bad-input')).toMatch(/language/);
  });
});
