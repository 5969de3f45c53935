import type { MessagePort } from 'node:worker_threads';
import * as Comlink from 'comlink';
import type { Clusterer } from '../src/learn/kmeans/clusterer.ts';
import { rowCount } from '../src/learn/kmeans/matrix.ts';
import { nodeEndpoint } from './endpoint.ts';

/** Fewer rows are clustered sooner than told of. */
const leastRows = 1_000;

type Lent = Pick<Clusterer, 'cluster' | 'choose'>;

/**
 * Lets a thread cluster on others: it has the other end of `port`.
 *
 * @param signal ends what is clustered for it
 */
export function lendClusterer(clusterer: Lent, port: MessagePort, signal: AbortSignal): void {
  const api: Lent = {
    cluster: (matrix, options) => clusterer.cluster(matrix, options, { signal }),
    choose: (matrix, options) => clusterer.choose(matrix, options, { signal }),
  };
  Comlink.expose(api, nodeEndpoint(port));
}

/**
 * The clusterer at the other end of a port, for what is worth the way: it comes to the same, to the bit. Hooks stay behind: who
 * lends it ends the work.
 *
 * @param own for all else
 */
export function borrowClusterer(port: MessagePort, own: Clusterer): Clusterer {
  const lent = Comlink.wrap<Lent>(nodeEndpoint(port));
  return {
    ...own,
    cluster: (matrix, options, hooks) =>
      rowCount(matrix) < leastRows ? own.cluster(matrix, options, hooks) : lent.cluster(matrix, options),
    choose: (matrix, options, hooks) =>
      rowCount(matrix) < leastRows ? own.choose(matrix, options, hooks) : lent.choose(matrix, options),
  };
}
