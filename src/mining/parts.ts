import type { RootDatabase } from './root-database.ts';
import type { Target } from './search.ts';

/**
 * The work of a search, cut into parts that threads take one after another, the heaviest first. Row `p` of each column
 * describes part `p`. How it is cut depends on the data alone, never on the number of threads.
 */
export interface Parts {
  readonly ranks: Int32Array;
  /** Which share of the rank's work, and of how many. */
  readonly shares: Int32Array;
  readonly shareCounts: Int32Array;
  /** About how heavy the part is: how many entries its first projection has. */
  readonly weights: Float64Array;
}

/** A rank with more than this share of all work is split. */
const heavy = 1 / 64;

/** At most so many shares: each makes the first projection again. */
const mostShares = 16;

/** @param order `heaviest-first` shares the work best; `commonest-first` finds sets of high support early */
export function cutIntoParts(
  root: RootDatabase,
  target: Target,
  order: 'heaviest-first' | 'commonest-first',
): Parts {
  const costs = target === 'closed' || target === 'maximal' ? root.entriesOfRows : root.entriesBefore;
  const total = costs.reduce((sum, cost) => sum + cost, 0);
  const parts: { rank: number; share: number; shareCount: number; weight: number }[] = [];
  costs.forEach((cost, rank) => {
    const shareCount = Math.max(1, Math.min(mostShares, Math.floor(cost / (total * heavy)), rank >> 1));
    for (let share = 0; share < shareCount; share++)
      parts.push({ rank, share, shareCount, weight: (cost + 1) / shareCount });
  });
  if (order === 'heaviest-first') parts.sort((a, b) => b.weight - a.weight || a.rank - b.rank);
  return {
    ranks: shared(parts.map(({ rank }) => rank)),
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
