import { afterAll, beforeAll, expect, it } from 'vitest';
import { mostStrength } from '../../src/customers/segment-rules-shrinkage.ts';
import type { Model } from '../../src/model/model.ts';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, type TestService } from '../support/service.ts';
import { customerModel, firstDay, openCustomerService } from './customer-shop.ts';

interface Segment {
  id: string;
  customers: number;
  revenue: number;
  profit: number;
}

describeDatabases('segments over HTTP', (opened) => {
  let service: TestService;
  let earlier: Model;
  beforeAll(async () => {
    earlier = await customerModel();
    service = await openCustomerService(opened().database, earlier);
  });
  afterAll(() => service?.close());

  const body = async (path: string) => {
    const answer = await service.get(path);
    expect({ status: answer.status, detail: answer.body.detail }).toEqual({ status: 200, detail: undefined });
    return answer.body;
  };
  const sums = (items: readonly Segment[]) =>
    items
      .filter(({ customers }) => customers > 0)
      .map(({ id, customers, revenue, profit }) => [id, customers, revenue, profit]);

  it('found in behaviour have the rules that they do more, and less, than the shop', async () => {
    const { items } = await body('/v1/segments');
    const { segmentShares } = earlier.customers!;
    for (const [position, { id }] of items.entries()) {
      const { strength, orders, items: more, words } = await body(`/v1/segments/${id}/rules`);
      expect(words.strength.zh).toMatch(strength < mostStrength ? /收缩/ : /偶然/);
      expect({ strength, orders }).toEqual({
        strength: segmentShares.strength,
        orders: segmentShares.counts.orders[position],
      });
      const { items: less } = await body(`/v1/segments/${id}/rules?than=less&limit=3`);
      expect(less.length).toBeLessThanOrEqual(3);
      for (const rule of more) expect(rule.confidence).toBeGreaterThan(rule.shopConfidence);
      for (const rule of less) expect(rule.confidence).toBeLessThan(rule.shopConfidence);
    }
    expectProblem(await service.get('/v1/segments/tier-peak/rules'), 400, 'bad-input');
    expectProblem(await service.get('/v1/segments/behaviour-99/rules'), 404, 'not-found');
  });

  it('of profit are tiers with their cut-offs', async () => {
    const { kind, customers, items, how, today } = await body('/v1/segments?kind=tier');
    expect({ kind, customers, today }).toEqual({ kind: 'tier', customers: 7, today: '2024-04-10' });
    // Of 299 the largest bring 80 % up to Gil's 42; all make 49, so that a peak makes half of 49 / 299 at least.
    expect(how).toMatchObject({
      tier: { cutOffs: { minRevenue: 42, minProfitRate: expect.closeTo(49 / 399 / 2, 12) } },
      rfm: null,
      behaviour: null,
    });
    expect(sums(items)).toEqual([
      ['tier-peak', 3, 202, 58],
      ['tier-drain', 1, 42, -24],
      ['tier-desert', 3, 55, 15],
    ]);
    expect(items[0].profitShare).toBeCloseTo(58 / 49, 11);
    expect(items[1].name).toEqual({ en: 'Profit drains', zh: '利润流失' });
  });

  it('of recency and frequency have medians, words and scores', async () => {
    const { items, how } = await body('/v1/segments?kind=rfm');
    expect(items).toHaveLength(10);
    expect(sums(items)).toEqual([
      ['rfm-loyal', 2, 122, -4],
      ['rfm-potential-loyalist', 1, 72, 28],
      ['rfm-promising', 1, 9, 4],
      ['rfm-about-to-sleep', 1, 50, 10],
      ['rfm-at-risk', 1, 40, 10],
      ['rfm-hibernating', 1, 6, 1],
    ]);
    const loyal = items.find(({ id }: Segment) => id === 'rfm-loyal');
    expect(loyal.rfm).toEqual({ medianRecency: 8.5, medianFrequency: 12, medianMonetary: 61 });
    expect(loyal.words.zh).toMatch(/推荐/);
    expect(how.rfm).toMatchObject({ scores: 5, cutBy: 'cutoffs', withoutOrder: 1 });
    expect(how.rfm.recency[0]).toEqual({ score: 5, customers: 1, lowest: 5, highest: 5 });
  });

  it('of behaviour say what sets them apart', async () => {
    const { kind, items, how } = await body('/v1/segments');
    expect(kind).toBe('behaviour');
    expect(sums(items)).toEqual([
      ['behaviour-1', 5, 179, 19],
      ['behaviour-2', 2, 120, 30],
    ]);
    const [, breakfast] = items;
    expect(breakfast.behaviour.traits[1]).toMatchObject({ name: 'lines', unit: 'products' });
    expect(breakfast.behaviour.products[0]).toMatchObject({
      productId: 'butter',
      name: 'Butter',
      orders: 15,
      customers: 2,
      share: 1,
      lift: expect.closeTo(37 / 15, 9),
    });
    expect(how.behaviour).toMatchObject({
      choice: null,
      kinds: { source: 'categories', names: ['food', 'drinks', 'household'] },
      gone: [],
    });
  });

  it('tell all that is known of one', async () => {
    const details = await body('/v1/segments/tier-peak');
    expect(details).toMatchObject({ modelVersion: '1', id: 'tier-peak', kind: 'tier', customers: 3 });
    // Of Ann, Cid and Eve.
    expect(details.typical).toMatchObject({
      orders: 4,
      revenue: 72,
      profit: 20,
      recencyDays: 10,
      medianGap: 20,
    });
    const behaviour = await body('/v1/segments/behaviour-2');
    expect(behaviour.behaviour.traits.length).toBeGreaterThan(5);
    expect(behaviour.behaviour.status).toBeNull();
    expect(behaviour.behaviour.popular[0]).toMatchObject({
      productId: 'bread',
      name: 'Rye bread',
      share: expect.any(Number),
    });
    expect((await body('/v1/segments/rfm-champions')).typical).toMatchObject({ orders: null, revenue: null });
  });

  it('have members, found and sorted as customers are', async () => {
    const first = await body('/v1/segments/tier-peak/members?limit=2&sort=profit');
    expect(first).toMatchObject({
      matching: 3,
      items: [{ customerId: 'cid' }, { customerId: 'ann', segments: { tier: { id: 'tier-peak' } } }],
    });
    const second = await body(
      `/v1/segments/tier-peak/members?limit=2&sort=profit&cursor=${first.nextCursor}`,
    );
    expect(second).toMatchObject({ items: [{ customerId: 'eve' }], nextCursor: null });
    expect(await body('/v1/segments/tier-peak/members?where=alive<=0')).toMatchObject({
      matching: 0,
      items: [],
    });
  });

  it('that there are not are not found', async () => {
    for (const path of ['/v1/segments/tier-cliff', '/v1/segments/behaviour-99/members'])
      expect(expectProblem(await service.get(path), 404, 'not-found')).toMatch(
        /There is no segment .*tier-peak/,
      );
    const kind = await service.get('/v1/segments?kind=age');
    expect(expectProblem(kind, 400, 'bad-input')).toMatch(/kind/);
  });

  it('tell of no changes where the model before knew no customers', async () => {
    expect(await body('/v1/segments/changes?kind=rfm')).toMatchObject({
      since: null,
      asOf: '2024-04-10',
      asOfBefore: null,
      stayed: 0,
      items: [],
    });
    const who = await service.get('/v1/segments/changes/customers?kind=rfm');
    expect(expectProblem(who, 409, 'conflict')).toMatch(/nobody is known to have changed/);
  });

  it('tell who changed since the model before', async () => {
    const before = { ...earlier, customers: { ...earlier.customers!, today: earlier.customers!.today - 30 } };
    service.shop.serve(2, await customerModel(bobIsBack(), before));
    const changes = await body('/v1/segments/changes?kind=rfm');
    expect(changes).toMatchObject({
      since: earlier.meta.trainedAt,
      asOf: '2024-04-10',
      asOfBefore: '2024-03-11',
      stayed: 6,
      moved: 1,
      entered: 0,
      left: 0,
      gone: 1,
    });
    expect(changes.items).toContainEqual({
      from: { id: 'rfm-at-risk', name: { en: 'At risk', zh: '有流失风险的顾客' } },
      to: { id: 'rfm-champions', name: { en: 'Champions', zh: '冠军顾客' } },
      customers: 1,
      revenue: 100,
    });
    const everybody = await body('/v1/segments/changes/customers?kind=rfm');
    expect(everybody).toMatchObject({
      asOf: '2024-04-10',
      asOfBefore: '2024-03-11',
      matching: 1,
      items: [{ customerId: 'bob', from: { id: 'rfm-at-risk' }, to: { id: 'rfm-champions' } }],
    });
    const stayed = '/v1/segments/changes/customers?kind=rfm&from=rfm-loyal&to=rfm-loyal';
    expect((await body(stayed)).items.map(({ customerId }: { customerId: string }) => customerId)).toEqual([
      'ann',
      'gil',
    ]);
    expect(await body('/v1/segments/changes/customers?kind=rfm&from=none')).toMatchObject({ items: [] });
    // The kind is that of the segments.
    const moved = await body('/v1/segments/changes/customers?from=rfm-at-risk&to=rfm-champions');
    expect(moved).toMatchObject({ kind: 'rfm', matching: 1, items: [{ customerId: 'bob' }] });
    expect(await body('/v1/segments/changes/customers?from=none')).toMatchObject({ kind: 'behaviour' });
    expect(await body('/v1/segments/changes/customers?to=tier-peak')).toMatchObject({ kind: 'tier' });
    const mixed = await service.get('/v1/segments/changes/customers?from=rfm-loyal&to=tier-peak');
    expect(expectProblem(mixed, 404, 'not-found')).toMatch(/no segment tier-peak of the kind rfm/);
    const wrong = await service.get('/v1/segments/changes/customers?kind=rfm&from=tier-peak');
    expect(expectProblem(wrong, 404, 'not-found')).toMatch(
      /In the model before there is no segment tier-peak/,
    );
    const { behaviour } = (await body('/v1/segments')).items[0];
    expect(behaviour).toMatchObject({ status: 'kept', overlap: expect.any(Number) });
  });
});

/** Three orders of tea in the last days. */
function bobIsBack() {
  return {
    bob: [90, 93, 96].map((day) => ({
      day: firstDay + day,
      minute: 1200,
      channel: 'web',
      lines: [{ product: 'tea', quantity: 4, price: 5 }],
    })),
  };
}
