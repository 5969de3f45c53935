import { fileURLToPath } from 'node:url';
import { sql } from 'drizzle-orm';
import { beforeAll, expect, it } from 'vitest';
import { putProducts } from '../../db/queries/products.ts';
import { type ImportReport, importFile } from '../../src/import/import-file.ts';
import { describeDatabases } from '../support/databases.ts';
import { temporaryFiles } from '../support/files.ts';

/** Every oddity of Online Retail once, and some that it does not have. */
const path = fileURLToPath(new URL('../fixtures/import-online-retail.csv', import.meta.url));

describeDatabases('import of the quirks of Online Retail', (opened) => {
  const write = temporaryFiles();
  let report: ImportReport;
  beforeAll(async () => {
    report = await importFile(opened().database, { path });
  });

  it('accounts for every row', () => {
    expect(report).toEqual({
      file: 'import-online-retail.csv',
      importId: expect.any(Number),
      preset: 'online-retail',
      currency: null,
      rowsResumed: 0,
      unchanged: false,
      inTwoCategories: { products: 0, examples: [] },
      rowsRead: 23,
      lines: { purchases: 10, anonymousPurchases: 3, returns: 2 },
      alreadyStored: 0,
      rejected: {
        'column-count': 1,
        'invalid-time': 1,
        'invalid-quantity': 1,
        'bad-debt': 2,
        'stock-correction': 1,
        'no-name': 1,
        'zero-price': 1,
      },
      orders: { total: 9, purchases: 5, anonymousPurchases: 2, returns: 2 },
      customers: { total: 4, buying: 3 },
      ordersAfterToday: 0,
      products: 6,
      nonProducts: 4,
    });
  });

  it('keeps equal lines, and puts late lines behind the others of their order', async () => {
    const lines = await opened().database.rows(sql`
      select l.line_no as no, p.code as product, l.quantity::float8 as quantity, l.unit_price::float8 as price
      from order_lines l join orders o on o.id = l.order_id join products p on p.id = l.product_id
      where o.code = '536365' order by l.line_no`);
    expect(lines).toEqual([
      { no: 1, product: '85123A', quantity: 6, price: 2.55 },
      { no: 2, product: '71053', quantity: 6, price: 3.39 },
      { no: 3, product: '85123A', quantity: 6, price: 2.55 },
      { no: 4, product: '71053', quantity: 6, price: 3.39 },
      { no: 5, product: 'POST', quantity: 1, price: 18 },
      { no: 6, product: '22752', quantity: 2, price: 7.65 },
    ]);
  });

  it('stores orders with their customer and time', async () => {
    const orders = await opened().database.rows(sql`
      select o.code, c.code as customer,
             to_char(o.ordered_at at time zone 'UTC', 'YYYY-MM-DD HH24:MI:SS') as at
      from orders o left join customers c on c.id = o.customer_id order by o.code`);
    expect(orders).toEqual([
      { code: '536365', customer: '17850', at: '2010-12-01 08:26:00' },
      { code: '536366', customer: '17850', at: '2010-12-01 08:28:00' },
      { code: '536367', customer: null, at: '2010-12-01 10:00:00' },
      { code: '536370', customer: '12583', at: '2010-12-01 08:45:00' },
      { code: '536499', customer: '17850', at: '2010-11-30 12:13:00' },
      { code: '536544', customer: null, at: '2010-12-01 14:32:00' },
      { code: '581587', customer: '12680', at: '2011-12-09 12:50:00' },
      { code: 'C536379', customer: '14527', at: '2010-12-01 09:41:00' },
      { code: 'C536383', customer: '17850', at: '2010-12-01 09:49:00' },
    ]);
  });

  it('knows products by their latest purchase, and which are none', async () => {
    const products = await opened().database.rows(sql`
      select code, name, price::float8 as price, non_product as fee from products order by code`);
    expect(products).toEqual([
      { code: '21773', name: 'DECORATIVE ROSE BATHROOM BOTTLE', price: 2.51, fee: false },
      { code: '22633', name: 'HAND WARMER UNION JACK', price: 1.85, fee: false },
      { code: '22728', name: 'ALARM CLOCK "BAKELIKE", PINK', price: 3.75, fee: false },
      { code: '22752', name: 'SET 7 BABUSHKA NESTING BOXES', price: 7.65, fee: false },
      { code: '71053', name: 'WHITE METAL LANTERN', price: 3.39, fee: false },
      { code: '85123A', name: 'CREAM HANGING HEART T-LIGHT HOLDER', price: 2.95, fee: false },
      { code: 'D', name: 'Discount', price: null, fee: true },
      { code: 'DOT', name: 'DOTCOM POSTAGE', price: 569.77, fee: true },
      { code: 'GIFT_0001_40', name: 'Dotcomgiftshop Gift Voucher £40.00', price: 34.04, fee: true },
      { code: 'POST', name: 'POSTAGE', price: 18, fee: true },
    ]);
  });

  it('knows since when a customer is there, and where', async () => {
    const customers = await opened().database.rows(sql`
      select code, attributes, to_char(first_seen at time zone 'UTC', 'YYYY-MM-DD') as since
      from customers order by code`);
    expect(customers).toEqual([
      { code: '12583', attributes: { country: 'France' }, since: '2010-12-01' },
      { code: '12680', attributes: { country: 'France' }, since: '2011-12-09' },
      { code: '14527', attributes: { country: 'United Kingdom' }, since: '2010-12-01' },
      { code: '17850', attributes: { country: 'United Kingdom' }, since: '2010-11-30' },
    ]);
  });

  it('keeps rows aside as they stand in the file', async () => {
    const rejected = await opened().database.rows(sql`
      select row_no::int as no, reason, row from rejected_rows where reason in ('column-count', 'no-name')
      order by row_no`);
    expect(rejected).toEqual([
      {
        no: 8,
        reason: 'no-name',
        row: ['536414', '22139', '', '56', '2010-12-01 11:52:00', '0.0', '', 'United Kingdom'],
      },
      { no: 21, reason: 'column-count', row: ['536999', '12345'] },
    ]);
  });

  it('takes an older file later without forgetting the latest price, nor what the shop said', async () => {
    const { database } = opened();
    await putProducts(database, [{ code: '71053', name: 'Lantern', price: 4 }]);
    const heading = 'InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country\n';
    const older = [
      '1,85123A,OLD HEART,1,2009-12-01 08:00:00,1.00,17850.0,United Kingdom\n',
      '1,22633,OLD HAND WARMER,1,2009-12-01 08:00:00,1.00,17850.0,United Kingdom\n',
    ];
    const newer = [
      '9,22633,NEW HAND WARMER,1,2012-01-01 08:00:00,9.00,17850.0,United Kingdom\n',
      '9,71053,NEW LANTERN,1,2012-01-01 08:00:00,9.00,17850.0,United Kingdom\n',
    ];
    await importFile(database, { path: write('newer.csv', heading + newer.join('')) });
    await importFile(database, { path: write('older.csv', heading + older.join('')) });
    const products = await database.rows(sql`
      select code, name, price::float8 as price from products
      where code in ('85123A', '22633', '71053') order by code`);
    expect(products).toEqual([
      { code: '22633', name: 'NEW HAND WARMER', price: 9 },
      { code: '71053', name: 'Lantern', price: 4 },
      { code: '85123A', name: 'CREAM HANGING HEART T-LIGHT HOLDER', price: 2.95 },
    ]);
    const [customer] = await database.rows(
      sql`select to_char(first_seen at time zone 'UTC', 'YYYY-MM-DD') as since from customers where code = '17850'`,
    );
    expect(customer).toEqual({ since: '2009-12-01' });
  });
});
