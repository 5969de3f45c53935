import { describe, expect, it } from 'vitest';
import { temporaryFiles } from '../../test/support/files.ts';
import { planReading, type ReadingOptions } from './reading.ts';
import { openSource } from './source.ts';

const write = temporaryFiles();

async function read(content: string | Uint8Array, options: ReadingOptions = {}) {
  const reading = await planReading(await openSource(write('file', content)), options);
  const rows: string[][] = [];
  for await (const some of reading.rows('f00d')) rows.push(...some);
  const clean = reading.cleaner('f00d', 1000);
  return { ...reading, lines: rows.map((row, n) => clean(row, n + 1)) };
}

describe('planReading of csv', () => {
  const text = 'order;time;sku;price\n1;13/05/2024;tea;1.234,50\n';

  it('finds out delimiter and order of dates, and takes the rest as told', async () => {
    const { lines, settings } = await read(text, { decimal: ',' });
    expect(lines).toMatchObject([
      { order: '1', time: Date.UTC(2024, 4, 13), product: 'tea', unitPrice: 1234.5 },
    ]);
    expect(settings).toEqual({
      format: 'csv',
      encoding: 'utf-8',
      delimiter: ';',
      decimal: ',',
      dateOrder: 'dmy',
      preset: null,
      time: null,
      columns: ['order=order', 'time=time', 'sku=product', 'price=price'],
    });
  });

  it('has the same settings when what it would find out is said', async () => {
    const said: ReadingOptions = {
      format: 'csv',
      encoding: 'UTF8',
      delimiter: ';',
      decimal: ',',
      dateFormat: 'DD/MM/YYYY',
      preset: 'none',
    };
    expect((await read(text, said)).settings).toEqual((await read(text, { decimal: ',' })).settings);
  });

  it('reads columns set apart by blanks', async () => {
    const { lines, preset } = await read(
      ' customer_id  date number_of_cds  dollar_value\r\n 00001 19970101  1   11.77\r\n',
    );
    expect(preset).toBe('cdnow');
    expect(lines).toMatchObject([{ order: 'f00d:1', customer: '00001', unitPrice: 11.77 }]);
  });

  it('reads other encodings', async () => {
    const bytes = Buffer.from('\ufefforder,time,sku\n1,2024-05-01,漢字\n', 'utf16le');
    expect(await read(bytes)).toMatchObject({
      encoding: 'utf-16le',
      lines: [{ order: '1', product: '漢字' }],
    });
  });

  it('asks what dates mean when the file does not tell', async () => {
    const text = 'order,time,sku\n1,03/04/2024,tea\n';
    await expect(read(text)).rejects.toThrow(/--date-format/);
    expect((await read(text, { dateFormat: 'MM/DD/YYYY' })).lines).toMatchObject([
      { time: Date.UTC(2024, 2, 4) },
    ]);
  });
});

describe('the currency of a file', () => {
  const text = 'order,time,sku,currency\n1,2024-05-13,tea,\n2,2024-05-13,tea, eur\n3,2024-05-13,tea,USD\n';

  it('is that of the first row that says so', async () => {
    const { currency, cleaner, lines } = await read(text);
    expect(currency).toEqual({ stated: null, first: 'EUR', column: 'currency' });
    // As long as the shop's is not given, it does not matter.
    expect(lines).toMatchObject([{ order: '1' }, { order: '2' }, { order: '3' }]);
    expect(cleaner('', 0, 'EUR')(['3', '2024-05-13', 'tea', 'USD'], 3)).toBe('other-currency');
  });

  it('can be stated, which makes it another reading', async () => {
    const stated = await read(text, { currency: ' usd' });
    expect(stated.currency).toEqual({ stated: 'USD', first: 'EUR', column: 'currency' });
    expect(stated.settings).toEqual({ ...(await read(text)).settings, currency: 'USD' });
    const baskets = await read('tea\n', { format: 'basket', currency: 'USD' });
    expect(baskets.currency).toEqual({ stated: 'USD', first: null, column: null });
    expect(baskets.settings).toMatchObject({ currency: 'USD' });
    await expect(read(text, { currency: ' ' })).rejects.toMatchObject({ code: 'bad-input' });
    await expect(read(text, { currency: 'x'.repeat(21) })).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('is unknown where no row says so', async () => {
    expect((await read('order,time,sku,currency\n1,2024-05-13,tea,\n')).currency).toEqual({
      stated: null,
      first: null,
      column: 'currency',
    });
    expect((await read('order,time,sku\n1,2024-05-13,tea\n')).currency.column).toBeNull();
  });
});

describe('planReading of baskets', () => {
  it('makes an order of every line, by its number', async () => {
    const { lines, settings } = await read('whole milk, yogurt ,,\n\nrice\n', { format: 'basket' });
    expect(lines).toMatchObject([
      { order: 'f00d:1', product: 'whole milk', name: 'whole milk', quantity: 1, time: 1000, customer: null },
      { order: 'f00d:1', product: 'yogurt' },
      { order: 'f00d:3', product: 'rice' },
    ]);
    expect(settings).toEqual({ format: 'basket', encoding: 'utf-8', delimiter: ',', time: null });
  });

  it('takes another delimiter and a time', async () => {
    const time = new Date('2024-05-01T00:00:00Z');
    const { lines } = await read('a b\n', { format: 'basket', delimiter: 'blank', time });
    expect(lines).toMatchObject([
      { product: 'a', time: time.getTime() },
      { product: 'b', time: time.getTime() },
    ]);
  });

  it('reads item numbers, whatever blanks there are', async () => {
    const { lines } = await read('0 1  2 \r\n30 \n', { format: 'fimi' });
    expect(lines).toMatchObject([
      { order: 'f00d:1', product: '0', name: null },
      { order: 'f00d:1', product: '1' },
      { order: 'f00d:1', product: '2' },
      { order: 'f00d:2', product: '30' },
    ]);
  });

  it('refuses item names where numbers are expected', async () => {
    await expect(read('1 2\n3 milk\n', { format: 'fimi' })).rejects.toThrow(
      /Line 2: "milk".*--format basket/,
    );
  });
});
