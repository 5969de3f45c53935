import { eq, sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { chargedEvents } from '../../db/queries/customer-timeline.ts';
import { customers, events, products } from '../../db/schema.ts';
import { recommendationIdOf } from '../../src/offers/recommendation-id.ts';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, openTestService, type TestService } from '../support/service.ts';
import { fillShop } from '../support/shop.ts';

const always = Number.NEGATIVE_INFINITY;

describeDatabases('events over HTTP', (opened) => {
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
  const activity = (customer: string) => service.shop.activity(customer);
  const stored = (id: string) =>
    database.orm.select().from(events).where(eq(events.code, id)).orderBy(events.lineNo);
  const customer = async (code: string) =>
    (await database.orm.select().from(customers).where(eq(customers.code, code)))[0];

  it('are stored whole before they are acknowledged', async () => {
    const [id, at] = [nextId(), '2024-05-01T10:20:30.456+02:00'];
    const recommendationId = recommendationIdOf({ modelVersion: 3, placement: 'cart' }, 'x1');
    const click = { id, type: 'click', customerId: 'ann', productId: 'jam', position: 2, at };
    const payload = { device: 'größe 📦', deep: { list: [1, null, 0.1] } };
    const answer = await post({ ...click, recommendationId, payload });
    expect(answer).toMatchObject({ status: 200 });
    expect(answer.body).toEqual({ stored: 1 });
    const [line, ...others] = await stored(id);
    expect(others).toEqual([]);
    const [jam] = await database.orm.select().from(products).where(eq(products.code, 'jam'));
    expect(line).toMatchObject({
      code: id,
      lineNo: 1,
      kind: 'click',
      customerId: (await customer('ann'))!.id,
      productId: jam!.id,
      productCode: null,
      recommendationId,
      placement: 'cart',
      position: 2,
      at: new Date(at),
      payload,
    });
  });

  it('may be of several products, each with its position', async () => {
    const id = nextId();
    const shown = ['tea', 'jam', 'bread'];
    const impression = { id, type: 'impression', customerId: 'ben', placement: 'email', position: 4 };
    expect((await post({ events: [{ ...impression, productIds: shown }] })).body).toEqual({ stored: 1 });
    expect(await stored(id)).toMatchObject([
      { lineNo: 1, position: 4, placement: 'email' },
      { lineNo: 2, position: 5, placement: 'email' },
      { lineNo: 3, position: 6, placement: 'email' },
    ]);
    expect(activity('ben').totalImpressions(always)).toBe(3);
    for (const code of shown) expect(activity('ben').impressions(code, always)).toBe(1);
  });

  it("are known to the customer's next request", async () => {
    const before = Date.now();
    const of = { customerId: 'eva', placement: 'cart' };
    const shown = () => ({ id: nextId(), type: 'impression', ...of, productIds: ['tea', 'jam'] });
    await post({ events: [shown(), shown()] });
    await post({ id: nextId(), type: 'dismiss', ...of, productId: 'tea' });
    await post({ id: nextId(), type: 'click', ...of, productId: 'jam', at: '2024-01-01T00:00:00Z' });
    await post({ id: nextId(), type: 'view', customerId: 'eva', productId: 'soap' });
    await post({ id: nextId(), type: 'accept', ...of, productId: 'jam' });
    await post({ id: nextId(), type: 'complaint', customerId: 'eva', payload: { reason: 'late' } });
    const eva = activity('eva');
    expect(eva.impressions('tea', before)).toBe(2);
    expect(eva.impressions('soap', always)).toBe(0);
    expect([eva.totalImpressions(before), eva.placementImpressions('cart', before)]).toEqual([4, 4]);
    expect(eva.placementImpressions('email', always)).toBe(0);
    expect(eva.dismissedAt('tea')).toBeGreaterThanOrEqual(before);
    expect(eva.dismissedAt('jam')).toBeUndefined();
    expect(eva.lastComplaint).toBeGreaterThanOrEqual(before);
    // The click is too long ago.
    expect(eva.interests.map(({ type, product }) => [type, product])).toEqual([
      ['accept', 'jam'],
      ['view', 'soap'],
    ]);
    const { revision } = eva;
    await post({ id: nextId(), type: 'visit', customerId: 'eva' });
    expect(activity('eva').revision).toBe(revision);
    await post({ id: nextId(), type: 'view', customerId: 'eva', productId: 'soap' });
    expect(activity('eva').revision).not.toBe(revision);
  });

  it('of guests are stored, and nobody is remembered', async () => {
    const id = nextId();
    expect((await post({ id, type: 'view', productId: 'tea' })).body).toEqual({ stored: 1 });
    expect(await stored(id)).toMatchObject([{ customerId: null }]);
  });

  it('make customers nobody has heard of, and take keys for those alone', async () => {
    const view = (customerId: string, at: string) => ({ id: nextId(), type: 'visit', customerId, at });
    await post(view('new one', '2024-03-01T00:00:00Z'));
    for (let n = 0; n < 5; n++) await post(view('new one', '2024-02-01T00:00:00Z'));
    await post({
      events: [
        view('new two', '2024-03-02T00:00:00Z'),
        view('new one', '2024-03-02T00:00:00Z'),
        view('new two', '2024-03-01T00:00:00Z'),
      ],
    });
    const [one, two] = [await customer('new one'), await customer('new two')];
    expect(two!.id).toBe(one!.id + 1);
    expect([one!.firstSeen, two!.firstSeen]).toEqual([new Date('2024-03-01'), new Date('2024-03-01')]);
  });

  describe('that come again', () => {
    const impression = { type: 'impression', customerId: 'kim', productIds: ['tea', 'jam'] };

    it('are stored once, however often they are sent, and it is said', async () => {
      const event = { id: nextId(), ...impression };
      const answers = await Promise.all(Array.from({ length: 5 }, () => post(event)));
      const bodies = answers.map(({ body }) => body);
      expect(bodies.filter(({ stored }) => stored === 1)).toEqual([{ stored: 1 }]);
      expect(bodies.filter(({ stored }) => stored === 0)).toEqual(
        Array.from({ length: 4 }, () => ({ stored: 0, storedBefore: [event.id] })),
      );
      expect(await stored(event.id)).toHaveLength(2);
      expect(activity('kim').totalImpressions(always)).toBe(2);
    });

    it('in one request count once', async () => {
      const event = { id: nextId(), type: 'click', customerId: 'kim', productId: 'tea' };
      const { body } = await post({ events: [event, event, { ...event, productId: 'jam' }] });
      expect(body).toEqual({ stored: 1, storedBefore: [event.id], conflicts: [event.id] });
      expect(await stored(event.id)).toMatchObject([{ kind: 'click' }]);
    });

    it('keep their first time', async () => {
      const event = { id: nextId(), type: 'visit', customerId: 'kim' };
      await post(event);
      const [{ at } = { at: null }] = await stored(event.id);
      expect((await post({ ...event, at: '2024-01-01T00:00:00Z' })).body.storedBefore).toEqual([event.id]);
      expect(await stored(event.id)).toMatchObject([{ at }]);
    });

    const first = { ...impression, recommendationId: 'r', placement: 'cart', position: 1, payload: { a: 1 } };

    it.each([
      { type: 'view' },
      { customerId: 'ann' },
      { customerId: undefined },
      { customerId: 'nobody so far' },
      { productIds: ['tea'] },
      { productIds: ['jam', 'tea'] },
      { productIds: ['tea', 'jam', 'soap'] },
      { productIds: ['tea', 'unheard of'] },
      { recommendationId: 's' },
      { placement: 'email' },
      { position: undefined },
      { payload: { a: 2 } },
    ])('with %o in place of what was there are refused, and change nothing', async (change) => {
      const id = nextId();
      await post({ id, ...first });
      const before = await stored(id);
      expect(expectProblem(await post({ id, ...first, ...change }), 409, 'conflict')).toContain(id);
      const other = nextId();
      const mixed = await post({
        events: [
          { id, ...first, ...change },
          { id: other, ...first },
        ],
      });
      expect(mixed).toMatchObject({ status: 200, body: { stored: 1, conflicts: [id] } });
      expect(await stored(id)).toEqual(before);
      expect(await stored(other)).toHaveLength(2);
      expect(await customer('nobody so far')).toBeUndefined();
    });
  });

  it('of what is not known are stored, and it is said', async () => {
    const [id, customerId] = [nextId(), 'explorer'];
    const event = { id, type: 'view', customerId, productIds: ['comet', 'tea'] };
    const odd = { recommendationId: 'not ours', placement: 'moon' };
    const { body } = await post({
      events: [
        { ...event, ...odd },
        { id: nextId(), type: 'saw-it-fly', customerId, productId: 'comet', ...odd },
      ],
    });
    expect(body).toEqual({
      stored: 2,
      unknownProducts: ['comet'],
      unknownRecommendations: ['not ours'],
      unknownPlacements: ['moon'],
      unknownTypes: ['saw-it-fly'],
    });
    expect(await stored(id)).toMatchObject([
      { productId: null, productCode: 'comet', recommendationId: 'not ours', placement: 'moon' },
      { productCode: null },
    ]);
    expect(await database.orm.select().from(products).where(eq(products.code, 'comet'))).toEqual([]);
    expect(
      activity(customerId)
        .interests.map(({ product }) => product)
        .sort(),
    ).toEqual(['comet', 'tea']);
    expect((await post({ ...event, ...odd })).body).toMatchObject({
      storedBefore: [id],
      unknownProducts: ['comet'],
    });
    const nameInTimeline = async () => {
      const { items } = (await service.get(`/v1/customers/${customerId}/timeline`)).body;
      return items.find((entry: { product: { productId: string } }) => entry.product.productId === 'comet')
        .product.name;
    };
    expect(await nameInTimeline()).toBeNull();
    await service.send('PUT', '/v1/products', { products: [{ id: 'comet', name: 'Comet' }] });
    expect(await nameInTimeline()).toBe('Comet');
  });

  it('may come many at a time, of the same new customers', async () => {
    const ids = Array.from({ length: 200 }, nextId);
    const answers = await Promise.all(
      ids.map((id, n) =>
        post({
          events: [
            { id, type: 'view', customerId: `crowd ${n % 7}`, productId: 'tea' },
            { id: `${id} too`, type: 'view', customerId: `crowd ${(n + 3) % 7}`, productId: 'jam' },
          ],
        }),
      ),
    );
    expect(answers.map(({ body }) => body)).toEqual(answers.map(() => ({ stored: 2 })));
    const [{ lines } = { lines: 0 }] = await database.rows<{ lines: number }>(
      sql`select count(*)::integer as lines from events e join customers c on c.id = e.customer_id
          where c.code like 'crowd %'`,
    );
    expect(lines).toBe(400);
    expect(activity('crowd 3').interests.length).toBeGreaterThan(50);
  });

  it('stand on the time line of the customer', async () => {
    const recommendationId = recommendationIdOf({ modelVersion: 1, placement: 'checkout' }, 'tl');
    const of = { customerId: 'liz', recommendationId };
    const [shown, click] = [nextId(), nextId()];
    await post({
      events: [
        {
          ...of,
          ...{ id: shown, type: 'impression', productIds: ['tea', 'jam'], position: 1 },
          at: '2024-06-01T10:00:00Z',
        },
        { ...of, id: click, type: 'accept', productId: 'jam', position: 2, at: '2024-06-01T10:00:09Z' },
      ],
    });
    const { items } = (await service.get('/v1/customers/liz/timeline')).body;
    const common = { type: 'event', recommendationId, placement: 'checkout' };
    const jam = { productId: 'jam', name: 'Jam "Mûre"' };
    expect(items).toMatchObject([
      { ...common, kind: 'accept', eventId: click, product: jam, position: 2 },
      { ...common, kind: 'impression', eventId: shown, product: jam, position: 2 },
      { ...common, kind: 'impression', eventId: shown, product: { productId: 'tea' }, position: 1 },
    ]);
  });

  it('of several products cost as one', async () => {
    await post({ id: nextId(), type: 'service-call', customerId: 'ann', productIds: ['tea', 'jam'] });
    const { id } = (await customer('ann'))!;
    expect(await chargedEvents(database, id, ['service-call'])).toMatchObject([{ count: 1 }]);
  });
});
