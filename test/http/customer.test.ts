import { afterAll, beforeAll, expect, it } from 'vitest';
import { storeOrder } from '../../db/queries/orders.ts';
import {
  customers as customerTable,
  events as eventTable,
  products as productTable,
} from '../../db/schema.ts';
import type { Model } from '../../src/model/model.ts';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, type TestService } from '../support/service.ts';
import { customerModel, firstDay, openCustomerService, strange } from './customer-shop.ts';
import { ruleModel } from './rule-shop.ts';

interface Entry {
  type: string;
  at: string;
  orderId?: string;
  kind?: string;
  revenue?: number;
  profit?: number;
}

const nameOf = ({ orderId, kind, at }: Entry): string => `${at.slice(0, 10)} ${orderId ?? kind}`;

describeDatabases('one customer over HTTP', (opened) => {
  let service: TestService;
  let model: Model;
  beforeAll(async () => {
    model = await customerModel();
    service = await openCustomerService(opened().database, model);
  });
  afterAll(() => service?.close());

  const body = async (path: string) => {
    const answer = await service.get(path);
    expect({ status: answer.status, detail: answer.body.detail }).toEqual({ status: 200, detail: undefined });
    return answer.body;
  };

  it('tells who it is, in which segments and why', async () => {
    const ann = await body('/v1/customers/ann');
    expect(ann).toMatchObject({
      modelVersion: '1',
      customerId: 'ann',
      today: '2024-04-10',
      inModel: true,
      note: null,
      channel: 'friend',
      firstSeen: '2023-12-31T12:00:00.000Z',
      attributes: { country: 'FR' },
      placement: null,
      drain: null,
      lifetime: { purchases: 'shrunk-rates', spend: 'shrunk-means', horizonWeeks: 52, monthlyDiscount: 0.01 },
    });
    expect(ann.segments).toMatchObject({
      behaviour: {
        id: 'behaviour-2',
        before: null,
        why: [{}, {}, {}],
      },
      rfm: {
        id: 'rfm-loyal',
        name: { en: 'Loyal customers' },
        why: [
          {
            en: 'last order on 2024-03-31, 10 days before: score 4 of 5',
            zh: '最近一次下单 2024-03-31，距今 10 天：5 分制得 4 分',
          },
          { en: '10 orders: score 5 of 5', zh: '10 笔订单：5 分制得 5 分' },
        ],
      },
      tier: {
        id: 'tier-peak',
        why: [
          { en: 'a revenue of 80 before returns, and a profit of 20, 25 % of it' },
          { en: expect.stringMatching(/peaks/), zh: expect.stringMatching(/收入达 42 为大客户/) },
        ],
      },
    });
    // Two products in each of ten orders.
    const { traits, why } = ann.segments.behaviour;
    const lines = traits.findIndex(({ name }: { name: string }) => name === 'lines');
    expect(traits[lines]).toMatchObject({
      own: expect.closeTo(2, 5),
      evidence: 10,
      average: 'geometric',
      isDrawn: true,
      isClustered: true,
    });
    const { counted, here, shop } = traits[lines];
    expect(counted).toBeGreaterThan(shop);
    expect(counted).toBeLessThan(2);
    const digits = (figure: number): string => String(Number(figure.toPrecision(3)));
    expect(why[lines].en).toBe(
      `different products in an order: 2, which counts as ${digits(counted)}; ${digits(here)} in this segment, ${digits(shop)} in the shop (geometric means of figures drawn to the shop's mean)`,
    );
    expect(why[lines].zh).toContain(`本群 ${digits(here)}，全店 ${digits(shop)}`);
    const { items } = await body('/v1/customers?text=ann');
    expect(ann.figures).toEqual(items[0].figures);
    expect(ann.rhythm).toMatchObject({ orderDays: 10, gapSpread: 0, allowedSilence: 15 });
    expect(ann.costs).toContainEqual({
      id: 'shipping-per-order',
      group: 'shipping',
      rate: 2,
      isAssumed: false,
      amount: 10,
      cost: 20,
    });
  });

  it('tells what lifetime value rests on', async () => {
    const [ann, dora, zoe] = await Promise.all(
      ['ann', 'dora', 'zoe'].map((code) => body(`/v1/customers/${code}`)),
    );
    const codesOf = (customer: { lifetime: { cautions: { code: string }[] } }) =>
      customer.lifetime.cautions.map(({ code }) => code);
    expect([ann, dora, zoe].map(codesOf)).toEqual([
      ['loss-assumed'],
      ['loss-assumed', 'never-came-back'],
      [],
    ]);
    expect([dora.figures.alive, zoe.lifetime.margin]).toEqual([null, null]);
    const { expectedOrders, expectedSpend, lifetimeValue } = ann.figures;
    // Discounted by 1 to 12 % over the year.
    const share = lifetimeValue / (expectedOrders * expectedSpend * ann.lifetime.margin);
    expect(share).toBeGreaterThan(0.88);
    expect(share).toBeLessThan(0.99);
  });

  it('tells of a drain what costs more than at peers', async () => {
    const { drain, costs } = await body('/v1/customers/gil');
    // All of Gil's orders are small, and nobody else's; 14 of them cost 3 each. Two complaints cost 5 each.
    expect(drain.causes.slice(0, 2)).toEqual([
      { cause: 'small-orders', words: expect.any(String), excess: 42 },
      { cause: 'service', words: expect.any(String), excess: 10 },
    ]);
    const together = drain.causes.reduce((sum: number, { excess }: { excess: number }) => sum + excess, 0);
    expect(together).toBeCloseTo(drain.shortfall, 9);
    const cost = costs.reduce((sum: number, one: { cost: number }) => sum + one.cost, 0);
    expect(cost).toBe(52);
  });

  it('has orders, returns and events on one time line, the newest first', async () => {
    const { timeline } = await body('/v1/customers/eve');
    expect(timeline.items.map(nameOf)).toEqual(['2024-03-21 eve/2', '2024-01-26 eve/1', '2024-01-21 eve/0']);
    expect(timeline.items[1]).toMatchObject({
      type: 'order',
      isReturn: true,
      revenue: -100,
      lines: [{ productId: 'kettle', name: 'Kettle', quantity: -2, unitPrice: 50, isCostAssumed: false }],
    });
    expect(timeline.nextCursor).toBeNull();
    const ann = await body('/v1/customers/ann/timeline?limit=2');
    expect(ann.items).toMatchObject([
      {
        type: 'order',
        orderId: 'ann/9',
        channel: 'shop',
        isReturn: false,
        revenue: 8,
        profit: 2,
        lineCount: 2,
      },
      { type: 'event', kind: 'visit', product: null, payload: { page: 'start' } },
    ]);
    // Bread bears half of the parcel and of the box, 1.5, and costs 1 of 3; butter the other half, and 1 of 2.
    expect(ann.items[0].lines).toMatchObject([
      { productId: 'bread', revenue: 6, profit: 2.5, isCostAssumed: false },
      { productId: 'butter', revenue: 2, profit: -0.5 },
    ]);
  });

  it.each(['ann', 'bob', 'cid', 'dora', 'eve', 'gil', strange])(
    'has a time line of %s whose lines make the profit that the model has',
    async (code) => {
      const path = `/v1/customers/${encodeURIComponent(code)}`;
      const { figures } = await body(path);
      let [revenue, profit, cursor, pages] = [0, 0, '', 0];
      const seen: string[] = [];
      do {
        const page = await body(`${path}/timeline?limit=4${cursor}`);
        for (const entry of page.items as Entry[]) {
          seen.push(nameOf(entry));
          revenue += entry.revenue ?? 0;
          profit += entry.profit ?? 0;
        }
        cursor = page.nextCursor === null ? '' : `&cursor=${page.nextCursor}`;
        pages++;
      } while (cursor !== '' && pages < 20);
      expect(seen).toEqual([...new Set(seen)].sort().reverse());
      expect({ revenue, profit }).toEqual({
        revenue: expect.closeTo(figures.revenue, 9),
        profit: expect.closeTo(figures.profit, 9),
      });
    },
  );

  it('has pages that what comes meanwhile does not shift', async () => {
    const whole = (await body('/v1/customers/gil/timeline?limit=100')).items.map(nameOf);
    expect(whole).toHaveLength(16);
    const first = await body('/v1/customers/gil/timeline?limit=5');
    const { orm } = opened().database;
    const [gil] = (await orm.select().from(customerTable)).filter(({ code }) => code === 'gil');
    const [bread] = (await orm.select().from(productTable)).filter(({ code }) => code === 'bread');
    // At one time, as when several offers are shown together.
    const at = new Date((firstDay + 99) * 86_400_000);
    await orm.insert(eventTable).values(
      ['offer', 'click', 'offer'].map((kind, n) => ({
        ...{ customerId: gil!.id, productId: bread!.id, kind, at },
        recommendationId: `r${n}`,
      })),
    );
    const rest = await body(`/v1/customers/gil/timeline?limit=100&cursor=${first.nextCursor}`);
    expect([...first.items, ...rest.items].map(nameOf)).toEqual(whole);
    const newest = await body('/v1/customers/gil/timeline?limit=2');
    const next = await body(`/v1/customers/gil/timeline?limit=2&cursor=${newest.nextCursor}`);
    expect([...newest.items, ...next.items].map(({ recommendationId = null }) => recommendationId)).toEqual([
      'r2',
      'r1',
      'r0',
      null,
    ]);
    expect(newest.items[0]).toMatchObject({ product: { productId: 'bread', name: 'Rye bread' } });
  });

  it('places who is new by the first orders, and says so', async () => {
    const zoe = await body('/v1/customers/zoe');
    expect(zoe).toMatchObject({
      inModel: false,
      note: {
        en: expect.stringMatching(/by the orders that came since/),
        zh: expect.stringMatching(/行为分群/),
      },
      // Two evenings of tea by web, as Cid's.
      segments: { behaviour: { id: 'behaviour-1' }, rfm: null, tier: null },
      placement: { orders: 2, sureness: expect.any(Number) },
      costs: [],
      drain: null,
      rhythm: null,
    });
    for (const { own, evidence } of zoe.segments.behaviour.traits)
      expect([own, evidence]).toEqual([expect.any(Number), 2]);
    expect(new Set(Object.values(zoe.figures))).toEqual(new Set([null]));
    expect(zoe.timeline.items[0]).toMatchObject({ orderId: 'zoe/1', revenue: 18, profit: 7 });
    const fred = await body('/v1/customers/fred');
    expect(fred).toMatchObject({
      inModel: false,
      note: { en: expect.stringMatching(/there is none to tell a segment by/) },
      segments: { behaviour: null },
      placement: null,
      timeline: { items: [{ type: 'event', kind: 'visit' }] },
    });
  });

  it('says that orders are all in the future, and places nobody by them', async () => {
    const order = (code: string, day: number) =>
      storeOrder(opened().database, {
        code: `una/${code}`,
        customer: 'una',
        orderedAt: new Date(Date.UTC(day, 0, 31, 12)),
        lines: [{ product: 'tea', quantity: 2, unitPrice: 9 }],
      });
    await order('1', 2901);
    await order('2', 2900);
    expect(await body('/v1/customers/una')).toMatchObject({
      inModel: false,
      note: {
        en: expect.stringMatching(/dated later than today, the first on 2900-01-31/),
        zh: expect.stringMatching(/2900-01-31/),
      },
      segments: { behaviour: null },
      placement: null,
    });
    // One that has come is enough.
    await order('3', 2024);
    expect(await body('/v1/customers/una')).toMatchObject({
      note: { en: expect.stringMatching(/by the orders that came since/) },
      placement: { orders: 1 },
    });
  });

  it.each(['figures', 'export', 'changes'])('opens a customer whose id is %s', async (code) => {
    await storeOrder(opened().database, {
      code: `${code}/0`,
      customer: code,
      orderedAt: new Date(firstDay * 86_400_000),
      lines: [{ product: 'bread', quantity: 1, unitPrice: 3 }],
    });
    expect(await body(`/v1/customers/${code}`)).toMatchObject({ customerId: code, placement: { orders: 1 } });
  });

  it('tells the first lines of a long order, and the money of all', async () => {
    await storeOrder(opened().database, {
      code: 'max/0',
      customer: 'max',
      orderedAt: new Date(firstDay * 86_400_000),
      lines: Array.from({ length: 12 }, () => ({ product: 'bread', quantity: 1, unitPrice: 3 })),
    });
    const { timeline } = await body('/v1/customers/max');
    const [whole] = (await body('/v1/customers/max/timeline')).items;
    // Twelve times 3 less 1, and a parcel of 3.
    for (const order of [timeline.items[0], whole])
      expect(order).toMatchObject({ lineCount: 12, revenue: 36, profit: 21 });
    expect([timeline.items[0].lines.length, whole.lines.length]).toEqual([10, 12]);
  });

  it('is not found where there is none', async () => {
    for (const path of ['/v1/customers/nobody', '/v1/customers/nobody/timeline'])
      expect(expectProblem(await service.get(path), 404, 'not-found')).toBe('There is no customer nobody.');
  });

  it.each([
    ['ann/timeline?limit=101', /limit/],
    ['ann/timeline?cursor=nonsense', /Start again without one/],
    ['ann/timeline?page=2', /no such parameter/],
    ['ann?fields=figures', /no such parameter/],
  ])('is refused with %s', async (path, what) => {
    expect(expectProblem(await service.get(`/v1/customers/${path}`), 400, 'bad-input')).toMatch(what);
  });

  it("does not go on in another one's time line", async () => {
    const { nextCursor } = await body('/v1/customers/ann/timeline?limit=1');
    const answer = await service.get(`/v1/customers/bob/timeline?cursor=${nextCursor}`);
    expect(expectProblem(answer, 400, 'bad-input')).toMatch(/another customer/);
  });

  it('has a time line without profits where no model knows the costs', async () => {
    service.shop.serve(2, ruleModel());
    const { items } = await body('/v1/customers/bob/timeline');
    expect(items[0]).toMatchObject({ revenue: 8, profit: null, lines: [{ profit: null }, { profit: null }] });
    service.shop.serve(1, model);
  });
});
