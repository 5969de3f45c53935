import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { events } from '../../db/schema.ts';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, openTestService, type TestService } from '../support/service.ts';
import { fillShop } from '../support/shop.ts';

const minute = 60_000;

describeDatabases('events that are wrong', (opened) => {
  let database: Database;
  let service: TestService;

  beforeAll(async () => {
    database = opened().database;
    await fillShop(database);
    service = await openTestService(database);
  });
  afterAll(() => service?.close());

  let count = 0;
  const nextId = () => `event ${++count}`;
  const post = (body: unknown) => service.send('POST', '/v1/events', body);
  const stored = (id: string) => database.orm.select().from(events).where(eq(events.code, id));

  describe('by a clock that jumps', () => {
    it.each([
      ['an hour ahead', () => new Date(Date.now() + 60 * minute)],
      ['in the year 9999', () => new Date('9999-12-31T23:59:59Z')],
      ['in 1970', () => new Date(0)],
      ['in the year 1', () => new Date('0001-01-01T00:00:00Z')],
    ])('%s have our time, and it is said', async (_, told) => {
      const [id, before] = [nextId(), Date.now()];
      const view = { id, type: 'view', customerId: 'jumper', productId: 'tea', at: told().toISOString() };
      const { body } = await post(view);
      expect(body).toEqual({ stored: 1, correctedTimes: [{ id, at: expect.any(String) }] });
      const [{ at } = { at: null }] = await stored(id);
      expect(at!.getTime()).toBeGreaterThanOrEqual(before);
      expect(at!.getTime()).toBeLessThanOrEqual(Date.now());
      expect(body.correctedTimes[0].at).toBe(at!.toISOString());
      expect((await post(view)).body).toEqual({ stored: 0, storedBefore: [id] });
    });

    it.each([
      ['a minute ahead', () => new Date(Date.now() + minute)],
      ['years ago', () => new Date('2004-02-29T23:59:59.999Z')],
    ])('%s keep their own', async (_, told) => {
      const [id, at] = [nextId(), told()];
      const { body } = await post({ id, type: 'complaint', customerId: 'early', at: at.toISOString() });
      expect(body).toEqual({ stored: 1 });
      expect(await stored(id)).toMatchObject([{ at }]);
    });
  });

  it('that cannot be stored are refused alone', async () => {
    const view = (payload: object) => ({ id: nextId(), type: 'view', productId: 'tea', payload });
    const sent = Array.from({ length: 12 }, (_, n) => view(n === 5 ? { text: 'zero \0' } : {}));
    const answers = await Promise.all(sent.map(post));
    expect(expectProblem(answers[5]!, 400, 'bad-input')).toMatch(/^A value cannot be stored: /);
    expect(answers.map(({ status }) => status)).toEqual(sent.map((_, n) => (n === 5 ? 400 : 200)));
    expect(await stored(sent[5]!.id)).toEqual([]);
  });

  const nested = (levels: number): object => (levels === 0 ? {} : { in: nested(levels - 1) });

  it.each([
    ['no id', { type: 'view', productId: 'tea' }, 'id'],
    ['an empty id', { id: '', type: 'visit' }, 'id'],
    ['a zero character', { id: 'a\0b', type: 'visit' }, 'id'],
    ['no type', { id: 'bad' }, 'type'],
    ['a type of other letters', { id: 'bad', type: 'Click_It' }, 'type'],
    ['a click on nothing', { id: 'bad', type: 'click', customerId: 'ann' }, 'productId'],
    ['two lists of products', { id: 'bad', type: 'view', productId: 'a', productIds: ['b'] }, 'productIds'],
    ['one product twice', { id: 'bad', type: 'view', productIds: ['a', 'a'] }, 'productIds'],
    [
      'too many products',
      { id: 'bad', type: 'view', productIds: Array.from({ length: 51 }, String) },
      'productIds',
    ],
    ['a position of 0', { id: 'bad', type: 'view', productId: 'a', position: 0 }, 'position'],
    ['a time without a zone', { id: 'bad', type: 'visit', at: '2024-05-01T10:00:00' }, 'at'],
    ['a day that is none', { id: 'bad', type: 'visit', at: '2023-02-29T00:00:00Z' }, 'at'],
    ['a long payload', { id: 'bad', type: 'visit', payload: { text: 'x'.repeat(10_000) } }, 'payload'],
    ['a deep payload', { id: 'bad', type: 'visit', payload: nested(9) }, 'payload'],
    ['a payload of no end', { id: 'bad', type: 'visit', payload: nested(2000) }, 'payload'],
    ['a payload that is a list', { id: 'bad', type: 'visit', payload: [1] }, 'payload'],
    ['an unknown field', { id: 'bad', type: 'visit', colour: 'red' }, ''],
    ['no events', { events: [] }, 'events'],
    [
      'too many events',
      { events: Array.from({ length: 1001 }, (_, n) => ({ id: `${n}`, type: 'visit' })) },
      'events',
    ],
    ['one bad among good ones', { events: [{ id: 'bad', type: 'visit' }, { id: 'b' }] }, 'events.1.type'],
    ['a list and an event', { id: 'bad', type: 'visit', events: [{ id: 'b', type: 'visit' }] }, ''],
    ['an array', [{ id: 'bad', type: 'visit' }], ''],
    ['null', null, ''],
    ['nobody who died', { id: 'bad', type: 'death' }, 'customerId'],
    ['nobody who opted out', { id: 'bad', type: 'opt-out' }, 'customerId'],
    ['no offer', { id: 'bad', type: 'winback-offer', customerId: 'ann' }, 'payload.offer'],
    [
      'an offer that is no id',
      { id: 'bad', type: 'winback-offer', customerId: 'ann', payload: { offer: 'Ten off!' } },
      'payload.offer',
    ],
    [
      'a solution at no time',
      { id: 'bad', type: 'complaint', customerId: 'ann', payload: { solvedAt: 'soon' } },
      'payload.solvedAt',
    ],
    [
      'a solution that is neither',
      { id: 'bad', type: 'complaint', customerId: 'ann', payload: { solved: 'yes' } },
      'payload.solved',
    ],
    [
      'a reason that there is not',
      { id: 'bad', type: 'cancellation', customerId: 'ann', payload: { reason: 'too expensiv' } },
      'payload.reason',
    ],
    [
      'a reason that is no text',
      { id: 'bad', type: 'cancellation', customerId: 'ann', payload: { reason: 7 } },
      'payload.reason',
    ],
    [
      'nothing but reasons that there are not',
      { events: [{ id: 'bad', type: 'cancellation', payload: { reason: 'zzz' } }] },
      'events.0.payload.reason',
    ],
  ])('with %s are refused, and the field is named', async (_, body, path) => {
    const answer = await post(body);
    expectProblem(answer, 400, 'bad-input');
    expect(answer.body.errors.map(({ path }: { path: string }) => path)).toContain(path);
    expect(await stored('bad')).toEqual([]);
  });

  it('with a reason that there is not are set aside among others, with what may be meant', async () => {
    const [good, bad, other] = [nextId(), nextId(), nextId()];
    const cancellation = (id: string, reason: unknown) => ({
      ...{ id, type: 'cancellation', customerId: 'ann', payload: { reason } },
    });
    const events = [
      cancellation(good, 'Price'),
      cancellation(bad, 'too expensiv'),
      { id: other, type: 'complaint', customerId: 'ann', payload: { reason: 'the crust was burnt' } },
    ];
    expect((await post({ events })).body).toEqual({
      stored: 2,
      unknownReasons: [
        { id: bad, reason: 'too expensiv', nearest: expect.arrayContaining(['too-expensive']) },
      ],
    });
    expect(await stored(bad)).toEqual([]);
    expect(await stored(good)).toMatchObject([{ payload: { reason: 'Price' } }]);
    // Its id is free still, and no reason is no mistake.
    expect((await post(cancellation(bad, 'too-expensive'))).body).toEqual({ stored: 1 });
    expect((await post(cancellation(nextId(), null))).body).toEqual({ stored: 1 });
    const answer = await post(cancellation(nextId(), 'too expensiv'));
    expect(expectProblem(answer, 400, 'bad-input')).toMatch(/Did you mean too-expensive/);
  });

  it('of purchases are refused, and it is said where they go', async () => {
    const answer = await post({ id: nextId(), type: 'purchase', productId: 'tea' });
    expect(expectProblem(answer, 400, 'bad-input')).toMatch(/POST \/v1\/orders/);
  });
});
