import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { PairCounts } from '../rules/matrix.ts';
import { measures } from '../rules/measures/measures.ts';
import { matrixOf, pairMeasureNames } from './matrix-of.ts';

/** Pairs of items 10, 11, … with these counts on the diagonal and below it. */
function countsOf(transactionCount: number, table: readonly (readonly number[])[]): PairCounts {
  return {
    transactionCount,
    items: Int32Array.from(table, (_, row) => 10 + row),
    itemCounts: Int32Array.from(table, (entries) => entries.at(-1)!),
    pairs: Int32Array.from(table.flatMap((entries) => entries.slice(0, -1))),
  };
}

/** Two clusters, {10, 12} and {11, 13}; 13 and 10 are the most frequent. */
const counts = countsOf(100, [[30], [1, 20], [18, 2, 20], [3, 19, 1, 40]]);

const rows = ({ items, values }: ReturnType<typeof matrixOf>): number[][] =>
  Array.from(items, (_, row) => [...values.subarray(row * items.length, (row + 1) * items.length)]);

describe('matrixOf', () => {
  it('takes the most frequent items, equal ones as they came', () => {
    const matrix = matrixOf(counts, 'count', 3, 'frequency');
    expect([...matrix.items]).toEqual([13, 10, 11]);
    expect(rows(matrix)).toEqual([
      [Number.NaN, 3, 19],
      [3, Number.NaN, 1],
      [19, 1, Number.NaN],
    ]);
  });

  it.each(pairMeasureNames)('puts clusters side by side by %s', (measure) => {
    const { items } = matrixOf(counts, measure, undefined, 'clustered');
    expect(items).toHaveLength(4);
    const place = (item: number): number => items.indexOf(item);
    // Values that say nothing of what is bought together leave it to Jaccard.
    expect(Math.abs(place(10) - place(12))).toBe(1);
    expect(Math.abs(place(11) - place(13))).toBe(1);
  });

  it('has the same values in either order', () => {
    const pairCounts = fc.array(fc.nat(5), { minLength: 10, maxLength: 10 });
    fc.assert(
      fc.property(pairCounts, fc.constantFrom(...pairMeasureNames), (pairs, measure) => {
        const at = (n: number) => pairs.slice((n * (n - 1)) / 2, (n * (n + 1)) / 2);
        const counts = countsOf(
          60,
          [10, 14, 11, 20, 17].map((count, row) => [...at(row), count]),
        );
        const frequency = matrixOf(counts, measure, undefined, 'frequency');
        const clustered = matrixOf(counts, measure, undefined, 'clustered');
        expect([...clustered.items].sort()).toEqual([...frequency.items].sort());
        const n = frequency.items.length;
        for (let row = 0; row < n; row++) {
          for (let column = 0; column < n; column++) {
            const [one, other] = [clustered.items[row]!, clustered.items[column]!];
            const from = frequency.items.indexOf(one) * n + frequency.items.indexOf(other);
            expect(clustered.values[row * n + column]).toBe(frequency.values[from]);
            if (row === column) continue;
            const [i, j] = [Math.max(one, other) - 10, Math.min(one, other) - 10];
            const expected = measures[measure].of(
              counts.pairs[(i * (i - 1)) / 2 + j]!,
              counts.itemCounts[one - 10]!,
              counts.itemCounts[other - 10]!,
              60,
            );
            expect(frequency.values[from]).toBe(expected);
          }
        }
      }),
      { numRuns: 200 },
    );
  });

  it('has as many items as there are when nothing is said, and refuses to have more', () => {
    expect(matrixOf(counts, 'lift', undefined, 'frequency').items).toHaveLength(4);
    expect(() => matrixOf(counts, 'lift', 5, 'frequency')).toThrow(/pairs of 4 items.*items=4 or fewer/);
    expect(matrixOf(countsOf(3, []), 'lift', undefined, 'clustered').items).toHaveLength(0);
  });
});
