import type { MessagePort } from 'node:worker_threads';
import * as Comlink from 'comlink';
import { transferableBuffers } from '../src/baskets/int-column.ts';
import { type Transactions, transactionCount } from '../src/baskets/transactions.ts';
import { type ChurnStudied, type ChurnStudyInput, studyChurn } from '../src/churn/study-churn.ts';
import type { CustomerInsights } from '../src/customers/customer-insights.ts';
import { type CustomerStudyInput, studyCustomers } from '../src/customers/study-customers.ts';
import { PairwellError } from '../src/errors.ts';
import type { Insights } from '../src/insights/insights.ts';
import { type StudyInput, study } from '../src/insights/study.ts';
import { type ClusterCount, type CountTask, countTask } from '../src/learn/kmeans/choose-clusters.ts';
import { plainClusterer } from '../src/learn/kmeans/clusterer.ts';
import type { Clustering } from '../src/learn/kmeans/kmeans.ts';
import type { Matrix } from '../src/learn/kmeans/matrix.ts';
import { type Silhouette, silhouette } from '../src/learn/kmeans/silhouette.ts';
import { apriori } from '../src/mining/apriori.ts';
import { outOfTime } from '../src/mining/budget.ts';
import { type Itemsets, itemsetBuffers, sizesHistogram } from '../src/mining/itemsets.ts';
import { joinCounts, joinItemsets } from '../src/mining/join-pieces.ts';
import { usedBytes } from '../src/mining/kernel/kernel-memory.ts';
import type { Algorithm } from '../src/mining/request.ts';
import type { SearchRequest } from '../src/mining/search-parts.ts';
import { sift } from '../src/mining/sift.ts';
import type { TopItemsets } from '../src/mining/top-itemsets.ts';
import { insightSections } from '../src/model/insight-sections.ts';
import { pack } from '../src/model/packed.ts';
import { generateRules, type RuleOptions } from '../src/rules/generate.ts';
import { type RuleColumns, ruleBuffers } from '../src/rules/rule-columns.ts';
import { churnApi } from './churn-thread.ts';
import { type Control, progressInto, progressOf, stopOf, teamOn } from './control.ts';
import type { Done } from './lead-and-help.ts';
import { borrowClusterer } from './lent-clusterer.ts';
import { rankingApi } from './ranking-thread.ts';
import { serve } from './serve.ts';
import { helpClustering, kmeansKernel, leadClustering, type SharedClustering } from './shared-clustering.ts';
import {
  helpSearch,
  keepMemory,
  kernel,
  leadSearch,
  prepareSearch,
  type SharedSearch,
} from './shared-search.ts';
import { treeApi } from './tree-training.ts';

/** What to mine, and how the answer is wanted. */
export interface MineOrder {
  readonly transactions: Transactions;
  readonly algorithm: Algorithm | 'auto';
  readonly request: SearchRequest;
  /** Whether the itemsets are wanted, or only how many there are of each size. */
  readonly counting: boolean;
  /** The rules of the itemsets are wanted too. */
  readonly rules?: RuleOptions | undefined;
}

export interface MineAnswer extends Done {
  readonly algorithm: Algorithm;
  readonly tied: boolean;
  readonly bySize?: bigint[];
  readonly itemsets?: Itemsets;
  readonly rules?: RuleColumns;
}

export interface ClusterAnswer extends Done {
  readonly clustering: Clustering;
}

/** A thread is spent when it has seen so much shared memory, which no garbage collection hurries to give back. */
const spentBytes = 2 ** 28;

let seenBytes = 0;
let lastMemory: string | undefined;

/** Counts what the thread has seen: of a memory that is used again and again, only the first time. */
function saw(search: SharedSearch | undefined, transactionBytes = 0): Done {
  seenBytes += transactionBytes;
  if (search && search.memoryId !== lastMemory) {
    seenBytes += usedBytes(search.place);
    lastMemory = search.memoryId;
  }
  return { isSpent: seenBytes > spentBytes };
}

const bytesOf = ({ offsets, items }: Transactions): number => offsets.byteLength + items.byteLength;

const bytesToCluster = ({ workspace: { matrix, labels, distances, sums } }: SharedClustering): number =>
  matrix.values.byteLength + labels.byteLength + distances.byteLength + sums.byteLength;

/** What is found, before it goes into an answer. */
interface Found {
  readonly algorithm: Algorithm;
  /** Where it was counted only. */
  readonly bySize?: bigint[];
  readonly listed?: TopItemsets;
  readonly search?: SharedSearch;
}

async function shared(
  { transactions, algorithm, request }: MineOrder & { algorithm: Exclude<Algorithm, 'apriori'> | 'auto' },
  control: Control,
  ports: readonly MessagePort[],
): Promise<Found> {
  const search = prepareSearch(transactions, algorithm, request, ports.length + 1);
  const pieces = await leadSearch(search, control, ports);
  const how = { algorithm: search.algorithm, search };
  if (request.counting) return { ...how, bySize: joinCounts(search.root, request, pieces) };
  const condensed = request.target === 'generator' ? 'generator' : undefined;
  const itemsets = joinItemsets(search.root, request, pieces);
  return { ...how, listed: sift(itemsets, search.root.transactionCount, request, condensed) };
}

/** Mines level by level, which shares no work. */
function alone({ transactions, request }: MineOrder, control: Control): Found {
  const { target, minSupport, maxLength, budget } = request;
  const report = progressInto(control);
  const all = apriori(transactions, {
    minSupport,
    // What is closed or maximal shows among sets of any length only.
    ...(target === 'all' || target === 'generator' ? { maxLength } : {}),
    maxItemsets: budget.maxItemsets,
    maxBytes: budget.maxBytes,
    onProgress: (done, total) => {
      if (stopOf(control) === 'out-of-time') throw outOfTime(budget.maxMs, progressOf(control));
      report(done, total);
    },
  });
  const condensed = target === 'all' ? undefined : target;
  return { algorithm: 'apriori', listed: sift(all, transactionCount(transactions), request, condensed) };
}

/** Mining on threads of its own: what is in shared memory comes without a copy, results leave without one. */
const api = {
  ...treeApi,

  /** Gets the thread ready to search. */
  warmUp(): void {
    kernel();
  },

  /** Mines, together with the threads at the other end of `ports`, which are told to `help`. */
  async mine(order: MineOrder, control: Control, ports: MessagePort[]): Promise<MineAnswer> {
    const { transactions, algorithm, counting, rules: options } = order;
    const found =
      algorithm === 'apriori' ? alone(order, control) : await shared({ ...order, algorithm }, control, ports);
    const { listed, search } = found;
    const done = saw(search, bytesOf(transactions));
    if (search) keepMemory(search);
    const how = { ...done, algorithm: found.algorithm, tied: listed?.tied ?? false };
    if (!listed) return { ...how, bySize: found.bySize! };
    const { itemsets } = listed;
    if (counting) return { ...how, bySize: sizesHistogram(itemsets).map(BigInt) };
    const rules = options && generateRules(itemsets, transactionCount(transactions), options);
    const buffers = [...itemsetBuffers(itemsets), ...(rules ? ruleBuffers(rules) : [])];
    return Comlink.transfer({ ...how, itemsets, ...(rules && { rules }) }, buffers);
  },

  /** Takes part in the search that another thread leads. */
  async help(port: MessagePort, control: Control): Promise<Done> {
    return saw(await helpSearch(port, control));
  },

  rules(itemsets: Itemsets, transactionCount: number, options: RuleOptions): RuleColumns {
    const rules = generateRules(itemsets, transactionCount, options);
    return Comlink.transfer(rules, ruleBuffers(rules));
  },

  study(input: StudyInput): Insights {
    const insights = study(input);
    return Comlink.transfer(insights, transferableBuffers(Object.values(insightSections(insights).sections)));
  },

  /** @param lent where other threads cluster for this one, as `borrowClusterer` takes it */
  async studyCustomers(input: CustomerStudyInput, lent?: MessagePort): Promise<CustomerInsights> {
    const own = plainClusterer(kmeansKernel());
    const insights = await studyCustomers(input, lent ? borrowClusterer(lent, own) : own);
    return Comlink.transfer(insights, transferableBuffers(Object.values(pack('', insights).sections)));
  },

  studyChurn(input: ChurnStudyInput): ChurnStudied {
    const insights = studyChurn(input);
    return Comlink.transfer(insights, transferableBuffers(Object.values(pack('', insights).sections)));
  },

  ...churnApi,

  ...rankingApi,

  /** Clusters, together with the threads that are told to help. */
  cluster(shared: SharedClustering, control: Control): ClusterAnswer {
    const clustering = leadClustering(shared, control);
    return { ...saw(undefined, bytesToCluster(shared)), clustering };
  },

  helpCluster(shared: SharedClustering, control: Control): Done {
    helpClustering(shared, control);
    return saw(undefined, bytesToCluster(shared));
  },

  /** Works out one of so many numbers of clusters. */
  countClusters(task: CountTask, tasks: number, control: Control): ClusterCount {
    const { done, stop } = teamOn(control);
    return countTask(task, kmeansKernel(), () => {
      if (stop()) throw new PairwellError('cancelled', 'The work was cancelled.');
      done(1 / (tasks * task.options.pairs));
    });
  },

  silhouette(matrix: Matrix, labels: Uint16Array, clusters: number): Silhouette | null {
    return silhouette(matrix, labels, clusters);
  },
};

export type ComputeApi = typeof api;

serve(api);
