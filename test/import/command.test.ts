import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { describeCli, runCli } from '../support/cli.ts';
import { temporaryFiles } from '../support/files.ts';

describeCli('pairwell import', () => {
  const write = temporaryFiles();
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'pairwell-cli-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  const load = (...words: string[]) => runCli(['import', ...words], { PAIRWELL_DATA: folder });
  const orders = (name: string, order: string): string =>
    write(name, `order,time,sku,price\n${order},2024-05-01,tea,4.50\n${order},2024-05-01,jam,-1\n`);

  it('prints where every row went, on stderr', async () => {
    const { code, stdout, stderr } = await load(orders('first.csv', '1'));
    expect({ code, stdout }).toEqual({ code: 0, stdout: '' });
    expect(stderr).toBe(`\
first.csv (import 1)
  rows read                          2
  purchase lines of known customers  0  0 orders of 0 customers
  anonymous purchase lines           1  1 order
  rows kept aside                    1
    price is below zero              1  negative-price
  in all 1 order, 0 customers, 1 product and 0 non-products
`);
  });

  it('says that a file was imported before', async () => {
    const { code, stderr } = await load(orders('first.csv', '1'));
    expect(code).toBe(0);
    expect(stderr).toMatch(/nothing was changed/);
  });

  it('prints one JSON object a file on stdout when asked to', async () => {
    const { code, stdout, stderr } = await load(orders('a.csv', 'a'), orders('b.csv', 'b'), '--json');
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const reports = stdout
      .trimEnd()
      .split('\n')
      .map((line) => JSON.parse(line));
    expect(reports).toMatchObject([
      { file: 'a.csv', rowsRead: 2, lines: { anonymousPurchases: 1 }, rejected: { 'negative-price': 1 } },
      { file: 'b.csv', rowsRead: 2 },
    ]);
  });

  it('stores none of the files when one of them is no good', async () => {
    const good = orders('good.csv', 'good');
    const { code, stdout, stderr } = await load(good, write('bad.csv', 'colour\nred\n'));
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(/^pairwell: bad\.csv: No column is known to hold order and product and time/);
    expect((await load(good, '--json')).stdout).toMatch(/"unchanged":false/);
  });

  it('reads as it is told', async () => {
    const file = write('told.txt', 'Nr=1;Tag;Ware;Preis\nt1;1/2/2024;Tee;"1,50"\n');
    const maps = ['Nr=1=order', 'Tag=time', 'Ware=product', 'Preis=price'].flatMap((map) => ['--map', map]);
    const options = ['--delimiter', ';', '--decimal', ',', '--date-format', 'DD/MM/YYYY', '--preset', 'none'];
    const { code, stdout } = await load(file, ...maps, ...options, '--encoding', 'latin1', '--json');
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ rejected: {}, orders: { total: 1 } });
  });

  it('reads baskets', async () => {
    const { stdout } = await load(
      write('baskets.txt', 'a|b\nc\n'),
      '--format',
      'basket',
      '--delimiter',
      '|',
      '--time',
      '2024-05-01',
      '--json',
    );
    expect(JSON.parse(stdout)).toMatchObject({ rowsRead: 3, orders: { total: 2 } });
  });

  describe('fails, with words on stderr alone', () => {
    it.each([
      [['/nowhere/orders.csv'], /There is no file \/nowhere\/orders\.csv/],
      [['orders.parquet', '--format', 'parquet'], /not supported yet: convert them to CSV/],
      [['FILE', '--encoding', 'klingon'], /"klingon" is no known encoding/],
      [['FILE', '--map', 'Artikel=product'], /There is no column "Artikel"/],
      [['FILE', '--map', 'sku=article'], /"article" is no field/],
    ])('%j', async (words, message) => {
      const file = orders('failing.csv', 'f');
      const { code, stdout, stderr } = await load(...words.map((word) => (word === 'FILE' ? file : word)));
      expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
      expect(stderr).toMatch(message);
      expect(stderr).toMatch(/^pairwell: [^\n]+\n$/);
    });
  });

  describe('does not take', () => {
    it.concurrent.each([
      [[]],
      [['FILE', '--format', 'xml']],
      [['FILE', '--preset', 'tafeng']],
      [['FILE', '--map', 'sku']],
      [['FILE', '--delimiter', '::']],
      [['FILE', '--decimal', ';']],
      [['FILE', '--date-format', 'european']],
      [['FILE', '--time', 'soon']],
      [['FILE', '--frobnicate']],
    ])('%j', async (words) => {
      const { code, stdout, stderr } = await load(...words);
      expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
      expect(stderr).toMatch(/^error: /);
    });
  });
});
