import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FimiParser } from './fimi.ts';

function parse(text: string, cuts: readonly number[] = []) {
  const parser = new FimiParser();
  const bytes = Buffer.from(text);
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  let from = 0;
  for (const end of ends) {
    parser.push(bytes.subarray(from, end));
    from = end;
  }
  const { transactions, numbers } = parser.finish();
  const { offsets, items } = transactions;
  return Array.from({ length: offsets.length - 1 }, (_, t) =>
    Array.from(items.subarray(offsets[t], offsets[t + 1]), (item) => numbers[item]),
  );
}

describe('FimiParser', () => {
  it('reads a basket a line', () => {
    expect(parse('1 2 3\n3 1\n')).toEqual([
      [1, 2, 3],
      [1, 3],
    ]);
  });

  it('takes blanks at line ends, Windows line ends and a last line without its end', () => {
    expect(parse('10 20 \r\n\t20\r\n30')).toEqual([[10, 20], [20], [30]]);
  });

  it('counts an empty line as an empty basket', () => {
    expect(parse('1\n\n2\n')).toEqual([[1], [], [2]]);
    expect(parse('')).toEqual([]);
  });

  it('counts an item once that a line holds twice', () => {
    expect(parse('7 7 7\n')).toEqual([[7]]);
  });

  it.each([
    ['1 2\n3 x\n', /Line 2.*"x"/],
    ['-1\n', /Line 1.*"-"/],
    [`${'9'.repeat(16)}\n`, /15 digits/],
  ])('refuses %j', (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  it('does not mind where the bytes are cut', () => {
    const baskets = fc.array(fc.uniqueArray(fc.nat(100_000), { maxLength: 6 }), { maxLength: 8 });
    fc.assert(
      fc.property(baskets, fc.array(fc.nat()), (lines, cuts) => {
        const text = lines.map((line) => `${line.join(' ')}\n`).join('');
        const sorted = (sets: number[][]) => sets.map((set) => set.toSorted((a, b) => a - b));
        expect(sorted(parse(text, cuts))).toEqual(sorted(lines));
      }),
    );
  });
});
