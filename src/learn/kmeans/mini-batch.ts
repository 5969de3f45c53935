import { below, type Random, sampleOf } from '../random.ts';
import type { BlockKernel } from './block-kernel.ts';
import { type CheckedOptions, roomFor } from './kmeans-options.ts';
import { type Matrix, rowCount, rowsOf } from './matrix.ts';
import { seedCentres } from './seeding.ts';
import { type Assigned, Sweeps } from './sweeps.ts';
import { alone, createWorkspace } from './workspace.ts';

/** scikit-learn's: batches that the first centres are drawn from, and judged by. */
const startBatches = 3;

/** scikit-learn's: so many batches without a better smoothed inertia end it. */
const mostWithoutGain = 10;

/** scikit-learn's: a centre that has seen fewer rows than this share of what the busiest one has is put elsewhere. */
const reassignedShare = 0.01;

export interface MiniBatchResult {
  readonly centres: Float32Array;
  /** Batches. */
  readonly iterations: number;
  readonly converged: boolean;
}

/** A few rows of a matrix, for passes on this thread. */
const sweepsOver = (matrix: Matrix, room: number, kernel: BlockKernel): Sweeps => {
  const workspace = createWorkspace(matrix, room);
  return new Sweeps(workspace, alone(workspace, kernel));
};

/**
 * The best of some first centres that are drawn from a sample, by the inertia of another sample.
 *
 * @returns undefined when no sample had so many different rows
 */
export function startCentres(
  matrix: Matrix,
  kernel: BlockKernel,
  { clusters, restarts, batchRows }: CheckedOptions,
  random: Random,
): Float32Array | undefined {
  const rows = rowCount(matrix);
  const size = Math.min(rows, startBatches * Math.max(batchRows, clusters));
  const draw = (): Sweeps =>
    sweepsOver(rowsOf(matrix, sampleOf(rows, size, random)), roomFor(clusters), kernel);
  const judged = draw();
  const { centres } = judged.workspace;
  let best: { centres: Float32Array; inertia: number } | undefined;
  for (let restart = 0; restart < restarts; restart++) {
    const start = draw();
    if (seedCentres(start, clusters, random) < clusters) continue;
    centres.set(start.workspace.centres);
    const { inertia } = judged.assign(clusters);
    if (!best || inertia < best.inertia)
      best = { centres: centres.slice(0, clusters * matrix.columns), inertia };
  }
  return best?.centres;
}

/**
 * Moves centres towards the rows of small random batches, each centre the less the more rows it has seen (Sculley, Web-scale
 * k-means clustering, WWW 2010, algorithm 1), with scikit-learn's rules of when to stop and when to put a centre elsewhere.
 *
 * @param start `clusters × columns`
 * @param report called after each batch with the share of the batches that is done
 */
export function miniBatches(
  matrix: Matrix,
  kernel: BlockKernel,
  { clusters, batchRows, maxIterations }: CheckedOptions,
  start: Float32Array,
  random: Random,
  report: (share: number) => void,
): MiniBatchResult {
  const rows = rowCount(matrix);
  const size = Math.min(batchRows, rows);
  const batch = sweepsOver(rowsOf(matrix, new Int32Array(size)), roomFor(clusters), kernel);
  const { values, columns } = batch.workspace.matrix;
  const { centres } = batch.workspace;
  centres.set(start);
  const seen = new Float64Array(clusters);
  const most = Math.ceil((maxIterations * rows) / size);
  const weight = Math.min(1, (2 * size) / (rows + 1));
  let smoothed: number | undefined;
  let least = Number.POSITIVE_INFINITY;
  let withoutGain = 0;
  let sinceReassigned = 0;
  const result = (iterations: number, converged: boolean): MiniBatchResult => ({
    centres: centres.slice(0, start.length),
    iterations,
    converged,
  });
  for (let step = 1; step <= most; step++) {
    for (let n = 0; n < size; n++) {
      const from = below(rows, random) * columns;
      values.set(matrix.values.subarray(from, from + columns), n * columns);
    }
    const found = batch.assign(clusters);
    pull(centres, columns, seen, found);
    sinceReassigned += size;
    if (sinceReassigned >= 10 * clusters || seen.includes(0)) {
      sinceReassigned = 0;
      reassign(batch, seen, random);
    }
    report(step / most);
    // The first batch says only how good the start was.
    if (step === 1) continue;
    const inertia = found.inertia / size;
    smoothed = smoothed === undefined ? inertia : smoothed + weight * (inertia - smoothed);
    withoutGain = smoothed < least ? 0 : withoutGain + 1;
    least = Math.min(least, smoothed);
    if (withoutGain >= mostWithoutGain) return result(step, true);
  }
  return result(most, false);
}

/** Moves each centre to the mean of all rows that it has seen. */
function pull(centres: Float32Array, columns: number, seen: Float64Array, { counts, sums }: Assigned): void {
  for (let centre = 0; centre < seen.length; centre++) {
    if (counts[centre] === 0) continue;
    const before = seen[centre]!;
    seen[centre] = before + counts[centre]!;
    for (let at = centre * columns; at < (centre + 1) * columns; at++)
      centres[at] = (centres[at]! * before + sums[at]!) / seen[centre]!;
  }
}

/** Puts centres that see too few rows to random rows of the batch, half of them at most, which then count as the others' least. */
function reassign(batch: Sweeps, seen: Float64Array, random: Random): void {
  const limit = reassignedShare * Math.max(...seen);
  const idle = [...seen.keys()].filter((centre) => seen[centre]! < limit).sort((a, b) => seen[a]! - seen[b]!);
  const moved = idle.slice(0, Math.floor(batch.rows / 2));
  if (moved.length === 0) return;
  const others = seen.filter((_, centre) => !moved.includes(centre));
  const rows = sampleOf(batch.rows, moved.length, random);
  moved.forEach((centre, n) => {
    batch.centre(centre).set(batch.row(rows[n]!));
    seen[centre] = Math.min(...others);
  });
}
