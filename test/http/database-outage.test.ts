import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import type { Database } from '../../db/database.ts';
import { openDatabase } from '../../db/open.ts';
import { type Cluster, canStartCluster, startCluster } from '../support/cluster.ts';
import { type Answer, expectProblem, openTestService, type TestService } from '../support/service.ts';
import { fillShop } from '../support/shop.ts';
import { skipReason } from '../support/skip.ts';

function suite(): void {
  let cluster: Cluster;
  let database: Database;
  let service: TestService;
  beforeAll(async () => {
    cluster = await startCluster();
    database = await openDatabase({ url: cluster.url, folder: '' });
    await fillShop(database);
    service = await openTestService(database);
    await service.train();
  });
  afterAll(async () => {
    await service?.close();
    await database?.close();
    await cluster?.remove();
  });

  const order = (id: string, customerId: string) =>
    service.send('POST', '/v1/orders', { id, customerId, lines: [{ productId: 'bread', quantity: 1 }] });
  const view = (id: string, customerId: string) =>
    service.send('POST', '/v1/events', { id, type: 'view', customerId, productId: 'tea' });
  const views = (customerId: string) => service.shop.activity(customerId).interests;
  const offers = (path: string) => service.offered(path);
  const eventually = <T>(check: () => Promise<T>) => vi.waitFor(check, { timeout: 20_000, interval: 100 });

  // In this order: each begins where the one before has left the database.
  it('has the database at first', async () => {
    expect((await order('before', 'ann')).status).toBe(201);
    expect((await service.get('/health/ready')).body.database).toBe('ok');
  });

  it('goes on with offers when the database is gone', async () => {
    await cluster.pause();
    expect(await offers('/v1/offers?items=bread&limit=2')).toEqual(['butter', 'jam']);
    expect(await offers('/v1/customers/ann/offers')).not.toContain('bread');
    expect((await service.get('/v1/products/bread/associations')).status).toBe(200);
    expect((await service.get('/v1/rules')).status).toBe(200);
    expect(await service.get('/health/ready')).toMatchObject({
      status: 200,
      body: { ready: true, database: 'unavailable' },
    });
    expect((await service.get('/health/live')).status).toBe(200);
  });

  it('refuses what it would have to store, and says when to come again', async () => {
    const refused: Answer[] = [
      await order('meanwhile', 'zoe'),
      await view('not seen', 'zoe'),
      await service.send('PUT', '/v1/products', { products: [{ id: 'bread', active: false }] }),
      await service.send('PUT', '/v1/customers', { customers: [{ id: 'zoe' }] }),
      await service.send('POST', '/v1/models', {}),
      await service.get('/v1/models'),
      await service.get('/v1/jobs/any'),
    ];
    for (const answer of refused) {
      expect(expectProblem(answer, 503, 'unavailable')).toMatch(/nothing was stored/);
      expect(Number(answer.headers.get('retry-after'))).toBeGreaterThan(0);
    }
    // And has not taken any of it in.
    expect(await offers('/v1/customers/zoe/offers')).toEqual(await offers('/v1/offers'));
    expect(views('zoe')).toEqual([]);
  });

  it('sees what was changed while it was away, once it is back', async () => {
    expect(await offers('/v1/offers')).toContain('soap');
    await cluster.resumeApart();
    const apart = postgres({
      host: cluster.folder,
      port: cluster.port,
      user: 'postgres',
      database: 'postgres',
    });
    await apart`update products set active = false where code = 'soap'`;
    await apart`insert into orders (code, customer_id, ordered_at)
      select 'missed', id, now() from customers where code = 'kim'`;
    await apart`insert into order_lines (order_id, line_no, product_id, quantity)
      select o.id, 1, p.id, 1 from orders o, products p where o.code = 'missed' and p.code = 'jam'`;
    await apart`insert into events (kind, customer_id, product_code, at)
      select 'view', id, 'tea', now() from customers where code = 'kim'`;
    await apart.end();
    await cluster.pause();
    await cluster.resume();
    await eventually(async () => {
      expect(await offers('/v1/offers')).not.toContain('soap');
      expect(await offers('/v1/customers/kim/offers')).not.toContain('jam');
      expect(views('kim')).toHaveLength(1);
    });
  });

  it('stores orders again', async () => {
    await eventually(async () => expect((await order('meanwhile', 'zoe')).status).toBe(201));
    expect(await offers('/v1/customers/zoe/offers')).not.toContain('bread');
    expect((await view('seen again', 'zoe')).status).toBe(200);
    expect(views('zoe')).toHaveLength(1);
    await eventually(async () => expect((await service.get('/health/ready')).body.database).toBe('ok'));
  });

  it('hears of changes by other processes again', async () => {
    const elsewhere = await openDatabase({ url: cluster.url, folder: '' });
    const other = await openTestService(elsewhere);
    await other.send('PUT', '/v1/products', { products: [{ id: 'soap', active: true, name: 'Soap again' }] });
    await eventually(async () => expect(service.shop.product('soap')?.name).toBe('Soap again'));
    await other.close();
    await elsewhere.close();
  });

  it('trains again', async () => {
    expect(await service.train()).toMatchObject({ status: 'succeeded' });
  });

  it('can be closed while the database is gone', async () => {
    await cluster.pause();
    await service.close();
    await database.close();
    expect(expectProblem(await order('too late', 'ann'), 503, 'unavailable')).toMatch(/nothing was stored/);
  });
}

if (canStartCluster()) describe('a server whose database goes away', suite);
else skipReason('a server whose database goes away', 'no PostgreSQL server is installed');
