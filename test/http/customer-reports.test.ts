import { afterAll, beforeAll, expect, it } from 'vitest';
import type { Model } from '../../src/model/model.ts';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, openTestService, type TestService } from '../support/service.ts';
import { customerModel } from './customer-shop.ts';

describeDatabases('what is known of all customers over HTTP', (opened) => {
  let service: TestService;
  let model: Model;
  beforeAll(async () => {
    model = await customerModel();
    service = await openTestService(opened().database);
    service.shop.serve(1, model);
  });
  afterAll(() => service?.close());

  const body = async (path: string) => {
    const answer = await service.get(path);
    expect({ status: answer.status, detail: answer.body.detail }).toEqual({ status: 200, detail: undefined });
    return answer.body;
  };

  it('tells who brings the money', async () => {
    const value = await body('/v1/value');
    expect(value).toMatchObject({ modelVersion: '1', today: '2024-04-10', customers: 7, withoutOrder: 1 });
    expect(value.revenue.concentration).toMatchObject({ total: 299, negative: 0, code: null });
    expect(value.profit.concentration).toMatchObject({ total: 49, negative: 1 });
    expect(value.revenue.sentence).toBe('The best 20 % of the customers (2 of 7) bring 51 % of the revenue.');
    expect(value.revenue.deciles[0]).toMatchObject({ decile: 1, customers: 1, revenue: 80, profit: 20 });
    expect(value.revenue.concentration.curve.at(-1)).toMatchObject({ customers: 7, valueShare: 1 });
  });

  it('tells what they cost, with what is assumed', async () => {
    const { profit, assumptions, orders, tiers, drains } = await body('/v1/profit');
    expect(profit).toMatchObject({ customers: 7, revenue: 299, profit: 49, assumedGoodsCost: 0 });
    expect(profit.drivers.find(({ id }: { id: string }) => id === 'service-by-event')).toMatchObject({
      basis: { per: 'event', names: ['complaint'] },
      rate: 5,
      isAssumed: false,
      reason: 'Stated by the shop.',
      amount: 2,
      cost: 10,
    });
    expect(profit.drivers.find(({ id }: { id: string }) => id === 'rush-by-fee').isAssumed).toBe(true);
    // The shop has stated what share of their price kettles cost.
    expect(profit.cautions.map(({ code }: { code: string }) => code)).not.toContain('assumed-goods-cost');
    expect(assumptions).toMatchObject({
      goodsCostShare: 0.5,
      isGoodsCostShareAssumed: false,
      returnedGoodsLost: 0.1,
    });
    expect(orders).toMatchObject({ smallOrderUnder: 5, bounds: [5, 10] });
    expect(tiers.rows.map(({ tier, customers }: Record<string, unknown>) => [tier, customers])).toEqual([
      ['peak', 3],
      ['drain', 1],
      ['desert', 3],
    ]);
    // Eve has kept one kettle of three.
    expect(tiers.rows[0]).toMatchObject({ spent: 302, revenue: 202 });
    expect(drains).toMatchObject({
      drains: 1,
      peers: 6,
      code: null,
      causes: [{ cause: 'small-orders', excess: 42 }, {}],
    });
  });

  it('tells how lifetime value is worked out, and why not otherwise', async () => {
    const lifetime = await body('/v1/lifetime');
    expect(lifetime).toMatchObject({
      customers: 7,
      withoutPurchase: 1,
      repeatBuyers: 5,
      horizonWeeks: 52,
      purchases: { method: 'shrunk-rates', basis: 'assumed', refusal: { code: 'too-few-repeat-buyers' } },
      spend: { method: 'shrunk-means', refusal: { code: 'too-few-repeat-buyers' } },
    });
    // The newest quarter of 100 days.
    expect(lifetime.holdOut).toMatchObject({
      splitDate: '2024-03-16',
      lastDate: '2024-04-10',
      isMethodInService: true,
      sentence: expect.stringMatching(/^In the last 3\.6 weeks the 6 customers known before came on/),
    });
    expect(lifetime.holdOut.tracking.at(-1)).toMatchObject({ date: '2024-04-10', isHoldOut: true });
    // Dora and another ordered on one day alone: of them the models take it for granted.
    expect(lifetime.expected.aliveOf).toBe(5);
    expect(lifetime.cautions.map(({ code }: { code: string }) => code)).toEqual([
      ...['loss-assumed', 'never-came-back', 'assumed-rates'],
    ]);
  });

  it('tells of retention, rhythm and what sets the best apart', async () => {
    expect(await body('/v1/retention')).toMatchObject({
      basis: 'category',
      horizonDays: 30,
      cutOffDate: '2024-03-11',
      caution: expect.stringMatching(/does not show/),
    });
    expect(await body('/v1/rhythm')).toMatchObject({
      customers: 7,
      withRhythm: 4,
      overdue: 1,
      medianGap: 10,
    });
    expect(await body('/v1/differences')).toMatchObject({ by: 'revenue', code: 'too-few-customers' });
    expect(await body('/v1/differences?by=profit')).toMatchObject({ by: 'profit', leftOut: [] });
    expect(expectProblem(await service.get('/v1/differences?by=age'), 400, 'bad-input')).toMatch(/by/);
  });

  const ask = (question: unknown) => service.send('POST', '/v1/profit/what-if', question);

  it('answers what would be at other costs', async () => {
    const drivers = [{ id: 'service-by-event', rate: 0 }];
    const { status, body: answer } = await ask({ costs: { drivers } });
    expect(status).toBe(200);
    // Two complaints at 5; what else the shop stated stays.
    expect(answer).toMatchObject({
      asked: { costs: { drivers } },
      profitBefore: 49,
      profitAfter: 59,
      change: 10,
      changeBy: { costs: 10, scenario: 0 },
      before: { profit: { profit: 49 } },
      after: { profit: { profit: 59 } },
    });
    expect(answer.after.profit.drivers).toContainEqual(
      expect.objectContaining({ id: 'shipping-per-order', rate: 2 }),
    );
    expect(answer.after.note).toBeNull();
    expect(answer.after.assumptions).toEqual(answer.before.assumptions);
    expect(answer.after.tiers.cutOffs.minProfitRate).toBe(answer.before.tiers.cutOffs.minProfitRate);
    expect(answer.moved).toEqual([
      { from: 'peak', to: 'peak', customers: 3 },
      { from: 'drain', to: 'drain', customers: 1 },
      { from: 'desert', to: 'desert', customers: 3 },
    ]);
    expect(await body('/v1/profit')).toMatchObject({ profit: { profit: 49 } });
  });

  it('answers what would be with other cut-offs, and who changes tier', async () => {
    const { body: answer } = await ask({ tiers: { minRevenue: 40, minProfitRate: 0.21 } });
    expect(answer).toMatchObject({ change: 0, scenario: null });
    // Eve makes 20 %; Bob is large with 40 and makes 25 %.
    expect(answer.moved).toEqual([
      { from: 'peak', to: 'peak', customers: 2 },
      { from: 'peak', to: 'drain', customers: 1 },
      { from: 'drain', to: 'drain', customers: 1 },
      { from: 'desert', to: 'peak', customers: 1 },
      { from: 'desert', to: 'desert', customers: 2 },
    ]);
  });

  it.each([
    // Gil's 14 orders of 3 become 8 of 5 or more; six parcels at 3 are saved.
    [{ kind: 'fewer-orders', under: 5 }, 18],
    [{ kind: 'fewer-orders', under: 5, accepted: 0.5 }, 9],
    [{ kind: 'small-order-fee', under: 5, fee: 0.5 }, 7],
    // Eve's 100 stay, 45 of goods that could be sold again go, and a return at 4 is not handled.
    [{ kind: 'fewer-returns', share: 1 }, 59],
    // Gil's 42 make 58 / 302 instead of a loss of 24.
    [{ kind: 'turn-drains', share: 1 }, (58 / 302) * 42 + 24],
    // 14 loaves of 3 bring and cost 42 − 14 − 10 before orders at 3: a loaf makes 18 / 14, two thirds of one more are bought with each.
    [{ kind: 'minimum-order', under: 5, raised: 1 }, 18 * (2 / 3)],
    [{ kind: 'minimum-order', under: 5, raised: 0 }, 14 * 3 - 18],
  ])('answers what %j brings', async (scenario, change) => {
    const { status, body: answer } = await ask({ scenario });
    expect(status).toBe(200);
    const { kind, ...inputs } = scenario;
    expect(answer).toMatchObject({ asked: { scenario }, profitBefore: 49, changeBy: { costs: 0 } });
    expect(answer.change).toBeCloseTo(change, 9);
    expect(answer.profitAfter).toBeCloseTo(49 + change, 9);
    expect(answer.scenario).toMatchObject({
      kind,
      inputs,
      segment: null,
      profitBefore: 49,
      change: expect.closeTo(change, 9),
      customers: 1,
    });
    expect(answer.assumptions).toEqual(expect.arrayContaining(answer.scenario.assumptions));
    // What the scenario changes is not in the tables, and they say so.
    expect(answer.moved).toBeNull();
    expect(answer.after).toEqual({ ...answer.before, note: expect.stringMatching(/before the scenario/) });
  });

  it('asks a segment alone', async () => {
    const { body: answer } = await ask({
      scenario: { kind: 'fewer-returns', share: 1 },
      segment: 'tier-drain',
    });
    expect(answer.scenario).toMatchObject({
      segment: 'tier-drain',
      profitBefore: -24,
      change: 0,
      customers: 0,
    });
  });

  it.each([
    [{ costs: { drivers: [{ id: 'packing-per-order', rate: -1 }] } }, 400, /costs\.drivers\.0\.rate/],
    [
      { costs: { drivers: [{ id: 'packing', rate: 1 }] } },
      400,
      /no cost driver "packing".*packing-per-order/,
    ],
    [{ costs: { drivers: [1, 2].map((rate) => ({ id: 'packing-per-order', rate })) } }, 400, /stated twice/],
    [{ costs: { goodsCostShare: 2 } }, 400, /goodsCostShare/],
    [{ scenario: { kind: 'fewer-orders', under: 7 } }, 400, /choose one of 5, 10/],
    [{ scenario: { kind: 'fewer-orders', under: 5, share: 1 } }, 400, /share/],
    [{ scenario: { kind: 'more-orders' } }, 400, /scenario/],
    [{ scenario: { kind: 'turn-drains', share: 1 }, segment: 'tier-peak' }, 400, /leave out the segment/],
    [{ scenario: { kind: 'fewer-returns', share: 1 }, segment: 'tier-none' }, 404, /no segment tier-none/],
    [{ segment: 'tier-drain' }, 400, /state the scenario/],
    [{ costs: { goodsCostShare: 0.4 }, segment: 'tier-drain' }, 400, /or leave out the segment/],
    [{ scenario: { kind: 'minimum-order', under: 5 } }, 400, /raised/],
    [{ tiers: { minRevenue: 0 } }, 400, /minRevenue/],
    [{ tiers: { minRevenue: 5, largeRevenueShare: 0.5 } }, 400, /state one and leave out the other/],
    [{ what: 1 }, 400, /what/],
  ])('refuses %j', async (question, status, what) => {
    expect(expectProblem(await ask(question), status, status === 404 ? 'not-found' : 'bad-input')).toMatch(
      what,
    );
  });

  it('is for analysts and operators', async () => {
    const keyed = await openTestService(opened().database, {
      PAIRWELL_API_KEYS: 'storefront:shop-front-key,analyst:analysts-own-key,operator:operators-own-key',
    });
    keyed.shop.serve(1, model);
    const statusFor = async (path: string, key: string) =>
      (await keyed.get(path, { 'X-API-Key': key })).status;
    const lists = ['customers', 'customer-figures', 'customer-export', 'segments', 'segments/tier-peak'];
    const more = [
      'segments/tier-peak/members',
      'segments/changes',
      'customers/ann/timeline',
      'customers/ann',
    ];
    const reports = ['value', 'profit', 'lifetime', 'retention', 'rhythm', 'differences'];
    for (const path of [...lists, ...more, ...reports].map((name) => `/v1/${name}`)) {
      expect(`${path} ${await statusFor(path, 'shop-front-key')}`).toBe(`${path} 403`);
      expect(`${path} ${await statusFor(path, 'analysts-own-key')}`).toMatch(/ (200|404)$/);
      expect(`${path} ${await statusFor(path, 'operators-own-key')}`).toMatch(/ (200|404)$/);
    }
    const question = await keyed.send('POST', '/v1/profit/what-if', {}, { 'X-API-Key': 'shop-front-key' });
    expectProblem(question, 403, 'forbidden');
    await keyed.close();
  });
});
