import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { readIntegerColumns } from './copy-integers.ts';

async function* cut(text: string, ...places: number[]): AsyncGenerator<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  const ends = [...places.sort((a, b) => a - b), bytes.length];
  let start = 0;
  for (const end of ends) {
    yield bytes.subarray(start, end);
    start = end;
  }
}

const read = async (text: string, columns: number, ...places: number[]) =>
  (await readIntegerColumns(cut(text, ...places), columns)).map((column) => [...column]);

describe('readIntegerColumns', () => {
  it('reads rows into columns', async () => {
    expect(await read('1\t20\t300\n-4\t0\t2147483647\n', 3)).toEqual([
      [1, -4],
      [20, 0],
      [300, 2147483647],
    ]);
  });

  it('reads NULL as -1, wherever it stands', async () => {
    expect(await read('\\N\t5\n6\t\\N\n\\N\t\\N\n7\t8\n', 2)).toEqual([
      [-1, 6, -1, 7],
      [5, -1, -1, 8],
    ]);
  });

  it('reads a single column, and the least integer', async () => {
    expect(await read('-2147483648\n\\N\n', 1)).toEqual([[-2147483648, -1]]);
  });

  it('reads nothing', async () => {
    expect(await read('', 2)).toEqual([[], []]);
  });

  it('reads any rows, however the bytes are cut', async () => {
    const value = fc.option(fc.integer(), { nil: null });
    const row = fc.tuple(value, value, value);
    await fc.assert(
      fc.asyncProperty(
        fc.array(row, { maxLength: 30 }),
        fc.array(fc.nat(400), { maxLength: 20 }),
        async (rows, places) => {
          const text = rows
            .map((row) => `${row.map((value) => (value === null ? '\\N' : value)).join('\t')}\n`)
            .join('');
          const within = places.filter((place) => place < text.length);
          expect(await read(text, 3, ...within)).toEqual(
            [0, 1, 2].map((column) => rows.map((row) => row[column] ?? -1)),
          );
        },
      ),
    );
  });

  it('reads more rows than it has room for at first', async () => {
    const rows = Array.from({ length: 5000 }, (_, n) => [n, 7 - n]);
    const text = rows.map((row) => `${row.join('\t')}\n`).join('');
    const [up, down] = await read(text, 2, 1, 10_000, 20_001);
    expect(up).toEqual(rows.map(([n]) => n));
    expect(down).toEqual(rows.map(([, n]) => n));
  });
});
