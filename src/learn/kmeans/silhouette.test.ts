import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { silhouette } from './silhouette.ts';

const matrix = (...rows: number[][]) => ({
  values: Float32Array.from(rows.flat()),
  columns: rows[0]!.length,
});
const labels = (...numbers: number[]) => Uint16Array.from(numbers);

/** From the definition, row by row. */
function byDefinition(rows: readonly (readonly number[])[], label: readonly number[]): number[] {
  const distance = (a: readonly number[], b: readonly number[]) => Math.hypot(...a.map((x, n) => x - b[n]!));
  return rows.map((row, r) => {
    const mean = (cluster: number) => {
      const others = rows.filter((_, o) => o !== r && label[o] === cluster);
      return others.reduce((sum, other) => sum + distance(row, other), 0) / others.length;
    };
    const a = mean(label[r]!);
    if (Number.isNaN(a)) return 0;
    const b = Math.min(...[...new Set(label)].filter((cluster) => cluster !== label[r]).map(mean));
    return Math.max(a, b) === 0 ? 0 : (b - a) / Math.max(a, b);
  });
}

describe('silhouette', () => {
  it("is that of the two far triples of the project's reference figures (analytics.md)", () => {
    const triples = matrix([0, 0], [0, 1], [1, 0], [10, 10], [10, 11], [11, 10]);
    const found = silhouette(triples, labels(0, 0, 0, 1, 1, 1), 2)!;
    expect(found.mean).toBeCloseTo(0.9196222281, 10);
    expect(found.byCluster[0]).toBeCloseTo(found.mean, 2);
    expect((found.byCluster[0]! + found.byCluster[1]!) / 2).toBeCloseTo(found.mean, 12);
    expect(found.rows).toBe(6);
  });

  it('agrees with its definition', () => {
    const row = fc.tuple(fc.nat(6), fc.nat(6), fc.nat(2));
    fc.assert(
      fc.property(fc.array(row, { minLength: 2, maxLength: 12 }), (drawn) => {
        const rows = drawn.map(([x, y]) => [x, y]);
        const label = drawn.map(([, , cluster]) => cluster);
        const found = silhouette(matrix(...rows), labels(...label), 3);
        if (new Set(label).size === 1) {
          expect(found).toBeNull();
          return;
        }
        const each = byDefinition(rows, label);
        expect(found!.mean).toBeCloseTo(each.reduce((sum, one) => sum + one, 0) / rows.length, 10);
        for (let cluster = 0; cluster < 3; cluster++) {
          const own = each.filter((_, r) => label[r] === cluster);
          if (own.length === 0) expect(found!.byCluster[cluster]).toBeNull();
          else expect(found!.byCluster[cluster]).toBeCloseTo(own.reduce((a, b) => a + b) / own.length, 10);
        }
      }),
    );
  });

  it('is 0 where all rows are alike', () => {
    expect(silhouette(matrix([1], [1], [1], [1]), labels(0, 0, 1, 1), 2)).toMatchObject({ mean: 0 });
  });

  it('refuses labels that are not of these rows', () => {
    for (const wrong of [labels(0), labels(0, 2)])
      expect(() => silhouette(matrix([1], [2]), wrong, 2)).toThrow(
        expect.objectContaining({ code: 'bad-input' }),
      );
  });
});
