import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { StringTable } from './string-table.ts';

describe('StringTable', () => {
  it('finds each string by its number and each number by its string', () => {
    const distinct = fc.uniqueArray(fc.string({ unit: 'grapheme' }), { maxLength: 50 });
    fc.assert(
      fc.property(distinct, fc.string({ unit: 'grapheme' }), (strings, other) => {
        const table = StringTable.from(strings);
        expect(table.size).toBe(strings.length);
        strings.forEach((text, n) => {
          expect(table.get(n)).toBe(text);
          expect(table.indexOf(text)).toBe(n);
        });
        expect(table.indexOf(other)).toBe(strings.indexOf(other));
      }),
      { numRuns: 500 },
    );
  });

  it.each(['', '\uFEFF85123A', 'Ünïcødé 📦', ' a ', 'null'])('keeps %j as it is', (text) => {
    const table = StringTable.from(['first', text]);
    expect(table.get(1)).toBe(text);
    expect(table.indexOf(text)).toBe(1);
  });

  it('holds nothing', () => {
    const table = StringTable.from([]);
    expect(table.size).toBe(0);
    expect(table.indexOf('')).toBe(-1);
  });

  it('can be put together from its columns', () => {
    const { columns } = StringTable.from(['a', 'b']);
    expect(new StringTable(columns).indexOf('b')).toBe(1);
  });
});
