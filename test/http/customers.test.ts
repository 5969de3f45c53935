import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest';
import type { Model } from '../../src/model/model.ts';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, type TestService } from '../support/service.ts';
import { customerModel, openCustomerService, strange } from './customer-shop.ts';
import { ruleModel } from './rule-shop.ts';

interface Item {
  customerId: string;
  segments: Record<string, { id: string } | null>;
  figures: Record<string, number | string | boolean | null>;
}

const ids = (items: readonly Item[]): string[] => items.map(({ customerId }) => customerId);

describeDatabases('customers over HTTP', (opened) => {
  let service: TestService;
  let model: Model;
  beforeAll(async () => {
    model = await customerModel();
    service = await openCustomerService(opened().database, model);
  });
  afterAll(() => service?.close());
  beforeEach(() => service.shop.serve(1, model));

  const page = async (query = '') => {
    const { status, body } = await service.get(`/v1/customers?${query}`);
    expect({ status, detail: body.detail }).toEqual({ status: 200, detail: undefined });
    return body as { modelVersion: string; matching: number; items: Item[]; nextCursor: string | null };
  };

  it('come by revenue, those without an order last', async () => {
    const { modelVersion, matching, items, nextCursor } = await page();
    expect({ modelVersion, matching, nextCursor }).toEqual({
      modelVersion: '1',
      matching: 8,
      nextCursor: null,
    });
    expect(ids(items)).toEqual(['ann', 'cid', 'eve', 'gil', 'bob', 'dora', strange, 'fred']);
    expect(items.map(({ figures }) => figures.revenue)).toEqual([80, 72, 50, 42, 40, 9, 6, null]);
    expect(items.at(-1)!.figures).toMatchObject({ orders: 0, profit: null, alive: null, lastOrder: null });
  });

  it('have the figures that their orders make', async () => {
    const { items } = await page();
    const figures = Object.fromEntries(items.map((item) => [item.customerId, item.figures]));
    // Ten breakfasts of 8, whose goods cost 3 and whose parcel costs 3, every ten days up to day 90 of 100.
    expect(figures.ann).toMatchObject({
      orders: 10,
      revenue: 80,
      profit: 20,
      marginRate: 0.625,
      profitRate: 0.25,
      costToServe: 30,
      assumedCostShare: 0,
      recencyDays: 10,
      lastOrder: '2024-03-31',
      revenueDecile: 1,
      medianGap: 10,
      dueDate: '2024-04-10',
      isOverdue: false,
      daysOverdue: 0,
    });
    // The last on day 40; 15 days of silence are what a gap of 10 explains.
    expect(figures.bob).toMatchObject({ isOverdue: true, daysOverdue: 45, dueDate: '2024-02-20' });
    // Fourteen orders at 3 and two complaints at 5 for loaves that make 2 each.
    expect(figures.gil).toMatchObject({ revenue: 42, costToServe: 52, profit: -24 });
    // 150 sold and 100 given back at an assumed half of the price, a tenth of what came back lost; two parcels and a return.
    expect(figures.eve).toMatchObject({
      revenue: 50,
      costToServe: 10,
      profit: 10,
      assumedCostShare: 0,
      medianGap: null,
    });
    // A fee of 4 costs nothing.
    expect(figures.dora).toMatchObject({ revenue: 9, profit: 4 });
  });

  it('are found by bounds, segments and words together', async () => {
    expect(ids((await page('where=revenue>=42')).items)).toEqual(['ann', 'cid', 'eve', 'gil']);
    expect(ids((await page('where=revenue>=42,revenue<=72,profit>=0')).items)).toEqual(['cid', 'eve']);
    expect(ids((await page('where=lastOrder>=2024-04-03')).items)).toEqual(['cid', 'gil']);
    expect(ids((await page('where=isOverdue>=1')).items)).toEqual(['bob']);
    expect(ids((await page('segment=tier-drain')).items)).toEqual(['gil']);
    expect(ids((await page('segment=rfm-loyal,tier-peak')).items)).toEqual(['ann']);
    expect(ids((await page('segment=rfm-loyal&where=profit<=0&text=I')).items)).toEqual(['gil']);
    expect(ids((await page(`text=${encodeURIComponent('=1')}`)).items)).toEqual([strange]);
    expect(await page('text=nobody')).toMatchObject({ matching: 0, items: [], nextCursor: null });
  });

  it('leave those of whom a figure is not known out of its bounds', async () => {
    const { items } = await page('where=medianGap>=0&sort=medianGap&order=ascending');
    expect(ids(items)).toEqual(['gil', 'ann', 'bob', 'cid']);
  });

  it('come in any order, ties by number', async () => {
    expect(ids((await page('sort=orders&order=ascending')).items)).toEqual([
      ...['fred', 'dora', strange, 'eve', 'cid', 'bob', 'ann', 'gil'],
    ]);
    expect(ids((await page('sort=lastOrder')).items).slice(0, 3)).toEqual(['cid', 'gil', 'ann']);
  });

  it('come page by page, each once', async () => {
    const seen: string[] = [];
    let cursor = '';
    do {
      const { items, nextCursor, matching } = await page(`limit=3&where=orders>=1&sort=profit${cursor}`);
      expect(matching).toBe(7);
      seen.push(...ids(items));
      cursor = nextCursor === null ? '' : `&cursor=${nextCursor}`;
    } while (cursor !== '');
    expect(seen).toEqual(['cid', 'ann', 'bob', 'eve', 'dora', strange, 'gil']);
  });

  it('go on in the model that they come from while another is put into service', async () => {
    const first = await page('limit=3');
    service.shop.serve(2, {
      ...model,
      customers: { ...model.customers!, today: model.customers!.today + 1 },
    });
    const second = await page(`limit=5&cursor=${first.nextCursor}`);
    expect([first.modelVersion, second.modelVersion, (await page()).modelVersion]).toEqual(['1', '1', '2']);
    expect([...ids(first.items), ...ids(second.items)]).toEqual(ids((await page()).items));
    service.shop.serve(3, model);
    const answer = await service.get(`/v1/customers?cursor=${first.nextCursor}`);
    expect(expectProblem(answer, 409, 'conflict')).toMatch(/model 1.*Start again without a cursor/);
  });

  it.each([
    ['where=revenu>=3', 400, /"revenu" is no figure.*Did you mean revenue\?/],
    ['where=revenue>3', 400, /no condition on a figure/],
    ['where=revenue>=much', 400, /compared with: give a number/],
    ['where=lastOrder>=5', 400, /give a day, such as/],
    [
      'where=isOverdue>=true',
      400,
      /"true".*it is yes or no, so write isOverdue>=1 for yes, isOverdue<=0 for no/,
    ],
    ['sort=age', 400, /"age" is no figure.*customer-figures/],
    ['order=up', 400, /ascending/],
    ['limit=0', 400, /limit/],
    ['cursor=nonsense', 400, /Start again without one/],
    ['segment=rfm-nobody', 404, /no segment rfm-nobody.*rfm-champions/],
    ['segments=rfm-loyal', 400, /Did you mean segment\?/],
  ])('are refused with %s', async (query, status, what) => {
    const answer = await service.get(`/v1/customers?${query}`);
    expect(expectProblem(answer, status, status === 404 ? 'not-found' : 'bad-input')).toMatch(what);
  });

  it.each([
    'sort=profit',
    'order=ascending',
    'where=orders>=1',
    'where=orders>=1,revenue>=6',
    'where=orders>=1,revenue>=5&text=a',
  ])('are refused a cursor of another list: %s', async (other) => {
    const { nextCursor } = await page('limit=2&where=orders>=1,revenue>=5');
    for (const path of ['customers', 'segments/tier-peak/members', 'segments/tier-desert/members']) {
      const answer = await service.get(`/v1/${path}?limit=2&${other}&cursor=${nextCursor}`);
      expect(answer.body.detail ?? answer.body).toMatch(/another list of customers.*Start again without it/);
      expectProblem(answer, 400, 'bad-input');
    }
  });

  it('go on with a cursor of the same conditions in another order', async () => {
    const { nextCursor } = await page('limit=6&where=orders>=1,revenue>=5');
    const { items } = await page(`limit=9&where=revenue>=5,orders>=1&cursor=${nextCursor}`);
    expect(ids(items)).toEqual([strange]);
  });

  it('say what they can be found by', async () => {
    const { body } = await service.get('/v1/customer-figures');
    expect(body.items).toContainEqual({
      name: 'dueDate',
      label: { en: 'Next order due', zh: '预计下单日' },
      unit: 'date',
      kind: 'date',
      isMoney: false,
      words: expect.any(String),
    });
    expect(body.items.map(({ name }: { name: string }) => name).sort()).toEqual(
      Object.keys((await page()).items[0]!.figures).sort(),
    );
  });

  it('are not known to a model that did not study them, nor without one', async () => {
    service.shop.serve(2, ruleModel());
    for (const path of ['/v1/customers', '/v1/segments', '/v1/profit', '/v1/customers/ann', '/v1/lifetime'])
      expect(expectProblem(await service.get(path), 409, 'conflict')).toMatch(/model 2.*Train again/);
  });
});
