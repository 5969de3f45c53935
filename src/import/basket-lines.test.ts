import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BasketLineParser } from './basket-lines.ts';

/** The names in each basket, in the order of their ids. */
function parse(bytes: Buffer, delimiter: string, size = bytes.length): string[][] {
  const parser = new BasketLineParser(delimiter, (field) => field.trim() || undefined);
  for (let at = 0; at < bytes.length; at += size) parser.push(bytes.subarray(at, at + size));
  const { transactions, names } = parser.finish();
  const { offsets, items, itemCount } = transactions;
  expect(itemCount).toBe(names.length);
  return Array.from({ length: offsets.length - 1 }, (_, t) =>
    Array.from(items.subarray(offsets[t], offsets[t + 1]), (item) => names[item]!),
  );
}

describe('BasketLineParser', () => {
  it.each([
    ['LF', 'tea,milk\ntea\n'],
    ['CRLF', 'tea,milk\r\ntea\r\n'],
    ['CR', 'tea,milk\rtea\r'],
    ['no line end at the end', 'tea,milk\ntea'],
    ['empty lines and lines of blanks', '\n\r\ntea,milk\n \n,,\n\ntea\n\n'],
    ['empty fields, blanks around and repeated items', ' tea ,, milk,tea\u3000\ntea\t\n'],
  ])('reads lines with %s, wherever they are cut', (_, text) => {
    const bytes = Buffer.from(text);
    for (let size = 1; size <= bytes.length; size++) {
      expect(parse(bytes, ',', size)).toEqual([['tea', 'milk'], ['tea']]);
    }
  });

  it('leaves quotes where they are', () => {
    expect(parse(Buffer.from('"green tea, loose","milk"\n'), ',')).toEqual([
      ['"green tea', 'loose"', '"milk"'],
    ]);
  });

  it('takes any blanks between items where told so', () => {
    const text = 'tea \t milk\u00a0\u3000rice\n\u2003\nmilk\vtea\n';
    expect(parse(Buffer.from(text), ' ')).toEqual([
      ['tea', 'milk', 'rice'],
      ['tea', 'milk'],
    ]);
  });

  it('makes of broken UTF-8 what a decoder makes of it', () => {
    const bytes = Buffer.from([0xe9, 0x2c, 0x61, 0xe6, 0xbc, 0x0a, 0x62, 0xe6, 0xbc]);
    expect(parse(bytes, ',', 1)).toEqual([['\ufffd', 'a\ufffd'], ['b']]);
  });

  it('reads the same wherever the bytes are cut', () => {
    const unit = fc.constantFrom('a', 'b', ' ', ',', '"', '\n', '\r', 'é', '漢', '😀', '\ufeff', '\t');
    fc.assert(
      fc.property(
        fc.string({ unit, maxLength: 60 }),
        fc.constantFrom(',', ' ', 'b'),
        fc.nat(9),
        (text, delimiter, size) => {
          const bytes = Buffer.from(text);
          expect(parse(bytes, delimiter, size + 1)).toEqual(parse(bytes, delimiter));
        },
      ),
    );
  });

  it('refuses a line that never ends, and names it', () => {
    const limit = 1024 * 1024;
    const lines = (rest: string): Buffer => Buffer.from(`a\r\nb\r\r\n${rest}`);
    expect(() => parse(lines('x'.repeat(limit + 1)), ',', 65_536)).toThrow(
      expect.objectContaining({ code: 'bad-input', message: 'Line 4 is longer than 1048576 characters.' }),
    );
    expect(parse(lines('漢'.repeat(limit)), ',', 65_536)).toHaveLength(3);
  });
});
