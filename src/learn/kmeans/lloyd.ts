import { tooFewDistinct } from './kmeans-options.ts';
import type { Assigned, Sweeps } from './sweeps.ts';

export interface LloydOptions {
  readonly maxIterations: number;
  /** The centres rest when the sum of their squared moves is no more than this. */
  readonly leastMove: number;
  /** Called after each iteration with the share of `maxIterations` that is done. */
  readonly report?: (share: number) => void;
}

export interface Settled extends Assigned {
  readonly iterations: number;
  /** Whether the labels or the centres came to rest. */
  readonly converged: boolean;
}

/**
 * Moves centres to the means of their rows until labels or centres rest (Lloyd, Least squares quantization in PCM, IEEE
 * Transactions on Information Theory 1982), without bounds: a pass in vectors of four takes less time than keeping and looking
 * through bounds of distances (Hamerly, Elkan) does. A cluster that lost its rows gets the row farthest from any centre.
 *
 * Labels are of the centres that it ends with.
 *
 * @throws PairwellError `bad-input` when there are fewer different rows than centres
 */
export function lloyd(
  sweeps: Sweeps,
  clusters: number,
  { maxIterations, leastMove, report = ignore }: LloydOptions,
): Settled {
  for (let iteration = 1; iteration <= maxIterations; iteration++) {
    const found = assignAll(sweeps, clusters);
    const isSame = iteration > 1 && found.changed === 0;
    if (isSame) return { ...found, iterations: iteration, converged: true };
    const moved = moveCentres(sweeps, found);
    report(iteration / maxIterations);
    // Labels that changed nothing leave nothing to move; a tolerance of 0 waits for that.
    if (leastMove === 0 || moved > leastMove) continue;
    return { ...assignAll(sweeps, clusters), iterations: iteration, converged: true };
  }
  return { ...assignAll(sweeps, clusters), iterations: maxIterations, converged: false };
}

/**
 * Labels all rows so that each centre has one. It ends: an empty centre that goes to a row lowers that row's distance, and
 * raises none.
 *
 * @throws PairwellError `bad-input` when there are fewer different rows than centres
 */
export function assignAll(sweeps: Sweeps, clusters: number): Assigned {
  let changed = 0;
  for (;;) {
    const found = sweeps.assign(clusters);
    changed += found.changed;
    const empty = [...found.counts.keys()].filter((centre) => found.counts[centre] === 0);
    if (empty.length === 0) return { ...found, changed };
    for (const centre of empty) {
      const row = sweeps.farthest();
      if (row === undefined) throw tooFewDistinct(clusters, clusters - empty.length);
      sweeps.add(row, centre);
    }
  }
}

/** Moves the centres to the means of their rows. Returns the sum of their squared moves. */
function moveCentres({ workspace: { centres }, columns }: Sweeps, { sums, counts }: Assigned): number {
  let moved = 0;
  for (let at = 0; at < sums.length; at++) {
    const before = centres[at]!;
    centres[at] = sums[at]! / counts[Math.floor(at / columns)]!;
    moved += (centres[at]! - before) ** 2;
  }
  return moved;
}

function ignore(): void {}
