import { sql } from 'drizzle-orm';
import { beforeEach, expect, it } from 'vitest';
import { settleCurrency, shopCurrency } from '../../db/queries/shop.ts';
import { type ImportReport, importFile } from '../../src/import/import-file.ts';
import { describeDatabases } from '../support/databases.ts';
import { temporaryFiles } from '../support/files.ts';

/** An order of one line: what it cost, and in what. */
type Row = readonly [order: string, price: number, currency: string];

describeDatabases('import of orders with a currency', (opened) => {
  const write = temporaryFiles();
  beforeEach(() =>
    opened().database.rows(
      sql`truncate shop, products, customers, contracts, retention_actions, orders, order_lines, events, imports, rejected_rows, forgotten_customers restart identity`,
    ),
  );

  const importRows = (rows: readonly Row[], options: object = {}): Promise<ImportReport> => {
    const lines = rows.map(([order, price, currency]) => `${order},2024-05-01,tea,${price},${currency}`);
    const content = `order,time,product,price,currency\n${lines.join('\n')}\n`;
    return importFile(opened().database, { path: write('orders.csv', content), ...options });
  };
  const stored = async (): Promise<unknown[]> => {
    const rows = await opened().database.rows<{ code: string }>(sql`select code from orders order by code`);
    return rows.map(({ code }) => code);
  };

  it('keeps aside what is in another than the first, and counts it', async () => {
    const report = await importRows([
      ['a', 1, ''],
      ['b', 2, 'EUR'],
      ['c', 3, 'USD'],
      ['d', 4, 'eur'],
    ]);
    expect(report).toMatchObject({ currency: 'EUR', rowsRead: 4, rejected: { 'other-currency': 1 } });
    expect(await stored()).toEqual(['a', 'b', 'd']);
    const [aside] = await opened().database.rows(sql`select reason, row from rejected_rows`);
    expect(aside).toEqual({ reason: 'other-currency', row: ['c', '2024-05-01', 'tea', '3', 'USD'] });
  });

  it('remembers the currency from file to file', async () => {
    await importRows([['a', 1, 'EUR']]);
    const report = await importRows([
      ['b', 1, 'USD'],
      ['c', 1, 'EUR'],
    ]);
    expect(report).toMatchObject({ currency: 'EUR', rejected: { 'other-currency': 1 } });
    expect(await stored()).toEqual(['a', 'c']);
  });

  it('takes the currency that is stated, and refuses a file that is stated to be in another', async () => {
    const rows: Row[] = [
      ['a', 1, 'USD'],
      ['b', 1, 'EUR'],
    ];
    expect(await importRows(rows, { currency: 'EUR' })).toMatchObject({ currency: 'EUR' });
    expect(await stored()).toEqual(['b']);
    await expect(importRows(rows, { currency: 'USD' })).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/orders are in EUR.*from USD/),
    });
    expect(await stored()).toEqual(['b']);
  });

  it('asks for the currency when the column for it is empty and none is known', async () => {
    const rows: Row[] = [['a', 1, '']];
    await expect(importRows(rows)).rejects.toMatchObject({
      code: 'bad-input',
      message: expect.stringMatching(/--currency.*--map "currency=ignore"/),
    });
    expect(await stored()).toEqual([]);
    expect(await importRows(rows, { map: [{ column: 'currency', field: 'ignore' }] })).toMatchObject({
      currency: null,
    });
    expect(await stored()).toEqual(['a']);
  });

  it('is free to choose as long as there are no orders', async () => {
    const { database } = opened();
    expect(await shopCurrency(database)).toBeNull();
    expect(await settleCurrency(database, 'USD')).toBe('USD');
    expect(await settleCurrency(database, 'EUR')).toBe('EUR');
    await importRows([['a', 1, 'EUR']]);
    expect(await settleCurrency(database, 'USD')).toBe('EUR');
    expect(await shopCurrency(database)).toBe('EUR');
  });
});
