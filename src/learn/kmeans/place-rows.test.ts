import { describe, expect, it } from 'vitest';
import { kmeans } from './kmeans.ts';
import { placeRows } from './place-rows.ts';
import { plainKernel } from './plain-kernel.ts';
import { irises } from './testing/iris.ts';

describe('placeRows', () => {
  it('puts the rows of a clustering where they are', () => {
    const { labels, centres } = kmeans(irises, { clusters: 6, seed: 1 }, plainKernel);
    expect(placeRows(irises, centres)).toEqual(labels);
  });

  it('puts others with the nearest centre', () => {
    const matrix = { values: Float32Array.of(1, 1, 8, 9, 5, 5), columns: 2 };
    expect([...placeRows(matrix, Float32Array.of(0, 0, 10, 10))]).toEqual([0, 1, 0]);
  });

  it.each([
    [Float32Array.of(1, Number.NaN), Float32Array.of(0, 0)],
    [Float32Array.of(1, 2), Float32Array.of(0, 0, 0)],
    [Float32Array.of(1, 2), new Float32Array(0)],
  ])('refuses rows %o with centres %o', (values, centres) => {
    expect(() => placeRows({ values, columns: 2 }, centres)).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  });
});
