import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../random.ts';
import type { BlockKernel } from '../block-kernel.ts';
import { plainKernel } from '../plain-kernel.ts';

const shapes = fc.record({
  rows: fc.integer({ min: 1, max: 40 }),
  columns: fc.integer({ min: 1, max: 23 }),
  centres: fc.integer({ min: 1, max: 21 }),
  seed: fc.nat(),
  /** So few values make distances that are alike. */
  values: fc.constantFrom(2, 3, 1e6),
});

function drawn({
  rows,
  columns,
  centres,
  seed,
  values,
}: typeof shapes extends fc.Arbitrary<infer T> ? T : never) {
  const random = seededRandom(seed);
  const numbers = (count: number) =>
    Float32Array.from({ length: count }, () => Math.floor(random() * values) / 7 - 0.3);
  return {
    rows: numbers(rows * columns),
    columns,
    centres: numbers(centres * columns),
    labels: Uint16Array.from({ length: rows }, () => Math.floor(random() * centres)),
    distances: Float32Array.from({ length: rows }, () => random() * columns),
    sums: new Float64Array(centres * columns).fill(7),
    counts: new Int32Array(centres).fill(7),
    totals: new Float64Array(centres).fill(7),
  };
}

/** What every kernel must do. */
export function testBlockKernel(name: string, kernel: BlockKernel): void {
  describe(`${name} as a kernel of k-means`, () => {
    it('labels rows with the nearest centre, of several the first', () => {
      const labels = Uint16Array.of(0, 0, 0, 0, 1);
      const distances = new Float32Array(5);
      const [sums, counts] = [new Float64Array(6), new Int32Array(3)];
      const rows = Float32Array.of(0, 0, 3, 4, 10, 0, 5, 0, 9, 1);
      const centres = Float32Array.of(0, 0, 10, 0, 10, 0);
      expect(kernel.assign(rows, 2, centres, labels, distances, sums, counts)).toBe(1);
      expect([...labels]).toEqual([0, 0, 1, 0, 1]);
      expect([...distances]).toEqual([0, 25, 0, 25, 2]);
      expect([...sums]).toEqual([8, 4, 19, 1, 0, 0]);
      expect([...counts]).toEqual([3, 2, 0]);
    });

    it('measures candidates by what they would leave', () => {
      const totals = new Float64Array(2);
      const rows = Float32Array.of(0, 1, 5, 7);
      kernel.potentials(rows, 1, Float32Array.of(0, 7), Float32Array.of(100, 100, 10, 3), totals);
      expect([...totals]).toEqual([0 + 1 + 10 + 3, 49 + 36 + 4 + 0]);
    });

    it('gives the bits that the plain kernel does', () => {
      fc.assert(
        fc.property(shapes, (shape) => {
          const [ours, plain] = [drawn(shape), drawn(shape)];
          const all = (
            { rows, columns, centres, labels, distances, sums, counts, totals }: typeof ours,
            by: BlockKernel,
          ) => {
            by.potentials(rows, columns, centres, distances, totals);
            by.lower(rows, columns, centres.subarray(0, columns), distances);
            const lowered = distances.slice();
            return [lowered, by.assign(rows, columns, centres, labels, distances, sums, counts)];
          };
          expect(all(ours, kernel)).toEqual(all(plain, plainKernel));
          expect(ours).toEqual(plain);
        }),
        { numRuns: 300 },
      );
    });

    it('works in chunks as in one', () => {
      const random = seededRandom(3);
      const columns = 150;
      const rows = Float32Array.from({ length: 1501 * columns }, () => random());
      const of = (by: BlockKernel) => {
        const [labels, distances] = [new Uint16Array(1501), new Float32Array(1501)];
        const [sums, counts] = [new Float64Array(5 * columns), new Int32Array(5)];
        by.assign(rows, columns, rows.subarray(0, 5 * columns), labels, distances, sums, counts);
        return { labels, distances, sums, counts };
      };
      expect(of(kernel)).toEqual(of(plainKernel));
    });
  });
}
