import { sql } from 'drizzle-orm';
import type { Database } from '../../db/database.ts';
import { storeOrder } from '../../db/queries/orders.ts';
import { putProducts } from '../../db/queries/products.ts';
import { importFile } from '../../src/import/import-file.ts';
import type { TestService } from '../support/service.ts';
import { documents, firstDay, products } from './customer-shop.ts';

/** Who asks to be forgotten; no other text has it in it. */
export const leaver = 'leaver-4711';

const instant = (day: number, minute: number): Date => new Date((day * 1440 + minute) * 60_000);

/** Some customers buy what those of the customer shop do; the leaver has stopped to come, and the order ids are made of customers'. */
export async function fillForgetShop(database: Database, service: TestService): Promise<void> {
  await putProducts(database, products);
  const people: [string, string][] = [
    ...['ann', 'cid', 'gil', 'eve'].map((code): [string, string] => [code, code]),
    [leaver, 'bob'],
    ...['hal', 'ida'].map((code): [string, string] => [code, 'bob']),
  ];
  for (const [customer, like] of people) {
    for (const [n, { day, minute = 600, channel, lines }] of documents[like].entries()) {
      await storeOrder(database, {
        code: `${customer}/${n}`,
        customer,
        orderedAt: instant(day, minute),
        channel: channel ?? null,
        lines: lines.map((line) => {
          if (typeof line === 'string') return { product: line, quantity: 1 };
          const { product, quantity = 1, price = 1, discount } = line;
          return { product, quantity, unitPrice: price, discount: discount ?? null };
        }),
      });
    }
  }
  await service.send('PUT', '/v1/customers', {
    customers: [
      { id: leaver, channel: 'friend', attributes: { country: 'FR', mail: `${leaver}@example.org` } },
      { id: 'ann', attributes: { country: 'FR' } },
    ],
  });
  await service.send('PUT', '/v1/contracts', {
    contracts: [leaver, 'ann'].map((customerId) => ({
      id: `contract of ${customerId}`,
      customerId,
      startsOn: '2024-01-01',
      endsOn: customerId === leaver ? '2024-02-20' : null,
      amount: 20,
      endReason: customerId === leaver ? 'price' : null,
    })),
  });
  const at = instant(firstDay + 45, 600).toISOString();
  const by = { customerId: leaver, at };
  await service.send('POST', '/v1/events', {
    events: [
      { ...by, id: `${leaver}-1`, type: 'complaint', payload: { text: `I am ${leaver}` } },
      { ...by, id: `${leaver}-2`, type: 'cancellation', payload: { reason: 'price', mail: leaver } },
      { ...by, id: `${leaver}-3`, type: 'impression', productId: 'tea', placement: 'email' },
      { ...by, id: `${leaver}-4`, type: 'view', productId: 'kettle', at: undefined },
      // Customers are studied as of the day of the last thing that happened.
      { id: 'a-0', customerId: 'ann', type: 'view', productId: 'kettle' },
      {
        id: 'a-1',
        customerId: 'ann',
        at,
        type: 'visit',
        payload: { referredCustomer: leaver, page: 'start' },
      },
    ],
  });
}

/** A file with an order of the leaver's that is there already, a new one, and two rows that are kept aside. */
export const fileOfLeaver = `order,time,product,quantity,price,customer
${leaver}/0,2024-01-01,bread,2,3,${leaver}
${leaver}/new,2024-03-30,tea,1,5,${leaver}
${leaver}/odd,2024-03-30,tea,some,5,${leaver}
other/odd,2024-03-30,tea,some,5,ann
`;

export const importOf = (database: Database, path: string) => importFile(database, { path });

/** All that is in the database, as text: rows of all tables, and the bytes of models letter by letter. */
export async function dumpOf(database: Database): Promise<string> {
  const tables = await database.rows<{ name: string }>(
    sql`select table_name as name from information_schema.tables
        where table_schema = 'public' and table_name <> 'model_parts' order by 1`,
  );
  const texts: string[] = [];
  for (const { name } of tables) {
    const rows = await database.rows<{ row: string }>(
      sql`select to_jsonb(t)::text as row from ${sql.identifier(name)} t`,
    );
    texts.push(`${name}:`, ...rows.map(({ row }) => row));
  }
  const parts = await database.rows<{ part: string }>(
    sql`select encode(bytes, 'base64') as part from model_parts order by version, part`,
  );
  texts.push(...parts.map(({ part }) => Buffer.from(part, 'base64').toString('latin1')));
  return texts.join('\n');
}
