/**
 * Replaces the lower triangle of a symmetric matrix by its Cholesky factor L with L Lᵀ = the matrix (Golub and Van Loan,
 * Matrix Computations, algorithm 4.2.1); the upper triangle is neither read nor written.
 *
 * @param matrix size × size, row by row
 * @returns whether the matrix is positive definite as far as rounding tells; where it is not, the triangle is spoilt
 */
export function choleskyFactor(matrix: Float64Array, size: number): boolean {
  for (let i = 0; i < size; i++) {
    const diagonal = matrix[i * size + i];
    for (let j = 0; j <= i; j++) {
      let sum = matrix[i * size + j];
      for (let k = 0; k < j; k++) sum -= matrix[i * size + k] * matrix[j * size + k];
      if (j < i) {
        matrix[i * size + j] = sum / matrix[j * size + j];
      } else {
        // What is left of the diagonal is rounding where it is so little of what was there.
        if (!(sum > 1e-14 * diagonal)) return false;
        matrix[i * size + i] = Math.sqrt(sum);
      }
    }
  }
  return true;
}

/** Replaces `vector` by the x with L Lᵀ x = vector; `factor` is of {@link choleskyFactor}. */
export function choleskySolve(factor: Float64Array, vector: Float64Array): void {
  const size = vector.length;
  for (let i = 0; i < size; i++) {
    let sum = vector[i];
    for (let k = 0; k < i; k++) sum -= factor[i * size + k] * vector[k];
    vector[i] = sum / factor[i * size + i];
  }
  for (let i = size - 1; i >= 0; i--) {
    let sum = vector[i];
    for (let k = i + 1; k < size; k++) sum -= factor[k * size + i] * vector[k];
    vector[i] = sum / factor[i * size + i];
  }
}

/** The diagonal of the inverse of a symmetric matrix of size × size; null unless it is positive definite. */
export function inverseDiagonal(matrix: Float64Array, size: number): Float64Array | null {
  const factor = matrix.slice();
  if (!choleskyFactor(factor, size)) return null;
  return Float64Array.from({ length: size }, (_, i) => {
    const column = new Float64Array(size);
    column[i] = 1;
    choleskySolve(factor, column);
    return column[i];
  });
}
