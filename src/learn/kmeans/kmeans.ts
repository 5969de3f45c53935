import { type Random, seededRandom } from '../random.ts';
import type { BlockKernel } from './block-kernel.ts';
import {
  type CheckedOptions,
  checkedOptions,
  type KMeansOptions,
  roomFor,
  tooFewDistinct,
} from './kmeans-options.ts';
import { assignAll, lloyd, type Settled } from './lloyd.ts';
import { checkValues, largest, type Matrix } from './matrix.ts';
import { miniBatches, startCentres } from './mini-batch.ts';
import { seedCentres } from './seeding.ts';
import { Sweeps } from './sweeps.ts';
import { alone, createWorkspace, type Team, type Workspace } from './workspace.ts';

/** Rows in clusters. Every cluster has a row, and every row is in the cluster whose centre is nearest. */
export interface Clustering {
  /** By row: the number of its cluster. */
  readonly labels: Uint16Array;
  /** `clusters × columns`, one after the other: the means of the clusters to the tolerance, near them with mini-batches. */
  readonly centres: Float32Array;
  /** By cluster: how many rows, ≥ 1. */
  readonly sizes: Int32Array;
  /** The sum of the squared distances of all rows to their centres. */
  readonly inertia: number;
  /** What that sum is with one cluster only. */
  readonly totalInertia: number;
  /** Of the start that won: passes over all rows, or mini-batches. */
  readonly iterations: number;
  /** Whether it came to rest before the limit of iterations. */
  readonly converged: boolean;
  readonly method: 'full' | 'mini-batch';
}

/** Hears of the share that is done, 0 … 1, and throws to end the work. */
export type Report = (share: number) => void;

/**
 * k-means: clusters with the least sum of squared Euclidean distances to their means that could be found.
 *
 * Scale the columns first, as one with large numbers decides alone, and take out what all numbers of a column have in common,
 * as distances have seven digits. The same for the same matrix and options: nothing depends on time, threads or kernel.
 *
 * @throws PairwellError `bad-input` for options or values that cannot be, no rows, or fewer different rows than clusters
 */
export function kmeans(
  matrix: Matrix,
  options: KMeansOptions,
  kernel: BlockKernel,
  report: Report = ignore,
): Clustering {
  const checked = checkedOptions(matrix, options);
  const workspace = createWorkspace(matrix, roomFor(checked.clusters));
  return clusterWith(workspace, alone(workspace, kernel), kernel, checked, report);
}

/**
 * {@link kmeans} in a workspace that is there, its passes done by a team.
 *
 * @param kernel for what this thread does without the team
 * @returns with labels that are the workspace's own
 */
export function clusterWith(
  workspace: Workspace,
  team: Team,
  kernel: BlockKernel,
  options: CheckedOptions,
  report: Report = ignore,
): Clustering {
  const sweeps = new Sweeps(workspace, team);
  const { matrix, labels, centres } = workspace;
  const { clusters, miniBatchFrom } = options;
  const random = seededRandom(options.seed);
  const totalInertia = spread(sweeps);
  const leastMove = (options.tolerance * totalInertia) / (sweeps.rows * sweeps.columns);
  const isFull = sweeps.rows < miniBatchFrom;
  const settled = isFull
    ? bestOfStarts(sweeps, options, leastMove, random, report)
    : fromBatches(sweeps, kernel, options, random, report);
  return {
    labels,
    centres: centres.slice(0, clusters * matrix.columns),
    sizes: settled.counts,
    inertia: settled.inertia,
    totalInertia,
    iterations: settled.iterations,
    converged: settled.converged,
    method: isFull ? 'full' : 'mini-batch',
  };
}

/**
 * The inertia with one cluster: the sum of the squared distances to the mean of all rows.
 *
 * @throws PairwellError `bad-input` for a value that cannot be clustered
 */
function spread(sweeps: Sweeps): number {
  sweeps.centre(0).fill(0);
  const { sums, inertia } = sweeps.assign(1);
  // A single value that is too large, or none, shows in the sum; to look at each takes longer than the pass.
  if (!(inertia <= largest ** 2)) checkValues(sweeps.workspace.matrix);
  sweeps.centre(0).set(sums.map((sum) => sum / sweeps.rows));
  return sweeps.assign(1).inertia;
}

/** @throws PairwellError `bad-input` when there are fewer different rows than clusters */
function seedAll(sweeps: Sweeps, clusters: number, random: Random): void {
  const distinct = seedCentres(sweeps, clusters, random);
  if (distinct < clusters) throw tooFewDistinct(clusters, distinct);
}

function bestOfStarts(
  sweeps: Sweeps,
  { clusters, initial, restarts, maxIterations }: CheckedOptions,
  leastMove: number,
  random: Random,
  report: Report,
): Settled {
  const { labels, centres } = sweeps.workspace;
  const starts = initial ? 1 : restarts;
  let best: (Settled & { labels: Uint16Array; centres: Float32Array }) | undefined;
  for (let start = 0; start < starts; start++) {
    if (initial) centres.set(initial);
    else seedAll(sweeps, clusters, random);
    const settled = lloyd(sweeps, clusters, {
      maxIterations,
      leastMove,
      report: (share) => report((start + share) / starts),
    });
    if (starts === 1) return settled;
    if (!best || settled.inertia < best.inertia)
      best = { ...settled, labels: labels.slice(), centres: centres.slice() };
  }
  labels.set(best!.labels);
  centres.set(best!.centres);
  return best!;
}

function fromBatches(
  sweeps: Sweeps,
  kernel: BlockKernel,
  options: CheckedOptions,
  random: Random,
  report: Report,
): Settled {
  const { matrix, centres } = sweeps.workspace;
  const { clusters, initial } = options;
  let start = initial ?? startCentres(matrix, kernel, options, random);
  if (!start) {
    seedAll(sweeps, clusters, random);
    start = centres.slice(0, clusters * matrix.columns);
  }
  const moved = miniBatches(matrix, kernel, options, start, random, report);
  centres.set(moved.centres);
  return { ...assignAll(sweeps, clusters), iterations: moved.iterations, converged: moved.converged };
}

function ignore(): void {}
