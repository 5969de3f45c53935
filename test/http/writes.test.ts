import { eq } from 'drizzle-orm';
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest';
import type { Database } from '../../db/database.ts';
import { contracts, customers, orderLines, orders, products } from '../../db/schema.ts';
import { describeDatabases } from '../support/databases.ts';
import { expectProblem, openTestService, type TestService } from '../support/service.ts';
import { fillShop, shopProducts } from '../support/shop.ts';

describeDatabases('what a shop tells over HTTP', (opened) => {
  let database: Database;
  let service: TestService;
  let send: TestService['send'];

  beforeAll(async () => {
    database = opened().database;
    await fillShop(database);
    service = await openTestService(database);
    send = service.send;
    await service.train();
  });
  afterAll(() => service?.close());

  const putProducts = (...updates: object[]) => send('PUT', '/v1/products', { products: updates });
  const storedProduct = async (code: string) =>
    (await database.orm.select().from(products).where(eq(products.code, code)))[0];

  describe('products', () => {
    // As they were.
    beforeEach(async () => {
      const updates = shopProducts.map(({ code, ...fields }) => ({
        id: code,
        ...{ name: null, price: null, stock: null, active: true, nonProduct: false },
        ...fields,
      }));
      expect(await putProducts(...updates)).toMatchObject({ status: 200, body: { stored: 7 } });
    });

    it.each([{ active: false }, { stock: 0 }, { nonProduct: true }])(
      'with %o are offered no more from the next request on, without a new model',
      async (change) => {
        expect(await service.offered('/v1/offers?items=bread')).toContain('butter');
        expect((await putProducts({ id: 'butter', ...change })).status).toBe(200);
        expect(await service.offered('/v1/offers?items=bread')).not.toContain('butter');
        const associations = await service.get('/v1/products/bread/associations');
        expect(JSON.stringify(associations.body)).not.toContain('butter');
        await putProducts({ id: 'butter', active: true, stock: 3, nonProduct: false });
        expect(await service.offered('/v1/offers?items=bread')).toContain('butter');
      },
    );

    it('have a new name in offers and reasons at once', async () => {
      await service.get('/v1/offers?items=bread');
      await putProducts({ id: 'bread', name: 'Sourdough "№ 1"' }, { id: 'butter', name: 'Salted butter' });
      const { body } = await service.get('/v1/offers?items=bread&limit=1');
      expect(body.offers[0]).toMatchObject({
        product: { name: 'Salted butter' },
        reason: {
          text: 'Goes with Sourdough "№ 1": 75% of orders with it have this too.',
          because: [{ productId: 'bread', name: 'Sourdough "№ 1"' }],
        },
      });
      const { items } = (await service.get('/v1/rules?set=all&antecedent=bread')).body;
      expect(items[0].antecedent).toEqual([{ productId: 'bread', name: 'Sourdough "№ 1"' }]);
    });

    it('keep the fields that are not given, and lose those that are null', async () => {
      await putProducts({ id: 'butter', price: 2.79 });
      expect(await storedProduct('butter')).toMatchObject({
        name: 'Butter',
        price: 2.79,
        cost: 2.01,
        stock: 40,
      });
      await putProducts({ id: 'butter', name: null, stock: null, attributes: { fat: { share: 0.82 } } });
      expect(await storedProduct('butter')).toMatchObject({
        name: null,
        price: 2.79,
        stock: null,
        attributes: { fat: { share: 0.82 } },
      });
    });

    it('may be new', async () => {
      expect(
        (await putProducts({ id: 'fig', name: 'Figs', category: ['fruit, dried', '"best"'] })).status,
      ).toBe(200);
      expect(await storedProduct('fig')).toMatchObject({
        name: 'Figs',
        category: ['fruit, dried', '"best"'],
      });
      expect(await service.get('/v1/products/fig/associations')).toMatchObject({ status: 200 });
    });

    it('come many at a time, or none of them', async () => {
      const many = Array.from({ length: 300 }, (_, n) => ({
        id: `many-${n}`,
        name: `Number ${n}`,
        price: n,
      }));
      expect(await putProducts(...many)).toMatchObject({ status: 200, body: { stored: 300 } });
      expect(await storedProduct('many-299')).toMatchObject({ price: 299 });
      const half = [{ id: 'half-1' }, { id: 'half-2', attributes: { text: 'zero \0' } }];
      expectProblem(await putProducts(...half), 400, 'bad-input');
      expect(await storedProduct('half-1')).toBeUndefined();
    });

    it.each([
      ['no products', { products: [] }, 'products'],
      [
        'too many products',
        { products: Array.from({ length: 1001 }, (_, n) => ({ id: `p${n}` })) },
        'products',
      ],
      ['one product twice', { products: [{ id: 'a' }, { id: 'b' }, { id: 'a' }] }, 'products'],
      ['an empty id', { products: [{ id: '' }] }, 'products.0.id'],
      ['no id', { products: [{ name: 'x' }] }, 'products.0.id'],
      ['a zero character', { products: [{ id: 'a\0b' }] }, 'products.0.id'],
      ['half a character', { products: [{ id: 'a\ud800' }] }, 'products.0.id'],
      ['a negative price', { products: [{ id: 'a', price: -1 }] }, 'products.0.price'],
      ['a price beyond all bounds', { products: [{ id: 'a', price: 1e10 }] }, 'products.0.price'],
      ['a price as text', { products: [{ id: 'a', price: '1' }] }, 'products.0.price'],
      ['an unknown field', { products: [{ id: 'a', colour: 'red' }] }, 'products.0'],
      ['no list', { id: 'a' }, 'products'],
      ['an array', [], ''],
      ['null', null, ''],
    ])('with %s are refused, and the field is named', async (_, body, path) => {
      const answer = await send('PUT', '/v1/products', body);
      expectProblem(answer, 400, 'bad-input');
      expect(answer.body.errors.map(({ path }: { path: string }) => path)).toContain(path);
      expect(await storedProduct('a')).toBeUndefined();
    });
  });

  describe('customers', () => {
    const storedCustomer = async (code: string) =>
      (await database.orm.select().from(customers).where(eq(customers.code, code)))[0];

    it('are made and changed, field by field', async () => {
      const firstSeen = '2020-02-29T23:30:00+01:00';
      const put = (...updates: object[]) => send('PUT', '/v1/customers', { customers: updates });
      const lou = { id: 'lou', firstSeen, channel: 'fair', attributes: { country: 'FR' } };
      expect(await put(lou, { id: 'max' })).toMatchObject({ status: 200, body: { stored: 2 } });
      expect(await put({ id: 'lou', channel: null })).toMatchObject({ status: 200 });
      expect(await storedCustomer('lou')).toMatchObject({
        firstSeen: new Date(firstSeen),
        channel: null,
        attributes: { country: 'FR' },
      });
    });

    it.each([
      ['one customer twice', { customers: [{ id: 'a' }, { id: 'a' }] }],
      ['no time', { customers: [{ id: 'a', firstSeen: 'yesterday' }] }],
      ['a day that is none', { customers: [{ id: 'a', firstSeen: '2023-02-29T00:00:00Z' }] }],
      ['a year before all others', { customers: [{ id: 'a', firstSeen: '0000-01-01T00:00:00Z' }] }],
      ['an unknown field', { customers: [{ id: 'a', name: 'Ann' }] }],
    ])('with %s are refused', async (_, body) => {
      expectProblem(await send('PUT', '/v1/customers', body), 400, 'bad-input');
      expect(await storedCustomer('a')).toBeUndefined();
    });
  });

  describe('contracts', () => {
    const put = (...given: object[]) => send('PUT', '/v1/contracts', { contracts: given });
    const storedContract = async (code: string) =>
      (await database.orm.select().from(contracts).where(eq(contracts.code, code)))[0];

    it('are made with their customers, and replaced whole', async () => {
      const line = { id: 'line-1', customerId: 'new in town', startsOn: '2024-01-31', amount: 19.99 };
      expect(await put({ ...line, plan: 'fibre' })).toMatchObject({ status: 200, body: { stored: 1 } });
      expect(await storedContract('line-1')).toMatchObject({ amount: 19.99, plan: 'fibre', endsOn: null });
      const ended = { ...line, endsOn: '2024-01-31', endReason: 'moved', voluntary: true };
      expect((await put(ended, { ...line, id: 'line-2', customerId: 'ann' })).status).toBe(200);
      expect(await storedContract('line-1')).toMatchObject({
        plan: null,
        startsOn: '2024-01-31',
        endsOn: '2024-01-31',
        endReason: 'moved',
        isVoluntary: true,
      });
      const [{ id }] = await database.orm.select().from(customers).where(eq(customers.code, 'ann'));
      expect(await storedContract('line-2')).toMatchObject({ customerId: id, isVoluntary: null });
    });

    it.each([
      ['an end before the start', { endsOn: '2023-12-31' }, 'endsOn'],
      ['a day that is none', { startsOn: '2023-02-29' }, 'startsOn'],
      ['a time', { startsOn: '2024-01-01T00:00:00Z' }, 'startsOn'],
      ['a negative amount', { amount: -1 }, 'amount'],
      ['no customer', { customerId: undefined }, 'customerId'],
      ['half a character', { plan: 'a\ud800' }, 'plan'],
      ['an unknown field', { price: 3 }, ''],
    ])('with %s are refused, and the field is named', async (_, wrong, field) => {
      const answer = await put({ id: 'wrong', customerId: 'ann', startsOn: '2024-01-01', ...wrong });
      expectProblem(answer, 400, 'bad-input');
      expect(answer.body.errors[0].path).toBe(`contracts.0${field && `.${field}`}`);
      expect(await storedContract('wrong')).toBeUndefined();
    });

    it('may come once in a request', async () => {
      const one = { id: 'twice', customerId: 'ann', startsOn: '2024-01-01' };
      expectProblem(await put(one, one), 400, 'bad-input');
    });
  });

  describe('orders', () => {
    it('are taken in one currency: the first that is named', async () => {
      const sent = (id: string, currency: string) =>
        send('POST', '/v1/orders', {
          id,
          currency,
          lines: [{ productId: 'bread', quantity: 1, unitPrice: 3 }],
        });
      // The shop has orders, of which nothing said what they were in.
      expect((await sent('eur-1', ' eur ')).status).toBe(201);
      expect((await sent('eur-2', 'EUR')).status).toBe(201);
      const refused = await sent('usd-1', 'USD');
      expectProblem(refused, 400, 'bad-input');
      expect(refused.body.detail).toMatch(/in USD.*books in EUR/);
      const stored = await database.orm.select().from(orders).where(eq(orders.code, 'usd-1'));
      expect(stored).toEqual([]);
    });

    let count = 0;
    const nextId = () => `order ${++count}`;
    const post = (order: object) => send('POST', '/v1/orders', order);
    const lines = (...codes: string[]) => codes.map((productId) => ({ productId, quantity: 1 }));
    const storedOrder = async (code: string) => {
      const [order] = await database.orm.select().from(orders).where(eq(orders.code, code));
      return (
        order && {
          ...order,
          lines: await database.orm
            .select()
            .from(orderLines)
            .where(eq(orderLines.orderId, order.id))
            .orderBy(orderLines.lineNo),
        }
      );
    };

    it('are acknowledged once they are stored, whole', async () => {
      const id = nextId();
      const answer = await post({
        id,
        customerId: 'ann',
        orderedAt: '2024-05-01T10:00:00+02:00',
        channel: 'web',
        lines: [
          { productId: 'tea', quantity: 2, unitPrice: 4.99, unitCost: 2.5, discount: 1, promotion: 'SPRING' },
          { productId: 'butter', quantity: -0.5 },
        ],
      });
      expect(answer).toMatchObject({ status: 201, body: { orderId: id, stored: 'now' } });
      expect(await storedOrder(id)).toMatchObject({
        orderedAt: new Date('2024-05-01T08:00:00Z'),
        channel: 'web',
        importId: null,
        lines: [
          { lineNo: 1, quantity: 2, unitPrice: 4.99, unitCost: 2.5, discount: 1, promotion: 'SPRING' },
          { lineNo: 2, quantity: -0.5, unitPrice: null, promotion: null },
        ],
      });
    });

    it("are known to the customer's next offers", async () => {
      expect(await service.offered('/v1/customers/zoe/offers')).toContain('bread');
      await post({ id: nextId(), customerId: 'zoe', lines: lines('bread') });
      const { body } = await service.get('/v1/customers/zoe/offers');
      expect(body.offers[0]).toMatchObject({
        productId: 'butter',
        reason: { because: [{ productId: 'bread' }] },
      });
      expect(body.offers.map(({ productId }: { productId: string }) => productId)).not.toContain('bread');
    });

    it('of returns alone leave the offers as they are', async () => {
      await post({ id: nextId(), customerId: 'uma', lines: [{ productId: 'bread', quantity: -1 }] });
      expect(await service.offered('/v1/customers/uma/offers')).toEqual(await service.offered('/v1/offers'));
    });

    it('may be anonymous, and have no time', async () => {
      const id = nextId();
      const before = Date.now();
      expect((await post({ id, lines: lines('bread') })).status).toBe(201);
      const stored = await storedOrder(id);
      expect(stored?.customerId).toBeNull();
      expect(stored?.orderedAt.getTime()).toBeGreaterThanOrEqual(before);
    });

    it('may be of products and customers nobody has heard of', async () => {
      const id = nextId();
      expect((await post({ id, customerId: 'new one', lines: lines('brand new') })).status).toBe(201);
      expect(await service.get('/v1/products/brand%20new/associations')).toMatchObject({
        status: 200,
        body: { associations: [] },
      });
    });

    it('may come many at a time, with the same new products and customers', async () => {
      const codes = Array.from({ length: 6 }, (_, n) => `crowded ${n}`);
      const answers = await Promise.all(
        Array.from({ length: 30 }, (_, n) => {
          const some = [...codes.slice(n % 6), ...codes.slice(0, n % 6)];
          return post({ id: nextId(), customerId: `crowd ${n % 4}`, lines: lines(...some, 'bread') });
        }),
      );
      expect(answers.map(({ status }) => status)).toEqual(answers.map(() => 201));
    });

    it('are stored once, however often they are sent', async () => {
      const order = { id: nextId(), customerId: 'ann', lines: [...lines('bread', 'tea'), ...lines('bread')] };
      const answers = await Promise.all(Array.from({ length: 5 }, () => post(order)));
      expect(answers.map(({ status }) => status).sort()).toEqual([200, 200, 200, 200, 201]);
      expect(await post(order)).toMatchObject({ status: 200, body: { orderId: order.id, stored: 'before' } });
      expect((await storedOrder(order.id))?.lines).toHaveLength(3);
    });

    it('that differ from one with the same id are refused, and change nothing', async () => {
      const id = nextId();
      await post({ id, customerId: 'ann', lines: lines('bread') });
      for (const other of [
        { customerId: 'ben', lines: lines('bread') },
        { lines: lines('bread') },
        { customerId: 'ann', lines: lines('bread', 'tea') },
        { customerId: 'ann', lines: [{ productId: 'bread', quantity: 2 }] },
        { customerId: 'somebody else', lines: lines('a product of that order') },
      ]) {
        expect(expectProblem(await post({ id, ...other }), 409, 'conflict')).toContain(id);
      }
      expect(await storedOrder(id)).toMatchObject({ lines: [{ quantity: 1 }] });
      expect(await storedProduct('a product of that order')).toBeUndefined();
      expect(await service.offered('/v1/customers/somebody%20else/offers')).toEqual(
        await service.offered('/v1/offers'),
      );
    });

    it('may have ten thousand lines', async () => {
      const many = Array.from({ length: 10_000 }, (_, n) => ({
        productId: `part ${n % 7000}`,
        quantity: 1,
        unitPrice: 1,
        unitCost: 1,
        discount: 0,
        promotion: 'P',
      }));
      const id = nextId();
      expect(await post({ id, customerId: 'factory', lines: many })).toMatchObject({ status: 201 });
      expect((await storedOrder(id))?.lines).toHaveLength(10_000);
    });

    it.each([
      ['no lines', { lines: [] }, 'lines'],
      [
        'too many lines',
        { lines: Array.from({ length: 10_001 }, () => ({ productId: 'a', quantity: 1 })) },
        'lines',
      ],
      ['no quantity', { lines: [{ productId: 'a' }] }, 'lines.0.quantity'],
      ['a quantity of 0', { lines: [{ productId: 'a', quantity: 0 }] }, 'lines.0.quantity'],
      [
        'a price beyond all bounds',
        { lines: [{ productId: 'a', quantity: 1, unitPrice: 1e10 }] },
        'lines.0.unitPrice',
      ],
      ['a time without a zone', { orderedAt: '2024-05-01T10:00:00', lines: lines('a') }, 'orderedAt'],
      ['an empty customer', { customerId: '', lines: lines('a') }, 'customerId'],
      ['half a character', { lines: lines('\udc00') }, 'lines.0.productId'],
      ['an unknown field', { lines: lines('a'), total: 1 }, ''],
    ])('with %s are refused, and the field is named', async (_, order, path) => {
      const id = nextId();
      const answer = await post({ id, ...order });
      expectProblem(answer, 400, 'bad-input');
      expect(answer.body.errors.map(({ path }: { path: string }) => path)).toEqual([path]);
      expect(await storedOrder(id)).toBeUndefined();
    });

    it('at a time that the database cannot hold are refused', async () => {
      const order = { id: nextId(), orderedAt: '0000-01-01T00:00:00Z', lines: lines('a') };
      expect(expectProblem(await post(order), 400, 'bad-input')).toMatch(/^A value cannot be stored: /);
    });
  });
});
