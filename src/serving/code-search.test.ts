import fc from 'fast-check';
import { expect, it } from 'vitest';
import { StringTable } from '../model/string-table.ts';
import { CodeSearch } from './code-search.ts';

const found = (codes: readonly string[], words: string): string[] => {
  const marks = new CodeSearch(StringTable.from(codes)).containing(words);
  return codes.filter((_, n) => marks[n] === 1);
};

it('finds codes by all words in them, whatever the case, and nothing that two codes make together', () => {
  const codes = ['Anna-17', 'ann', 'BANANA', 'a', 'nn', 'Zoë 17'];
  expect(found(codes, 'ann')).toEqual(['Anna-17', 'ann']);
  expect(found(codes, 'AN')).toEqual(['Anna-17', 'ann', 'BANANA']);
  expect(found(codes, '17 an')).toEqual(['Anna-17']);
  expect(found(codes, 'zoë')).toEqual(['Zoë 17']);
  expect(found(codes, 'nothing')).toEqual([]);
});

it('finds what looking into each code finds', () => {
  const text = fc.string({ unit: fc.constantFrom('a', 'b', 'B', 'é', '漢'), minLength: 1, maxLength: 4 });
  fc.assert(
    fc.property(
      fc.uniqueArray(text, { maxLength: 12 }),
      fc.array(text, { minLength: 1, maxLength: 2 }),
      (codes, words) => {
        const wanted = words.map((word) => word.toLowerCase());
        const expected = codes.filter((code) => wanted.every((word) => code.toLowerCase().includes(word)));
        expect(found(codes, words.join(' '))).toEqual(expected);
      },
    ),
  );
});
