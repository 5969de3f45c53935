import type { BlockKernel } from './block-kernel.ts';

/** In JavaScript: what any other kernel is compared with. */
export const plainKernel: BlockKernel = {
  assign(rows, columns, centres, labels, distances, sums, counts) {
    sums.fill(0);
    counts.fill(0);
    let changed = 0;
    for (let row = 0; row < labels.length; row++) {
      const from = row * columns;
      let label = 0;
      let least = Number.POSITIVE_INFINITY;
      for (let centre = 0; centre < counts.length; centre++) {
        const distance = squaredDistance(rows, from, centres, centre * columns, columns);
        if (distance >= least) continue;
        least = distance;
        label = centre;
      }
      if (labels[row] !== label) changed++;
      labels[row] = label;
      distances[row] = least;
      counts[label]!++;
      for (let column = 0; column < columns; column++)
        sums[label * columns + column]! += rows[from + column]!;
    }
    return changed;
  },

  potentials(rows, columns, candidates, distances, totals) {
    totals.fill(0);
    for (let row = 0; row < distances.length; row++) {
      for (let candidate = 0; candidate < totals.length; candidate++) {
        const distance = squaredDistance(rows, row * columns, candidates, candidate * columns, columns);
        totals[candidate]! += Math.min(distance, distances[row]!);
      }
    }
  },

  lower(rows, columns, centre, distances) {
    for (let row = 0; row < distances.length; row++) {
      const distance = squaredDistance(rows, row * columns, centre, 0, columns);
      if (distance < distances[row]!) distances[row] = distance;
    }
  },
};

/** Between one row of each, in 32 bits. */
function squaredDistance(
  rows: Float32Array,
  from: number,
  others: Float32Array,
  otherFrom: number,
  columns: number,
): number {
  let sum = 0;
  for (let column = 0; column < columns; column++) {
    const gap = Math.fround(rows[from + column]! - others[otherFrom + column]!);
    sum = Math.fround(sum + Math.fround(gap * gap));
  }
  return sum;
}
