import { randomUUID } from 'node:crypto';
import { availableParallelism } from 'node:os';
import type { Logger } from 'pino';
import type { Database } from '../db/database.ts';
import { createComputePool, createMiningEngine } from '../workers/mining.ts';
import { createOutlookStudent } from '../workers/outlook.ts';
import { createRankingLearner } from '../workers/ranking.ts';
import { treesKernel } from '../workers/shared-training.ts';
import { createCustomerStudent } from '../workers/studying.ts';
import type { Config } from './config.ts';
import { createApp } from './http/app.ts';
import { createMetrics } from './http/metrics.ts';
import { WasmScorer } from './learn/trees/kernel/wasm-scorer.ts';
import type { MakeScorer } from './ranking/row-scorer.ts';
import { EventStore } from './serving/event-store.ts';
import { LiveShop } from './serving/live-shop.ts';
import { LiveSync } from './serving/live-sync.ts';
import { TrainJobs } from './train/train-jobs.ts';

/** How many mining tasks may wait for a thread. */
const queueLimit = 16;

export interface Trainer {
  readonly jobs: TrainJobs;
  /** Cancels what runs and stops the threads. */
  close(): Promise<void>;
}

/**
 * What trains models, on threads that start when first needed.
 *
 * @param onPublished called when a new model is the active one; its job succeeds when this is done
 */
export function openTrainer(
  database: Database,
  config: Config,
  log: Logger,
  onPublished?: () => Promise<void>,
): Trainer {
  const threads = config.PAIRWELL_THREADS ?? Math.max(1, availableParallelism() - 1);
  const pool = createComputePool({ size: threads, queueLimit: queueLimit * threads });
  const jobs = new TrainJobs({
    database,
    engine: createMiningEngine(pool, threads),
    student: { ...createCustomerStudent(pool, threads), ...createOutlookStudent(pool, threads) },
    learner: createRankingLearner(pool, threads),
    segmentBy: config.PAIRWELL_SEGMENT_BY,
    now: () => new Date(),
    onDefect: (error) => log.error({ err: error }, 'training failed'),
    onPublished,
  });
  return {
    jobs,
    close: async () => {
      await jobs.close();
      await pool.close();
    },
  };
}

export interface Service {
  readonly app: ReturnType<typeof createApp>;
  readonly shop: LiveShop;
  close(): Promise<void>;
}

/** Everything a server process holds, put together: the one place where the rooms meet. */
export async function openService(database: Database, config: Config, log: Logger): Promise<Service> {
  const makeScorer: MakeScorer = (model) => new WasmScorer(treesKernel(), model);
  const shop = new LiveShop(makeScorer);
  const origin = randomUUID();
  const sync = new LiveSync(database, shop, origin, (error) =>
    log.error({ err: error }, 'a change could not be loaded'),
  );
  await sync.start();
  const refreshModel = () => sync.refreshModel();
  const trainer = openTrainer(database, config, log, refreshModel);
  const app = createApp({
    shop,
    database,
    log,
    trainJobs: trainer.jobs,
    refreshModel,
    refreshPolicies: () => sync.refreshPolicies(),
    refreshWording: () => sync.refreshWording(),
    refreshCustomers: (codes) => sync.refreshCustomers(codes),
    dropCustomer: (code) => sync.forgetCustomer(code),
    segmentBy: config.PAIRWELL_SEGMENT_BY,
    events: new EventStore(database, shop, origin),
    makeScorer,
    metrics: createMetrics(() => shop.served?.version),
    now: () => new Date(),
    newId: randomUUID,
    apiKeys: config.PAIRWELL_API_KEYS,
    rateLimit: config.PAIRWELL_RATE_LIMIT,
    keptAnswers: config.PAIRWELL_KEPT_ANSWERS,
    bodyLimit: config.PAIRWELL_BODY_LIMIT,
  });
  return {
    app,
    shop,
    close: async () => {
      await trainer.close();
      await sync.stop();
    },
  };
}
