import { describe, expect, it } from 'vitest';
import { checkChurnRows, withoutEmptyFeatures } from './churn-rows.ts';
import { mostLabels, plainRows } from './plain-table.ts';

const left = (count: number, of: number): boolean[] => Array.from({ length: of }, (_, n) => n < count);
const rowsOf = (count: number, of: number) =>
  plainRows([{ name: 'x', values: Array.from({ length: of }, (_, n) => n) }], left(count, of));

describe('a plain table', () => {
  it('keeps numbers, gives labels a column each, and has blanks missing', () => {
    const { features, table, target } = plainRows(
      [
        { name: 'age', values: ['20', ' 30 ', '', 'n/a'] },
        { name: 'plan', values: ['a', '', 'b', 'a'] },
      ],
      [true, false, false, true],
    );
    expect(features.map(({ name, kind, source }) => [name, kind, source])).toEqual([
      ['age', 'number', null],
      ['plan=a', 'yes/no', 'plan'],
      ['plan=b', 'yes/no', 'plan'],
    ]);
    expect(table.columns.map((column) => [...column])).toEqual([
      [20, 30, Number.NaN, Number.NaN],
      [1, Number.NaN, 0, 1],
      [0, Number.NaN, 1, 0],
    ]);
    expect([...target]).toEqual([1, 0, 0, 1]);
    expect(features[1].label['zh-Hans']).toBe('plan：a');
  });

  it('takes rare labels together', () => {
    const values = Array.from({ length: 40 }, (_, n) => `city ${n % 20}`);
    const { features, table } = plainRows([{ name: 'city', values }], left(20, 40));
    expect(features).toHaveLength(mostLabels + 1);
    // Each customer has one of them.
    for (let row = 0; row < 40; row++)
      expect(table.columns.reduce((sum, column) => sum + column[row], 0)).toBe(1);
  });

  it('refuses columns that do not fit', () => {
    expect(() => plainRows([{ name: 'x', values: [1] }], [true, false])).toThrow(
      'Column x has 1 values for 2 customers.',
    );
  });
});

describe('what cannot be learnt from', () => {
  it.each([
    [0, 50, 'Nobody left in 50 rows'],
    [50, 50, 'Everybody left in 50 rows'],
    [19, 100, '19 customers left and 81 stayed; it takes 20 of either'],
    [0, 0, 'There are no rows'],
  ])('is refused: %i of %i left', (count, of, message) => {
    expect(() => checkChurnRows(rowsOf(count, of))).toThrow(message);
  });

  it('is refused where values are infinite, or customers are not numbered', () => {
    const rows = rowsOf(25, 50);
    const infinite = { ...rows, table: { rows: 50, columns: [new Float64Array(50).fill(Infinity)] } };
    expect(() => checkChurnRows(infinite)).toThrow('Feature x is infinite in row 0');
    expect(() => checkChurnRows({ ...rows, customer: new Int32Array(50).fill(-1) })).toThrow('customer -1');
  });

  it('counts customers, not rows', () => {
    const rows = rowsOf(25, 50);
    expect(() => checkChurnRows({ ...rows, customer: rows.customer.map((n) => n % 25) })).not.toThrow();
    expect(() => checkChurnRows({ ...rows, customer: rows.customer.map((n) => n % 10) })).toThrow(
      '10 customers left',
    );
  });

  it('is left out and said, where features are missing or the same everywhere', () => {
    const numbers = (value: (n: number) => number | null) => Array.from({ length: 50 }, (_, n) => value(n));
    const rows = plainRows(
      [
        { name: 'blank', values: numbers(() => null) },
        { name: 'same', values: numbers(() => 4) },
        { name: 'known of some', values: numbers((n) => (n < 10 ? 4 : null)) },
        { name: 'x', values: numbers((n) => n) },
      ],
      left(25, 50),
    );
    const all = Int32Array.from({ length: 50 }, (_, n) => n);
    const { rows: kept, leftOut } = withoutEmptyFeatures(rows, all);
    expect(kept.features.map(({ name }) => name)).toEqual(['known of some', 'x']);
    expect(leftOut.map(({ name, code }) => [name, code])).toEqual([
      ['blank', 'all-missing'],
      ['same', 'constant'],
    ]);
    // By the rows that are learnt from: what is known later alone is missing.
    expect(withoutEmptyFeatures(rows, all.subarray(10)).rows.features.map(({ name }) => name)).toEqual(['x']);
    expect(() => withoutEmptyFeatures(rows, all.subarray(0, 1))).toThrow('nothing can be learnt');
  });
});
