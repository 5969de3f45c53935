import { tmpdir } from 'node:os';
import { gzipSync } from 'node:zlib';
import { sql } from 'drizzle-orm';
import { describe, expect, it } from 'vitest';
import { type ImportReport, importFile } from '../../src/import/import-file.ts';
import { describeDatabases } from '../support/databases.ts';
import { temporaryFiles } from '../support/files.ts';

const heading = 'order,time,product,quantity,price\n';
const good = '1,2024-05-01 10:00,tea,2,4.50\n';

describeDatabases('import of bad input', (opened) => {
  const write = temporaryFiles();
  const load = (path: string, options: object = {}): Promise<ImportReport> =>
    importFile(opened().database, { path, ...options });

  /** Expects a refusal in words, and that nothing was stored. */
  async function refused(path: string, words: RegExp, options: object = {}): Promise<void> {
    await expect(load(path, options)).rejects.toMatchObject({ code: 'bad-input', message: words });
    const [stored] = await opened().database.rows(sql`
      select (select count(*)::int from orders) as orders, (select count(*)::int from order_lines) as lines,
             (select count(*)::int from rejected_rows) as rejected`);
    expect(stored).toEqual({ orders: 0, lines: 0, rejected: 0 });
  }

  describe('refuses the file, says why, and stores nothing', () => {
    it('an unknown column in a mapping: names those there are', async () => {
      const map = [{ column: 'Artikel', field: 'product' }];
      await refused(write('unknown-column.csv', heading + good), /Artikel.*order.*time.*product/s, { map });
    });

    it('a missing column: says how to map one', async () => {
      await refused(write('missing-column.csv', 'order,time,colour\n1,2024-05-01,red\n'), /product.*--map/s);
    });

    it('a broken quote: names the line', async () => {
      await refused(write('quote.csv', `${heading}${good}2,2024-05-01,"te"a,1,1\n${good}`), /line 3|row 2/i);
    });

    it('a quote that never ends', async () => {
      await refused(write('open-quote.csv', `${heading}${good}2,2024-05-01,"tea,1,1\n${good}`), /quote/i);
    });

    it('bytes of another encoding: suggests to name it', async () => {
      const bytes = Buffer.from(`${heading}1,2024-05-01,caf\xe9,1,1\n`, 'latin1');
      await refused(write('latin1.csv', bytes), /UTF-8.*--encoding/is);
    });

    it('an encoding nobody knows', async () => {
      await refused(write('good.csv', heading + good), /klingon/, { encoding: 'klingon' });
    });

    it('an empty file', async () => {
      await refused(write('empty.csv', ''), /empty/i);
    });

    it('a directory', async () => {
      await refused(tmpdir(), /director|folder/i);
    });

    it('a file that is not there', async () => {
      await refused('/nowhere/orders.csv', /no.* file|not (be )?found|does not exist/i);
    });

    it('a truncated gzip', async () => {
      const whole = gzipSync(heading + good.repeat(1000));
      await refused(
        write('cut.csv.gz', whole.subarray(0, whole.length - 20)),
        /truncated|cut|incomplete|ends/i,
      );
    });

    it('10 MB in one field', async () => {
      await refused(
        write('huge.csv', `${heading}1,2024-05-01,${'x'.repeat(10_000_000)},1,1\n`),
        /field|record|row/i,
      );
    });

    it('dates of which nobody can tell day from month', async () => {
      await refused(write('dates.csv', `${heading}1,03/04/2024,tea,1,1\n`), /--date-format/);
    });
  });

  it('takes a file of nothing but a heading as a day without orders', async () => {
    expect(await load(write('heading.csv', heading))).toMatchObject({ rowsRead: 0, orders: { total: 0 } });
  });

  it('keeps bad rows aside with their reason, and stores the others', async () => {
    const rows = [
      good,
      '2,yesterday,tea,1,1\n',
      '3,2024-02-30,tea,1,1\n',
      '4,2024-05-01,tea,1,-1\n',
      '5,2024-05-01,tea,many,1\n',
      '6,2024-05-01,,1,1\n',
      ',2024-05-01,tea,1,1\n',
      '7,2024-05-01,tea,1\n',
      '8,2024-05-01,tea,-1,4.50\n',
    ];
    const report = await load(write('mixed.csv', heading + rows.join('')));
    expect(report).toMatchObject({
      rowsRead: 9,
      lines: { purchases: 0, anonymousPurchases: 1, returns: 1 },
      rejected: {
        'column-count': 1,
        'invalid-quantity': 1,
        'invalid-time': 2,
        'negative-price': 1,
        'no-order': 1,
        'no-product': 1,
      },
    });
    const kept = await opened().database.rows<{ row_no: string; reason: string; row: string[] }>(
      sql`select row_no, reason, row from rejected_rows order by row_no`,
    );
    expect(kept.map(({ row_no, reason }) => [Number(row_no), reason])).toEqual([
      [2, 'invalid-time'],
      [3, 'invalid-time'],
      [4, 'negative-price'],
      [5, 'invalid-quantity'],
      [6, 'no-product'],
      [7, 'no-order'],
      [8, 'column-count'],
    ]);
    expect(kept[0].row).toEqual(['2', 'yesterday', 'tea', '1', '1']);
  });

  it('reads other encodings when they are named', async () => {
    // 绿茶, green tea.
    const bytes = Buffer.concat([
      Buffer.from('order,time,product,name,quantity,price\n901,2024-05-01,gb,'),
      Buffer.from([0xc2, 0xcc, 0xb2, 0xe8]),
      Buffer.from(',1,1\n'),
    ]);
    await load(write('gb18030.csv', bytes), { encoding: 'gb18030' });
    const [product] = await opened().database.rows(sql`select name from products where code = 'gb'`);
    expect(product).toEqual({ name: '绿茶' });
  });

  it('leaves an order alone that another file brought', async () => {
    const first = await load(write('first.csv', `${heading}700,2024-05-01,tea,1,1\n`));
    const second = await load(
      write(
        'second.csv',
        `${heading}700,2024-05-01,tea,1,1\n700,2024-05-01,jam,1,1\n701,2024-05-01,jam,1,1\n`,
      ),
    );
    expect(first.alreadyStored).toBe(0);
    expect(second).toMatchObject({ rowsRead: 3, alreadyStored: 2, lines: { anonymousPurchases: 1 } });
  });

  it('names products that the file puts into two categories, across batches, and keeps the latest', async () => {
    const row = (n: number, product: string, category: string): string =>
      `c${n},2024-05-0${n},${product},1,1,${category}\n`;
    const rows = [
      row(1, 'twice', 'Food'),
      row(2, 'once', 'Food'),
      row(3, 'twice', 'Home'),
      row(4, 'once', 'Food'),
    ];
    const path = write('categories.csv', `${heading.trim()},category\n${rows.join('')}`);
    const report = await load(path, { batchRows: 1 });
    expect(report).toMatchObject({
      orders: { total: 4 },
      inTwoCategories: { products: 1, examples: [{ product: 'twice', kept: ['Home'], other: ['Food'] }] },
    });
    const products = await opened().database.rows(
      sql`select code, category from products where code in ('once', 'twice') order by code`,
    );
    expect(products).toEqual([
      { code: 'once', category: ['Food'] },
      { code: 'twice', category: ['Home'] },
    ]);
  });

  it('appends to an order whose rows do not stand together', async () => {
    const rows = Array.from({ length: 30 }, (_, n) => `${800 + (n % 3)},2024-05-01,p${n},1,1\n`);
    const report = await load(write('scattered.csv', heading + rows.join('')), { batchRows: 4 });
    expect(report).toMatchObject({ rowsRead: 30, orders: { total: 3 } });
    const lines = await opened().database.rows(sql`
      select o.code, count(*)::int as lines, max(l.line_no)::int as last from orders o
      join order_lines l on l.order_id = o.id where o.code in ('800', '801', '802') group by o.code order by o.code`);
    expect(lines).toEqual(['800', '801', '802'].map((code) => ({ code, lines: 10, last: 10 })));
  });

  it('stops in order when it is told to, and goes on from there', async () => {
    const rows = Array.from({ length: 400 }, (_, n) => `s${n >> 1},2024-05-01,p${n % 7},1,1\n`);
    const path = write('stopped.csv', heading + rows.join(''));
    const stop = new AbortController();
    const stopped = load(path, {
      batchRows: 20,
      signal: stop.signal,
      onProgress: () => stop.abort(),
    });
    await expect(stopped).rejects.toMatchObject({ code: 'cancelled' });
    const report = await load(path, { batchRows: 20 });
    expect(report).toMatchObject({
      rowsRead: 400,
      orders: { total: 200 },
      lines: { anonymousPurchases: 400 },
    });
  });
});
