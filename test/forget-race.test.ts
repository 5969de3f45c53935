import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { type NewEvent, storeEvents } from '../db/queries/events.ts';
import { storeOrder } from '../db/queries/orders.ts';
import { forgetCustomer, welcomeBack } from '../src/forget/forget-customer.ts';
import { importFile } from '../src/import/import-file.ts';
import { dumpOf } from './http/forget-shop.ts';
import { describeDatabases } from './support/databases.ts';
import { temporaryFiles } from './support/files.ts';

const person = 'person-4714';

describeDatabases('forgetting a customer who acts meanwhile', (opened) => {
  const write = temporaryFiles();
  const orderOf = (code: string) => ({
    code,
    customer: person,
    orderedAt: new Date('2024-04-01T12:00:00Z'),
    lines: [{ product: 'tea', quantity: 1 }],
  });

  it('leaves nothing of what came before, and nothing comes after', async () => {
    const { database } = opened();
    const event = (id: string): NewEvent => ({
      code: id,
      kind: 'view',
      customer: person,
      products: [],
      recommendationId: null,
      placement: null,
      position: null,
      at: new Date('2024-04-01T12:00:00Z'),
      payload: {},
    });
    const rounds = 12;
    const each = 6;
    for (let round = 0; round < rounds; round++) {
      await storeOrder(database, orderOf(`first ${round}`));
      const acts = Array.from({ length: each }, (_, n) => [
        () => storeOrder(database, orderOf(`${round}/${n}`)),
        () => storeEvents(database, [event(`${round}/${n}`)], 'here'),
      ]).flat();
      const forgetting = () => forgetCustomer(database, person, 'segment');
      const all: (() => Promise<unknown>)[] = acts.toSpliced(round, 0, forgetting as never);
      await Promise.all(all.map((act) => act()));
      expect(await dumpOf(database)).not.toContain(person);
      await welcomeBack(database, person);
    }
    const [{ orders, events }] = await database.rows(
      sql`select (select count(*)::int from orders) as orders, (select count(*)::int from events) as events`,
    );
    expect({ orders, events }).toEqual({ orders: rounds * (each + 1), events: 0 });
  });

  it('finds an import under way in order', async () => {
    const { database } = opened();
    const rowCount = 12_000;
    const rows = Array.from({ length: rowCount }, (_, n) => {
      const customer = n % 3 === 0 ? 'someone' : person;
      return `${customer}:${n},2024-04-01,tea,1,${customer}`;
    });
    const path = write('long.csv', `order,time,product,quantity,customer\n${rows.join('\n')}\n`);
    await storeOrder(database, orderOf('of before'));
    let forgetting: Promise<unknown> | undefined;
    const onProgress = (share: number): void => {
      if (share > 0.5) forgetting ??= forgetCustomer(database, person, 'segment');
    };
    const { lines } = await importFile(database, { path, batchRows: 500, onProgress });
    await forgetting;
    expect(lines.purchases + lines.anonymousPurchases).toBe(rowCount);
    // Both were stored: rows of a customer, and rows of one who was forgotten.
    expect(lines.purchases).toBeGreaterThan(rowCount / 3);
    expect(lines.anonymousPurchases).toBeGreaterThan(0);
    const [{ named, orders }] = await database.rows(
      sql`select count(*) filter (where c.code is not null)::int as named, count(*)::int as orders
          from orders o join imports i on i.id = o.import_id left join customers c on c.id = o.customer_id`,
    );
    expect({ named, orders }).toEqual({ named: rowCount / 3, orders: rowCount });
    expect(await dumpOf(database)).not.toContain(person);
  });
});
