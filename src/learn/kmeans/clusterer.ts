import { PairwellError } from '../../errors.ts';
import { sampleOf, seededRandom } from '../random.ts';
import type { BlockKernel } from './block-kernel.ts';
import type { ChoiceOptions } from './choice-options.ts';
import { type ClusterChoice, chooseClusters } from './choose-clusters.ts';
import { type Clustering, kmeans, type Report } from './kmeans.ts';
import type { KMeansOptions } from './kmeans-options.ts';
import { type Matrix, rowsOf } from './matrix.ts';
import { type Silhouette, silhouette } from './silhouette.ts';

export interface ClusterHooks {
  /** Ends the work; the call then rejects as `cancelled`. */
  signal?: AbortSignal;
  /** Called now and then with the share of the work that is done, ascending from 0 to 1. */
  onProgress?: Report;
}

export interface SilhouetteOptions {
  /** A 32-bit integer: which rows are drawn. */
  readonly seed: number;
  /** So many rows are looked at where there are more. Default 4,000. */
  readonly sampleRows?: number | undefined;
}

/**
 * Clusters, on the caller's thread or elsewhere. Calls reject with what {@link kmeans}, {@link chooseClusters} and
 * {@link silhouette} throw, with `cancelled` when the signal fires and with `busy` when too much is waiting already.
 */
export interface Clusterer {
  cluster(matrix: Matrix, options: KMeansOptions, hooks?: ClusterHooks): Promise<Clustering>;
  /** How many clusters there are, with the table that it was chosen from. */
  choose(matrix: Matrix, options: ChoiceOptions, hooks?: ClusterHooks): Promise<ClusterChoice>;
  /** How well clusters are apart, in a sample of the rows. */
  silhouette(
    matrix: Matrix,
    clustering: Pick<Clustering, 'labels' | 'sizes'>,
    options: SilhouetteOptions,
    hooks?: ClusterHooks,
  ): Promise<Silhouette | null>;
}

/** On the caller's thread, which is busy meanwhile: a signal ends the work when it has fired before, or in `onProgress`. */
export function plainClusterer(kernel: BlockKernel): Clusterer {
  const doing = async <T>(
    { signal, onProgress = () => undefined }: ClusterHooks,
    work: (report: Report) => T,
  ): Promise<T> => {
    const look = (): void => {
      if (signal?.aborted) throw new PairwellError('cancelled', 'The work was cancelled.');
    };
    look();
    let told = 0;
    const result = work((share) => {
      look();
      if (share > told) onProgress(share);
      told = Math.max(told, share);
    });
    if (told < 1) onProgress(1);
    return result;
  };
  return {
    cluster: (matrix, options, hooks = {}) =>
      doing(hooks, (report) => kmeans(matrix, options, kernel, report)),
    choose: (matrix, options, hooks = {}) =>
      doing(hooks, (report) => chooseClusters(matrix, options, kernel, report)),
    silhouette: (matrix, { labels, sizes }, options, hooks = {}) =>
      doing(hooks, () => {
        const sample = labelledSample(matrix, labels, options);
        return silhouette(sample.matrix, sample.labels, sizes.length);
      }),
  };
}

/** The rows that a silhouette is taken of. */
export function labelledSample(
  matrix: Matrix,
  labels: Uint16Array,
  { seed, sampleRows = 4000 }: SilhouetteOptions,
): { matrix: Matrix; labels: Uint16Array } {
  const rows = sampleOf(labels.length, sampleRows, seededRandom(seed));
  return { matrix: rowsOf(matrix, rows), labels: Uint16Array.from(rows, (row) => labels[row]!) };
}
