/**
 * The tails of the sum of `size` of these ranks where each choice is as likely as any other, both including `sum`: by
 * counting the choices of each size and sum. Counts are exact for 50 ranks or fewer. Takes O(ranks × size × sum).
 *
 * @param ranks whole numbers > 0
 * @param size 1 … the number of ranks
 */
export function rankSumTails(
  ranks: readonly number[],
  size: number,
  sum: number,
): { atMost: number; atLeast: number } {
  const largest = ranks.reduce((total, rank) => total + rank, 0);
  // By how many are chosen: the ways to each sum.
  const ways = Array.from({ length: size + 1 }, () => new Float64Array(largest + 1));
  ways[0][0] = 1;
  for (const rank of ranks) {
    for (let chosen = size; chosen >= 1; chosen--) {
      const [without, withOne] = [ways[chosen - 1], ways[chosen]];
      for (let s = largest; s >= rank; s--) withOne[s] += without[s - rank];
    }
  }
  let [below, at, above] = [0, 0, 0];
  ways[size].forEach((count, s) => {
    if (s < sum) below += count;
    else if (s === sum) at += count;
    else above += count;
  });
  const all = below + at + above;
  return { atMost: (below + at) / all, atLeast: (at + above) / all };
}
