import { sql } from 'drizzle-orm';
import { afterAll, afterEach, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { storeOrder } from '../../db/queries/orders.ts';
import { armOf } from '../../src/churn/actions/control-arm.ts';
import { actionsAnswer, dayView, effectsAnswer } from '../../src/http/retention-action-schemas.ts';
import { actionSettings } from '../../src/serving/action-settings.ts';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, openOtherService, openTestService, type TestService } from '../support/service.ts';
import { emptyShop, fillShop, shopTraining } from '../support/shop.ts';

const list = '/v1/retention-actions/2024-06-01';
const settings = { controlShare: 0.3, seed: 5 };
const training = {
  ...shopTraining,
  customers: { asOf: '2024-06-01' },
  churn: { leaving: { kind: 'silence', days: 365 } },
};
const late = Array.from({ length: 24 }, (_, n) => `late ${n}`);
const listDay = Date.UTC(2024, 5, 1) / 86_400_000;
const isHeldOut = (code: string): boolean =>
  armOf(code, listDay, actionSettings.parse(settings)) === 'control';

/** A shop in which some order every week to the end of May, others only to the end of April; trained to know it. */
async function openWeeklyShop(database: Database): Promise<TestService> {
  await emptyShop(database);
  await fillShop(database);
  for (const code of late) for (let n = 0; n < 9; n++) await ordered(database, code, 56 + 7 * n);
  for (let c = 0; c < 6; c++)
    for (let n = 0; n < 14; n++) await ordered(database, `faithful ${c}`, 56 + 7 * n);
  const service = await openTestService(database);
  expect(await service.train(training)).toMatchObject({ status: 'succeeded' });
  return service;
}

/** @param day after 1 January */
const ordered = (database: Database, customer: string, day: number) =>
  storeOrder(database, {
    code: `${customer} ${day}`,
    customer,
    channel: 'web',
    orderedAt: new Date(Date.UTC(2024, 0, 1 + day)),
    lines: [{ product: 'bread', quantity: 10, unitPrice: 30, unitCost: 5 }],
  });

async function read(service: TestService, path: string) {
  const { status, body } = await service.get(path);
  expect({ status, detail: body.detail }).toEqual({ status: 200, detail: undefined });
  return body;
}

describeDatabases('retention actions over HTTP', (opened) => {
  let service: TestService;
  const toldOf = async (customerId: string, type: string) => {
    const event = { id: `${customerId} ${type}`, type, customerId, at: '2024-05-30T12:00:00Z' };
    expect((await service.send('POST', '/v1/events', event)).status).toBe(200);
  };
  beforeAll(async () => {
    service = await openWeeklyShop(opened().database);
  }, 60_000);
  afterEach(() => opened().database.rows(sql`truncate retention_days, retention_actions, events`));
  afterAll(() => service?.close());

  it('draws the list of a day once, by what is known by then, and holds a control group out', async () => {
    const { database } = opened();
    await toldOf('late 0', 'unsubscribe');
    await toldOf('late 1', 'contact');
    await toldOf('late 2', 'complaint');
    await toldOf('late 3', 'payment-failed');
    await ordered(database, 'late 4', 152);
    const drawn = await service.send('PUT', list, settings);
    expect(drawn.status).toBe(201);
    expect(dayView.strict().parse(drawn.body)).toEqual(drawn.body);
    const held = Object.fromEntries(
      drawn.body.notContacted.map(({ why, customers }: { why: string; customers: number }) => [
        why,
        customers,
      ]),
    );
    expect(held).toEqual({ 'left-alone': 1, 'contacted-lately': 1, returned: 1 });

    const contacted = await read(service, `${list}?limit=500`);
    const control = await read(service, `${list}?arm=control&limit=500`);
    for (const answer of [contacted, control]) expect(actionsAnswer.strict().parse(answer)).toEqual(answer);
    const codes = (items: { customerId: string }[]) => items.map(({ customerId }) => customerId);
    const listed = late.filter((_, n) => n > 1 && n !== 4);
    expect(codes(control.items).toSorted()).toEqual(listed.filter(isHeldOut).toSorted());
    expect(codes(contacted.items).toSorted()).toEqual(listed.filter((code) => !isHeldOut(code)).toSorted());
    expect(control.items.length).toBeGreaterThan(2);
    for (const item of control.items)
      expect(item).toMatchObject({ contact: null, heldOutFrom: expect.any(String) });
    const all = [...contacted.items, ...control.items];
    const actionOf = (code: string) => {
      const found = all.find(({ customerId }) => customerId === code);
      return found.contact?.action ?? found.heldOutFrom;
    };
    expect(['late 2', 'late 3', 'late 5'].map(actionOf)).toEqual([
      'service-call-back',
      'update-payment',
      'due-reminder',
    ]);
    const reminded = contacted.items.find(
      ({ contact }: { contact: { action: string } }) => contact.action === 'due-reminder',
    );
    expect(reminded).toMatchObject({
      contact: { channel: 'email', offers: ['buy-again'] },
      chance: expect.any(Number),
    });
    expect(reminded.why[0].words.en).toMatch(/an order was due about 2024-04-/);
    expect(reminded.expectedGain).toBeCloseTo(reminded.chance * 0.05 * reminded.value - 0.05, 6);

    // By pages the same; again the same, with other settings a conflict.
    const first = await read(service, `${list}?limit=5`);
    const second = await read(service, `${list}?limit=500&cursor=${first.nextCursor}`);
    expect([...first.items, ...second.items]).toEqual(contacted.items);
    const again = await service.send('PUT', list, settings);
    expect(again).toMatchObject({ status: 200, body: drawn.body });
    const other = expectProblem(await service.send('PUT', list, {}), 409, 'conflict');
    expect(other).toMatch(/drawn with other settings and is kept/);

    // Who is on a list, in either arm, is on none of the next days.
    const next = await service.send('PUT', '/v1/retention-actions/2024-06-12', settings);
    expect(next.body.totals).toEqual([]);
    expect((await service.send('PUT', '/v1/retention-actions/2024-06-15', settings)).body.totals).not.toEqual(
      [],
    );
  });

  it('is drawn by one of two processes, and both have it', async () => {
    const other = await openOtherService(opened());
    const both = await Promise.all([service, other.service].map((one) => one.send('PUT', list, settings)));
    expect(both.map(({ status }) => status).toSorted()).toEqual([200, 201]);
    expect(both[0].body).toEqual(both[1].body);
    await other.close();
  });

  it('claims nothing where nothing came of it', async () => {
    const { database } = opened();
    await service.send('PUT', list, settings);
    await ordered(database, 'faithful 0', 200);
    const { items } = await read(
      service,
      '/v1/retention-actions/effect?from=2024-06-01&to=2024-06-01&days=30',
    );
    expect(items[1]).toMatchObject({
      verdict: 'not-enough',
      lift: { difference: 0, extra: 0 },
      profit: null,
    });
    expect(items[1].words.en).toMatch(/^Not enough to say\. Of \d+ contacted 0 % stayed/);
  });

  it('refuses what cannot be', async () => {
    expectProblem(await service.get(list), 404, 'not-found');
    expectProblem(await service.get('/v1/retention-actions/tomorrow'), 400, 'bad-input');
    for (const wrong of [{ controlShare: 0 }, { channels: [] }, { chanels: [] }, { budget: -1 }])
      expectProblem(await service.send('PUT', list, wrong), 400, 'bad-input');
    const twice = {
      channels: [
        { id: 'email', cost: 1 },
        { id: 'mail', cost: 1, aliases: ['email'] },
      ],
    };
    expectProblem(await service.send('PUT', list, twice), 400, 'bad-input');
    for (const day of ['2024-05-31', '2024-07-03']) {
      const detail = expectProblem(
        await service.send('PUT', `/v1/retention-actions/${day}`, {}),
        409,
        'conflict',
      );
      expect(detail).toMatch(/from then to 2024-07-02.*train again/);
    }
    expectProblem(
      await service.get('/v1/retention-actions/effect?from=2024-06-02&to=2024-06-01'),
      400,
      'bad-input',
    );
    await service.send('PUT', list, settings);
    const { nextCursor } = await read(service, `${list}?limit=1`);
    expectProblem(await service.get(`${list}?arm=control&cursor=${nextCursor}`), 400, 'bad-input');
  });

  it('is drawn by operators, and read by analysts', async () => {
    const keyed = await openTestService(opened().database, {
      PAIRWELL_API_KEYS: 'storefront:shop-front-key,analyst:analysts-own-key,operator:operators-own-key',
    });
    const by = (key: string) => ({ 'X-API-Key': key });
    expectProblem(await keyed.send('PUT', list, {}, by('analysts-own-key')), 403, 'forbidden');
    expect((await keyed.send('PUT', list, {}, by('operators-own-key'))).status).toBe(201);
    expectProblem(await keyed.get(list, by('shop-front-key')), 403, 'forbidden');
    expect((await keyed.get(list, by('analysts-own-key'))).status).toBe(200);
    await keyed.close();
  });
});

describeDatabases('retention actions in time', (opened) => {
  let service: TestService;
  beforeEach(async () => {
    service = await openWeeklyShop(opened().database);
  }, 60_000);
  afterEach(() => service?.close());

  it('measures what came of it, and learns from it', async () => {
    const { database } = opened();
    await service.send('PUT', list, settings);
    const effect = async (days: number) => {
      const answer = await read(
        service,
        `/v1/retention-actions/effect?from=2024-06-01&to=2024-06-30&days=${days}&margin=0.5`,
      );
      expect(effectsAnswer.strict().parse(answer)).toEqual(answer);
      return answer;
    };
    // The days after the newest order are not known, not empty.
    expect(await effect(10)).toMatchObject({
      pending: 24,
      items: [{ contacted: null, verdict: 'not-enough' }],
    });
    // Late orders of those who were contacted; after ten days one who was held out.
    for (const code of late) if (!isHeldOut(code)) await ordered(database, code, 155);
    await ordered(database, late.find(isHeldOut)!, 162);
    await ordered(database, 'faithful 0', 245);
    const { items, pending } = await effect(10);
    expect(pending).toBe(0);
    expect(items.map(({ action }: { action: string | null }) => action)).toEqual([null, 'due-reminder']);
    const heldOut = late.filter(isHeldOut).length;
    expect(items[1]).toMatchObject({
      verdict: 'more-stay',
      contacted: { customers: 24 - heldOut, stayed: 24 - heldOut, share: 1, revenuePerCustomer: 300 },
      control: { customers: heldOut, stayed: 0, share: 0, revenuePerCustomer: 0 },
      lift: { difference: 1, extra: 24 - heldOut },
      revenue: { difference: 300 },
      sampleRatio: { isMismatch: false },
    });
    expect(items[1].profit.profit).toBeCloseTo((24 - heldOut) * (150 - 0.05), 6);
    expect((await effect(20)).items[1].control).toMatchObject({ stayed: 1 });
    expect(await effect(120)).toMatchObject({ pending: 24 });

    expect(await service.train({ ...training, customers: { asOf: '2024-09-03' } })).toMatchObject({
      status: 'succeeded',
    });
    const later = await service.send('PUT', '/v1/retention-actions/2024-09-03', {});
    const belief = later.body.effects.find(({ action }: { action: string }) => action === 'due-reminder');
    expect(belief.measuredShare).toBeGreaterThan(0);
    expect(belief.mean).toBeGreaterThan(0.05);
  });

  it('forgets a customer with his actions', async () => {
    await service.send('PUT', list, settings);
    const { database } = opened();
    const gone = late.find((code) => !isHeldOut(code))!;
    await database.rows(
      sql`delete from orders where customer_id = (select id from customers where code = ${gone})`,
    );
    await database.rows(sql`delete from customers where code = ${gone}`);
    const { items, totals } = await read(service, `${list}?limit=500`);
    expect(items).toHaveLength(late.filter((code) => !isHeldOut(code)).length - 1);
    expect(JSON.stringify(items)).not.toContain(`"${gone}"`);
    expect(totals[0].customers).toBe(items.length);
  });
});
