import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Database } from '../../db/database.ts';
import { describeDatabases } from '../support/databases.ts';
import {
  type Answer,
  expectProblem,
  type OtherService,
  openOtherService,
  openTestService,
  type TestService,
} from '../support/service.ts';
import { emptyShop, fillShop } from '../support/shop.ts';

/** Waits until `check` passes: a change takes its time from one process to the other. */
const eventually = (check: () => Promise<void>) => vi.waitFor(check, { timeout: 10_000 });

describeDatabases('a shop that several processes serve', (opened) => {
  let database: Database;
  let service: TestService;
  let other: TestService;
  let second: OtherService;

  beforeAll(async () => {
    database = opened().database;
    await fillShop(database);
    service = await openTestService(database);
    await service.train();
    second = await openOtherService(opened());
    other = second.service;
  });
  afterAll(async () => {
    await second?.close();
    await service?.close();
  });

  const putProducts = (to: TestService, ...products: object[]) =>
    to.send('PUT', '/v1/products', { products });

  it('has a changed product everywhere', async () => {
    expect(await other.offered('/v1/offers?items=bread')).toContain('butter');
    await putProducts(service, { id: 'butter', active: false });
    await eventually(async () =>
      expect(await other.offered('/v1/offers?items=bread')).not.toContain('butter'),
    );
    await putProducts(other, { id: 'butter', active: true, name: 'Ghee' });
    await eventually(async () => {
      const { body } = await service.get('/v1/offers?items=bread&limit=1');
      expect(body.offers[0].product.name).toBe('Ghee');
    });
  });

  it('has so many changed products everywhere that one message cannot name them', async () => {
    const codes = Array.from({ length: 250 }, (_, n) => `a product with a rather long code ${n}`);
    await putProducts(service, ...codes.map((id) => ({ id })));
    await eventually(async () => expect(codes.filter((code) => !other.shop.product(code))).toEqual([]));
  });

  it('knows the orders of a customer everywhere', async () => {
    const lines = [{ productId: 'bread', quantity: 1 }];
    await service.send('POST', '/v1/orders', { id: 'elsewhere', customerId: 'pat', lines });
    await eventually(async () => {
      const { body } = await other.get('/v1/customers/pat/offers?limit=1');
      expect(body.offers[0]).toMatchObject({
        productId: 'butter',
        reason: { because: [{ productId: 'bread' }] },
      });
    });
  });

  it('offers a product that an order brought everywhere, once there is a model of it', async () => {
    for (const n of [1, 2]) {
      const lines = ['bread', 'nougat'].map((productId) => ({ productId, quantity: 1 }));
      await service.send('POST', '/v1/orders', { id: `with nougat ${n}`, lines });
    }
    await eventually(async () => expect(other.shop.product('nougat')).toBeDefined());
    const { result } = await service.train();
    await eventually(async () => {
      expect((await other.get('/v1/offers')).body.modelVersion).toBe(result.modelVersion);
    });
    expect(await other.offered('/v1/offers?items=bread&limit=10')).toContain('nougat');
  });

  it('has a promoted model everywhere', async () => {
    await service.send('POST', '/v1/models/1/promote');
    await eventually(async () => expect((await other.get('/v1/offers')).body.modelVersion).toBe('1'));
  });

  it('is the same in a process that starts later', async () => {
    const late = await openTestService(second.database);
    const answer = async (from: TestService): Promise<Answer['body']> => {
      const { recommendationId: _, ...body } = (await from.get('/v1/customers/pat/offers')).body;
      return body;
    };
    expect(await answer(late)).toEqual(await answer(service));
    await late.close();
  });

  it('is empty in a process that starts when the tables are', async () => {
    await emptyShop(database);
    const late = await openTestService(database);
    expectProblem(await late.get('/v1/offers'), 503, 'unavailable');
    expect(late.shop.product('bread')).toBeUndefined();
    await late.close();
  });
});
