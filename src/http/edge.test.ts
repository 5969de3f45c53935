import { createRoute, z } from '@hono/zod-openapi';
import pino from 'pino';
import { describe, expect, it } from 'vitest';
import type { ApiKey } from '../config.ts';
import { edge } from './edge.ts';
import { createMetrics } from './metrics.ts';
import { answerError } from './problem.ts';
import { router } from './router.ts';
import { jsonBody } from './schemas.ts';

interface Given {
  apiKeys?: ApiKey[];
  rateLimit?: number;
}

const responses = { 200: { description: 'Done' } };
const thing = createRoute({ method: 'get', path: '/v1/things/{id}', 'x-roles': ['analyst'], responses });
const work = createRoute({
  method: 'post',
  path: '/v1/models',
  'x-roles': [],
  request: { body: { ...jsonBody(z.object({})), required: false } },
  responses,
});

/** An application with nothing but the edge and a few routes behind it. */
function appOf({ apiKeys = [], rateLimit = 0 }: Given = {}) {
  const metrics = createMetrics(() => undefined);
  const lines: Record<string, unknown>[] = [];
  const log = pino({ level: 'info' }, { write: (line: string) => lines.push(JSON.parse(line)) });
  let ids = 0;
  const app = router();
  app.onError(answerError);
  app.get('/v1/anyone', (c) => c.json({ role: c.env.role }));
  app.openapi(thing, (c) => c.json({ role: c.env.role }));
  app.openapi(work, (c) => c.json({ role: c.env.role }));
  app.get('/v1/customers/:customerId', (c) => c.text('nobody', 404));
  app.get('/v1/fails', () => {
    throw new Error('The secret of the house.');
  });
  for (const path of ['/health/live', '/openapi.json', '/docs', '/docs/start.js', '/metrics'])
    app.get(path, (c) => c.text('open'));
  app.fetch = edge(app, { apiKeys, rateLimit, log, metrics, newId: () => `made-${++ids}` });
  const from = (address: string) => ({ incoming: { socket: { remoteAddress: address } } });
  return {
    lines,
    metrics: () => metrics.registry.metrics(),
    get: async (path: string, headers: Record<string, string> = {}, address = '127.0.0.1') =>
      app.request(path, { headers }, from(address)),
    post: async (path: string, headers: Record<string, string> = {}) =>
      app.request(path, { method: 'POST', headers }, from('127.0.0.1')),
  };
}

const keys: ApiKey[] = [
  { role: 'storefront', secret: 'shop-front-key' },
  { role: 'analyst', secret: 'analysts-own-key' },
  { role: 'operator', secret: 'operators-own-key' },
];

async function expectProblem(response: Response, status: number, code: string): Promise<void> {
  expect(response.status).toBe(status);
  expect(response.headers.get('content-type')).toBe('application/problem+json');
  expect(await response.json()).toMatchObject({
    type: 'about:blank',
    status,
    code,
    requestId: response.headers.get('x-request-id'),
  });
}

describe('the edge without keys', () => {
  it.each(['127.0.0.1', '127.1.2.3', '::1', '::ffff:127.0.0.1'])(
    'serves %s, as operator',
    async (address) => {
      const response = await appOf().get('/v1/anyone', { host: 'localhost:8080' }, address);
      expect(await response.json()).toEqual({ role: 'operator' });
    },
  );

  it.each(['192.168.1.2', '10.0.0.1', '::ffff:10.0.0.1', 'fe80::1', '1.127.0.1'])(
    'refuses %s',
    async (address) => {
      await expectProblem(await appOf().get('/v1/anyone', {}, address), 403, 'forbidden');
      await expectProblem(await appOf().get('/docs', {}, address), 403, 'forbidden');
    },
  );

  it.each(['localhost', 'LOCALHOST:80', '127.0.0.1:8080', '[::1]:8080'])(
    'serves the host %s',
    async (host) => {
      expect((await appOf().get('/v1/anyone', { host })).status).toBe(200);
    },
  );

  it.each([
    'shop.example',
    'localhost.evil.example',
    '127.0.0.1.evil.example:8080',
    'evil.example:localhost',
  ])('refuses the host %s, which a page of another site may have pointed here', async (host) => {
    await expectProblem(await appOf().get('/v1/anyone', { host }), 403, 'forbidden');
  });

  it('serves pages of this machine', async () => {
    for (const origin of ['http://localhost:5173', 'http://127.0.0.1:8080', 'https://[::1]'])
      expect((await appOf().post('/v1/models', { origin })).status).toBe(200);
  });

  it.each(['https://evil.example', 'null', 'http://localhost.evil.example'])(
    'refuses what a page of %s sends',
    async (origin) => {
      await expectProblem(await appOf().post('/v1/models', { origin }), 403, 'forbidden');
    },
  );
});

describe('the edge with keys', () => {
  it('serves any address with a key, in its role', async () => {
    for (const { role, secret } of keys) {
      const response = await appOf({ apiKeys: keys }).get(
        '/v1/anyone',
        { 'X-API-Key': secret, host: 'shop.example', origin: 'https://shop.example' },
        '203.0.113.7',
      );
      expect(await response.json()).toEqual({ role });
    }
  });

  it.each([undefined, '', 'wrong', 'shop-front-ke', 'shop-front-keyy', 'storefront:shop-front-key'])(
    'refuses the key %o, from this machine too',
    async (key) => {
      const headers: Record<string, string> = key === undefined ? {} : { 'X-API-Key': key };
      const { get } = appOf({ apiKeys: keys });
      await expectProblem(await get('/v1/anyone', headers), 401, 'unauthorized');
      await expectProblem(await get('/metrics', headers), 401, 'unauthorized');
      await expectProblem(await get('/nowhere', headers), 401, 'unauthorized');
    },
  );

  it.each(['/health/live', '/openapi.json', '/docs', '/docs/start.js'])('needs none for %s', async (path) => {
    expect((await appOf({ apiKeys: keys }).get(path, {}, '203.0.113.7')).status).toBe(200);
  });

  it.each([
    ['shop-front-key', '/v1/things/1', 403],
    ['analysts-own-key', '/v1/things/1', 200],
    ['operators-own-key', '/v1/things/1', 200],
  ])('lets the key %s have %s with %i', async (key, path, status) => {
    const response = await appOf({ apiKeys: keys }).get(path, { 'X-API-Key': key });
    if (status === 403) await expectProblem(response, 403, 'forbidden');
    else expect(response.status).toBe(status);
  });

  it('keeps the work of operators to them', async () => {
    const { post } = appOf({ apiKeys: keys });
    await expectProblem(await post('/v1/models', { 'X-API-Key': 'analysts-own-key' }), 403, 'forbidden');
    expect((await post('/v1/models', { 'X-API-Key': 'operators-own-key' })).status).toBe(200);
  });
});

describe('the rate limit', () => {
  it('refuses more requests a minute than allowed, and says when to come again', async () => {
    const { get } = appOf({ rateLimit: 2 });
    expect((await get('/v1/anyone')).status).toBe(200);
    expect((await get('/v1/anyone')).status).toBe(200);
    const refused = await get('/v1/anyone');
    await expectProblem(refused, 429, 'too-many-requests');
    const wait = Number(refused.headers.get('retry-after'));
    expect(wait).toBeGreaterThanOrEqual(1);
    expect(wait).toBeLessThanOrEqual(60);
  });

  it('counts each key by itself, whatever its address', async () => {
    const { get } = appOf({ apiKeys: keys, rateLimit: 1 });
    const status = async (key: string, address: string) =>
      (await get('/v1/anyone', { 'X-API-Key': key }, address)).status;
    expect(await status('shop-front-key', '203.0.113.7')).toBe(200);
    expect(await status('analysts-own-key', '203.0.113.7')).toBe(200);
    expect(await status('shop-front-key', '203.0.113.8')).toBe(429);
  });

  it('counts each address by itself where there is no key', async () => {
    const { get } = appOf({ rateLimit: 1 });
    expect((await get('/v1/anyone', {}, '127.0.0.1')).status).toBe(200);
    expect((await get('/v1/anyone', {}, '::1')).status).toBe(200);
    expect((await get('/v1/anyone', {}, '127.0.0.1')).status).toBe(429);
  });

  it('is not escaped with made-up keys', async () => {
    const local = appOf({ rateLimit: 1 });
    expect((await local.get('/v1/anyone', { 'X-API-Key': 'made-up-1' })).status).toBe(200);
    expect((await local.get('/v1/anyone', { 'X-API-Key': 'made-up-2' })).status).toBe(429);
    const remote = appOf({ apiKeys: keys, rateLimit: 1 });
    expect((await remote.get('/v1/anyone', { 'X-API-Key': 'made-up-1' })).status).toBe(401);
    expect((await remote.get('/v1/anyone', { 'X-API-Key': 'made-up-2' })).status).toBe(429);
    expect((await remote.get('/v1/anyone', { 'X-API-Key': 'shop-front-key' })).status).toBe(200);
  });
});

describe('request ids', () => {
  it('are echoed when they look like ids', async () => {
    const response = await appOf().get('/v1/anyone', { 'X-Request-Id': 'order:42-a.b_c' });
    expect(response.headers.get('x-request-id')).toBe('order:42-a.b_c');
  });

  it.each([undefined, '', 'with blank', 'x'.repeat(101), '<script>'])('are made for %o', async (sent) => {
    const { get } = appOf();
    const headers: Record<string, string> = sent === undefined ? {} : { 'X-Request-Id': sent };
    const ids = [await get('/v1/anyone', headers), await get('/v1/anyone', headers)].map((response) =>
      response.headers.get('x-request-id'),
    );
    expect(ids).toEqual(['made-1', 'made-2']);
  });

  it('are on answers that fail, and in the log', async () => {
    const { get, lines } = appOf();
    await expectProblem(await get('/v1/fails', { 'X-Request-Id': 'mine' }), 500, 'internal');
    expect(lines).toMatchObject([
      { requestId: 'mine', err: { message: 'The secret of the house.' }, msg: 'request failed' },
      { requestId: 'mine', method: 'GET', path: '/v1/fails', status: 500, msg: 'request' },
    ]);
  });
});

describe('the log', () => {
  it('does not say which customer was asked for', async () => {
    const { get, lines } = appOf();
    await get('/v1/customers/17850');
    expect(lines).toMatchObject([{ method: 'GET', path: '/v1/customers/:customerId', status: 404 }]);
    expect(JSON.stringify(lines)).not.toContain('17850');
  });
});

describe('metrics of requests', () => {
  it('count each answer under the pattern of its route, refused ones too', async () => {
    const { get, metrics } = appOf({ apiKeys: keys });
    await get('/v1/things/1', { 'X-API-Key': 'analysts-own-key' });
    await get('/v1/things/2', { 'X-API-Key': 'analysts-own-key' });
    await get('/v1/things/3');
    const text = await metrics();
    const count = (status: number) =>
      `pairwell_http_request_seconds_count{method="GET",route="/v1/things/:id",status="${status}"}`;
    expect(text).toContain(`${count(200)} 2`);
    expect(text).toContain(`${count(401)} 1`);
  });
});
