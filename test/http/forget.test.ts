import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Database } from '../../db/database.ts';
import { listModels, publishModel, readModelBytes } from '../../db/queries/models.ts';
import { decodeModel } from '../../src/model/model.ts';
import { ChurnBook } from '../../src/serving/churn-book.ts';
import { churnFile } from '../../src/serving/churn-file.ts';
import { customersIn } from '../../src/serving/customers-in.ts';
import { readSnapshot } from '../../src/serving/read-snapshot.ts';
import { describeDatabases } from '../support/databases.ts';
import { temporaryFiles } from '../support/files.ts';
import {
  expectProblem,
  type OtherService,
  openOtherService,
  openTestService,
  type TestService,
} from '../support/service.ts';
import { dumpOf, fileOfLeaver, fillForgetShop, importOf, leaver } from './forget-shop.ts';

/** What tells of customers one by one. */
const lists = [
  ...['/v1/customers?limit=500', '/v1/customer-export?format=csv', '/v1/customer-export?format=json'],
  ...['/v1/alerts', '/v1/alerts?signals=order-gap', '/v1/winback', '/v1/winback?aim=won-back'],
  ...['/v1/products/bread/audience?owners=include', '/v1/products/bread/audience?owners=include&format=csv'],
  ...['/v1/segments', '/v1/churn', '/v1/churn/reasons', '/v1/value', '/v1/models', '/metrics'],
];

const training = { minSupport: 2, minConfidence: 0.1, minLift: 0 };

describeDatabases('a customer who asks to be forgotten', (opened) => {
  const write = temporaryFiles();
  let database: Database;
  let service: TestService;
  let other: TestService;
  let second: OtherService;
  let named: string[];
  let before: unknown;
  let later: string;

  const forget = (to: TestService, code = leaver, init: RequestInit = {}) =>
    to.request(`/v1/customers/${code}`, { ...init, method: 'DELETE' });

  const told = async (from: TestService, path: string): Promise<string> => {
    const response = await from.app.request(path);
    const text = await response.text();
    expect({ path, status: response.status, text: response.status === 200 ? '' : text }).toMatchObject({
      status: 200,
    });
    return text;
  };

  /** Which of the lists name the leaver. */
  const naming = async (from: TestService): Promise<string[]> => {
    const found: string[] = [];
    for (const path of lists) if ((await told(from, path)).includes(leaver)) found.push(path);
    return found;
  };

  const offersTo = async (from: TestService, code: string) => {
    const { recommendationId: _, ...answer } = (await from.get(`/v1/customers/${code}/offers`)).body;
    return answer;
  };

  /** What is counted of all, which must stay as it is. */
  const aggregates = async (from: TestService) => {
    const { version, figures } = (await listModels(database, 1))[0];
    const churn = (await from.get('/v1/churn')).body;
    expect(churn.modelVersion).toBe(String(version));
    const [sums] = await database.rows(
      sql`select count(distinct o.id)::int as orders, count(*)::int as lines, sum(quantity * unit_price) as revenue
          from orders o join order_lines l on l.order_id = o.id`,
    );
    return {
      figures,
      sums,
      churn: { ...churn, modelVersion: '' },
      cohorts: { ...(await from.get('/v1/churn/cohorts')).body, modelVersion: '' },
      reasons: { ...(await from.get('/v1/churn/reasons')).body, modelVersion: '' },
      rules: (await from.get('/v1/rules')).body.items,
      popularBySegment: from.shop.served!.model.popular,
      popular: await from.offered('/v1/offers'),
      value: { ...(await from.get('/v1/value')).body, modelVersion: '' },
    };
  };

  beforeAll(async () => {
    database = opened().database;
    service = await openTestService(database);
    await fillForgetShop(database, service);
    await importOf(database, write('aside.csv', fileOfLeaver.replace(/^.*\/(0|new),.*\n/gm, '')));
    await service.train(training);
    await service.train(training);
    second = await openOtherService(opened());
    other = second.service;
    named = await naming(service);
    before = await aggregates(service);
  }, 120_000);
  afterAll(async () => {
    await second?.close();
    await service?.close();
  });

  it('is there before, wherever customers are told of one by one', async () => {
    expect(named).toEqual(lists.slice(0, 9));
    expect((await dumpOf(database)).match(new RegExp(leaver, 'g'))!.length).toBeGreaterThan(15);
    expect((await service.get(`/v1/customers/${leaver}`)).status).toBe(200);
    // Kept to be given again.
    for (const one of [service, other]) await offersTo(one, leaver);
    expect(await offersTo(service, leaver)).not.toEqual(await offersTo(service, 'nobody'));
  });

  it('is forgotten by those alone who may do it, and not by a wrong id', async () => {
    const keys = 'analyst:analysts-own-key,storefront:shop-front-key';
    const guarded = await openTestService(database, { PAIRWELL_API_KEYS: keys });
    for (const key of ['analysts-own-key', 'shop-front-key']) {
      const headers = { 'X-API-Key': key };
      expectProblem(await forget(guarded, leaver, { headers }), 403, 'forbidden');
      expectProblem(
        await guarded.send('POST', `/v1/customers/${leaver}/return`, undefined, headers),
        403,
        'forbidden',
      );
    }
    await guarded.close();
    expectProblem(await forget(service, 'nobody'), 404, 'not-found');
    expectProblem(await forget(service, 'x'.repeat(201)), 400, 'bad-input');
    const [{ forgotten }] = await database.rows(
      sql`select count(*)::int as forgotten from forgotten_customers`,
    );
    expect(forgotten).toBe(0);
  });

  it('is unknown at once where it was asked, and soon in every other process', async () => {
    const { total } = (await service.get('/v1/winback')).body;
    expect((await forget(service)).status).toBe(204);
    expectProblem(await service.get(`/v1/customers/${leaver}`), 404, 'not-found');
    expectProblem(await service.get(`/v1/customers/${leaver}/timeline`), 404, 'not-found');
    expect(await naming(service)).toEqual([]);
    expect((await service.get('/v1/winback')).body.total).toBe(total - 1);
    expect((await service.get(`/v1/customers?text=${leaver}`)).body.matching).toBe(0);
    expect((await service.get('/v1/customers?text=ann')).body.matching).toBe(1);
    expect(await offersTo(service, leaver)).toEqual(await offersTo(service, 'nobody'));
    expect(service.shop.activity(leaver).interests).toEqual([]);
    await vi.waitFor(
      async () => {
        expect(await naming(other)).toEqual([]);
        expect(await offersTo(other, leaver)).toEqual(await offersTo(other, 'nobody'));
        expect(other.shop.activity(leaver).interests).toEqual([]);
      },
      { timeout: 10_000 },
    );
  });

  it('is in no table and in no stored model', async () => {
    const dump = await dumpOf(database);
    expect(dump).not.toContain(leaver);
    const nameless = await database.rows(
      sql`select channel, attributes, first_seen from customers where code is null`,
    );
    expect(nameless).toEqual([{ channel: 'friend', attributes: { country: 'FR' }, first_seen: null }]);
    // What was told of others stays.
    expect(dump).toContain('{"page": "start"}');
    expect(dump).toContain('["other/odd", "2024-03-30", "tea", "some", "5", "ann"]');
    for (const { version } of await listModels(database, 10)) {
      const { customerCodes, churn, customers } = decodeModel(await readModelBytes(database, version));
      expect(customerCodes.indexOf(leaver)).toBe(-1);
      expect(customerCodes.indexOf('ann')).toBe(0);
      expect(Array.from({ length: customerCodes.size }, (_, n) => customerCodes.get(n)).toSorted()).toEqual([
        '',
        'ann',
        'cid',
        'eve',
        'gil',
        'hal',
        'ida',
      ]);
      const file = [...churnFile(new ChurnBook(version, customerCodes, churn!, customers!), 'csv')];
      const rows = Buffer.concat(file).toString().trim().split('\n');
      // Of those with a contract the other one.
      expect(rows.map((row) => row.split(',')[0])).toEqual(['customerId', 'ann']);
    }
    const read = await readSnapshot(database, undefined);
    expect(await customersIn(database, read, undefined)).toHaveLength(6);
  });

  it('is forgotten once, however often it is asked', async () => {
    expect((await forget(service)).status).toBe(204);
    expect((await forget(other)).status).toBe(204);
  });

  it('is forgotten by a process that did not hear of it, once it listens again', async () => {
    let resume = () => undefined as unknown;
    const listen: Database['listen'] = async (_channel, _onMessage, onResumed) => {
      resume = onResumed!;
      return async () => undefined;
    };
    const unheard = 'unheard-4713';
    await service.send('PUT', '/v1/customers', { customers: [{ id: unheard }] });
    const lines = [{ productId: 'tea', quantity: 1 }];
    await service.send('POST', '/v1/orders', { id: 'sole', customerId: unheard, lines });
    await service.train(training);
    await service.send('POST', '/v1/orders', { id: 'later', customerId: unheard, lines });
    const view = { id: 'seen', customerId: unheard, type: 'view', productId: 'tea' };
    await service.send('POST', '/v1/events', view);
    const deaf = await openTestService({ ...second.database, listen });
    const knows = async () => [
      (await told(deaf, '/v1/customers?limit=500')).includes(unheard),
      deaf.shop.activity(unheard).interests.length > 0,
      deaf.shop.customer(unheard).recentPurchases.length > 0,
    ];
    expect(await knows()).toEqual([true, true, true]);
    expect((await forget(service, unheard)).status).toBe(204);
    expect(await knows()).toEqual([true, true, true]);
    resume();
    await vi.waitFor(async () => expect(await knows()).toEqual([false, false, false]));
    expect(deaf.shop.served?.model.customerCodes.indexOf('ann')).toBeGreaterThanOrEqual(0);
    await deaf.close();
    await database.rows(sql`delete from order_lines where order_id in (
      select id from orders where customer_id in (select max(id) from customers where code is null))`);
    await database.rows(
      sql`delete from orders where customer_id in (select max(id) from customers where code is null)`,
    );
    await database.rows(
      sql`delete from customers where id in (select max(id) from customers where code is null)`,
    );
  });

  it('stays away after a restart', async () => {
    const late = await openTestService(second.database);
    expect(await naming(late)).toEqual([]);
    expectProblem(await late.get(`/v1/customers/${leaver}`), 404, 'not-found');
    expect(await offersTo(late, leaver)).toEqual(await offersTo(service, leaver));
    await late.close();
  });

  it('leaves what was counted of all as it was, when the next model is trained', async () => {
    await service.train(training);
    expect(await aggregates(service)).toEqual(before);
    expect(await naming(service)).toEqual([]);
    const { items } = (await service.get('/v1/customers?limit=500')).body;
    expect(items.map(({ customerId }: { customerId: string }) => customerId).toSorted()).toEqual([
      ...['ann', 'cid', 'eve', 'gil', 'hal', 'ida'],
    ]);
  });

  it('does not come back with a file: orders are nobody’s, and none counts twice', async () => {
    const rows = () =>
      database.rows(
        sql`select (select count(*)::int from orders) as orders, (select count(*)::int from order_lines) as lines,
          (select count(*)::int from orders where customer_id is null) as anonymous,
          (select count(*)::int from customers) as customers`,
      );
    const [was] = await rows();
    const report = await importOf(database, write('again.csv', fileOfLeaver));
    expect(report).toMatchObject({
      rowsRead: 4,
      alreadyStored: 1,
      lines: { purchases: 0, anonymousPurchases: 1 },
      rejected: { 'invalid-quantity': 2 },
    });
    const [now] = await rows();
    expect(now).toEqual({
      ...was,
      orders: Number(was.orders) + 1,
      lines: Number(was.lines) + 1,
      anonymous: Number(was.anonymous) + 1,
    });
    expect(await dumpOf(database)).not.toContain(leaver);
  });

  it('does not come back over HTTP, and the answers say so', async () => {
    const put = await service.send('PUT', '/v1/customers', {
      customers: [{ id: leaver, attributes: { country: 'FR' } }, { id: 'ann' }],
    });
    expect(put.body).toEqual({ stored: 1, forgotten: [leaver] });
    const contract = { id: `again ${leaver}`, customerId: leaver, startsOn: '2024-04-01' };
    expect((await service.send('PUT', '/v1/contracts', { contracts: [contract] })).body).toEqual({
      stored: 0,
      forgotten: [leaver],
    });
    const events = [
      { id: 'of-leaver', customerId: leaver, type: 'view', productId: 'tea' },
      { id: 'of-ann', customerId: 'ann', type: 'view', productId: 'tea' },
    ];
    expect((await service.send('POST', '/v1/events', { events })).body).toEqual({
      stored: 1,
      forgotten: ['of-leaver'],
    });
    const lines = [{ productId: 'tea', quantity: 1 }];
    const order = { id: `${leaver}/shop`, customerId: leaver, lines };
    expect((await service.send('POST', '/v1/orders', order)).body).toEqual({
      orderId: order.id,
      stored: 'now',
      isAnonymous: true,
    });
    expect((await service.send('POST', '/v1/orders', order)).body).toMatchObject({ stored: 'before' });
    // One of before, which has its digest for an id.
    const old = { id: `${leaver}/1`, customerId: leaver, lines: [...lines, ...lines] };
    expectProblem(await service.send('POST', '/v1/orders', old), 409, 'conflict');
    const same = [
      { productId: 'bread', quantity: 2 },
      { productId: 'butter', quantity: 1 },
    ];
    expect((await service.send('POST', '/v1/orders', { ...old, lines: same })).body).toMatchObject({
      stored: 'before',
      isAnonymous: true,
    });
    expect(service.shop.customer(leaver).recentPurchases).toEqual([]);
    expect(service.shop.activity(leaver).interests).toEqual([]);
    expect(await dumpOf(database)).not.toContain(leaver);
  });

  it('is not in a model that was being trained meanwhile', async () => {
    const [{ version, settings, figures }] = await listModels(database, 1);
    later = 'later-4712';
    await service.send('PUT', '/v1/customers', { customers: [{ id: later }] });
    await service.train(training);
    const bytes = await readModelBytes(database, version + 1);
    expect(decodeModel(bytes).customerCodes.indexOf(later)).toBeGreaterThanOrEqual(0);
    expect((await forget(service, later)).status).toBe(204);
    await publishModel(database, { bytes, settings, figures });
    expect(await dumpOf(database)).not.toContain(later);
    expect(
      decodeModel(await readModelBytes(database, version + 2)).customerCodes.indexOf('ann'),
    ).toBeGreaterThanOrEqual(0);
  });

  it('is not answered with what was kept', async () => {
    expect(service.shop.activity('gil').revision).toBe(0);
    const known = await offersTo(service, 'gil');
    expect(await offersTo(service, 'gil')).toEqual(known);
    expect(known).not.toEqual(await offersTo(service, 'nobody'));
    expect((await forget(service, 'gil')).status).toBe(204);
    expect(await offersTo(service, 'gil')).toEqual(await offersTo(service, 'nobody'));
  });

  it('may come back with a new consent, as a new customer', async () => {
    expect((await service.send('POST', `/v1/customers/${leaver}/return`)).status).toBe(204);
    expectProblem(await service.send('POST', `/v1/customers/${leaver}/return`), 404, 'not-found');
    expectProblem(await service.get(`/v1/customers/${leaver}`), 404, 'not-found');
    const put = await service.send('PUT', '/v1/customers', { customers: [{ id: leaver }] });
    expect(put.body).toEqual({ stored: 1 });
    const { body } = await service.get(`/v1/customers/${leaver}`);
    expect(body).toMatchObject({
      customerId: leaver,
      channel: null,
      attributes: {},
      timeline: { items: [] },
    });
    expect((await forget(service)).status).toBe(204);
    expect(await dumpOf(database)).not.toContain(leaver);
  });
});
