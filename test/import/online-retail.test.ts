import { join } from 'node:path';
import { sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { importFile } from '../../src/import/import-file.ts';
import { packageRoot } from '../../src/package-root.ts';
import { describeDatabases } from '../support/databases.ts';

const path = join(packageRoot(), 'db', 'seed', 'online-retail', 'online_retail.csv.gz');

/** Counted from the file: 541,909 rows; clean purchases are 397,884 rows on 18,532 invoices of 4,338 customers. */
const reconciliation = {
  rowsRead: 541_909,
  lines: { purchases: 397_884, anonymousPurchases: 132_219, returns: 9_288 },
  alreadyStored: 0,
  rejected: { 'bad-debt': 3, 'stock-correction': 1_336, 'no-name': 592, 'zero-price': 587 },
  orders: { total: 23_795, purchases: 18_532, anonymousPurchases: 1_427, returns: 3_836 },
  customers: { total: 4_371, buying: 4_338 },
  ordersAfterToday: 0,
};

describeDatabases('import of Online Retail', (opened) => {
  it('accounts for every row', { timeout: 120_000 }, async () => {
    const report = await importFile(opened().database, { path });
    expect(report).toMatchObject({ ...reconciliation, preset: 'online-retail', unchanged: false });
    const { lines, rejected } = report;
    const parts = [...Object.values(lines), ...Object.values(rejected)];
    expect(parts.reduce((sum, rows) => sum + rows, 0)).toBe(report.rowsRead);
  });

  it('stores what it says', async () => {
    const { database } = opened();
    const [stored] = await database.rows(sql`
      select (select count(*)::int from order_lines) as lines,
             (select count(*)::int from orders) as orders,
             (select count(*)::int from rejected_rows) as rejected,
             (select count(*)::int from products) as products,
             (select count(*)::int from orders where code like 'C%') as returns`);
    expect(stored).toEqual({
      lines: 397_884 + 132_219 + 9_288,
      orders: 23_795,
      rejected: 2_518,
      products: 3_812 + 15,
      returns: 3_836,
    });
    // 8,911,407.904 is the turnover of the 397,884 clean purchases, as commonly quoted for this data set.
    const [{ turnover }] = await database.rows<{ turnover: number }>(sql`
      select sum(l.quantity * l.unit_price)::float8 as turnover
      from order_lines l join orders o on o.id = l.order_id
      where o.customer_id is not null and l.quantity > 0`);
    expect(turnover).toBeCloseTo(8_911_407.904, 2);
  });

  it('reads a customer number, an invoice and a product as they are meant', async () => {
    const { database } = opened();
    const rows = await database.rows(sql`
      select o.code as invoice, c.code as customer, c.attributes ->> 'country' as country, p.code as product,
             p.name, l.quantity::float8 as quantity, l.unit_price::float8 as price
      from orders o join customers c on c.id = o.customer_id join order_lines l on l.order_id = o.id
      join products p on p.id = l.product_id where o.code = '536365' order by l.line_no limit 1`);
    expect(rows).toEqual([
      {
        invoice: '536365',
        customer: '17850',
        country: 'United Kingdom',
        product: '85123A',
        name: expect.stringContaining('T-LIGHT'),
        quantity: 6,
        price: 2.55,
      },
    ]);
    const [{ fees }] = await database.rows<{ fees: number }>(
      sql`select count(*)::int as fees from products where code in ('POST', 'DOT', 'M', 'BANK CHARGES') and non_product`,
    );
    expect(fees).toBe(4);
  });

  it('changes nothing when it is repeated', { timeout: 120_000 }, async () => {
    const { database } = opened();
    const count = () =>
      database.rows(sql`
        select (select count(*) from order_lines)::int as lines, (select count(*) from orders)::int as orders,
               (select count(*) from rejected_rows)::int as rejected, (select count(*) from imports)::int as imports,
               (select max(updated_at)::text from products) as products,
               (select max(updated_at)::text from customers) as customers`);
    const before = await count();
    const report = await importFile(database, { path });
    expect(report).toMatchObject({ ...reconciliation, unchanged: true });
    expect(await count()).toEqual(before);
  });
});
