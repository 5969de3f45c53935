import { sql } from 'drizzle-orm';
import { beforeEach, expect, it } from 'vitest';
import { storeOrder } from '../../db/queries/orders.ts';
import { importFile } from '../../src/import/import-file.ts';
import { describeDatabases } from '../support/databases.ts';
import { temporaryFiles } from '../support/files.ts';

const heading = 'order,time,product,name,quantity,price,customer\n';
const batchRows = 50;

/** Rows of orders `from` to `to`, two lines each; prices change over time, and some products are sold early only. */
function rows(from: number, to: number): string {
  let text = '';
  for (let order = from; order < to; order++) {
    const day = `2024-${String(1 + (order % 12)).padStart(2, '0')}-01`;
    for (const line of [0, 1]) {
      const product = ((order * 2 + line) % 7) + (order < 500 ? 100 : 0);
      text += `o${order},${day},p${product},Name ${order},1,${1 + (order % 5)},c${order % 9}\n`;
    }
  }
  return text;
}

describeDatabases('import, again and side by side', (opened) => {
  const write = temporaryFiles();
  const empty = () =>
    opened().database.rows(
      sql`truncate products, customers, contracts, retention_actions, orders, order_lines, events, imports, rejected_rows, forgotten_customers restart identity`,
    );
  beforeEach(empty);

  const load = (path: string, options: object = {}) =>
    importFile(opened().database, { path, batchRows, ...options });
  const knownProducts = () =>
    opened().database.rows(sql`select code, name, price, price_seen_at from products order by code`);
  const stored = async () => {
    const [row] = await opened().database.rows<Record<'orders' | 'lines', number>>(sql`
      select (select count(*)::int from orders) as orders, (select count(*)::int from order_lines) as lines`);
    return row;
  };
  const statuses = () => opened().database.rows(sql`select status, error from imports order by id`);

  it('learns of products what an uninterrupted import would, though a run died before it had stored that', async () => {
    const path = write('died.csv', heading + rows(0, 8000));
    await load(path);
    const expected = await knownProducts();
    await empty();

    const stop = new AbortController();
    const onProgress = (share: number): void => {
      if (share > 0.5) stop.abort();
    };
    await expect(load(path, { signal: stop.signal, onProgress })).rejects.toMatchObject({
      code: 'cancelled',
    });
    // As a process leaves it that is killed: products as they were when they were first seen.
    const { database } = opened();
    await database.rows(sql`update products set name = 'First', price = 99, price_seen_at = '2000-01-01'`);
    await database.rows(sql`update imports set status = 'running'`);
    const report = await load(path);
    expect(report).toMatchObject({ rowsRead: 16_000, orders: { total: 8000 } });
    expect(report.rowsResumed).toBeGreaterThan(0);
    expect(report.rowsResumed).toBeLessThan(16_000);
    expect(await knownProducts()).toEqual(expected);
  });

  it('imports a file once that two ask for at the same time', async () => {
    const path = write('twice.csv', heading + rows(0, 200));
    const reports = await Promise.all([load(path), load(path)]);
    expect(reports.map(({ unchanged }) => unchanged).sort()).toEqual([false, true]);
    expect(await stored()).toEqual({ orders: 200, lines: 400 });
  });

  it('stores orders once that stand in two files at the same time', async () => {
    const [one, two] = await Promise.all([
      load(write('one.csv', heading + rows(0, 300))),
      load(write('two.csv', heading + rows(100, 400))),
    ]);
    expect(await stored()).toEqual({ orders: 400, lines: 800 });
    expect(one.alreadyStored + two.alreadyStored).toBe(400);
    expect(one.orders.total + two.orders.total).toBe(400);
  });

  it('leaves orders alone that the shop sent itself', async () => {
    const { database } = opened();
    const orderedAt = new Date('2024-05-01T10:00:00Z');
    await storeOrder(database, { code: 'o7', orderedAt, lines: [{ product: 'own', quantity: 3 }] });
    const report = await load(write('sent.csv', heading + rows(0, 10)));
    expect(report).toMatchObject({ rowsRead: 20, alreadyStored: 2, orders: { total: 9 } });
    const lines = await database.rows(sql`
      select p.code from order_lines l join orders o on o.id = l.order_id join products p on p.id = l.product_id
      where o.code = 'o7'`);
    expect(lines).toEqual([{ code: 'own' }]);
  });

  it('takes a malformed file back as a whole, so that the corrected one brings all orders', async () => {
    // Long enough for several batches to be committed before the fault is met.
    const good = rows(0, 8000);
    const broken = `${good}o8000,2024-01-01,p1,"Name" 1,1,1,c1\n`;
    const fault = load(write('broken.csv', heading + broken));
    await expect(fault).rejects.toThrow(/^broken\.csv: Line 16002: .* Nothing of the file was stored\.$/);
    expect(await stored()).toEqual({ orders: 0, lines: 0 });
    expect(await statuses()).toEqual([{ status: 'failed', error: expect.stringContaining('Line 16002') }]);
    expect(await load(write('corrected.csv', heading + good))).toMatchObject({
      rowsRead: 16_000,
      alreadyStored: 0,
      orders: { total: 8000 },
    });
  });

  it('stops when the database fails, says so in a line, and goes on from there', async () => {
    const { database } = opened();
    await database.rows(sql`
      create function refuse() returns trigger language plpgsql as $$
      begin
        if new.code = 'o5000' then raise exception 'no room on the disk'; end if;
        return new;
      end $$`);
    await database.rows(
      sql`create trigger refusal before insert on orders for each row execute function refuse()`,
    );
    const path = write('failing.csv', heading + rows(0, 8000));
    await expect(load(path)).rejects.toThrow(/^The import stopped after \d+ rows: no room on the disk$/);
    expect(await statuses()).toEqual([{ status: 'incomplete', error: 'no room on the disk' }]);
    const before = await stored();
    expect(before.orders).toBeGreaterThan(0);
    await database.rows(sql`drop trigger refusal on orders`);
    const report = await load(path);
    expect(report).toMatchObject({ rowsRead: 16_000, rowsResumed: before.lines, orders: { total: 8000 } });
    expect(await stored()).toEqual({ orders: 8000, lines: 16_000 });
    expect(await statuses()).toEqual([{ status: 'complete', error: null }]);
  });
});
