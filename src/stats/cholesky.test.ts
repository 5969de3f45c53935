import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { choleskyFactor, choleskySolve, inverseDiagonal } from './cholesky.ts';

/** A matrix and its product with its transpose, made definite by a diagonal. */
const anyDefinite = fc.integer({ min: 1, max: 5 }).chain((size) =>
  fc
    .array(fc.integer({ min: -9, max: 9 }), { minLength: size * size, maxLength: size * size })
    .map((entries) => {
      const matrix = new Float64Array(size * size);
      for (let i = 0; i < size; i++) {
        for (let j = 0; j < size; j++) {
          for (let k = 0; k < size; k++)
            matrix[i * size + j] += entries[i * size + k] * entries[j * size + k];
        }
        matrix[i * size + i] += 1;
      }
      return { size, matrix };
    }),
);

const times = (matrix: Float64Array, x: Float64Array): number[] =>
  Array.from(x, (_, i) => x.reduce((sum, at, j) => sum + matrix[i * x.length + j] * at, 0));

describe('Cholesky factor', () => {
  it('solves', () => {
    fc.assert(
      fc.property(anyDefinite, ({ size, matrix }) => {
        const right = Float64Array.from({ length: size }, (_, i) => i + 1);
        const factor = matrix.slice();
        expect(choleskyFactor(factor, size)).toBe(true);
        const x = right.slice();
        choleskySolve(factor, x);
        times(matrix, x).forEach((sum, i) => {
          expect(sum).toBeCloseTo(right[i], 6);
        });
      }),
    );
  });

  it('gives the diagonal of the inverse', () => {
    // [[4, 2], [2, 3]] has the inverse [[3, −2], [−2, 4]] / 8.
    const diagonal = inverseDiagonal(Float64Array.of(4, 2, 2, 3), 2)!;
    expect(diagonal[0]).toBeCloseTo(3 / 8, 14);
    expect(diagonal[1]).toBeCloseTo(4 / 8, 14);
  });

  it.each([
    ['indefinite', [1, 2, 2, 1]],
    ['singular', [1, 1, 1, 1]],
    ['negative', [-1, 0, 0, 1]],
    ['not a number', [Number.NaN, 0, 0, 1]],
  ])('tells a matrix that is %s', (_, matrix) => {
    expect(inverseDiagonal(Float64Array.from(matrix), 2)).toBeNull();
  });
});
