import type { RootDatabase } from './root-database.ts';
import type { Target } from './search.ts';

/**
 * The work of a search, cut into parts that threads take one after another, the heaviest first. Row `p` of each column
 * describes part `p`. How it is cut depends on the data alone, never on the number of threads.
 */
export interface Parts {
  /** The first rank, and the one after the last. */
  readonly ranks: Int32Array;
  readonly ends: Int32Array;
  /** Which share of the work, and of how many; parts of several ranks are whole. */
  readonly shares: Int32Array;
  readonly shareCounts: Int32Array;
  /** About how heavy the part is: how many entries its first projections have. */
  readonly weights: Float64Array;
}

/** A rank with more than this share of all work is split. */
const heavy = 1 / 64;

/** Ranks that follow one another are one part up to this share of all work. */
const light = 1 / 2048;

/** At most so many shares: each makes the first projection again. */
const mostShares = 16;

/**
 * @param order `heaviest-first` shares the work best; `commonest-first` finds sets of high support early, for searches that raise
 *   their minimum support: no rank is split then, as its shares would not fit together with a raise between them
 */
export function cutIntoParts(
  root: RootDatabase,
  target: Target,
  order: 'heaviest-first' | 'commonest-first',
): Parts {
  const costs = target === 'closed' || target === 'maximal' ? root.entriesOfRows : root.entriesBefore;
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  const parts: { rank: number; end: number; share: number; shareCount: number; weight: number }[] = [];
  for (let rank = 0; rank < costs.length; ) {
    let weight = costs[rank] + 1;
    let end = rank + 1;
    while (end < costs.length && weight + costs[end] <= light * total) weight += costs[end++] + 1;
    const most = order === 'heaviest-first' ? mostShares : 1;
    const shareCount = Math.max(1, Math.min(most, Math.floor(weight / (total * heavy)), rank >> 1));
    for (let share = 0; share < shareCount; share++)
      parts.push({ rank, end, share, shareCount, weight: weight / shareCount });
    rank = end;
  }
  if (order === 'heaviest-first') parts.sort((a, b) => b.weight - a.weight || a.rank - b.rank);
  return {
    ranks: shared(parts.map(({ rank }) => rank)),
    ends: shared(parts.map(({ end }) => end)),
    shares: shared(parts.map(({ share }) => share)),
    shareCounts: shared(parts.map(({ shareCount }) => shareCount)),
    weights: Float64Array.from(parts, ({ weight }) => weight),
  };
}

function shared(values: readonly number[]): Int32Array {
  const column = new Int32Array(new SharedArrayBuffer(values.length * Int32Array.BYTES_PER_ELEMENT));
  column.set(values);
  return column;
}
