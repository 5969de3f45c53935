import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, type TestService } from '../support/service.ts';
import { lineOf, openRuleService, ruleModel, ruleOrders } from './rule-shop.ts';

const model = ruleModel();
const other = ruleModel({ orders: ruleOrders.slice(0, 65) });

describeDatabases('cursors of rules over HTTP', (opened) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openRuleService(opened().database);
  });
  afterAll(() => service?.close());
  beforeEach(() => service.shop.serve(1, model));

  const page = async (query: string) => {
    const { status, body } = await service.get(`/v1/rules?${query}`);
    expect({ status, detail: body.detail }).toEqual({ status: 200, detail: undefined });
    return body;
  };

  it('go on in the rules that they come from while another model is put into service', async () => {
    const whole = (await page('set=all&limit=500')).items.map(lineOf);
    const first = await page('set=all&limit=5');
    service.shop.serve(2, other);
    expect(await page('set=all')).toMatchObject({ modelVersion: '2', transactions: 65 });
    const second = await page(`set=all&limit=500&cursor=${first.nextCursor}`);
    expect([first, second]).toMatchObject([
      { modelVersion: '1', transactions: 100 },
      { modelVersion: '1', transactions: 100 },
    ]);
    expect([...first.items, ...second.items].map(lineOf)).toEqual(whole);
  });

  it('find what that model knew, by its own numbers', async () => {
    const first = await page('limit=1&text=soap');
    service.shop.serve(2, ruleModel({ orders: ruleOrders.toReversed() }));
    const second = await page(`text=soap&cursor=${first.nextCursor}`);
    expect(second.modelVersion).toBe('1');
    expect([...first.items, ...second.items].map(lineOf).sort()).toEqual([
      'ale => soap',
      'beer => soap',
      'soap => ale',
      'soap => beer',
    ]);
  });

  it('go on in rules of categories, too', async () => {
    const whole = (await page('set=categories')).items;
    const { nextCursor } = await page('set=categories&limit=4');
    service.shop.serve(2, other);
    expect((await page(`set=categories&cursor=${nextCursor}`)).items).toEqual(whole.slice(4));
  });

  it('of a model that is gone say what to do', async () => {
    const { nextCursor } = await page('limit=1');
    service.shop.serve(2, other);
    service.shop.serve(3, other);
    const answer = await service.get(`/v1/rules?cursor=${nextCursor}`);
    expect(expectProblem(answer, 409, 'conflict')).toMatch(/model 1.*Start again without a cursor/);
  });

  it('of another set or order, or none of ours, are refused', async () => {
    const { nextCursor } = await page('limit=1');
    for (const query of [
      `sort=support&cursor=${nextCursor}`,
      `order=ascending&cursor=${nextCursor}`,
      `set=categories&cursor=${nextCursor}`,
      'cursor=nonsense',
      'cursor=',
      `cursor=${Buffer.from('{"version":1}').toString('base64url')}`,
    ]) {
      const answer = await service.get(`/v1/rules?${query}`);
      expect(expectProblem(answer, 400, 'bad-input')).toMatch(/Start again without one/);
    }
  });
});
