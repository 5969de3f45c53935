import { seededRandom } from '../../src/learn/random.ts';
import { normal } from '../../src/learn/trees/testing/mixed-data.ts';

/** What is learnt from, and on what it is tried. */
export interface TreesPlan {
  readonly rows: number;
  readonly testRows: number;
  readonly columns: number;
  readonly seed: number;
}

/** Small counts, amounts with a long tail, shares with gaps, and plain normal ones, in turn. */
const kinds = [
  (value: number) => value,
  (value: number) => Math.max(0, Math.floor(2 * value)),
  (value: number) => Math.exp(value),
  (value: number, chance: number) => (chance < 0.1 ? Number.NaN : value),
];

/**
 * 32-bit numbers: the columns one after the other, `rows + testRows` values each, then the targets. A target depends on some of the
 * features, alone and in pairs, and on chance: nobody can do better than an AUC of about .85.
 */
export function labelledRows({ rows, testRows, columns, seed }: TreesPlan): Float32Array {
  const random = seededRandom(seed);
  const all = rows + testRows;
  const values = new Float32Array(all * (columns + 1));
  const hidden = new Float64Array(columns);
  for (let row = 0; row < all; row++) {
    for (let column = 0; column < columns; column++) {
      hidden[column] = normal(random);
      values[column * all + row] = kinds[column % kinds.length](hidden[column], random());
    }
    const [a, b, c, d, e, f] = hidden;
    const score = 1.2 * a * b + Math.sin(2 * c) + 0.4 * d * d + (e > 0.5 === f > 0 ? 0.8 : 0) - 1.8;
    values[columns * all + row] = random() < 1 / (1 + Math.exp(-score)) ? 1 : 0;
  }
  return values;
}
