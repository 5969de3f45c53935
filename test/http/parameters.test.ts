import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, type TestService } from '../support/service.ts';
import { openRuleService } from './rule-shop.ts';

describeDatabases('parameters that there are not', (opened) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openRuleService(opened().database);
  });
  afterAll(() => service?.close());

  it.each([
    ['/v1/rules?minlift=50', 'minlift: there is no such parameter. Did you mean minLift?'],
    ['/v1/rules/export?tests=false&name=true', 'name: there is no such parameter. Did you mean names?'],
    ['/v1/rules/measures?sort=lift', 'sort: there is no such parameter. This takes none.'],
    ['/v1/rules/matrix?measures=phi', 'measures: there is no such parameter. Did you mean measure?'],
    ['/v1/rules/matrix?items=', 'items: it is empty: give a number, or leave it out.'],
    ['/v1/relations?product=tea', 'product: there is no such parameter. Did you mean productId?'],
    ['/v1/bundles?leastmargin=0.5', 'leastmargin: there is no such parameter. Did you mean leastMargin?'],
    ['/v1/bundles?acceptance=', 'acceptance: it is empty: give a number, or leave it out.'],
    ['/v1/models?limt=2', 'limt: there is no such parameter. Did you mean limit?'],
    ['/v1/jobs/1?since=2', 'since: there is no such parameter. This takes none.'],
    ['/metrics?name=up', 'name: there is no such parameter. This takes none.'],
  ])('are refused: %s', async (path, detail) => {
    const answer = await service.get(path);
    expect(expectProblem(answer, 400, 'bad-input')).toBe(detail);
    const [name, message] = [detail.slice(0, detail.indexOf(':')), detail.slice(detail.indexOf(':') + 2)];
    expect(answer.body.errors).toEqual([{ path: name, message }]);
  });

  it('are refused before a body is read', async () => {
    const file = await service.request('/v1/rules/imports?format=csv&set=all&limits=3', {
      method: 'POST',
      body: 'x',
    });
    expect(file).toMatchObject({ status: 400, body: { errors: [{ path: 'limits' }] } });
    const trained = await service.send('POST', '/v1/models?minSupport=3', {});
    expect(trained).toMatchObject({ status: 400, body: { errors: [{ path: 'minSupport' }] } });
    expect((await service.get('/v1/models')).body.items).toEqual([]);
  });

  it.each([
    '/v1/offers?items=bread&_=1700000000',
    '/v1/customers/ann/offers?utm_source=mail',
    '/v1/products/bread/associations?v=2',
    '/health/live?probe=1',
  ])('are nothing to storefronts and probes: %s', async (path) => {
    expect((await service.get(path)).status).toBe(200);
  });
});
