import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { copyLine } from '../../db/copy-text.ts';
import { type ColumnKind, readColumns } from './copy-columns.ts';

async function* cut(text: string, ...places: number[]): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  const ends = [...places.filter((place) => place < bytes.length).sort((a, b) => a - b), bytes.length];
  let start = 0;
  for (const end of ends) {
    yield bytes.subarray(start, end);
    start = end;
  }
}

const read = <const Kinds extends readonly ColumnKind[]>(text: string, kinds: Kinds, ...places: number[]) =>
  readColumns(cut(text, ...places), kinds);

const decimals = async (...texts: string[]): Promise<number[]> => {
  const [column] = await read(texts.map((text) => `${text}\n`).join(''), ['decimal']);
  return [...column];
};

describe('readColumns', () => {
  it('reads rows into columns; NULL is -1, and NaN among decimals', async () => {
    const text = '1\t2.50\tweb\n\\N\t-4\t\\N\n2147483647\t\\N\tweb\n-2147483648\t0.0001\t\n';
    const [ids, amounts, channels] = await read(text, ['integer', 'decimal', 'text']);
    expect([...ids]).toEqual([1, -1, 2147483647, -2147483648]);
    expect([...amounts]).toEqual([2.5, -4, Number.NaN, 0.0001]);
    expect({ ...channels, values: [...channels.values] }).toEqual({
      values: [0, -1, 0, 1],
      names: ['web', ''],
    });
  });

  it('reads nothing', async () => {
    const [ids, names] = await read('', ['integer', 'text']);
    expect(ids).toHaveLength(0);
    expect(names.names).toEqual([]);
  });

  it('reads any rows, however the bytes are cut', async () => {
    const nullable = <T>(some: fc.Arbitrary<T>) => fc.option(some, { nil: null });
    const money = fc.integer({ min: -1e9, max: 1e9 }).map((amount) => amount / 10_000);
    const text = fc.string({ unit: fc.constantFrom(...'aN\\\t\n\rö∑😀'), maxLength: 4 });
    const row = fc.tuple(nullable(fc.integer()), nullable(money), nullable(text));
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 30 }),
        fc.array(fc.nat(400), { maxLength: 20 }),
        async (rows, places) => {
          const [ids, amounts, { values, names }] = await read(
            rows.map((values) => copyLine(values)).join(''),
            ['integer', 'decimal', 'text'],
            ...places,
          );
          expect([...ids]).toEqual(rows.map(([id]) => id ?? -1));
          expect([...amounts]).toEqual(rows.map(([, amount]) => amount ?? Number.NaN));
          expect(Array.from(values, (value) => names[value] ?? null)).toEqual(rows.map(([, , name]) => name));
          expect(new Set(names).size).toBe(names.length);
        },
      ),
    );
  });

  it('takes a chunk of nothing in the middle of a row for nothing', async () => {
    const [ids, names] = await read('12\tweb\n', ['integer', 'text'], 1, 1, 4, 4);
    expect([[...ids], names.names]).toEqual([[12], ['web']]);
  });

  it.each(['decimal', 'text'] as const)(
    'ends with an error where a row lacks its last column, a %s',
    async (kind) => {
      await expect(read('1\n', ['integer', kind])).rejects.toThrow('does not have 2 columns');
    },
  );

  it('reads more rows than it has room for at first', async () => {
    const rows = Array.from({ length: 5000 }, (_, n) => [n, n / 4, `name ${n % 3000}`] as const);
    const [up, quarters, { values, names }] = await read(
      rows.map((values) => copyLine(values)).join(''),
      ['integer', 'decimal', 'text'],
      1,
      10_000,
      20_001,
    );
    expect([...up]).toEqual(rows.map(([n]) => n));
    expect([...quarters]).toEqual(rows.map(([, quarter]) => quarter));
    expect(Array.from(values, (value) => names[value])).toEqual(rows.map(([, , name]) => name));
  });

  describe('a decimal', () => {
    it('is the double that its text is nearest to', async () => {
      const digits = (most: number) =>
        fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: 1, maxLength: most });
      const written = fc
        .tuple(fc.constantFrom('', '-'), digits(18), fc.option(digits(18), { nil: '' }))
        .map(([sign, whole, part]) => `${sign}${whole}${part && `.${part}`}`);
      await fc.assert(
        fc.asyncProperty(fc.array(written, { minLength: 1 }), async (texts) => {
          expect(await decimals(...texts)).toEqual(texts.map(Number));
        }),
        { numRuns: 500 },
      );
    });

    it('is the number that PostgreSQL writes for a double', async () => {
      await fc.assert(
        fc.asyncProperty(fc.array(fc.double({ noNaN: true }), { minLength: 1 }), async (numbers) => {
          expect(
            await decimals(...numbers.map((number) => (Object.is(number, -0) ? '-0' : `${number}`))),
          ).toEqual(numbers);
        }),
      );
    });

    it('keeps the digits of the largest money that is stored', async () => {
      expect(await decimals('9999999999.9999', '-9999999999.9999', '1291194360.000000')).toEqual([
        9999999999.9999, -9999999999.9999, 1291194360,
      ]);
    });
  });
});
