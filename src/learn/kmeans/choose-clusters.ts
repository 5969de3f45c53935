import { sampleOf, seededRandom } from '../random.ts';
import { adjustedRand } from './adjusted-rand.ts';
import type { BlockKernel } from './block-kernel.ts';
import { type CheckedChoice, type ChoiceOptions, checkedChoice } from './choice-options.ts';
import type { Report } from './kmeans.ts';
import { roomFor } from './kmeans-options.ts';
import { checkShape, checkValues, type Matrix, rowCount, rowsOf } from './matrix.ts';
import { type MeanInterval, meanInterval } from './mean-interval.ts';
import { plainKernel } from './plain-kernel.ts';
import { seedCentres } from './seeding.ts';
import { Sweeps } from './sweeps.ts';
import { resampledLabels, tryClusters } from './trial.ts';
import { alone, createWorkspace } from './workspace.ts';

/** What is known of a number of clusters. */
export interface ClusterCount {
  readonly clusters: number;
  /** The mean silhouette of the sample; null where it all came out as one cluster. */
  readonly silhouette: number | null;
  /** The adjusted Rand indices of pairs of resamples: their mean and its 95 % interval. */
  readonly stability: MeanInterval;
  /** Whether that mean is as high as was asked for. */
  readonly isStable: boolean;
  /** Of the sample. */
  readonly inertia: number;
}

/** Why a number of clusters was chosen, or that there was nothing to choose from. */
export type ChoiceReason = 'best-silhouette-among-stable' | 'most-stable' | 'all-alike' | 'no-rows';

export interface ClusterChoice {
  /** How many clusters; 1 when all rows are alike, 0 when there are none. */
  readonly clusters: number;
  readonly reason: ChoiceReason;
  /** The reason as a sentence. */
  readonly explanation: string;
  /** Every number that was tried, ascending. */
  readonly table: readonly ClusterCount[];
  /** How many rows were looked at. */
  readonly sampleRows: number;
  /** How many different rows these have, or the most clusters that were asked for where there are more. */
  readonly distinct: number;
  /** Whether fewer were tried than asked for, as there are not so many different rows. */
  readonly isCapped: boolean;
}

/** One number of clusters in a sample, to be worked out anywhere: what comes of it depends on nothing else. */
export interface CountTask {
  readonly sample: Matrix;
  readonly clusters: number;
  readonly options: CheckedChoice;
}

export interface Choosing {
  readonly tasks: readonly CountTask[];
  /** @param table what came of the tasks, in their order */
  choose(table: readonly ClusterCount[]): ClusterChoice;
}

/**
 * What there is to work out before a number of clusters can be chosen.
 *
 * @throws PairwellError `bad-input` for options or values that cannot be
 */
export function choosing(matrix: Matrix, given: ChoiceOptions): Choosing {
  const options = checkedChoice(given);
  checkShape(matrix);
  const rows = sampleOf(rowCount(matrix), options.sampleRows, seededRandom(options.seed));
  const sample = rowsOf(matrix, rows);
  checkValues(sample);
  const distinct = distinctRows(sample, options.most, options.seed);
  const most = Math.min(options.most, distinct);
  const known = { sampleRows: rows.length, distinct, isCapped: most < options.most };
  const tasks: CountTask[] = [];
  // What was asked for at least may be more than there can be.
  for (let clusters = Math.min(options.fewest, most); clusters >= 2 && clusters <= most; clusters++)
    tasks.push({ sample, clusters, options });
  return {
    tasks,
    choose: (table) => ({ ...chosen(table, distinct, options.leastStability), table, ...known }),
  };
}

/**
 * Works out one number of clusters.
 *
 * @param tick called `options.pairs` times, after each pair of resamples; may throw to end the work
 */
export function countTask(
  { sample, clusters, options }: CountTask,
  kernel: BlockKernel,
  tick: () => void,
): ClusterCount {
  const { silhouette, inertia } = tryClusters(sample, clusters, kernel, options);
  const agreements = Array.from({ length: options.pairs }, (_, pair) => {
    const [one, other] = [2 * pair, 2 * pair + 1].map((resample) =>
      resampledLabels(sample, clusters, resample, kernel, options),
    );
    tick();
    return adjustedRand(one!, other!);
  });
  const stability = meanInterval(agreements);
  return { clusters, silhouette, stability, isStable: stability.mean >= options.leastStability, inertia };
}

/**
 * How many clusters a matrix has: of the numbers that are stable, that is for which two resamples give much the same clusters,
 * the one with the highest silhouette; when none is, the most stable one; of several the least.
 *
 * @throws PairwellError `bad-input` for options or values that cannot be
 */
export function chooseClusters(
  matrix: Matrix,
  options: ChoiceOptions,
  kernel: BlockKernel,
  report: Report = () => undefined,
): ClusterChoice {
  const { tasks, choose } = choosing(matrix, options);
  let done = 0;
  const count = (task: CountTask): ClusterCount =>
    countTask(task, kernel, () => report(++done / (tasks.length * task.options.pairs)));
  return choose(tasks.map(count));
}

type Chosen = Pick<ClusterChoice, 'clusters' | 'reason' | 'explanation'>;

function chosen(table: readonly ClusterCount[], distinct: number, least: number): Chosen {
  if (distinct === 0) return { clusters: 0, reason: 'no-rows', explanation: 'There are no rows to cluster.' };
  if (distinct === 1)
    return { clusters: 1, reason: 'all-alike', explanation: 'All rows are alike, so they are one cluster.' };
  const stable = table.filter(({ isStable }) => isStable);
  if (stable.length > 0) {
    const { clusters, silhouette } = highest(stable, (count) => count.silhouette ?? -1);
    const explanation =
      `${clusters} clusters have the highest silhouette (${(silhouette ?? -1).toFixed(3)}) of the ` +
      `${stable.length} numbers tried whose resamples agree by ${least} or more.`;
    return { clusters, reason: 'best-silhouette-among-stable', explanation };
  }
  const { clusters, stability } = highest(table, (count) => count.stability.mean);
  const explanation =
    `Of no number tried do resamples agree by ${least}; with ${clusters} clusters they agree most ` +
    `(${stability.mean.toFixed(3)}). Read these clusters as a help to see the data, not as kinds of their own.`;
  return { clusters, reason: 'most-stable', explanation };
}

/** The first of those with the highest value. */
const highest = <T>(items: readonly T[], value: (item: T) => number): T =>
  items.reduce((best, item) => (value(item) > value(best) ? item : best));

/** How many different rows there are, as far as `most`: as many as there can be first centres. */
function distinctRows(matrix: Matrix, most: number, seed: number): number {
  if (rowCount(matrix) === 0) return 0;
  const workspace = createWorkspace(matrix, roomFor(most));
  return seedCentres(new Sweeps(workspace, alone(workspace, plainKernel)), most, seededRandom(seed));
}
