import { afterAll, beforeAll, expect, it } from 'vitest';
import { measureNames } from '../../src/rules/measures/measures.ts';
import { describeDatabases } from '../support/databases.ts';
import type { TestService } from '../support/service.ts';
import { openRuleService, ruleModel } from './rule-shop.ts';

describeDatabases('the measures over HTTP', (opened) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openRuleService(opened().database, ruleModel());
  });
  afterAll(() => service?.close());

  it('come with formula, range and source, and every one of them can be asked for', async () => {
    const { status, body } = await service.get('/v1/rules/measures');
    expect(status).toBe(200);
    const names = body.items.map(({ name }: { name: string }) => name);
    expect(names).toEqual(measureNames);
    expect(body.items.find(({ name }: { name: string }) => name === 'lift')).toMatchObject({
      range: [0, 'Infinity'],
      neutral: 1,
      isSymmetric: true,
      needs: null,
    });
    const { body: rules } = await service.get(`/v1/rules?measures=${names.join(',')}&limit=1`);
    expect(Object.keys(rules.items[0].measures).sort()).toEqual(names.toSorted());
  });
});
