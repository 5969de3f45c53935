import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { gunzipSync, gzipSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { type CheckOptions, type ImportReport, importFile } from '../../src/import/import-file.ts';
import { describeDatabases } from '../support/databases.ts';
import { temporaryFiles } from '../support/files.ts';
import { withSharedFile } from '../support/shared-data.ts';

const groceries = fileURLToPath(new URL('../fixtures/groceries.csv.gz', import.meta.url));

describeDatabases('import of other formats', (opened) => {
  const write = temporaryFiles();
  const load = (path: string, options: Omit<CheckOptions, 'path'> = {}): Promise<ImportReport> =>
    importFile(opened().database, { path, ...options });

  /** Sums over the lines of an import. */
  async function sums({ importId }: ImportReport) {
    const [row] = await opened().database.rows<Record<'units' | 'paid' | 'cost' | 'promoted', number>>(sql`
      select sum(quantity)::float8 as units, sum(unit_cost * quantity)::float8 as cost,
             sum(unit_price * quantity - coalesce(discount, 0))::float8 as paid, count(promotion)::int as promoted
      from order_lines l join orders o on o.id = l.order_id where o.import_id = ${importId}`);
    return row;
  }

  describe('baskets', () => {
    it('are orders of their items, at the time the import started', async () => {
      const report = await importFile(opened().database, {
        path: groceries,
        format: 'basket',
        now: () => new Date('2024-05-01T12:00:00Z'),
      });
      expect(report).toMatchObject({
        rowsRead: 43_367,
        lines: { purchases: 0, anonymousPurchases: 43_367, returns: 0 },
        orders: { total: 9_835 },
        products: 169,
      });
      const [milk] = await opened().database.rows(sql`
        select count(*)::int as baskets, min(o.ordered_at) = '2024-05-01T12:00:00Z' as dated
        from order_lines l join orders o on o.id = l.order_id join products p on p.id = l.product_id
        where p.code = 'whole milk' and p.name = 'whole milk' and o.import_id = ${report.importId}`);
      expect(milk).toEqual({ baskets: 2_513, dated: true });
    });

    it('are the same import under another name and compression', async () => {
      const plain = gunzipSync(readFileSync(groceries));
      expect(await load(write('copy.txt', plain), { format: 'basket' })).toMatchObject({ unchanged: true });
    });

    it('are another import when they are read in another way', async () => {
      const time = new Date('2023-01-01T00:00:00Z');
      const report = await load(write('two.txt', 'a,b\nc\n'), { format: 'basket', time });
      const again = await load(write('two.txt', 'a,b\nc\n'), { format: 'basket', time: new Date(0) });
      expect([report, again]).toMatchObject([
        { unchanged: false, orders: { total: 2 } },
        { unchanged: false, orders: { total: 2 } },
      ]);
    });

    it('may be of item numbers', async () => {
      const report = await load(write('numbers.dat', '1 2 3 \n2 3\n\n1\n'), { format: 'fimi' });
      expect(report).toMatchObject({ rowsRead: 6, orders: { total: 3 }, products: 3 });
    });

    withSharedFile('data/fimi/mushroom.dat.gz', 'FIMI mushroom', (path) => {
      it('are read from a public data set', { timeout: 60_000 }, async () => {
        const report = await load(path, { format: 'fimi' });
        expect(report).toMatchObject({ rowsRead: 8_124 * 23, orders: { total: 8_124 }, products: 119 });
      });
    });
  });

  it('takes semicolons, decimal commas, days before months and gzip by what it holds', async () => {
    const text =
      'Bestellung;Datum;Artikel;Preis\nB1;31.12.2023 08:05;Tee;1.234,50\nB1;31.12.2023 08:05;Saft;2\n';
    const map = Object.entries({
      Bestellung: 'order',
      Datum: 'time',
      Artikel: 'product',
      Preis: 'price',
    }).map(([column, field]) => ({ column, field }));
    const report = await load(write('european.csv', gzipSync(text)), { decimal: ',', map });
    expect(report).toMatchObject({ rowsRead: 2, orders: { total: 1, anonymousPurchases: 1 } });
    expect(await sums(report)).toMatchObject({ paid: 1236.5 });
  });

  it('reads what a spreadsheet saves as Unicode text', async () => {
    const text = '\ufefforder\ttime\tsku\tname\nU1\t2024-05-01\tu-1\tThé "vert" 漢字\n';
    await load(write('utf16.txt', Buffer.from(text.replaceAll('"', ''), 'utf16le')));
    const [product] = await opened().database.rows(sql`select name from products where code = 'u-1'`);
    expect(product).toEqual({ name: 'Thé vert 漢字' });
  });

  it('keeps categories, channels, promotions and attributes', async () => {
    const text =
      'order,time,sku,department,aisle,store,promo,user,customer.region,product.colour\n' +
      'K1,2024-05-01,k-1,Food,Drinks,north,SPRING,k-ann,west,green\n' +
      'K1,2024-05-01,k-2,Food,,north,,k-ann,west,\n';
    const map = ['department', 'aisle'].map((column) => ({ column, field: 'category' }));
    await load(write('rich.csv', text), { map });
    const { database } = opened();
    expect(
      await database.rows(
        sql`select code, category, attributes from products where code like 'k-%' order by code`,
      ),
    ).toEqual([
      { code: 'k-1', category: ['Food', 'Drinks'], attributes: { colour: 'green' } },
      { code: 'k-2', category: ['Food'], attributes: {} },
    ]);
    expect(
      await database.rows(
        sql`select o.channel, l.promotion from orders o join order_lines l on l.order_id = o.id
            where o.code = 'K1' order by l.line_no`,
      ),
    ).toEqual([
      { channel: 'north', promotion: 'SPRING' },
      { channel: 'north', promotion: null },
    ]);
    expect(await database.rows(sql`select attributes, channel from customers where code = 'k-ann'`)).toEqual([
      { attributes: { region: 'west' }, channel: 'north' },
    ]);
  });

  withSharedFile('data/cdnow/CDNOW_master.txt.gz', 'CDNOW', (path) => {
    it('reads CDNOW', { timeout: 60_000 }, async () => {
      const report = await load(path);
      expect(report).toMatchObject({
        preset: 'cdnow',
        rowsRead: 69_659,
        orders: { total: 69_659, purchases: 69_659 },
        customers: { total: 23_570 },
      });
      const { units, paid } = await sums(report);
      expect(units).toBe(167_881);
      expect(paid).toBeCloseTo(2_500_315.63, 2);
    });
  });

  withSharedFile('data/completejourney/transactions_sample.csv.gz', 'The Complete Journey', (path) => {
    it('reads The Complete Journey', { timeout: 60_000 }, async () => {
      const report = await load(path);
      expect(report).toMatchObject({
        preset: 'complete-journey',
        rowsRead: 75_000,
        lines: { purchases: 75_000 - 416 },
        rejected: { 'zero-quantity': 416 },
      });
      // 233,935.24 are the sales of all rows; lines of quantity zero hold none of it but for rounding.
      expect((await sums(report)).paid).toBeCloseTo(233_935.24, -1);
    });
  });

  withSharedFile('data/foodmart/sales_1997.csv.gz', 'FoodMart', (path) => {
    it('reads FoodMart, with cost and promotions', { timeout: 60_000 }, async () => {
      const report = await load(path);
      expect(report).toMatchObject({
        preset: 'foodmart',
        rowsRead: 86_837,
        orders: { total: 20_530 },
        customers: { total: 5_581 },
      });
      const { units, paid, cost, promoted } = await sums(report);
      expect({ units, promoted }).toEqual({ units: 266_773, promoted: 23_181 });
      expect(paid).toBeCloseTo(565_238.13, 1);
      expect(cost).toBeCloseTo(225_627.2336, 0);
    });
  });
});
