import { below, type Random, seededRandom, seedOf } from '../random.ts';
import type { BlockKernel } from './block-kernel.ts';
import type { CheckedChoice } from './choice-options.ts';
import { roomFor } from './kmeans-options.ts';
import { lloyd } from './lloyd.ts';
import { type Matrix, rowCount, rowsOf } from './matrix.ts';
import { seedCentres } from './seeding.ts';
import { silhouette } from './silhouette.ts';
import { Sweeps } from './sweeps.ts';
import { alone, createWorkspace } from './workspace.ts';

/** A clustering of a sample and how good it is. */
export interface Trial {
  readonly silhouette: number | null;
  readonly inertia: number;
}

/** Each clustering of a sample ends after so many passes at the latest. */
const mostPasses = 100;

/** And when the centres hardly move: a share of the inertia of a row, as good as at rest for labels. */
const leastMoved = 1e-6;

/** Clusters the sample itself: the best of some starts. Works on what has fewer different rows than clusters, too. */
export function tryClusters(
  sample: Matrix,
  clusters: number,
  kernel: BlockKernel,
  options: CheckedChoice,
): Trial {
  const random = seededRandom(seedOf(options.seed, clusters, 0));
  const found = cluster(sample, clusters, kernel, options.restarts, random);
  return {
    silhouette: silhouette(sample, found.labels, clusters)?.mean ?? null,
    inertia: found.inertia,
  };
}

/**
 * Clusters a resample, as many rows drawn with replacement, and labels the rows of the sample with the nearest of its centres
 * (Fang & Wang, Selection of the number of clusters via the bootstrap method, Computational Statistics & Data Analysis 2012).
 *
 * @param resample its number
 */
export function resampledLabels(
  sample: Matrix,
  clusters: number,
  resample: number,
  kernel: BlockKernel,
  options: CheckedChoice,
): Uint16Array {
  const random = seededRandom(seedOf(options.seed, clusters, 1 + resample));
  const rows = rowCount(sample);
  const drawn = rowsOf(
    sample,
    Int32Array.from({ length: rows }, () => below(rows, random)),
  );
  const found = cluster(drawn, clusters, kernel, options.restarts, random);
  const workspace = createWorkspace(sample, roomFor(clusters));
  workspace.centres.set(found.centres);
  new Sweeps(workspace, alone(workspace, kernel)).assign(found.width);
  return workspace.labels;
}

interface Found {
  readonly labels: Uint16Array;
  readonly centres: Float32Array;
  /** How many centres there are. */
  readonly width: number;
  readonly inertia: number;
}

function cluster(
  matrix: Matrix,
  clusters: number,
  kernel: BlockKernel,
  restarts: number,
  random: Random,
): Found {
  const workspace = createWorkspace(matrix, roomFor(clusters));
  const sweeps = new Sweeps(workspace, alone(workspace, kernel));
  let best: Found | undefined;
  for (let restart = 0; restart < restarts; restart++) {
    const width = seedCentres(sweeps, clusters, random);
    const leastMove = (leastMoved * sweeps.inertia()) / sweeps.rows;
    const { inertia } = lloyd(sweeps, width, { maxIterations: mostPasses, leastMove });
    if (best && inertia >= best.inertia) continue;
    best = { labels: workspace.labels.slice(), centres: workspace.centres.slice(), width, inertia };
  }
  return best!;
}
