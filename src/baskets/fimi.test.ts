import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { FimiParser } from './fimi.ts';

function parseAll(text: string, cuts: readonly number[] = []) {
  const parser = new FimiParser();
  const bytes = Buffer.from(text);
  const ends = [...cuts.map((cut) => cut % (bytes.length + 1)), bytes.length].sort((a, b) => a - b);
  let from = 0;
  for (const end of ends) {
    parser.push(bytes.subarray(from, end));
    from = end;
  }
  return parser.finish();
}

/** The numbers in each basket, in the order of their ids. */
function parse(text: string, cuts: readonly number[] = []): number[][] {
  const { transactions, numbers } = parseAll(text, cuts);
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
    [`1\n2 ${'0'.repeat(16)}\n`, /Line 2.*15 digits/],
    ['1 # 2\n', /Line 1.*"#"/],
    [' @ITEM=1=tea\n', /Line 1.*"@"/],
    ['# one\n\n@ITEM=1=tea\n1 2\nx\n', /Line 5.*"x"/],
  ])('refuses %j', (text, message) => {
    expect(() => parse(text)).toThrow(message);
  });

  it('numbers items in the order of their numbers, and large ones as they come', () => {
    const { transactions, numbers } = parseAll('4194304 70000 5\n999999999999999 4194303 5 5000000\n007\n');
    expect(numbers).toEqual([5, 7, 70_000, 4_194_303, 4_194_304, 999_999_999_999_999, 5_000_000]);
    expect(transactions).toEqual({
      itemCount: 7,
      offsets: Int32Array.of(0, 3, 7, 8),
      items: Int32Array.of(0, 2, 4, 0, 3, 5, 6, 1),
    });
    expect(transactions.items.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('takes names from header lines, which are no baskets', () => {
    const text = '@CONVERTED_FROM_TEXT\n@ITEM=1=whole milk\r\n# 5 6\n1 2\n\n%\n@ITEM=2=2=é\n2\n@ITEM=3=last';
    for (let cut = 0; cut <= Buffer.byteLength(text); cut++) {
      expect(parse(text, [cut])).toEqual([[1, 2], [], [2]]);
      expect(parseAll(text, [cut]).names).toEqual(
        new Map([
          [1, 'whole milk'],
          [2, '2=é'],
          [3, 'last'],
        ]),
      );
    }
  });

  it('reads more at once than its columns have room for', () => {
    const line = '3 1 2\n';
    const baskets = parse(line.repeat(400_000), [1_000_001]);
    expect(baskets).toHaveLength(400_000);
    expect(baskets.every((basket) => basket.join() === '1,2,3')).toBe(true);
  });

  it('does not mind where the bytes are cut', () => {
    const number = fc.oneof(fc.nat(9), fc.nat(100_000), fc.integer({ min: 2 ** 22 - 2, max: 2 ** 22 + 2 }));
    const baskets = fc.array(fc.array(number, { maxLength: 50 }), { maxLength: 8 });
    const blanks = fc.infiniteStream(fc.constantFrom(' ', '  ', '\t', ',', ' , '));
    fc.assert(
      fc.property(baskets, blanks, fc.array(fc.nat()), (lines, between, cuts) => {
        const text = lines
          .map((line) => `${line.map((item) => `${item}${between.next().value}`).join('')}\n`)
          .join('');
        const sorted = (sets: number[][]) => sets.map((set) => [...new Set(set)].sort((a, b) => a - b));
        const read = parse(text, cuts);
        expect(sorted(read)).toEqual(sorted(lines));
        expect(read.map((set) => set.length)).toEqual(sorted(lines).map((set) => set.length));
      }),
    );
  });
});
