import { PairwellError } from '../../errors.ts';
import { checkShape, checkValues, type Matrix, rowCount } from './matrix.ts';
import { plainKernel } from './plain-kernel.ts';

/**
 * Labels rows with the nearest of the centres of an earlier clustering, of several the first: where new customers belong.
 *
 * @param centres the `centres` of a `Clustering`, of as many columns as the matrix
 * @throws PairwellError `bad-input` for values that cannot be clustered, or centres of other columns
 */
export function placeRows(matrix: Matrix, centres: Float32Array): Uint16Array {
  checkShape(matrix);
  checkValues(matrix);
  const { values, columns } = matrix;
  const clusters = centres.length / columns;
  if (clusters < 1 || !Number.isInteger(clusters)) {
    const message = `${centres.length} numbers do not make centres of ${columns} columns.`;
    throw new PairwellError('bad-input', message);
  }
  const rows = rowCount(matrix);
  const labels = new Uint16Array(rows);
  const [sums, counts] = [new Float64Array(centres.length), new Int32Array(clusters)];
  plainKernel.assign(values, columns, centres, labels, new Float32Array(rows), sums, counts);
  return labels;
}
