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

  it('lets strings go, of which neither bytes nor slots stay', () => {
    const strings = fc.uniqueArray(fc.string({ unit: 'grapheme', minLength: 1 }), {
      minLength: 1,
      maxLength: 60,
    });
    fc.assert(
      fc.property(strings, fc.array(fc.nat(59)), (all, gone) => {
        const table = StringTable.from(all);
        const left: (string | null)[] = [...all];
        for (const n of gone) {
          const text = all[n] ?? 'none of them';
          expect(table.remove(text)).toBe(left.includes(text));
          if (n < left.length) left[n] = null;
        }
        left.forEach((text, n) => {
          expect(table.get(n)).toBe(text ?? '');
          expect(table.isNamed(n)).toBe(text !== null);
          expect(table.indexOf(all[n])).toBe(text === null ? -1 : n);
        });
        const { columns } = StringTable.from(left);
        expect(table.columns.offsets).toEqual(columns.offsets);
        const length = columns.bytes.length;
        expect(table.columns.bytes.subarray(0, length)).toEqual(columns.bytes);
        expect(table.columns.bytes.subarray(length).every((byte) => byte === 0)).toBe(true);
        expect(table.columns.slots.filter((slot) => slot > 0).toSorted()).toEqual(
          columns.slots.filter((slot) => slot > 0).toSorted(),
        );
      }),
      { numRuns: 500 },
    );
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
