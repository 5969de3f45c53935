import { offsetsOf } from '../baskets/offsets.ts';
import { type RelationColumns, relations } from '../insights/insights.ts';

/** By item, what is bought in its place: `items[offsets[i]] … items[offsets[i + 1] − 1]` for item `i`. */
export interface Substitutes {
  readonly offsets: Int32Array;
  readonly items: Int32Array;
}

const substitute = relations.indexOf('substitute');

/** Lists each pair of substitutes under both of its items. */
export function substitutesOf({ a, b, relation }: RelationColumns, itemCount: number): Substitutes {
  const sizes = new Int32Array(itemCount);
  for (let row = 0; row < relation.length; row++) {
    if (relation[row] !== substitute) continue;
    sizes[a[row]]++;
    sizes[b[row]]++;
  }
  const offsets = offsetsOf(sizes);
  const items = new Int32Array(offsets[itemCount]);
  const next = offsets.slice();
  for (let row = 0; row < relation.length; row++) {
    if (relation[row] !== substitute) continue;
    items[next[a[row]]++] = b[row];
    items[next[b[row]]++] = a[row];
  }
  return { offsets, items };
}
