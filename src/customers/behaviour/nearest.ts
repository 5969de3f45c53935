import type { Matrix } from '../../learn/kmeans/matrix.ts';

export interface Nearest {
  /** By row: the nearest centre; of equally near ones the first. */
  readonly labels: Int32Array;
  /**
   * By row: 1 − the distance to the nearest centre over that to the next: 1 at a centre, 0 halfway between two. 1 where there is
   * no other centre.
   */
  readonly sureness: Float32Array;
}

/**
 * The nearest of one or more centres for each row, in 64 bits.
 *
 * @param centres row by row
 */
export function nearestCentres({ values, columns }: Matrix, centres: Float32Array): Nearest {
  const rows = values.length / columns;
  const count = centres.length / columns;
  const labels = new Int32Array(rows);
  const sureness = new Float32Array(rows).fill(1);
  for (let row = 0; row < rows; row++) {
    let least = Number.POSITIVE_INFINITY;
    let next = Number.POSITIVE_INFINITY;
    for (let centre = 0; centre < count; centre++) {
      let distance = 0;
      for (let c = 0; c < columns; c++) {
        const difference = values[row * columns + c] - centres[centre * columns + c];
        distance += difference * difference;
      }
      if (distance < least) {
        next = least;
        least = distance;
        labels[row] = centre;
      } else if (distance < next) next = distance;
    }
    // Two centres in one place are as near: nothing is sure.
    if (next < Number.POSITIVE_INFINITY) sureness[row] = next > 0 ? 1 - Math.sqrt(least / next) : 0;
  }
  return { labels, sureness };
}
