import { sql } from 'drizzle-orm';
import { beforeEach, expect, it } from 'vitest';
import type { Database } from '../db/database.ts';
import { putContracts } from '../db/queries/contracts.ts';
import { putCustomers } from '../db/queries/customers.ts';
import { storeEvents } from '../db/queries/events.ts';
import { type NewOrder, storeOrder } from '../db/queries/orders.ts';
import { putProducts } from '../db/queries/products.ts';
import { type PurchaseReader, purchaseReader } from '../db/queries/purchases.ts';
import { defaultRates } from '../src/customers/profit/default-rates.ts';
import { driversOf } from '../src/customers/profit/drivers-of.ts';
import { readPurchases } from '../src/train/read-purchases.ts';
import { describeDatabases } from './support/databases.ts';
import { emptyShop } from './support/shop.ts';

/** Days are those since 1970-01-01; this one is later than most orders below. */
const today = 30;

describeDatabases('reading the ledger', (opened) => {
  let database: Database;
  let reader: PurchaseReader;
  beforeEach(async () => {
    database = opened().database;
    reader = purchaseReader(database);
    await emptyShop(database);
  });

  const at = (day: number, minute: number): Date => new Date(Date.UTC(1970, 0, 1 + day, 0, minute, 59));

  it('has the documents of known customers in the order of time, with all that their lines tell', async () => {
    await putProducts(database, [
      { code: 'jam', category: ['food'], cost: 1.25, attributes: { weight: '0.45' } },
      { code: 'postage', nonProduct: true, attributes: { kilograms: 0, weight: 7 } },
      { code: 'mug', attributes: { kilograms: 'heavy' } },
      { code: 'gone' },
    ]);
    const orders: NewOrder[] = [
      {
        code: 'second',
        customer: 'ben',
        orderedAt: at(4, 30),
        channel: ' web',
        lines: [
          { product: 'mug', quantity: 0.125, unitPrice: 10_000.0001, unitCost: 0, discount: 3.5 },
          { product: 'jam', quantity: 3, unitPrice: 2.99, promotion: 'spring' },
        ],
      },
      { code: 'anonymous', orderedAt: at(1, 0), lines: [{ product: 'tea', quantity: 1, unitPrice: 1 }] },
      {
        code: 'ann',
        customer: 'ann',
        orderedAt: at(9, 1439),
        channel: 'app',
        lines: [{ product: 'jam', quantity: 1 }],
      },
      {
        code: 'first',
        customer: 'ben',
        orderedAt: at(4, 29),
        lines: [
          { product: 'gone', quantity: -2, unitPrice: 5 },
          { product: 'postage', quantity: 1, unitPrice: 3.9, unitCost: 4.1 },
        ],
      },
    ];
    for (const each of orders) await storeOrder(database, each);
    const { ledger, asides, orders: table } = await readPurchases(reader, 'country', today);
    expect(table.customerCodes).toEqual(['ann', 'ben']);
    expect(ledger.documents).toEqual({
      offsets: Int32Array.of(0, 1, 3),
      day: Int32Array.of(9, 4, 4),
      minute: Int16Array.of(1439, 29, 30),
      channel: Int32Array.of(0, -1, 1),
    });
    expect(ledger.channelNames).toEqual(['app', 'web']);
    const unknown = Number.NaN;
    // Items are jam, mug and the anonymous customer's tea.
    expect(table.itemCodes).toEqual(['jam', 'mug', 'tea']);
    expect(ledger.lines).toEqual({
      offsets: Int32Array.of(0, 1, 3, 5),
      product: Int32Array.of(0, 3, 4, 1, 0),
      quantity: Float64Array.of(1, -2, 1, 0.125, 3),
      price: Float64Array.of(unknown, 5, 3.9, 10_000.0001, 2.99),
      cost: Float64Array.of(1.25, unknown, 4.1, 0, 1.25),
      discount: Float64Array.of(0, 0, 0, 3.5, 0),
      isPromoted: Uint8Array.of(0, 0, 0, 0, 1),
    });
    expect(ledger.products).toMatchObject({
      count: 5,
      itemCount: 3,
      isFee: Uint8Array.of(0, 0, 0, 0, 1),
      kilograms: Float64Array.of(0.45, unknown, unknown, unknown, 0),
    });
    expect(ledger.products.tree.names).toEqual(['food']);
    expect(ledger.documents.day.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(ledger.lines.price.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(asides).toEqual({
      laterDocuments: 0,
      laterEvents: 0,
      laterContracts: 0,
      negativeCosts: 0,
      unreadKilograms: 1,
      attributesLeftOut: [],
    });
  });

  it('has the numbers and reasons that events give', async () => {
    await storeOrder(database, {
      code: 'a',
      customer: 'ann',
      orderedAt: at(1, 0),
      lines: [{ product: 'x', quantity: 1 }],
    });
    const payloads = [
      { score: 4.5 },
      { value: -2, reason: ' late ' },
      { score: 'good', reason: 7 },
      { reason: ' ' },
      {},
    ];
    for (const [n, payload] of payloads.entries())
      await database.rows(
        sql`insert into events (kind, customer_id, at, payload)
            select 'complaint', id, date '1970-01-01' + ${n}::int, (${JSON.stringify(payload)}::text)::jsonb
            from customers`,
      );
    const { events } = (await readPurchases(reader, 'country', today)).ledger;
    expect(events.value).toEqual(Float64Array.of(4.5, -2, Number.NaN, Number.NaN, Number.NaN));
    expect(events).toMatchObject({ reason: Int32Array.of(-1, 0, -1, -1, -1), reasons: ['late'] });
  });

  it('has the offers made to lost customers, and the solutions that complaints tell of', async () => {
    await storeOrder(database, {
      code: 'a',
      customer: 'ann',
      orderedAt: at(1, 0),
      lines: [{ product: 'x', quantity: 1 }],
    });
    const told: [kind: string, payload: object][] = [
      ['complaint', { solvedAt: '1970-01-05T10:00:00+02:00' }],
      ['complaint', { solved: true }],
      ['complaint', { solved: false }],
      ['visit', { solved: true, offer: 'upgrade' }],
      ['winback-offer', { offer: ' discount ', channel: 'mail' }],
      ['winback-offer', { offer: 7 }],
      ['complaint', { solvedAt: '1970-03-01T00:00:00Z' }],
    ];
    for (const [n, [kind, payload]] of told.entries())
      await database.rows(
        sql`insert into events (kind, customer_id, at, payload)
            select ${kind}, id, (date '1970-01-01' + ${n}::int) at time zone 'UTC', (${JSON.stringify(payload)}::text)::jsonb
            from customers`,
      );
    const { ledger, asides } = await readPurchases(reader, 'country', today);
    const { kind, kinds, day, offer, offers } = ledger.events;
    expect(Array.from(day, (on, n) => [on, kinds[kind[n]], offers[offer[n]]])).toEqual([
      [0, 'complaint', undefined],
      [1, 'complaint', undefined],
      [1, 'complaint-solved', undefined],
      [2, 'complaint', undefined],
      [3, 'visit', undefined],
      [4, 'winback-offer', 'discount'],
      [4, 'complaint-solved', undefined],
      [5, 'winback-offer', undefined],
      [6, 'complaint', undefined],
    ]);
    // What is to be solved in March is not solved yet.
    expect(asides.laterEvents).toBe(1);
  });

  it('has the contracts of each customer in the order of their start, but for those that have not begun', async () => {
    await storeOrder(database, {
      code: 'a',
      customer: 'ann',
      orderedAt: at(1, 0),
      lines: [{ product: 'x', quantity: 1 }],
    });
    const contract = { endsOn: null, amount: null, plan: null, endReason: null, isVoluntary: null };
    const stated = [
      { ...contract, code: 'c2', customer: 'ben', startsOn: '1970-01-05', amount: 30.5, plan: 'large' },
      { ...contract, code: 'c1', customer: 'ben', startsOn: '1970-01-02', endsOn: '1970-01-05', amount: 20 },
      { ...contract, code: 'c3', customer: 'ann', startsOn: '1970-01-01', endsOn: '1970-03-01' },
      { ...contract, code: 'late', customer: 'ann', startsOn: '1970-01-14' },
    ];
    await putContracts(database, stated);
    // The same id again: in its place.
    await putContracts(database, [
      { ...stated[2], plan: ' small', endReason: 'moved', isVoluntary: true },
      { ...stated[1], isVoluntary: false },
    ]);
    const { ledger, asides } = await readPurchases(reader, 'country', 12);
    expect(ledger.contracts).toEqual({
      offsets: Int32Array.of(0, 1, 3),
      start: Int32Array.of(0, 1, 4),
      end: Int32Array.of(59, 4, -1),
      amount: Float64Array.of(Number.NaN, 20, 30.5),
      plan: Int32Array.of(1, -1, 0),
      planNames: ['large', 'small'],
      reason: Int32Array.of(0, -1, -1),
      reasons: ['moved'],
      isVoluntary: Int8Array.of(1, 0, -1),
    });
    expect(asides.laterContracts).toBe(1);
    expect(ledger.leftOut).toBe(1);
    await expect(putContracts(database, [{ ...stated[1], endsOn: '1970-01-01' }])).rejects.toThrow();
  });

  it('takes a cost below 0 for none, and counts it', async () => {
    // As imports stored them once; the API never took any.
    await putProducts(database, [{ code: 'jam', cost: 2 }, { code: 'mug' }, { code: 'tea' }]);
    await database.rows(sql`update products set cost = -3 where code = 'mug'`);
    const products = ['jam', 'jam', 'mug', 'mug', 'tea'];
    await storeOrder(database, {
      code: 'a',
      customer: 'ann',
      orderedAt: at(1, 0),
      lines: products.map((product) => ({ product, quantity: 1, unitPrice: 10 })),
    });
    const costs = sql`(values (1, -4), (2, 0), (3, null), (4, 5), (5, -0.01)) as given (line_no, cost)`;
    await database.rows(
      sql`update order_lines l set unit_cost = given.cost from ${costs} where l.line_no = given.line_no`,
    );
    const { ledger, asides } = await readPurchases(reader, 'country', today);
    expect(ledger.lines.cost).toEqual(Float64Array.of(2, 0, Number.NaN, 5, Number.NaN));
    expect(asides.negativeCosts).toBe(3);
    // 7 of the 30 whose cost is known.
    expect(defaultRates(driversOf(ledger)).goodsCostShare).toBeCloseTo(7 / 30, 12);
  });

  it('leaves out what is dated after today, and counts it', async () => {
    const dated = (code: string, orderedAt: Date, customer: string | null): NewOrder => ({
      code,
      customer,
      orderedAt,
      lines: [{ product: 'x', quantity: 1 }],
    });
    await storeOrder(database, dated('today', at(12, 1439), 'ann'));
    await storeOrder(database, dated('tomorrow', at(13, 0), 'ann'));
    await storeOrder(database, dated('also', at(400, 0), 'ben'));
    await storeOrder(database, dated('anonymous', at(400, 0), null));
    await database.rows(
      sql`insert into events (kind, customer_id, at)
          select kind, (select min(id) from customers), date '1970-01-01' + day
          from (values ('visit', 12), ('visit', 13), ('complaint', 2)) as given (kind, day)`,
    );
    const { ledger, asides } = await readPurchases(reader, 'country', 12);
    expect(ledger).toMatchObject({ today: 12, leftOut: 3 });
    expect([...ledger.documents.offsets]).toEqual([0, 1, 1]);
    expect(ledger.documents.day).toEqual(Int32Array.of(12));
    expect(ledger.events).toEqual({
      offsets: Int32Array.of(0, 2, 2),
      day: Int32Array.of(2, 12),
      kind: Int32Array.of(0, 1),
      kinds: ['complaint', 'visit'],
      value: Float64Array.of(Number.NaN, Number.NaN),
      reason: Int32Array.of(-1, -1),
      reasons: [],
      offer: Int32Array.of(-1, -1),
      offers: [],
    });
    expect(asides).toMatchObject({ laterDocuments: 2, laterEvents: 1 });

    // What was shown to a customer is not what one did, and an event of two products is one event.
    const event = { customer: 'ann', recommendationId: null, placement: null, position: null, payload: {} };
    const told = (code: string, kind: string) => ({
      ...event,
      code,
      kind,
      products: ['x', 'y'],
      at: at(5, 0),
    });
    await storeEvents(database, [told('1', 'impression'), told('2', 'click')], 'here');
    const again = (await readPurchases(reader, 'country', 12)).ledger;
    expect(again.events).toMatchObject({
      day: Int32Array.of(2, 5, 12),
      kinds: ['click', 'complaint', 'visit'],
    });
  });

  it('has what the shop said of its customers, and where they came from', async () => {
    await putCustomers(database, [
      { code: 'ann', channel: 'fair', attributes: { age: 40, note: 'a\tb "c" \\' } },
      { code: 'ben', channel: 'web', attributes: { channel: 'friend', list: [1] } },
      { code: 'eva' },
    ]);
    await storeOrder(database, {
      code: 'a',
      customer: 'eva',
      orderedAt: at(1, 0),
      lines: [{ product: 'x', quantity: 1 }],
    });
    const { ledger, asides, orders } = await readPurchases(reader, 'country', today);
    expect(orders.customerCodes).toEqual(['ann', 'ben', 'eva']);
    expect(ledger.attributes).toEqual([
      { name: 'age', kind: 'number', values: Float64Array.of(40, Number.NaN, Number.NaN) },
      { name: 'channel', kind: 'label', labels: ['fair', 'friend'], values: Int32Array.of(0, 1, -1) },
      { name: 'note', kind: 'label', labels: ['a\tb "c" \\'], values: Int32Array.of(0, -1, -1) },
    ]);
    expect(asides.attributesLeftOut).toEqual([{ name: 'list', reason: 'no-plain-values' }]);
  });

  it('has the lines of thousands of orders, of each as many as were stored', async () => {
    // More orders than the embedded database gives away at a time.
    const count = 9000;
    await putProducts(database, [{ code: 'x' }]);
    await putCustomers(database, [{ code: 'ann' }, { code: 'ben' }]);
    await database.rows(
      sql`insert into orders (code, customer_id, ordered_at)
          select n, 1 + n % 2, timestamptz '2024-01-01 00:00Z' - n * interval '1 minute'
          from generate_series(1, ${count}::integer) as n`,
    );
    await database.rows(
      sql`insert into order_lines (order_id, line_no, product_id, quantity, unit_price)
          select o.id, n, 1, o.id, n / 4.0 from orders o, generate_series(1, 1 + o.id % 3) as n`,
    );
    const { ledger } = await readPurchases(reader, 'country', 30_000);
    const orderIds = (customer: number) =>
      Array.from({ length: count }, (_, n) => count - n).filter((id) => id % 2 === customer);
    const ids = [...orderIds(0), ...orderIds(1)];
    expect([...ledger.documents.offsets]).toEqual([0, count / 2, count]);
    expect([...ledger.lines.quantity]).toEqual(ids.flatMap((id) => Array(1 + (id % 3)).fill(id)));
    expect([...ledger.lines.price]).toEqual(ids.flatMap((id) => [0.25, 0.5, 0.75].slice(0, 1 + (id % 3))));
  });
});
