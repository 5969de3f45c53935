import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { csvRows } from './csv-rows.ts';
import { toUtf8 } from './encoding.ts';
import { lineRows } from './line-rows.ts';

const limit = 1024 * 1024;

async function* cut(text: string, size: number): AsyncGenerator<Buffer> {
  const bytes = Buffer.from(text);
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function all<T>(rows: AsyncIterable<T[]>): Promise<T[]> {
  const found: T[] = [];
  for await (const some of rows) found.push(...some);
  return found;
}

const csv = (text: string, { delimiter = ',', size = 64 * 1024 } = {}): Promise<string[][]> =>
  all(csvRows(cut(text, size), delimiter));

/** The words of each line, after its number. */
const words = (text: string, size = 64 * 1024): Promise<string[][]> =>
  all(lineRows(cut(text, size), (line, lineNo) => [[String(lineNo), ...line.split(/\s+/)]]));

const badInput = (message: RegExp) => ({ code: 'bad-input', message: expect.stringMatching(message) });

describe('csvRows', () => {
  it.each([
    [
      'quoted fields',
      'a,b\n"1, ""one""","x\ny"\n',
      [
        ['a', 'b'],
        ['1, "one"', 'x\ny'],
      ],
    ],
    [
      'CRLF',
      'a,b\r\n1,"2"\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'CR alone',
      'a,b\r1,2\r',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'no line end at the end',
      'a,b\n1,2',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'empty lines',
      '\n\na,b\n\n1,2\n\n',
      [
        ['a', 'b'],
        ['1', '2'],
      ],
    ],
    [
      'empty fields',
      'a,b\n,\n1,\n',
      [
        ['a', 'b'],
        ['', ''],
        ['1', ''],
      ],
    ],
    ['rows of any length', 'a,b\n1\n1,2,3\n', [['a', 'b'], ['1'], ['1', '2', '3']]],
    [
      'blanks around fields',
      'a , b\n 1,2 \n',
      [
        ['a ', ' b'],
        [' 1', '2 '],
      ],
    ],
    ['nothing', '', []],
    [
      'LF after a heading with CRLF',
      'a,b\r\n1,2\n"3","4"\n5,"6\n7"\r\n',
      [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
        ['5', '6\n7'],
      ],
    ],
    [
      'CRLF after a heading with LF',
      'a,b\n1,2\r\n"3","4"\r\n\r\n5,6\n',
      [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
        ['5', '6'],
      ],
    ],
    [
      'LF and CRLF after a heading with CR',
      'a,b\r1,2\n3,4\r\n5,6\r7,8',
      [
        ['a', 'b'],
        ['1', '2'],
        ['3', '4'],
        ['5', '6'],
        ['7', '8'],
      ],
    ],
    [
      'a CR inside a field where lines end in LF, and one in a quoted heading',
      '"a\r",b\n1\r,x\ry\n',
      [
        ['a\r', 'b'],
        ['1\r', 'x\ry'],
      ],
    ],
    ['a heading with CR and no more', '"a","b"\r', [['a', 'b']]],
  ])('reads %s, wherever they are cut', async (_, text, rows) => {
    for (let size = 1; size <= text.length + 1; size++) expect(await csv(text, { size })).toEqual(rows);
  });

  it.each([';', '\t', '|', '§'])('reads fields between %j', async (delimiter) => {
    const text = `a${delimiter}b\n"1${delimiter}"${delimiter}2,3\n`;
    expect(await csv(text, { delimiter, size: 1 })).toEqual([
      ['a', 'b'],
      [`1${delimiter}`, '2,3'],
    ]);
  });

  it('brings back any table that was written, wherever it is cut', async () => {
    const characters = fc.constantFrom('"', ',', '\n', '\r', ' ', 'a', 'é', '漢', '😀', '\ufeff');
    const fields = fc.string({ unit: characters, maxLength: 5 });
    const tables = fc.array(fc.array(fields, { minLength: 2, maxLength: 4 }), { maxLength: 6 });
    const lineEnds = fc.infiniteStream(fc.constantFrom('\n', '\r\n'));
    await fc.assert(
      fc.asyncProperty(tables, lineEnds, fc.integer({ min: 1, max: 40 }), async (table, ends, size) => {
        const quoted = (field: string): string => `"${field.replaceAll('"', '""')}"`;
        const text = table.map((row) => row.map(quoted).join(',') + ends.next().value).join('');
        expect(await csv(text, { size })).toEqual(table);
      }),
    );
  });

  it('reads the heading after a byte-order mark, quoted too', async () => {
    const text = toUtf8(cut('\ufeff"order",sku\n1,2\n', 7), 'utf-8');
    expect(await all(csvRows(text, ','))).toEqual([
      ['order', 'sku'],
      ['1', '2'],
    ]);
  });

  it.each([
    ['a quote in a field without quotes', 'a,b\n1,2\n3,5" pipe\n', /^Line 3: a quote stands inside a field/],
    [
      'a field that goes on after its quote',
      'a,b\n1,"x"y\n',
      /^Line 2: a quoted field does not end .* on line 2\.$/,
    ],
    ['one that began lines above', 'a,b\n1,2\n3,"x\n\ny"z\n', /^Line 5: a quoted field .* on line 3\.$/],
    [
      'a quote never closed',
      'a,b\n1,"x\ny"\n2,"x\n3,y\n',
      /^The row that starts on line 4 opens a quote that is never/,
    ],
    ['a quote in a heading', 'a,b "c"\n1,2\n', /^Line 1: a quote stands inside a field/],
  ])('names the line of %s, wherever it is cut', async (_, text, message) => {
    for (let size = 1; size <= text.length; size++) {
      await expect(csv(text, { size })).rejects.toMatchObject(badInput(message));
    }
  });

  it('reads many rows with LF under a heading with CRLF', async () => {
    expect(await csv(`a,b\r\n${'1,2\n'.repeat(500_000)}`)).toHaveLength(500_001);
  });

  it('hands on the rows before a broken one', async () => {
    const seen: string[][] = [];
    const reading = (async () => {
      for await (const rows of csvRows(cut('a,b\n1,2\n3,"x"y\n', 4), ',')) seen.push(...rows);
    })();
    await expect(reading).rejects.toMatchObject(badInput(/^Line 3/));
    expect(seen).toEqual([
      ['a', 'b'],
      ['1', '2'],
    ]);
  });

  it('takes a row that is just not too long', async () => {
    const field = 'x'.repeat(limit - 1);
    expect(await csv(`a,b\n1,${field}\n`)).toEqual([
      ['a', 'b'],
      ['1', field],
    ]);
  });

  it.each([
    ['a long field', 'x'.repeat(limit + 1)],
    ['many fields', 'x,'.repeat(limit + 1)],
    ['a quote never closed', `"${'x,y\n'.repeat(limit)}`],
  ])('refuses a row that is too long: %s', async (_, rest) => {
    await expect(csv(`a,b\n1,2\n3,${rest}\n`)).rejects.toMatchObject(
      badInput(/^The row that starts on line 3 is longer than 1048576 characters/),
    );
  });

  it('hands on what goes wrong in the bytes themselves', async () => {
    async function* broken(): AsyncGenerator<Buffer> {
      yield Buffer.from('a,b\n');
      throw new Error('disk failure');
    }
    await expect(all(csvRows(broken(), ','))).rejects.toThrow('disk failure');
  });
});

describe('lineRows', () => {
  it.each([
    ['LF', 'a b\nc\n'],
    ['CRLF', 'a b\r\nc\r\n'],
    ['CR', 'a b\rc\r'],
    ['no line end at the end', 'a b\r\nc'],
    ['a byte-order mark', '\ufeffa b\nc\n'],
    ['blanks around', '  a \t b\nc  \n'],
  ])('numbers and reads lines with %s, wherever they are cut', async (_, text) => {
    for (let size = 1; size <= text.length; size++) {
      expect(await words(text, size)).toEqual([
        ['1', 'a', 'b'],
        ['2', 'c'],
      ]);
    }
  });

  it('leaves out empty lines, but counts them', async () => {
    for (const end of ['\n', '\r\n', '\r']) {
      expect(await words(['', 'a', '  ', '', 'é漢😀', ''].join(end), 1)).toEqual([
        ['2', 'a'],
        ['5', 'é漢😀'],
      ]);
    }
    expect(await words('')).toEqual([]);
  });

  it('makes as many rows of a line as the line holds', async () => {
    const rows = lineRows(cut('1 2\n3\n', 64), (line, lineNo) =>
      line.split(' ').map((item) => [`${lineNo}`, item]),
    );
    expect(await all(rows)).toEqual([
      ['1', '1'],
      ['1', '2'],
      ['2', '3'],
    ]);
  });

  it('refuses a line that never ends, and names it', async () => {
    await expect(words(`a\nb\n${'x'.repeat(limit + 1)}`)).rejects.toMatchObject(
      badInput(/^Line 3 is longer than 1048576 characters\.$/),
    );
    expect(await words(`a\n${'x'.repeat(limit)}`)).toHaveLength(2);
  });

  it('hands on the objection to a line', async () => {
    const rows = lineRows(cut('a\nb\n', 1), (line, lineNo) => {
      if (line === 'b') throw new Error(`not on line ${lineNo}`);
      return [[line]];
    });
    await expect(all(rows)).rejects.toThrow('not on line 2');
  });
});
