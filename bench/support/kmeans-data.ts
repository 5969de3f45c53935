import { open } from 'node:fs/promises';
import { seededRandom } from '../../src/learn/random.ts';

/** What is clustered, and how. */
export interface KMeansPlan {
  readonly rows: number;
  readonly columns: number;
  readonly clusters: number;
  readonly seed: number;
}

/** How wide a component is in terms of how far the middles of two lie apart in a column, so that they overlap. */
const width = 1.6;

/** The middles of the components, then the rows, from a mixture of normal distributions. Rows come first in the file. */
export function mixture({ rows, columns, clusters, seed }: KMeansPlan): Float32Array {
  const random = seededRandom(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const middles = Float32Array.from({ length: clusters * columns }, normal);
  const values = new Float32Array(rows * columns);
  for (let row = 0; row < rows; row++) {
    const middle = Math.floor(random() * clusters) * columns;
    for (let column = 0; column < columns; column++)
      values[row * columns + column] = middles[middle + column] + width * normal();
  }
  return values;
}

/** As many rows as clusters, the same for every program. */
export const firstCentres = (values: Float32Array, { columns, clusters }: KMeansPlan): Float32Array =>
  values.slice(0, clusters * columns);

/** Reads a file of 32-bit numbers into memory that threads share. */
export async function readShared(path: string): Promise<Float32Array> {
  const file = await open(path);
  try {
    const { size } = await file.stat();
    const bytes = new Uint8Array(new SharedArrayBuffer(size));
    for (let at = 0; at < size; ) at += (await file.read(bytes, at, size - at, at)).bytesRead;
    return new Float32Array(bytes.buffer);
  } finally {
    await file.close();
  }
}
