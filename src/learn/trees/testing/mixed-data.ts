import { below, type Random, seededRandom } from '../../random.ts';
import type { TrainingData } from '../../training-data.ts';

/**
 * Rows of five features of whole numbers from 0 to 99, of which the third is missing in one row of eight, and a target that
 * depends on the first two together and on the third. No value is computed by more than + − × and comparing, so that any program
 * makes the same ones.
 */
export function mixedData(rows: number, seed = 1): TrainingData & { target: Uint8Array } {
  const random = seededRandom(seed);
  const columns = Array.from({ length: 5 }, () => new Float64Array(rows));
  const target = new Uint8Array(rows);
  for (let row = 0; row < rows; row++) {
    for (const column of columns) column[row] = below(100, random);
    if (below(8, random) === 0) columns[2][row] = Number.NaN;
    const [a, b, c] = columns.map((column) => column[row]);
    const chance = (a > 50 === b > 30 ? 0.55 : 0.15) + (Number.isNaN(c) ? 0.2 : c * 0.003);
    target[row] = random() < chance ? 1 : 0;
  }
  return { table: { rows, columns }, target };
}

/** Rows one after the other. */
export function rowsOf({ table: { rows, columns } }: TrainingData): Float64Array {
  const values = new Float64Array(rows * columns.length);
  for (const [feature, column] of columns.entries())
    for (let row = 0; row < rows; row++) values[row * columns.length + feature] = column[row];
  return values;
}

export const normal = (random: Random): number =>
  Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
