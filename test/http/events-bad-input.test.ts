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
  ])('with %s are refused, and the field is named', async (_, body, path) => {
    const answer = await post(body);
    expectProblem(answer, 400, 'bad-input');
    expect(answer.body.errors.map(({ path }: { path: string }) => path)).toContain(path);
    expect(await stored('bad')).toEqual([]);
  });

  it('of purchases are refused, and it is said where they go', async () => {
    const answer = await post({ id: nextId(), type: 'purchase', productId: 'tea' });
    expect(expectProblem(answer, 400, 'bad-input')).toMatch(/POST \/v1\/orders/);
  });
});
