import { parse } from 'csv-parse/sync';
import { afterAll, beforeAll, expect, it, vi } from 'vitest';
import type { Database } from '../db/database.ts';
import { type NewOrder, storeOrder } from '../db/queries/orders.ts';
import { below, seededRandom } from '../src/learn/random.ts';
import type { TableFormat } from '../src/serving/customer-file.ts';
import { customersIn } from '../src/serving/customers-in.ts';
import type { OfferListOrder } from '../src/serving/offer-list.ts';
import { type ReadSnapshot, readSnapshot } from '../src/serving/read-snapshot.ts';
import { type OfferTextHooks, offerText } from '../workers/offer-text.ts';
import { describeDatabases } from './support/databases.ts';
import { expectProblem, openTestService, type TestService } from './support/service.ts';
import { fillShop, shopTraining } from './support/shop.ts';

const msPerDay = 86_400_000;
/** Yesterday is the last day of sales: what the model worked out for all customers holds today. */
const firstDay = Math.floor(Date.now() / msPerDay) - 60;
/** More customers than one range has. */
const learnt = 560;

/**
 * Who buys a camera buys a bag for it days after, who buys a kettle buys tea, nine others are bought by whoever comes by: enough for a
 * ranking to be learnt.
 */
async function fillLearntShop(database: Database): Promise<void> {
  const random = seededRandom(1);
  const others = (): string[] =>
    Array.from({ length: 1 + below(3, random) }, () => `other-${below(9, random)}`);
  const order = (customer: string, day: number, ...items: string[]): NewOrder => ({
    code: `${customer}-${day}`,
    customer,
    orderedAt: new Date((firstDay + day) * msPerDay),
    lines: [...new Set(items)].map((product) => ({ product, quantity: 1, unitPrice: 2 })),
  });
  for (let n = 0; n < learnt; n++) {
    const [first, second] = n % 2 === 0 ? ['camera', 'bag'] : ['kettle', 'leaves'];
    await storeOrder(database, order(`c${n}`, n % 49, first, ...others()));
    if (n % 20 > 0) await storeOrder(database, order(`c${n}`, (n % 49) + 10, second, ...others()));
  }
  await storeOrder(database, order('=strange "customer", 1', 59, 'camera', 'other-1'));
}

async function textOf(
  { snapshot }: ReadSnapshot,
  customers: Int32Array,
  format: TableFormat,
  order: Partial<OfferListOrder> = {},
  hooks: Partial<OfferTextHooks> = {},
): Promise<string> {
  const whole: OfferListOrder = { id: 'list', placement: 'email', now: Date.now(), ...order, snapshot };
  const chunks: Uint8Array[] = [];
  for await (const chunk of offerText({ order: whole, format, customers }, { threads: 2, ...hooks }))
    chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

interface OfferBody {
  readonly productId: string;
  readonly position: number;
  readonly kind: string;
  readonly score: number;
  readonly probability: number;
  readonly chance?: number;
  readonly reason: { readonly text: string };
  readonly product: { readonly name: string | null; readonly price: number | null };
}

describeDatabases('offers for all customers', (opened) => {
  let database: Database;
  let service: TestService;
  let read: ReadSnapshot;
  let everybody: Int32Array;

  const done = async (answer: Promise<{ status: number; body: unknown }>): Promise<void> => {
    const { status, body } = await answer;
    expect({ status, body }).toMatchObject({ status: expect.toBeOneOf([200, 201]) });
  };
  /** There is more to learn here than in other shops of tests. */
  const trained = async (): Promise<void> => {
    const started = await service.send('POST', '/v1/models', shopTraining);
    const ended = async () => {
      const { body } = await service.get(`/v1/jobs/${started.body.id}`);
      expect(body.status).toBe('succeeded');
    };
    await vi.waitFor(ended, { timeout: 120_000, interval: 100 });
  };
  const policy = (definition: object) => done(service.send('POST', '/v1/policies', definition));
  let events = 0;
  const event = (given: object) =>
    done(service.send('POST', '/v1/events', { id: `e${++events}`, placement: 'email', ...given }));

  beforeAll(async () => {
    database = opened().database;
    await fillShop(database);
    await fillLearntShop(database);
    service = await openTestService(database);
    await trained();
    // All of this is newer than the model.
    await done(
      service.send('PUT', '/v1/products', {
        products: [
          { id: 'other-1', stock: 0 },
          { id: 'other-2', price: 9.99, category: ['odds'], name: '=SUM(A1)' },
          { id: 'bag', attributes: { consumable: false } },
          { id: 'newcomer', name: 'Newcomer', price: 3 },
        ],
      }),
    );
    await done(
      service.send('PUT', '/v1/customers', {
        customers: [{ id: 'c20', attributes: { vip: 'yes' } }, { id: 'unheard-of' }],
      }),
    );
    await policy({
      name: 'No bags there',
      action: 'hide',
      products: ['bag'],
      segments: ['country=DE', 'vip=yes'],
    });
    await policy({ name: 'New', action: 'pin', productId: 'newcomer', position: 2, segments: ['tier-peak'] });
    await policy({ name: 'Odds', action: 'boost', factor: 3, categories: [['odds']] });
    await done(service.send('PUT', '/v1/placements/email', { limit: 5, maxPerCategory: 3 }));
    await done(
      service.send('PUT', '/v1/explanations/en', {
        templates: { selling: 'All the rage, {orders} orders.' },
      }),
    );
    for (const [customer, product] of [
      ['c100', 'bag'],
      ['c6', 'newcomer'],
      ['nobody-yet', 'tea'],
    ]) {
      const lines = [{ productId: product, quantity: 1 }];
      const at = new Date().toISOString();
      await done(
        service.send('POST', '/v1/orders', {
          id: `late-${customer}`,
          customerId: customer,
          orderedAt: at,
          lines,
        }),
      );
    }
    for (const customerId of ['c80', 'ann']) {
      await event({ type: 'impression', customerId, productIds: ['bag', 'other-4', 'soap'] });
      await event({ type: 'impression', customerId, productIds: ['bag', 'other-4', 'soap'] });
    }
    await event({ type: 'dismiss', customerId: 'c60', productId: 'bag' });
    await event({ type: 'complaint', customerId: 'c12' });
    await event({ type: 'view', customerId: 'c14', productId: 'other-5' });
    read = await readSnapshot(database, undefined);
    everybody = await customersIn(database, read, undefined);
  }, 240_000);
  afterAll(() => service?.close());

  it('were learnt, so that the ones that are compared here are of every sort', () => {
    expect(read.model.ranking?.visit).toBeTruthy();
    expect(read.model.visits?.day).toBe(firstDay + 60);
    expect(everybody).toHaveLength(learnt + 5);
  });

  it.each<[Partial<OfferListOrder>, string]>([
    [{}, 'placement=email'],
    [
      { placement: 'home', limit: 12, kinds: ['cross-sell'], language: 'zh-TW' },
      'placement=home&limit=12&kinds=cross-sell&language=zh-TW',
    ],
    [{ placement: 'product', limit: 3 }, 'placement=product&limit=3'],
  ])('are those that the API answers each of them, by %j', async (order, query) => {
    const { customers, ...head } = JSON.parse(await textOf(read, everybody, 'json', order));
    expect(head).toEqual({
      modelVersion: '1',
      placement: order.placement ?? 'email',
      language: order.language ? 'zh-Hant' : 'en',
    });
    const expected = [];
    for (const customer of everybody) {
      const customerId = read.model.customerCodes.get(customer);
      const { body } = await service.get(`/v1/customers/${encodeURIComponent(customerId)}/offers?${query}`);
      const offers = body.offers.map(
        ({ productId, position, kind, score, probability, chance, reason, product }: OfferBody) => ({
          ...{ productId, position, kind, score, probability, chance },
          ...{ reason: reason.text, name: product.name, price: product.price },
        }),
      );
      const recommendationId = `1.${order.placement ?? 'email'}.list-${customer}`;
      expected.push({ customerId, recommendationId, offers });
    }
    expect(customers).toEqual(expected);
  });

  it('heed what was said, bought and done since the model', async () => {
    const { customers } = JSON.parse(await textOf(read, everybody, 'json'));
    const all: { customerId: string; offers: { productId: string; reason: string }[] }[] = customers;
    const of = (id: string) =>
      all.find(({ customerId }) => customerId === id)!.offers.map((one) => one.productId);
    expect(all.map(({ customerId }) => customerId)).toEqual(
      all.map(({ customerId }) => customerId).toSorted(),
    );
    const offered = new Set(all.flatMap(({ offers }) => offers.map(({ productId }) => productId)));
    expect(offered.has('other-1')).toBe(false);
    expect(offered.has('newcomer')).toBe(true);
    expect(of('c12')).toEqual([]);
    // Hidden from c20, dismissed by c60, shown to c80 often enough, bought by c100.
    const hadNoBag = ['c0', 'c20', 'c40', 'c60', 'c80', 'c100'];
    expect(hadNoBag.filter((customer) => of(customer).includes('bag'))).toEqual(['c0', 'c40']);
    expect(all.some(({ offers }) => offers.some(({ reason }) => /^All the rage/.test(reason)))).toBe(true);
  });

  it('are the same on any number of threads, in either format', async () => {
    const one = await textOf(read, everybody, 'csv', {}, { threads: 1 });
    expect(await textOf(read, everybody, 'csv', {}, { threads: 3 })).toBe(one);
    // Of those of the second range too, whichever thread it was.
    expect(one).toContain(`1.email.list-${learnt + 4},1,`);
    const { customers } = JSON.parse(await textOf(read, everybody, 'json'));
    const rows = customers.flatMap(({ offers, ...customer }: { offers: object[] }) =>
      offers.map((offer) => ({ ...customer, chance: null, ...offer })),
    );
    const shown = (value: unknown) => (value === null ? '' : String(value));
    const risky = (value: string) => (value.startsWith('=') ? JSON.stringify(value) : value);
    expect(parse(one, { columns: true })).toEqual(
      rows.map((row: object) =>
        Object.fromEntries(Object.entries(row).map(([name, value]) => [name, risky(shown(value))])),
      ),
    );
    expect(one.split('\n')[0]).toBe(
      'customerId,recommendationId,position,productId,kind,score,probability,chance,reason,name,price',
    );
    expect(one).toMatch(/^"""=strange \\""customer\\"", 1""",/m);
  });

  it('are of the customers of a segment alone, where one is named', async () => {
    const codes = async (id: string) =>
      Array.from(await customersIn(database, read, id), (customer) => read.model.customerCodes.get(customer));
    expect(await codes('country=DE')).toEqual(['ben', 'eva']);
    expect(await codes('vip=yes')).toEqual(['c20']);
    expect(await codes('vip=no')).toEqual([]);
    const { body } = await service.get('/v1/segments?kind=tier');
    for (const { id, customers } of body.items) expect(await codes(id)).toHaveLength(customers);
    await expect(customersIn(database, read, 'tier-moon')).rejects.toThrow(/no segment tier-moon.*tier-peak/);
    await expect(customersIn(database, read, 'moon=full')).rejects.toThrow(
      /No customer has an attribute moon/,
    );
    expect(await textOf(read, new Int32Array(0), 'csv')).toMatch(/^customerId,[^\n]*\n$/);
    expect(JSON.parse(await textOf(read, new Int32Array(0), 'json'))).toMatchObject({ customers: [] });
  });

  it('stop when they are told to, and say how far they came', async () => {
    const stop = new AbortController();
    const told: number[] = [];
    const order: OfferListOrder = {
      id: 'list',
      snapshot: read.snapshot,
      placement: 'email',
      now: Date.now(),
    };
    const hooks = { threads: 2, signal: stop.signal, onProgress: (count: number) => told.push(count) };
    const chunks = offerText({ order, format: 'csv', customers: everybody }, hooks);
    await chunks.next();
    await chunks.next();
    stop.abort();
    await expect(chunks.next()).rejects.toMatchObject({
      code: 'cancelled',
      message: `Stopped after 500 of ${learnt + 5} customers: what was written lacks the others.`,
    });
    expect(told).toEqual([500]);
  });

  it('are refused for a model that there is not', async () => {
    await expect(readSnapshot(database, 9)).rejects.toMatchObject({ code: 'not-found' });
    expectProblem(await service.get('/v1/customers/c1/offers?placement=moon'), 400, 'bad-input');
  });
});
