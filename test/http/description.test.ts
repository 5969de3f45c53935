import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { packageRoot } from '../../src/package-root.ts';
import { createClient } from '../../src/public/client.ts';
import { describeDatabases } from '../support/databases.ts';
import { openApiFaults } from '../support/openapi.ts';
import { expectProblem, openTestService, type TestService } from '../support/service.ts';
import { fillShop } from '../support/shop.ts';
import { skipReason } from '../support/skip.ts';

describeDatabases('a server that describes itself', (opened) => {
  let service: TestService;
  let keyed: TestService;
  beforeAll(async () => {
    await fillShop(opened().database);
    service = await openTestService(opened().database);
    await service.train();
    keyed = await openTestService(opened().database, {
      PAIRWELL_API_KEYS: 'storefront:shop-front-key,analyst:analysts-own-key,operator:operators-own-key',
      PAIRWELL_RATE_LIMIT: '1000',
    });
  });
  afterAll(async () => {
    await keyed?.close();
    await service?.close();
  });

  describe('/openapi.json', () => {
    it('is valid OpenAPI 3.1', async () => {
      const { status, headers, body } = await service.get('/openapi.json');
      expect(status).toBe(200);
      expect(headers.get('content-type')).toMatch(/^application\/json/);
      expect(openApiFaults(body)).toEqual([]);
      delete body.components.schemas.Problem;
      expect(openApiFaults(body)).toContainEqual(
        expect.stringContaining('#/components/schemas/Problem leads nowhere'),
      );
    });

    it('names every route, and no other', async () => {
      const { paths } = (await service.get('/openapi.json')).body;
      const described = Object.entries<object>(paths).flatMap(([path, item]) =>
        Object.keys(item).map((method) => `${method.toUpperCase()} ${path}`),
      );
      const routed = service.app.routes
        .filter(({ path }) => !path.endsWith('*') && !/^\/(docs|openapi\.json)/.test(path))
        .map(({ method, path }) => `${method} ${path.replace(/:(\w+)/g, '{$1}')}`);
      expect(described.toSorted()).toEqual([...new Set(routed)].sort());
    });

    it('says which routes need no key, and that others do', async () => {
      const { paths, security } = (await keyed.get('/openapi.json')).body;
      expect(security).toEqual([{ apiKey: [] }]);
      for (const [path, item] of Object.entries<Record<string, { security?: [] }>>(paths)) {
        const { security } = Object.values(item)[0]!;
        const filled = path.replaceAll(/\{\w+\}/g, '1');
        const method = Object.keys(item)[0]!.toUpperCase();
        const { status } = await keyed.request(filled, { method });
        expect(`${path} ${status === 401}`).toBe(`${path} ${security === undefined}`);
      }
    });
  });

  describe('the roles', () => {
    it.each([
      ['GET', '/v1/offers', true, true],
      ['GET', '/v1/customers/ann/offers', true, true],
      ['POST', '/v1/offers/batch', true, true],
      ['GET', '/v1/products/bread/associations', true, true],
      ['GET', '/v1/products/bread/upgrades', true, true],
      ['GET', '/v1/products/bread/audience', false, true],
      ['GET', '/v1/placements', false, true],
      ['PUT', '/v1/placements/cart', false, false],
      ['GET', '/v1/policies', false, true],
      ['POST', '/v1/policies', false, false],
      ['GET', '/v1/explanations', false, true],
      ['PUT', '/v1/explanations/en', false, false],
      ['GET', '/v1/rules', false, true],
      ['GET', '/v1/rules/export', false, true],
      ['POST', '/v1/rules/imports', false, true],
      ['GET', '/v1/rules/matrix', false, true],
      ['GET', '/v1/relations', false, true],
      ['GET', '/v1/bundles', false, true],
      ['POST', '/v1/orders', true, false],
      ['POST', '/v1/events', true, false],
      ['PUT', '/v1/products', true, false],
      ['PUT', '/v1/customers', true, false],
      ['GET', '/v1/models', false, true],
      ['POST', '/v1/models', false, false],
      ['POST', '/v1/models/0/promote', false, false],
      ['GET', '/v1/jobs/nothing', false, true],
      ['GET', '/v1/jobs/nothing/events', false, true],
      ['GET', '/metrics', false, false],
    ])('for %s %s: storefront %s, analyst %s, operator always', async (method, path, storefront, analyst) => {
      const allowed = async (key: string): Promise<boolean> => {
        // A body that no route takes: those that write then refuse the body, if not the key.
        const init = method === 'GET' ? {} : { body: '{"no": 1}' };
        const headers = { 'X-API-Key': key, 'Content-Type': 'application/json' };
        const answer = await keyed.request(path, { method, headers, ...init });
        if (answer.status === 403) expectProblem(answer, 403, 'forbidden');
        return answer.status !== 403;
      };
      expect(await allowed('shop-front-key')).toBe(storefront);
      expect(await allowed('analysts-own-key')).toBe(analyst);
      expect(await allowed('operators-own-key')).toBe(true);
      expectProblem(
        await keyed.request(path, { method, headers: { 'X-API-Key': 'wrong' } }),
        401,
        'unauthorized',
      );
    });
  });

  describe('/health', () => {
    it('needs no key', async () => {
      expect((await keyed.get('/health/live')).status).toBe(200);
      expect((await keyed.get('/health/ready')).body).toEqual({
        ready: true,
        modelVersion: '1',
        database: 'ok',
      });
    });
  });

  describe('/metrics', () => {
    it('are in the format of Prometheus, and count what was asked', async () => {
      await service.get('/v1/offers?placement=email&items=bread&limit=1');
      await service.get('/v1/offers?limit=0');
      await service.get('/nowhere/at/all');
      const { status, headers, body } = await service.get('/metrics');
      expect(status).toBe(200);
      expect(headers.get('content-type')).toBe('text/plain; version=0.0.4; charset=utf-8');
      const sample = /^[a-zA-Z_:][\w:]*(\{\w+="[^"\n]*"(,\w+="[^"\n]*")*\})? [-+]?(\d[\d.e+-]*|Inf|NaN)$/;
      for (const line of body.trimEnd().split('\n')) {
        if (!/^(# (HELP|TYPE) \w+ \S.*)?$/.test(line)) expect(line).toMatch(sample);
      }
      expect(body).toMatch(/^pairwell_model_version 1$/m);
      expect(body).toMatch(/^pairwell_offers_total\{placement="email",fallback="false"\} 1$/m);
      const requests = (route: string, status: number) =>
        `pairwell_http_request_seconds_count{method="GET",route="${route}",status="${status}"}`;
      expect(body).toContain(`${requests('/v1/offers', 400)} 1\n`);
      expect(body).toContain(`${requests('/*', 404)} 1\n`);
      expect(body).toMatch(/^process_resident_memory_bytes \d+$/m);
    });
  });

  describe('/docs', () => {
    it('is a page that needs nothing from elsewhere', async () => {
      const { status, headers, body } = await keyed.get('/docs');
      expect(status).toBe(200);
      expect(headers.get('content-type')).toMatch(/^text\/html/);
      expect(headers.get('content-security-policy')).toContain("default-src 'self'");
      const links = [...body.matchAll(/(?:src|href)="([^"]+)"/g)].map(([, link]) => link);
      expect(links).toEqual(['/docs/swagger-ui.css', '/docs/swagger-ui-bundle.js', '/docs/start.js']);
      expect((await keyed.get('/docs/start.js')).body).toContain("url: '/openapi.json'");
    });

    it('serves no files besides', async () => {
      for (const path of ['/docs/nothing.js', '/docs/..%2f..%2fpackage.json', '/docs/../package.json'])
        expect((await service.get(path)).status).toBe(404);
    });

    const assets = join(packageRoot(), 'dist', 'assets', 'swagger-ui');
    if (existsSync(assets)) {
      it.each([
        ['swagger-ui.css', 'text/css', '.swagger-ui'],
        ['swagger-ui-bundle.js', 'text/javascript', 'SwaggerUIBundle'],
      ])('serves its own %s', async (name, type, part) => {
        const { status, headers, body } = await keyed.get(`/docs/${name}`);
        expect(status).toBe(200);
        expect(headers.get('content-type')).toBe(`${type}; charset=utf-8`);
        expect(body).toContain(part);
      });
    } else skipReason('the assets of /docs', 'they are made by the build (npm run build)');
  });

  describe('the typed client', () => {
    const client = (apiKey?: string) =>
      createClient('http://localhost:8080', {
        apiKey,
        fetch: async (input, init) => keyed.app.fetch(new Request(input, init)),
      });

    it('asks for offers and knows what comes', async () => {
      const response = await client('shop-front-key').v1.offers.$get({
        query: { items: 'bread', limit: '1' },
      });
      expect(response.status).toBe(200);
      if (response.status !== 200) return;
      const { offers } = await response.json();
      const name: string | null | undefined = offers[0]!.product.name;
      expect(name).toBe('Butter');
    });

    it('fills in paths and sends bodies', async () => {
      const { v1 } = client('shop-front-key');
      const stored = await v1.orders.$post({
        json: { id: 'by client', customerId: 'lea', lines: [{ productId: 'bread', quantity: 1 }] },
      });
      expect(stored.status).toBe(201);
      const offers = v1.customers[':customerId'].offers;
      const response = await offers.$get({ param: { customerId: 'lea' }, query: { limit: '1' } });
      expect(await response.json()).toMatchObject({ offers: [{ productId: 'butter' }] });
    });

    it('gets problems as they are', async () => {
      const response = await client().v1.offers.$get({ query: {} });
      expect(response.status).toBe(401);
      if (response.status !== 401) return;
      const { code }: { code: string } = await response.json();
      expect(code).toBe('unauthorized');
    });
  });
});
