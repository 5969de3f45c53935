import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Database } from '../../db/database.ts';
import { placementNames, placements } from '../../src/offers/placements.ts';
import { describeDatabases } from '../support/databases.ts';
import {
  type Answer,
  expectProblem,
  type OtherService,
  openOtherService,
  openTestService,
  type TestService,
} from '../support/service.ts';
import { fillShop } from '../support/shop.ts';

/** Waits until `check` passes: a change takes its time from one process to the other. */
const eventually = (check: () => void | Promise<void>) => vi.waitFor(check, { timeout: 10_000 });

describeDatabases('policies and placements', (opened) => {
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
  beforeEach(async () => {
    for (const { id } of (await service.get('/v1/policies')).body.items) await remove(id);
  });

  const post = (policy: object): Promise<Answer> => service.send('POST', '/v1/policies', policy);
  const remove = (id: number): Promise<Answer> => service.request(`/v1/policies/${id}`, { method: 'DELETE' });
  const pin = { name: 'Butter first', action: 'pin', productId: 'butter', position: 1 };
  const hide = { name: 'No soap', action: 'hide', products: ['soap'] };
  const idsIn = (from: TestService) => from.shop.policies.policies.map(({ id }) => id);

  it('are stored, felt at once, changed and deleted', async () => {
    const added = await post({ ...pin, startsAt: '2024-12-01T00:00:00+01:00', placements: ['home'] });
    expect(added.status).toBe(201);
    const { id, createdAt, updatedAt, ...rest } = added.body;
    expect(rest).toEqual({
      ...pin,
      enabled: true,
      placements: ['home'],
      segments: null,
      startsAt: '2024-11-30T23:00:00.000Z',
      endsAt: null,
      warnings: [],
    });
    expect(updatedAt).toBe(createdAt);
    expect(service.shop.policies.book.window('home', Date.now()).pins).toMatchObject([
      { id, product: 'butter', position: 1 },
    ]);
    const hiding = (await post({ ...hide, categories: [['food', 'dairy']], placements: ['email'] })).body;
    expect(hiding).toMatchObject({ products: ['soap'], categories: [['food', 'dairy']] });

    const changed = await service.send('PUT', `/v1/policies/${id}`, { ...pin, position: 2, enabled: false });
    expect(changed).toMatchObject({
      status: 200,
      body: { id, createdAt, position: 2, enabled: false, startsAt: null, placements: null },
    });
    expect(service.shop.policies.book.window('home', Date.now()).pins).toEqual([]);
    const { warnings: _, ...stored } = changed.body;
    expect(await service.get(`/v1/policies/${id}`)).toMatchObject({ status: 200, body: stored });

    expect(await remove(id)).toMatchObject({ status: 200, body: stored });
    expect(idsIn(service)).toEqual([hiding.id]);
    for (const answer of [
      await remove(id),
      await service.get(`/v1/policies/${id}`),
      await service.send('PUT', `/v1/policies/${id}`, pin),
    ])
      expect(expectProblem(answer, 404, 'not-found')).toContain(`${id}`);
  });

  it('are listed page by page, by action and placement', async () => {
    for (const [n, placement] of (['home', 'cart', 'home', 'email', null] as const).entries())
      await post({ ...(n === 1 ? { ...pin, position: 3 } : hide), placements: placement && [placement] });
    const names = ({ body }: Answer) =>
      body.items.map(
        ({ action, placements }: { action: string; placements: string[] | null }) =>
          `${action} ${placements}`,
      );
    const first = await service.get('/v1/policies?placement=home&limit=2');
    expect(names(first)).toEqual(['hide home', 'hide home']);
    const rest = await service.get(`/v1/policies?placement=home&limit=2&cursor=${first.body.nextCursor}`);
    expect(names(rest)).toEqual(['hide null']);
    expect(rest.body.nextCursor).toBeNull();
    expect(names(await service.get('/v1/policies?action=pin'))).toEqual(['pin cart']);
    expectProblem(await service.get('/v1/policies?cursor=none'), 400, 'bad-input');
  });

  describe('that contradict each other', () => {
    it('are refused with what to do, and warned of where it depends on the customer', async () => {
      const { id } = (await post({ ...pin, segments: ['tier-peak'] })).body;
      const hidden = await post({ ...hide, products: ['butter'] });
      expect(expectProblem(hidden, 400, 'bad-input')).toMatch(
        new RegExp(`^The policy ${id}, "Butter first", pins butter .*change`),
      );
      const second = await post({ ...pin, productId: 'tea' });
      expect(second).toMatchObject({
        status: 201,
        body: { warnings: [{ code: 'position-taken', policy: id }] },
      });
      expect(expectProblem(await post({ ...pin, productId: 'jam' }), 400, 'bad-input')).toContain(
        'Take another position',
      );
      expect(idsIn(service)).toEqual([id, second.body.id]);
      // What takes its place does not contradict it.
      expect(
        (await service.send('PUT', `/v1/policies/${id}`, { ...hide, products: ['butter'] })).status,
      ).toBe(200);
    });

    it('are refused though they come at the same moment', async () => {
      const answers = await Promise.all(
        ['butter', 'jam', 'tea'].map((productId) => post({ ...pin, productId })),
      );
      expect(answers.map(({ status }) => status).sort()).toEqual([201, 400, 400]);
    });

    it('are found by a check that stores nothing', async () => {
      const { id } = (await post(pin)).body;
      const check = (query = '') =>
        service.send('POST', `/v1/policies/check${query}`, {
          ...pin,
          productId: 'gone',
          segments: ['country=DE'],
        });
      expect(await check()).toMatchObject({
        status: 200,
        body: {
          acceptable: false,
          conflicts: [{ code: 'unknown-product' }],
          warnings: [{ code: 'position-taken', policy: id }],
        },
      });
      expect((await check(`?replaces=${id}`)).body.warnings).toEqual([]);
      expect((await service.send('POST', '/v1/policies/check', { ...hide, products: ['tea'] })).body).toEqual(
        {
          acceptable: true,
          conflicts: [],
          warnings: [],
        },
      );
      expect(idsIn(service)).toEqual([id]);
    });
  });

  it.each([
    ['no action', { name: 'x' }, 'action'],
    ['an action that there is not', { ...hide, action: 'show' }, 'action'],
    ['nothing that it is about', { ...hide, products: [] }, 'products'],
    ['a factor that buries', { ...hide, action: 'boost', factor: 0.5 }, 'factor'],
    ['a factor that boosts', { ...hide, action: 'bury', factor: 2 }, 'factor'],
    ['no position', { ...pin, position: undefined }, 'position'],
    ['a position before the first', { ...pin, position: 0 }, 'position'],
    ['a placement that there is not', { ...hide, placements: ['cellar'] }, 'placements.0'],
    ['no placement at all', { ...hide, placements: [] }, 'placements'],
    ['a segment that there is not', { ...hide, segments: ['champions'] }, 'segments.0'],
    [
      'an end before its start',
      { ...hide, startsAt: '2024-01-02T00:00:00Z', endsAt: '2024-01-01T00:00:00Z' },
      'endsAt',
    ],
    [
      'an end at its start',
      { ...hide, startsAt: '2024-01-01T01:00:00+01:00', endsAt: '2024-01-01T00:00:00Z' },
      'endsAt',
    ],
    ['a day without a time', { ...hide, startsAt: '2024-01-02' }, 'startsAt'],
    ['one product twice', { ...hide, products: ['tea', 'tea'] }, 'products'],
    ['a zero character', { ...hide, categories: [['a\0b']] }, 'categories.0.0'],
    ['an unknown field', { ...hide, factor: 2 }, ''],
  ])('with %s are refused, and the field is named', async (_, policy, path) => {
    const answer = await post(policy);
    expectProblem(answer, 400, 'bad-input');
    expect(answer.body.errors.map(({ path }: { path: string }) => path)).toContain(path);
  });

  it('at a time that the database cannot hold are refused', async () => {
    expectProblem(await post({ ...hide, startsAt: '0000-01-01T00:00:00Z' }), 400, 'bad-input');
  });

  it('know the customers of a segment at once: of the model, and by what the shop says of them', async () => {
    await post({ ...hide, segments: ['country=DE', 'tier-peak'] });
    const segmentsOf = (code: string) => [...service.shop.policies.segmentsOf(code)];
    expect(['ann', 'ben', 'kim', 'nobody'].map(segmentsOf)).toEqual([[], ['country=DE'], [], []]);
    const attributes = { country: 'DE' };
    await service.send('PUT', '/v1/customers', {
      customers: [
        { id: 'kim', attributes },
        { id: 'ben', attributes: {} },
      ],
    });
    expect(['ben', 'kim'].map(segmentsOf)).toEqual([[], ['country=DE']]);
    await eventually(() => expect([...other.shop.policies.segmentsOf('kim')]).toEqual(['country=DE']));
    await service.send('PUT', '/v1/customers', {
      customers: [
        { id: 'ben', attributes },
        { id: 'kim', attributes: {} },
      ],
    });

    const lines = [{ productId: 'tea', quantity: 10, unitPrice: 50, unitCost: 10 }];
    await service.send('POST', '/v1/orders', { id: 'a large one', customerId: 'ann', lines });
    await service.train();
    const peak: string[] = (await service.get('/v1/customers?segment=tier-peak')).body.items.map(
      ({ customerId }: { customerId: string }) => customerId,
    );
    expect(peak).toEqual(['ann']);
    const everybody = ['ann', 'ben', 'eva', 'kim'];
    expect(everybody.filter((code) => segmentsOf(code).includes('tier-peak'))).toEqual(peak);
    expect((await post({ ...hide, segments: ['behaviour-99'] })).body.warnings).toMatchObject([
      { code: 'unknown-segment' },
    ]);
  });

  describe('placements', () => {
    const put = (name: string, settings: object) => service.send('PUT', `/v1/placements/${name}`, settings);

    it('are listed as they come', async () => {
      const { items } = (await service.get('/v1/placements')).body;
      expect(items.map(({ name }: { name: string }) => name)).toEqual(placementNames);
      expect(items[0]).toEqual({
        name: 'home',
        settings: placements.home,
        changed: [],
        defaults: placements.home,
        updatedAt: null,
      });
    });

    it('are changed setting by setting, felt at once', async () => {
      expect(await put('cart', { limit: 2, maxPrice: 9.5 })).toMatchObject({ status: 200 });
      const { body } = await put('cart', { kinds: { bundle: 1 }, maxPrice: null, limit: 3 });
      expect(body).toMatchObject({
        name: 'cart',
        changed: expect.arrayContaining(['limit', 'kinds', 'maxPrice']),
      });
      const expected = { ...placements.cart, limit: 3, kinds: { bundle: 1 }, maxPrice: null };
      expect(body.settings).toEqual(expected);
      expect(service.shop.policies.settings('cart')).toEqual(expected);
      expect((await service.get('/v1/placements')).body.items[2].settings).toEqual(expected);
    });

    it.each([
      ['a setting that there is not', { size: 3 }, ''],
      ['no offers', { limit: 0 }, 'limit'],
      ['no kinds', { kinds: {} }, 'kinds'],
      ['kinds without a share', { kinds: { bundle: 0 } }, 'kinds'],
      ['a kind that there is not', { kinds: { bundle: 1, gift: 1 } }, 'kinds'],
      ['a share beyond all', { kinds: { bundle: 1.5 } }, 'kinds.bundle'],
      ['days that nobody remembers', { repeatDays: 91 }, 'repeatDays'],
      ['null where there must be something', { limit: null }, 'limit'],
    ])('with %s are refused, and the field is named', async (_, settings, path) => {
      const answer = await put('email', settings);
      expectProblem(answer, 400, 'bad-input');
      expect(answer.body.errors.map(({ path }: { path: string }) => path)).toEqual([path]);
    });

    it('are refused with prices that nothing has, and stay as they were', async () => {
      await put('email', { minPrice: 5 });
      expect(expectProblem(await put('email', { maxPrice: 4 }), 400, 'bad-input')).toMatch(
        /at least 5 and at most 4: lower minPrice/,
      );
      expect(service.shop.policies.settings('email')).toMatchObject({ minPrice: 5, maxPrice: null });
    });

    it('are those that there are: others are refused with the list', async () => {
      const detail = expectProblem(await put('cellar', { limit: 3 }), 400, 'bad-input');
      for (const name of placementNames) expect(detail).toContain(name);
    });
  });

  it('are the same in every process, and in one that starts later', async () => {
    const { id } = (await post({ ...pin, productId: 'tea', segments: ['country=DE'] })).body;
    await service.send('PUT', '/v1/placements/home', { limit: 5 });
    await eventually(() => {
      expect(idsIn(other)).toEqual([id]);
      expect(other.shop.policies.settings('home').limit).toBe(5);
      expect([...other.shop.policies.segmentsOf('eva')]).toEqual(['country=DE']);
    });
    const late = await openTestService(second.database);
    expect(late.shop.policies.policies).toEqual(service.shop.policies.policies);
    expect(late.shop.policies.settings('home').limit).toBe(5);
    expect([...late.shop.policies.segmentsOf('eva')]).toEqual(['country=DE']);
    await late.close();
    await other.request(`/v1/policies/${id}`, { method: 'DELETE' });
    await eventually(() => expect(idsIn(service)).toEqual([]));
  });

  it('pass over a placement of a later version in the database', async () => {
    await database.rows(sql`insert into placements (name, settings) values ('cellar', '{"limit": 1}')`);
    expect((await service.get('/v1/placements')).body.items).toHaveLength(placementNames.length);
  });

  it('are read by analysts and changed by operators', async () => {
    const keyed = await openTestService(database, {
      PAIRWELL_API_KEYS: 'storefront:shop-front-key,analyst:analysts-own-key,operator:operators-own-key',
    });
    const status = async (key: string, method: string, path: string) =>
      (
        await keyed.request(path, {
          method,
          headers: { 'X-API-Key': key, 'Content-Type': 'application/json' },
          ...(method === 'GET' || method === 'DELETE' ? {} : { body: '{"no": 1}' }),
        })
      ).status;
    const allowed: [string, string, boolean][] = [
      ['GET', '/v1/policies', true],
      ['GET', '/v1/policies/1', true],
      ['POST', '/v1/policies/check', true],
      ['GET', '/v1/placements', true],
      ['POST', '/v1/policies', false],
      ['PUT', '/v1/policies/1', false],
      ['DELETE', '/v1/policies/1', false],
      ['PUT', '/v1/placements/home', false],
    ];
    for (const [method, path, analyst] of allowed) {
      expect([path, await status('shop-front-key', method, path)]).toEqual([path, 403]);
      expect([path, (await status('analysts-own-key', method, path)) === 403]).toEqual([path, !analyst]);
      expect([path, (await status('operators-own-key', method, path)) === 403]).toEqual([path, false]);
    }
    await keyed.close();
  });
});
