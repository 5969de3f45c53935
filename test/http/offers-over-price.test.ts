import { afterAll, beforeAll, expect, it } from 'vitest';
import { storeOrder } from '../../db/queries/orders.ts';
import { putProducts } from '../../db/queries/products.ts';
import { offersAnswer } from '../../src/http/offer-schemas.ts';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, openTestService, type TestService } from '../support/service.ts';
import { shopTraining } from '../support/shop.ts';

const dateOf = (day: number): string => new Date(Date.UTC(2024, 0, 1 + day)).toISOString().slice(0, 10);
const category = ['camping', 'tents'];
const dear = { id: 'tent-4', name: 'Tent Basic 4 persons', category, price: 150 };
const products = [
  { code: 'tent', name: 'Tent Basic 2 persons', category, price: 100 },
  { code: 'gas', name: 'Gas', category: ['camping', 'fuel'], price: 5 },
  { code: 'soap', name: 'Soap', category: ['bath'], price: 2 },
];

/** All come every eight to twelve days; Bob, Cem and Dan have been silent since day 80, the others go on to day 130, which is today. */
const silent = ['bob', 'cem', 'dan'];
const regular = ['ann', ...Array.from({ length: 5 }, (_, n) => `regular ${n}`)];
const orders = [...silent, ...regular].flatMap((customer, who) => {
  const last = silent.includes(customer) ? 80 : 129;
  const days = Array.from({ length: 30 }, (_, n) => (who % 7) + 10 * n + ((n * who) % 3)).filter(
    (day) => day <= last,
  );
  return days.map((day) => ({
    code: `${customer}/${day}`,
    customer,
    orderedAt: new Date(`${dateOf(day)}T12:00:00Z`),
    lines: [day % 3 === 0 ? 'tent' : 'gas', 'soap'].map((product) => ({ product, quantity: 1 })),
  }));
});
/** Ann thinks it dear as well, and comes; Cem has another reason; Dan had Bob's, and then another. */
const stated = [
  ['bob', 78, 'Too expensive'],
  ['ann', 78, 'Too expensive'],
  ['cem', 78, 'moved'],
  ['dan', 77, 'Too expensive'],
  ['dan', 78, 'moved'],
] as const;

describeDatabases('offers to customers who are about to leave over price', (opened) => {
  let service: TestService;
  beforeAll(async () => {
    const { database } = opened();
    service = await openTestService(database);
    service.shop.putProducts(await putProducts(database, products));
    await sent('PUT', '/v1/products', { products: [dear] });
    for (const order of orders) await storeOrder(database, order);
    const events = stated.map(([customerId, day, reason]) => ({
      ...{ id: `${customerId} ${day}`, type: 'cancellation', customerId, at: `${dateOf(day)}T12:00:00Z` },
      payload: { reason },
    }));
    await sent('POST', '/v1/events', { events });
    const job = await service.train({ ...shopTraining, customers: { asOf: dateOf(130) } });
    expect(job).toMatchObject({ status: 'succeeded' });
  }, 60_000);
  afterAll(() => service?.close());

  const sent = async (method: 'PUT' | 'POST', path: string, body: object): Promise<void> => {
    const { status, body: answer } = await service.send(method, path, body);
    expect({ ok: status < 300, detail: answer.detail }).toEqual({ ok: true, detail: undefined });
  };
  const query = 'placement=product&items=tent';
  const upSells = async (who: string) => {
    const { status, body } = await service.get(`${who}?${query}`);
    expect(status).toBe(200);
    return body.offers
      .filter(({ kind }: { kind: string }) => kind === 'up-sell')
      .map(({ productId }: { productId: string }) => productId);
  };
  const to = (customer: string) => upSells(`/v1/customers/${customer}/offers`);

  it('are no up-sells at full price, which analysts are told', async () => {
    const alerts = await service.get('/v1/alerts');
    const alarmed = alerts.body.items.map(({ customerId }: { customerId: string }) => customerId);
    expect(alarmed.sort()).toEqual(silent);
    expect(await to('bob')).toEqual([]);
    for (const other of ['ann', 'cem', 'dan', 'unheard-of']) expect(await to(other)).toEqual(['tent-4']);
    expect(await upSells('/v1/offers')).toEqual(['tent-4']);
    const { body } = await service.get(`/v1/customers/bob/offers?${query}&explain=true`);
    expect(offersAnswer.strict().parse(body)).toEqual(body);
    expect(body.trace.removed).toContainEqual(
      expect.objectContaining({
        productId: 'tent-4',
        kind: 'up-sell',
        reason: 'leaving-over-price',
        details: {
          because: ['stated-reason'],
          words: {
            en: 'About to leave over price: the newest reason given in the last year is one of price.',
            'zh-Hans': '可能因价格流失：近一年最近一次说明的原因与价格有关。',
            'zh-Hant': '可能因價格流失：近一年最近一次說明的原因與價格有關。',
          },
        },
      }),
    );
  });

  it('are the same in a batch', async () => {
    const requests = ['bob', 'cem'].map((customerId) => ({ customerId, items: ['tent'] }));
    const { body } = await service.send('POST', '/v1/offers/batch', { placement: 'product', requests });
    const kinds = body.items.map(({ offers }: { offers: { kind: string }[] }) =>
      offers.some(({ kind }) => kind === 'up-sell'),
    );
    expect(kinds).toEqual([false, true]);
  });

  it('have it again while it is on promotion, or where the placement is told to, from the next request on', async () => {
    await sent('PUT', '/v1/products', { products: [{ ...dear, attributes: { promotion: 'May' } }] });
    expect(await to('bob')).toEqual(['tent-4']);
    await sent('PUT', '/v1/products', { products: [{ ...dear, attributes: {} }] });
    expect(await to('bob')).toEqual([]);
    await sent('PUT', '/v1/placements/product', { spareLeavingOverPrice: false });
    expect(await to('bob')).toEqual(['tent-4']);
    await sent('PUT', '/v1/placements/product', { spareLeavingOverPrice: true });
    expect(await to('bob')).toEqual([]);
    const wrong = await service.send('PUT', '/v1/placements/product', { spareLeavingOverPrice: 'never' });
    expect(expectProblem(wrong, 400, 'bad-input')).toMatch(/spareLeavingOverPrice/);
  });

  it('are not permitted by a pin', async () => {
    const pin = { name: 'The large one', action: 'pin', productId: 'tent-4', position: 1 };
    const made = await service.send('POST', '/v1/policies', pin);
    expect(made.status).toBe(201);
    const { body } = await service.get(`/v1/customers/bob/offers?${query}&explain=true`);
    expect(body.offers.map(({ productId }: { productId: string }) => productId)).not.toContain('tent-4');
    expect(body.trace.skippedPins).toMatchObject([{ productId: 'tent-4', reason: 'leaving-over-price' }]);
    const other = await service.get(`/v1/customers/cem/offers?${query}`);
    expect(other.body.offers[0]).toMatchObject({ productId: 'tent-4', pinned: true });
  });
});
