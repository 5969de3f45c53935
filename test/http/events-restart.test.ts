import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Database } from '../../db/database.ts';
import { putCustomers } from '../../db/queries/customers.ts';
import { latestEventIds, recentEvents } from '../../db/queries/recent-events.ts';
import { activityTypes } from '../../src/offers/activity.ts';
import { deedsKept } from '../../src/offers/deed-list.ts';
import { describeDatabases } from '../support/databases.ts';
import {
  type OtherService,
  openOtherService,
  openTestService,
  type TestService,
} from '../support/service.ts';
import { emptyShop, fillShop } from '../support/shop.ts';

const day = 86_400_000;
const always = Number.NEGATIVE_INFINITY;

/** All that offers ask of a customer's activity. */
function known({ shop }: TestService, customer: string) {
  const activity = shop.activity(customer);
  const products = ['bread', 'jam', 'tea', 'comet'];
  return {
    shown: products.map((code) => activity.impressions(code, always)),
    inMail: activity.placementImpressions('email', always),
    dismissed: products.map((code) => activity.dismissedAt(code)),
    lastComplaint: activity.lastComplaint,
    interests: activity.interests,
  };
}

describeDatabases('the activity of customers', (opened) => {
  let database: Database;
  let service: TestService;
  let other: TestService;
  let second: OtherService;

  beforeAll(async () => {
    database = opened().database;
    await fillShop(database);
    service = await openTestService(database);
    second = await openOtherService(opened());
    other = second.service;
  });
  afterAll(async () => {
    await second?.close();
    await service?.close();
  });

  const ago = (days: number) => new Date(Date.now() - days * day).toISOString();
  const post = (to: TestService, ...events: object[]) => to.send('POST', '/v1/events', { events });

  it('is known everywhere, whichever process was told', async () => {
    const ann = { customerId: 'ann', placement: 'email' };
    await post(
      service,
      { id: '1', type: 'impression', ...ann, productIds: ['jam', 'tea', 'comet'], at: ago(3) },
      { id: '2', type: 'dismiss', ...ann, productId: 'tea', at: ago(2) },
      { id: '3', type: 'click', ...ann, productId: 'comet', at: ago(2.5) },
      { id: '4', type: 'complaint', customerId: 'ann', at: ago(10) },
      { id: '5', type: 'view', customerId: 'ann', productId: 'bread', at: ago(100) },
    );
    await post(other, { id: '6', type: 'impression', ...ann, productId: 'jam', at: ago(1) });
    // Sent again to the other one, as when the first answer was lost.
    await post(other, { id: '2', type: 'dismiss', ...ann, productId: 'tea', at: ago(2) });
    const expected = {
      shown: [0, 2, 1, 1],
      inMail: 4,
      dismissed: [undefined, undefined, expect.any(Number), undefined],
      lastComplaint: expect.any(Number),
      interests: [{ type: 'click', product: 'comet', at: expect.any(Number) }],
    };
    for (const each of [service, other])
      await vi.waitFor(() => expect(known(each, 'ann')).toEqual(expected), { timeout: 10_000 });
    expect(known(other, 'ann')).toEqual(known(service, 'ann'));
  });

  it('is of events that both processes are told of at once, and one stores', async () => {
    const views = Array.from({ length: 40 }, (_, n) => ({
      ...{ id: `both ${n}`, type: 'impression', customerId: `both ${n % 5}` },
      productIds: n % 2 === 0 ? ['jam', 'tea'] : ['jam'],
    }));
    const answers = await Promise.all(
      views.flatMap((view) => [post(service, view), post(other, view), post(service, view)]),
    );
    expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 200));
    expect(answers.reduce((sum, { body }) => sum + body.stored, 0)).toBe(40);
    expect(answers.flatMap(({ body }) => body.conflicts ?? [])).toEqual([]);
    for (const each of [service, other]) {
      const shown = () =>
        [0, 1, 2, 3, 4].map((n) => each.shop.activity(`both ${n}`).totalImpressions(always));
      expect(shown()).toEqual([12, 12, 12, 12, 12]);
    }
  });

  it('is the same in a process that starts later', async () => {
    const late = await openTestService(second.database);
    expect(known(late, 'ann').inMail).toBe(4);
    expect(known(late, 'ann')).toEqual(known(service, 'ann'));
    await late.close();
  });

  it('is read page by page where there is much of it, and what is dated ahead is left', async () => {
    await emptyShop(database);
    const codes = Array.from({ length: 60 }, (_, n) => ({ code: `customer ${n}` }));
    await putCustomers(database, codes);
    await database.rows(sql`
      insert into events (kind, customer_id, product_code, at)
      select 'impression', c.id, 'comet', now() - n * interval '1 minute'
      from generate_series(1, 210) as n, customers c order by n, c.id`);
    await database.rows(sql`
      insert into events (kind, customer_id, product_code, at)
      select 'impression', id, 'comet', now() + interval '2 years' from customers`);
    const late = await openTestService(database);
    for (const { code } of codes) {
      expect(late.shop.activity(code).impressions('comet', always)).toBe(deedsKept.impression);
      // The latest ones of the 210.
      expect(late.shop.activity(code).totalImpressions(Date.now() - 200.5 * 60_000)).toBe(200);
    }
    await late.close();

    const ids = await latestEventIds(database, 100);
    expect(ids.lastId - ids.afterId).toBe(100);
    let read = 0;
    for await (const page of recentEvents(database, { ...ids, kinds: activityTypes, within: day }))
      read += page.length;
    // Sixty of the hundred are dated ahead.
    expect(read).toBe(40);
  });
});
