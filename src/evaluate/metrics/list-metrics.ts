/**
 * Figures of one ranked list. `isHit[n]` is 1 where the entry at place n, from 0, is wanted; `wanted` is how many items are wanted in
 * all, at least one.
 */

/** How many of the first `k` entries are wanted. */
export function hitsAt(isHit: Uint8Array, k: number): number {
  let hits = 0;
  for (let n = 0; n < Math.min(k, isHit.length); n++) hits += isHit[n];
  return hits;
}

/** The share of what is wanted that is among the first `k` entries. */
export const recallAt = (isHit: Uint8Array, k: number, wanted: number): number => hitsAt(isHit, k) / wanted;

/** What a hit at place n, from 0, is worth. */
const gainAt = (n: number): number => 1 / Math.log2(n + 2);

/**
 * Discounted cumulative gain, as a share of that of the best list of `k` there could be (Järvelin and Kekäläinen, ACM TOIS 20,
 * 2002).
 */
export function ndcgAt(isHit: Uint8Array, k: number, wanted: number): number {
  let gain = 0;
  let best = 0;
  for (let n = 0; n < k; n++) {
    if (n < isHit.length && isHit[n] === 1) gain += gainAt(n);
    if (n < wanted) best += gainAt(n);
  }
  return gain / best;
}

/** One divided by the place, from 1, of the first wanted entry; 0 where none of the first `k` is. */
export function reciprocalRankAt(isHit: Uint8Array, k: number): number {
  const place = isHit.subarray(0, k).indexOf(1);
  return place < 0 ? 0 : 1 / (place + 1);
}
