import { seededRandom } from '../../random.ts';
import type { Matrix } from '../matrix.ts';

/** Rows around middles, in turn: row r belongs to middle r modulo their number. */
export function around(
  middles: readonly (readonly number[])[],
  rows: number,
  width: number,
  seed = 1,
): Matrix & { labels: Uint16Array } {
  const random = seededRandom(seed);
  const columns = middles[0]!.length;
  const values = new Float32Array(rows * columns);
  for (let at = 0; at < values.length; at++) {
    const middle = middles[Math.floor(at / columns) % middles.length]!;
    // Four even ones are near enough to a normal one.
    values[at] = middle[at % columns]! + width * (random() + random() + random() + random() - 2);
  }
  return { values, columns, labels: Uint16Array.from({ length: rows }, (_, row) => row % middles.length) };
}
