import { sql } from 'drizzle-orm';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { startJob } from '../../db/queries/jobs.ts';
import { jobs } from '../../db/schema.ts';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, openTestService, type TestService } from '../support/service.ts';
import { fillShop, shopTraining } from '../support/shop.ts';

interface JobEvent {
  status: string;
  stage: string;
  progress: number;
}

/** The data of the `job` events of a stream that has ended. */
function jobEvents(stream: string): JobEvent[] {
  return stream
    .trimEnd()
    .split('\n\n')
    .map((event) => {
      const [name, data] = event.split('\n');
      expect(name).toBe('event: job');
      return JSON.parse(data!.replace(/^data: /, ''));
    });
}

describeDatabases('models over HTTP', (opened) => {
  let database: Database;
  let service: TestService;
  let send: TestService['send'];
  let get: TestService['get'];

  beforeAll(async () => {
    database = opened().database;
    service = await openTestService(database);
    ({ send, get } = service);
  });
  afterAll(() => service?.close());

  const served = async (): Promise<string> => (await get('/v1/offers')).body.modelVersion;

  // In this order: each describes what comes after the one before.
  it('are none at first', async () => {
    expect(await get('/v1/models')).toMatchObject({ status: 200, body: { items: [], nextCursor: null } });
  });

  it('cannot be trained without orders, which the job says', async () => {
    expect(await service.train()).toMatchObject({
      kind: 'train',
      status: 'failed',
      result: null,
      error: {
        code: 'bad-input',
        message: expect.stringMatching(/no orders.*Import some first.*POST \/v1\/orders/),
      },
      finishedAt: expect.any(String),
    });
  });

  it('are trained by a job that can be followed to its end', async () => {
    await fillShop(database);
    const started = await send('POST', '/v1/models', shopTraining);
    expect(started).toMatchObject({
      status: 202,
      body: { kind: 'train', status: 'running', progress: 0, result: null, error: null, finishedAt: null },
    });
    const location = started.headers.get('location');
    expect(location).toBe(`/v1/jobs/${started.body.id}`);

    const stream = await get(`${location}/events`);
    expect(stream.headers.get('content-type')).toBe('text/event-stream');
    const events = jobEvents(stream.body);
    const { body: job } = await get(location!);
    expect(events.at(-1)).toEqual(job);
    expect(job).toMatchObject({
      status: 'succeeded',
      stage: 'done',
      progress: 1,
      result: { modelVersion: '1', rules: 11, baskets: 9 },
    });
    const progress = events.map(({ progress }) => progress);
    expect(progress).toEqual(progress.toSorted((a, b) => a - b));
    expect(events.slice(0, -1).map(({ status }) => status)).not.toContain('succeeded');
  });

  it('are in service when their job has succeeded', async () => {
    expect(await served()).toBe('1');
    expect((await get('/health/ready')).body.modelVersion).toBe('1');
    expect(await service.train()).toMatchObject({ status: 'succeeded', result: { modelVersion: '2' } });
    expect(await served()).toBe('2');
  });

  it('are swapped without a request that fails', async () => {
    let training = true;
    const statuses = new Set<number>();
    const versions: string[] = [];
    const shopping = async (path: string): Promise<void> => {
      while (training) {
        const { status, body } = await get(path);
        statuses.add(status);
        versions.push(body.modelVersion);
        // As sockets would: other work gets its turn.
        await new Promise((resolve) => setImmediate(resolve));
      }
    };
    const shoppers = Promise.all(
      [
        '/v1/offers?items=bread',
        '/v1/customers/ann/offers',
        '/v1/products/bread/associations',
        '/v1/rules',
      ].map(shopping),
    );
    const job = await service.train();
    training = false;
    await shoppers;
    expect(job.status).toBe('succeeded');
    expect([...statuses]).toEqual([200]);
    expect(new Set(versions)).toEqual(new Set(['2', '3']));
    expect(versions.length).toBeGreaterThan(20);
  });

  it('are listed page by page, the newest first', async () => {
    const all = (await get('/v1/models')).body;
    expect(all).toMatchObject({
      items: [
        {
          version: '3',
          active: true,
          settings: expect.objectContaining(shopTraining),
          figures: { rules: 11 },
        },
        { version: '2', active: false },
        { version: '1', active: false, createdAt: expect.stringMatching(/^\d{4}-.*Z$/) },
      ],
      nextCursor: null,
    });
    const first = (await get('/v1/models?limit=2')).body;
    expect(first.items).toEqual(all.items.slice(0, 2));
    const second = (await get(`/v1/models?limit=2&cursor=${first.nextCursor}`)).body;
    expect(second).toEqual({ items: all.items.slice(2), nextCursor: null });
  });

  it('can be promoted, and serve the very next request', async () => {
    const cursor = (await get('/v1/rules?set=all&limit=1')).body.nextCursor;
    expect(await send('POST', '/v1/models/1/promote')).toMatchObject({
      status: 200,
      body: { version: '1', active: true },
    });
    expect(await served()).toBe('1');
    // Whoever pages through the rules of the model before goes on in them.
    expect((await get(`/v1/rules?set=all&cursor=${cursor}`)).body.modelVersion).toBe('3');
    expect((await send('POST', '/v1/models/1/promote')).status).toBe(200);
    expect(await served()).toBe('1');
    await send('POST', '/v1/models/3/promote');
    expect(await served()).toBe('3');
  });

  it.each([
    ['0', 400],
    ['-1', 400],
    ['1.5', 400],
    ['latest', 400],
    [String(2 ** 31), 400],
    ['99', 404],
    [String(2 ** 31 - 1), 404],
  ] as const)('of the version %s cannot be promoted: %i', async (version, status) => {
    expectProblem(
      await send('POST', `/v1/models/${version}/promote`),
      status,
      status === 404 ? 'not-found' : 'bad-input',
    );
    expect(await served()).toBe('3');
  });

  it.each([
    { minSupport: 0 },
    { minSupport: 2.5 },
    { minSupport: '0.1' },
    { minConfidence: 2 },
    { maxLength: 1 },
    { algorithm: 'magic' },
    { minSuport: 0.1 },
    { alpha: 0 },
    { alpha: 1.5 },
    { laterShare: 0.95 },
    { laterShare: -0.1 },
    { maxStudied: 0 },
    { maxStudied: 2.5 },
    { halfLifeDays: 0 },
    { halfLifeDays: -30 },
    { relatedItems: 1001 },
    { matrixItems: 4001 },
    { minCategorySupport: 0 },
    { minCategorySupport: 2.5 },
  ])('are not trained with %o', async (settings) => {
    const answer = await send('POST', '/v1/models', settings);
    expectProblem(answer, 400, 'bad-input');
    expect(answer.body.errors[0].path === '' || answer.body.errors[0].path in settings).toBe(true);
  });

  it.each([
    [{ name: '', from: '2024-04-01', to: '2024-04-02' }, /periods\.1\.name: /],
    [{ name: 'sale', from: '1 April', to: '2024-04-02' }, /periods\.1\.from: Invalid ISO date/],
    [{ name: 'sale', from: '2024-04-01' }, /periods\.1\.to: /],
    [{ name: 'sale', from: '2024-04-03', to: '2024-04-02' }, /The period "sale" ends before it begins/],
    [{ name: 'flood', from: '2024-04-09', to: '2024-04-10' }, /periods "\w+" and "\w+" overlap/],
  ])('are not trained with the period %o', async (period, what) => {
    const good = { name: 'fair', from: '2024-04-08', to: '2024-04-09' };
    const answer = await send('POST', '/v1/models', { periods: [good, period] });
    expect(expectProblem(answer, 400, 'bad-input')).toMatch(what);
  });

  it('are trained as they are told to, and tell so', async () => {
    const settings = {
      ...shopTraining,
      alpha: 1,
      laterShare: 0.3,
      maxStudied: 2,
      periods: [
        { name: 'sale', from: '2024-04-01', to: '2024-04-03' },
        { name: 'flood', from: '2024-04-05', to: '2024-04-09' },
      ],
      halfLifeDays: 2.5,
      relatedItems: 3,
      matrixItems: 4,
      minCategorySupport: 2,
    };
    const before = await served();
    expect(await service.train(settings)).toMatchObject({ status: 'succeeded' });
    expect((await get('/v1/models?limit=1')).body.items[0].settings).toMatchObject(settings);
    const { items } = (await get('/v1/rules?influences=true&limit=500')).body;
    const studied = items.filter(({ decayed }: { decayed: object | null }) => decayed !== null);
    expect(studied).toHaveLength(2);
    for (const { influences } of studied)
      expect(influences.map(({ name }: { name: string }) => name)).toContain('period');
    expect((await get('/v1/relations?relation=unrelated')).body.items).toHaveLength(3);
    expect((await get('/v1/rules/matrix')).body.items).toHaveLength(4);
    // Bread and butter, of bakery and dairy, are in three orders; nothing else of two categories is in two.
    expect((await get('/v1/rules?set=categories')).body.items.length).toBeGreaterThan(0);
    await send('POST', `/v1/models/${before}/promote`);
  });

  it('are trained with the defaults when nothing is said', async () => {
    for (const body of [undefined, {}]) {
      const started = await send('POST', '/v1/models', body);
      expect(started.status).toBe(202);
      await get(`/v1/jobs/${started.body.id}/events`);
    }
    const { items } = (await get('/v1/models?limit=2')).body;
    for (const { settings } of items) expect(settings).toMatchObject({ minSupport: 0.005, maxLength: 3 });
  });

  it('are not trained twice at a time', async () => {
    await startJob(database, 'elsewhere', 'train');
    const answer = await send('POST', '/v1/models', shopTraining);
    expect(expectProblem(answer, 409, 'conflict')).toContain('elsewhere');
    // Its process has died.
    await database.orm.update(jobs).set({ heartbeatAt: sql`now() - interval '2 minutes'` });
    expect((await get('/v1/jobs/elsewhere')).body).toMatchObject({
      status: 'failed',
      error: { code: 'unavailable' },
    });
    expect(jobEvents((await get('/v1/jobs/elsewhere/events')).body)).toMatchObject([{ status: 'failed' }]);
    expect(await service.train()).toMatchObject({ status: 'succeeded' });
  });

  it('are not trained at a support that is so low that nothing sensible would end', async () => {
    const before = await served();
    // One such basket has 2^40 itemsets.
    const lines = Array.from({ length: 40 }, (_, n) => ({ productId: `part ${n}`, quantity: 1 }));
    await send('POST', '/v1/orders', { id: 'everything at once', lines });
    const job = await service.train({ minSupport: 1, maxLength: 20, maxItemsets: 100_000 });
    expect(job).toMatchObject({
      status: 'failed',
      result: null,
      error: {
        code: 'limit-exceeded',
        message: expect.stringMatching(/100000 itemsets.*Raise the minimum support/),
      },
    });
    expect(await served()).toBe(before);
    expect((await get('/v1/models?limit=1')).body.items[0]).toMatchObject({ version: before, active: true });
  });

  it('stop being trained when their service is closed, and stay as they were', async () => {
    const closing = await openTestService(database);
    const started = await closing.send('POST', '/v1/models', shopTraining);
    await closing.close();
    expect((await get(`/v1/jobs/${started.body.id}`)).body).toMatchObject({
      status: 'cancelled',
      error: { code: 'cancelled' },
    });
  });

  describe('jobs', () => {
    it.each(['/v1/jobs/nothing', '/v1/jobs/nothing/events'])('are not found at %s', async (path) => {
      expect(expectProblem(await get(path), 404, 'not-found')).toContain('nothing');
    });

    it('have no ids that cannot be', async () => {
      expectProblem(await get(`/v1/jobs/${'x'.repeat(101)}`), 400, 'bad-input');
      expectProblem(await get('/v1/jobs/a%00b'), 400, 'bad-input');
    });
  });

  it.each(['limit=0', 'limit=10000', 'cursor=nonsense', `cursor=${btoa('{"before":1e12}')}`])(
    'are not listed by %s',
    async (query) => {
      expectProblem(await get(`/v1/models?${query}`), 400, 'bad-input');
    },
  );

  it('in service go on when the stored ones are damaged', async () => {
    const before = await served();
    await database.rows(sql`update model_parts set bytes = set_byte(bytes, 100, 0)`);
    const { items } = (await get('/v1/models')).body;
    const other = items.find(({ active }: { active: boolean }) => !active);
    const refused = await send('POST', `/v1/models/${other.version}/promote`);
    expect(expectProblem(refused, 409, 'conflict')).toMatch(/damaged.*Train again/);
    expect((await get('/v1/models')).body.items).toEqual(items);
    expect(await served()).toBe(before);
    // Whoever starts now is told what to do.
    await expect(openTestService(database)).rejects.toMatchObject({
      code: 'conflict',
      message: expect.stringContaining('Train again'),
    });
  });
});
