import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync, gzipSync } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { temporaryFiles } from '../../test/support/files.ts';
import { packageRoot } from '../package-root.ts';
import { type NamedBaskets, readBaskets } from './read-baskets.ts';
import { planReading, type ReadingOptions } from './reading.ts';
import { openSource } from './source.ts';

const write = temporaryFiles();
const groceries = join(packageRoot(), 'test', 'fixtures', 'groceries.csv.gz');

/** The names in each basket, in the order of their ids. */
function listed({ transactions, names }: NamedBaskets): string[][] {
  const { offsets, items } = transactions;
  return Array.from({ length: offsets.length - 1 }, (_, t) =>
    Array.from(items.subarray(offsets[t], offsets[t + 1]), (item) => names[item]!),
  );
}

/** What an import makes of a file: baskets as lists of names, in the order in which these come first in the file. */
async function imported(path: string, options: ReadingOptions): Promise<string[][]> {
  const reading = await planReading(await openSource(path), options);
  const clean = reading.cleaner('', 0);
  const names: string[] = [];
  const baskets = new Map<string, Set<string>>();
  for await (const rows of reading.rows('')) {
    for (const row of rows) {
      const line = clean(row, 1);
      if (typeof line === 'string') continue;
      if (!names.includes(line.product)) names.push(line.product);
      baskets.set(line.order, (baskets.get(line.order) ?? new Set()).add(line.product));
    }
  }
  return [...baskets.values()].map((basket) =>
    [...basket].sort((a, b) => names.indexOf(a) - names.indexOf(b)),
  );
}

async function expectAsImported(path: string, options: ReadingOptions): Promise<void> {
  expect(listed(await readBaskets(path, options))).toEqual(await imported(path, options));
}

describe('readBaskets of item names', () => {
  it('reads Groceries as an import does', async () => {
    const baskets = await readBaskets(groceries, { format: 'basket' });
    expect(baskets.transactions).toMatchObject({ itemCount: 169, items: { length: 43_367 } });
    expect(baskets.names.slice(0, 3)).toEqual(['citrus fruit', 'semi-finished bread', 'margarine']);
    expect(listed(baskets)).toEqual(await imported(groceries, { format: 'basket' }));
  });

  it.each(['blank', 'tab', ';', 'é', '漢'])(
    'reads items set apart by %s as an import does',
    async (delimiter) => {
      const text = gunzipSync(readFileSync(groceries)).toString();
      const sign = { blank: ' ', tab: '\t' }[delimiter] ?? delimiter;
      const path = write('delimited.txt', text.slice(0, 100_000).replaceAll(',', sign));
      await expectAsImported(path, { format: 'basket', delimiter });
    },
  );

  it('reads any text as an import does', async () => {
    const unit = fc.constantFrom(
      ...['a', 'b', '"', '""', ',', ', ', '\n', '\r\n', '\r', ' ', '\t', '\v', '\0'],
      ...['é', '漢', '😀', '\ud800', '\ufeff', '\u00a0', '\u3000', '\u2028'],
      'x'.repeat(500),
    );
    const encoding = fc.constantFrom('utf-8', 'utf-16le');
    const delimiter = fc.constantFrom(undefined, 'blank', 'tab', '\v', 'a', 'é');
    await fc.assert(
      fc.asyncProperty(
        fc.string({ unit, minLength: 1, maxLength: 40 }),
        encoding,
        delimiter,
        async (text, encoding, delimiter) => {
          const bytes = Buffer.from(text, encoding === 'utf-8' ? 'utf8' : 'utf16le');
          await expectAsImported(write('any.txt', bytes), { format: 'basket', encoding, delimiter });
        },
      ),
      { numRuns: 300 },
    );
  });

  it('reads any bytes as an import does', async () => {
    const byte = fc.oneof(fc.nat(255), fc.constantFrom(...Buffer.from(',\n\r a漢')));
    await fc.assert(
      fc.asyncProperty(fc.array(byte, { minLength: 1, maxLength: 60 }), async (bytes) => {
        // Zeros keep the start from being taken for that of a compressed file.
        await expectAsImported(write('bytes.txt', Uint8Array.from([48, 48, ...bytes])), { format: 'basket' });
      }),
      { numRuns: 300 },
    );
  });

  it('reads GB18030, across chunks', async () => {
    const line = Buffer.from('c6bbb9fb2c953399362cc6bbb9fb0a', 'hex');
    const path = write('gb.txt', Buffer.concat(Array(10_000).fill(line)));
    const baskets = await readBaskets(path, { format: 'basket', encoding: 'gb18030' });
    expect(baskets.names).toEqual(['苹果', '𠗒']);
    expect(baskets.transactions.items).toHaveLength(20_000);
    await expectAsImported(path, { format: 'basket', encoding: 'gb18030' });
  });

  it('leaves out names that are too long to store', async () => {
    const path = write('long.txt', `tea,${'x'.repeat(501)}\n${'y'.repeat(501)}\n${'z'.repeat(500)}\n`);
    expect(listed(await readBaskets(path, { format: 'basket' }))).toEqual([['tea'], ['z'.repeat(500)]]);
  });
});

describe('readBaskets of item numbers', () => {
  it('names items by number, or as the header says', async () => {
    const path = write('numbers.dat', '\ufeff@CONVERTED_FROM_TEXT\n@ITEM=2=grüner Tee\n1 2\n\n3 2\n');
    expect(listed(await readBaskets(path, { format: 'fimi' }))).toEqual([
      ['1', 'grüner Tee'],
      [],
      ['grüner Tee', '3'],
    ]);
  });

  it('reads compressed files, and other encodings', async () => {
    const text = '@ITEM=1=é\n1 2\n';
    const latin = write('latin.gz', gzipSync(Buffer.from(text, 'latin1')));
    expect(listed(await readBaskets(latin, { format: 'fimi', encoding: 'latin1' }))).toEqual([['é', '2']]);
    const wide = write('wide.dat', Buffer.from(`\ufeff${text}`, 'utf16le'));
    expect(listed(await readBaskets(wide, { format: 'fimi' }))).toEqual([['é', '2']]);
  });

  it.each([
    ['LF', '\n'],
    ['CRLF', '\r\n'],
    ['CR', '\r'],
  ])('takes %s for the end of a line, plain and compressed', async (_, end) => {
    // Of five bytes the lines that end in CRLF: chunks of 2^18 bytes end after a CR.
    const text = `1 2${end}`.repeat(60_000);
    for (const bytes of [Buffer.from(text), gzipSync(text)]) {
      const path = write('ends.dat', bytes);
      for (const format of ['fimi', 'basket'] as const) {
        const { transactions, names } = await readBaskets(path, { format, delimiter: 'blank' });
        expect(names).toEqual(['1', '2']);
        expect(transactions.offsets).toHaveLength(60_001);
        expect(transactions.items).toHaveLength(120_000);
      }
    }
  });

  it('counts lines that end in CR where it names one', async () => {
    await expect(
      readBaskets(write('odd.dat', '@ITEM=1=tea\r1 2\r\rmilk\r'), { format: 'fimi' }),
    ).rejects.toThrow(/Line 4/);
  });

  it('names the file and the line that is none', async () => {
    await expect(readBaskets(write('odd.dat', '1 2\nmilk\n'), { format: 'fimi' })).rejects.toMatchObject({
      code: 'bad-input',
      message: 'odd.dat: Line 2: item numbers are needed, not "m".',
    });
  });
});

describe('readBaskets of rows', () => {
  it('makes a basket of what is bought under one order number', async () => {
    const rows = ['1,tea,1', '2,milk,1', '1,milk,2', '1,tea,1', '3,tea,-1', ',tea,1'];
    const path = write('orders.csv', ['order,product,quantity', ...rows, ''].join('\n'));
    expect(listed(await readBaskets(path, { format: 'csv' }))).toEqual([['tea', 'milk'], ['milk']]);
  });
});
