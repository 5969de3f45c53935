import { afterAll, beforeAll, expect, it } from 'vitest';
import { storeOrder } from '../../db/queries/orders.ts';
import { describeDatabases } from '../support/databases.ts';
import { openTestService, type TestService } from '../support/service.ts';
import { fillCustomerShop, firstDay, rates } from './customer-shop.ts';

/** As the shop of the other tests has it, whose model is made without training. */
const settings = {
  minSupport: 2,
  customers: {
    asOf: '2024-04-10',
    segments: 2,
    costs: {
      goodsCostShare: 0.5,
      returnedGoodsLost: 0.1,
      drivers: Object.entries(rates).map(([id, rate]) => ({ id, rate })),
    },
  },
};

describeDatabases('customers that were trained on', (opened) => {
  let service: TestService;
  beforeAll(async () => {
    await fillCustomerShop(opened().database);
    service = await openTestService(opened().database);
    expect(await service.train(settings)).toMatchObject({ status: 'succeeded' });
  });
  afterAll(() => service?.close());

  const body = async (path: string) => {
    const answer = await service.get(path);
    expect({ status: answer.status, detail: answer.body.detail }).toEqual({ status: 200, detail: undefined });
    return answer.body;
  };

  it('have the figures that their stored orders make', async () => {
    const { items } = await body('/v1/customers?sort=profit');
    expect(
      items.map(({ customerId, figures }: { customerId: string; figures: Record<string, number> }) => [
        customerId,
        figures.orders,
        figures.revenue,
        figures.profit,
      ]),
    ).toEqual([
      ['cid', 4, 72, 28],
      ['ann', 10, 80, 20],
      ['zoe', 2, 36, 14],
      ['bob', 5, 40, 10],
      ['eve', 2, 50, 10],
      ['dora', 1, 9, 4],
      ['=1+1', 1, 6, 1],
      ['gil', 14, 42, -24],
      ['fred', 0, null, null],
    ]);
  });

  it('have time lines that add up to their profit', async () => {
    for (const { customerId, figures } of (await body('/v1/customers?where=orders>=1')).items) {
      const { items } = await body(`/v1/customers/${encodeURIComponent(customerId)}/timeline?limit=100`);
      const profit = items.reduce((sum: number, entry: { profit?: number }) => sum + (entry.profit ?? 0), 0);
      expect(`${customerId} ${profit.toFixed(6)}`).toBe(`${customerId} ${figures.profit.toFixed(6)}`);
    }
  });

  it('are told where the order of codes alone parts them from others', async () => {
    const whyOf = async (code: string): Promise<{ en: string }[]> =>
      (await body(`/v1/customers/${code}`)).segments.rfm.why;
    // Eve and Zoe have two orders each, and the border between two scores lies between them.
    for (const code of ['eve', 'zoe'])
      expect((await whyOf(code))[2]!.en).toMatch(
        /^customers with 2 orders have scores from 2 to 3: .* codes/,
      );
    expect(await whyOf('ann')).toHaveLength(2);
  });

  it('are followed from one model to the next', async () => {
    await storeOrder(opened().database, {
      code: 'dora/again',
      customer: 'dora',
      orderedAt: new Date((firstDay + 99) * 86_400_000),
      lines: [{ product: 'bread', quantity: 50, unitPrice: 3 }],
    });
    const before = await body('/v1/segments?kind=tier');
    expect((await body('/v1/segments/changes?kind=tier')).since).toBeNull();
    expect(await service.train(settings)).toMatchObject({ status: 'succeeded' });
    const changes = await body('/v1/segments/changes?kind=tier');
    expect(changes).toMatchObject({
      modelVersion: '2',
      since: expect.any(String),
      entered: 0,
      left: 0,
      gone: 0,
    });
    const { items } = await body('/v1/segments/changes/customers?kind=tier&to=tier-peak');
    expect(items).toMatchObject([
      { customerId: 'dora', from: { id: 'tier-desert' }, to: { id: 'tier-peak' } },
    ]);
    expect(before.modelVersion).toBe('1');
    const { behaviour } = (await body('/v1/segments')).items[0];
    expect(['kept', 'new']).toContain(behaviour.status);
  });
});
