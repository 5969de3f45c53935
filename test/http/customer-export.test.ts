import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, openTestService, type TestService } from '../support/service.ts';
import { customerModel, strange } from './customer-shop.ts';

describeDatabases('customers as files over HTTP', (opened) => {
  let service: TestService;
  beforeAll(async () => {
    service = await openTestService(opened().database);
    service.shop.serve(1, await customerModel());
  });
  afterAll(() => service?.close());

  const file = async (query: string): Promise<{ text: string; headers: Headers }> => {
    const response = await service.app.request(`/v1/customer-export?${query}`);
    expect(response.status).toBe(200);
    return { text: await response.text(), headers: response.headers };
  };

  const paged = async (query: string) => (await service.get(`/v1/customers?${query}`)).body.items;

  it('are JSON with all that pages tell', async () => {
    const { text, headers } = await file('format=json&where=orders>=1&sort=profit');
    expect(headers.get('content-type')).toBe('application/json');
    expect(headers.get('content-disposition')).toBe('attachment; filename="customers-model-1.json"');
    const { modelVersion, today, customers } = JSON.parse(text);
    expect({ modelVersion, today }).toEqual({ modelVersion: '1', today: '2024-04-10' });
    const expected = (await paged('where=orders>=1&sort=profit')).map(
      // biome-ignore lint/suspicious/noExplicitAny: an item of an answer, compared as a whole.
      ({ customerId, segments, figures }: any) => ({
        customerId,
        behaviour: segments.behaviour.id,
        behaviourName: segments.behaviour.name.en,
        rfm: segments.rfm.id,
        rfmName: segments.rfm.name.en,
        tier: segments.tier.id,
        tierName: segments.tier.name.en,
        ...figures,
      }),
    );
    expect(customers).toEqual(expected);
  });

  it('are CSV that spreadsheets take for no formula', async () => {
    const { text, headers } = await file('sort=revenue');
    expect(headers.get('content-type')).toBe('text/csv; charset=utf-8');
    const rows = parse(text, { columns: true }) as Record<string, string>[];
    expect(rows.map(({ customerId }) => customerId)).toEqual([
      ...['ann', 'cid', 'eve', 'gil', 'bob', 'dora', JSON.stringify(strange), 'fred'],
    ]);
    expect(text).not.toMatch(/(^|,)"?[=+\-@](?![\d.])/m);
    expect(rows[1]).toMatchObject({
      rfm: 'rfm-potential-loyalist',
      revenue: '72',
      lastOrder: '2024-04-05',
      isOverdue: 'false',
    });
    // Names with a comma in them.
    expect(rows[0]!.behaviourName).toBe('Low prices, large baskets, morning orders');
    expect(rows.at(-1)).toMatchObject({ orders: '0', revenue: '', tier: '', alive: '' });
  });

  it('are those alone that fit', async () => {
    const rows = parse((await file('segment=tier-peak&text=n')).text, { columns: true }) as {
      customerId: string;
    }[];
    expect(rows.map(({ customerId }) => customerId)).toEqual(['ann']);
    expect((await file('format=json&text=nobody')).text).toBe(
      '{"modelVersion":"1","today":"2024-04-10","customers":[\n]}\n',
    );
  });

  it.each([
    ['format=pmml', 400, /csv/],
    ['limit=3', 400, /no such parameter/],
    ['where=age>=3', 400, /"age" is no figure/],
    ['segment=tier-x', 404, /no segment tier-x/],
  ])('are refused with %s', async (query, status, what) => {
    const answer = await service.get(`/v1/customer-export?${query}`);
    expect(expectProblem(answer, status, status === 404 ? 'not-found' : 'bad-input')).toMatch(what);
  });
});
