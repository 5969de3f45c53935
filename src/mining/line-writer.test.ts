import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { lineChunks, NameBytes, writeInteger } from './line-writer.ts';

const text = (write: (out: Uint8Array, at: number) => number): string => {
  const out = Buffer.alloc(64, '.');
  const end = write(out, 3);
  expect(out.toString('latin1', 0, 3)).toBe('...');
  expect(out[end]).toBe(Buffer.from('.')[0]);
  return out.toString('utf8', 3, end);
};

describe('writeInteger', () => {
  it.each([0, 9, 10, 99, 100, 12_345, 999_999_999, 1_000_000_000, 2 ** 31 - 1])('writes %i', (value) => {
    expect(text((out, at) => writeInteger(value, out, at))).toBe(String(value));
  });

  it('writes any', () => {
    fc.assert(
      fc.property(fc.nat(), (value) => {
        expect(text((out, at) => writeInteger(value, out, at))).toBe(String(value));
      }),
    );
  });
});

describe('NameBytes', () => {
  const names = new NameBytes(['tea', 'grüner Tee', '', '漢😀', '\ud800']);

  it('writes names in UTF-8, each with a blank after it', () => {
    expect(text((out, at) => names.write(Int32Array.of(0, 3, 2, 1, 4, 0), 1, 5, out, at))).toBe(
      '漢😀  grüner Tee \ufffd ',
    );
  });

  it('tells how long names are', () => {
    expect(names.length(Int32Array.of(0, 3, 2, 1), 1, 4)).toBe(8 + 1 + 12);
    expect(names.longest(3)).toBe(3 * 12);
    expect(new NameBytes([]).longest(3)).toBe(0);
  });
});

describe('lineChunks', () => {
  /** Line `i` holds the letter x so many times. */
  const chunksOf = (lengths: readonly number[], longest: (length: number) => number): Uint8Array[] => [
    ...lineChunks({
      count: lengths.length,
      longest: (index) => longest(lengths[index]!),
      length: (index) => lengths[index]! + 1,
      write: (index, out, at) => {
        const end = at + lengths[index]!;
        out.fill(120, at, end);
        out[end] = 10;
        return end + 1;
      },
    }),
  ];

  it.each([
    ['a good guess of their length', (length: number) => length + 1],
    ['a bad guess', (length: number) => 1_000_000 + length],
  ])('writes all lines in few chunks of memory of their own, with %s', (_, longest) => {
    const lengths = Array.from({ length: 2000 }, (_, i) => (i === 1000 ? 500_000 : i));
    const chunks = chunksOf(lengths, longest);
    const lines = Buffer.concat(chunks).toString().split('\n');
    expect(lines.pop()).toBe('');
    expect(lines.map((line) => line.length)).toEqual(lengths);
    expect(chunks.length).toBeLessThan(25);
    expect(new Set(chunks.map(({ buffer }) => buffer)).size).toBe(chunks.length);
  });

  it('makes no chunk of no lines', () => {
    expect(chunksOf([], (length) => length)).toEqual([]);
  });
});
