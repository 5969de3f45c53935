import type { OpenAPIHono } from '@hono/zod-openapi';
import type { Logger } from 'pino';
import type { Database } from '../../db/database.ts';
import type { ApiKey, Role } from '../config.ts';
import type { MakeScorer } from '../ranking/row-scorer.ts';
import type { EventStore } from '../serving/event-store.ts';
import type { LiveShop } from '../serving/live-shop.ts';
import type { TrainJobs } from '../train/train-jobs.ts';
import type { Metrics } from './metrics.ts';

/** What the application needs from outside. */
export interface AppDependencies {
  readonly shop: LiveShop;
  readonly database: Database;
  readonly trainJobs: TrainJobs;
  /** Puts the active model of the database into service here. */
  readonly refreshModel: () => Promise<void>;
  /** Takes in the database's policies and settings of placements here. */
  readonly refreshPolicies: () => Promise<void>;
  /** Takes in the database's words of reasons here. */
  readonly refreshWording: () => Promise<void>;
  /** Takes in what the database has of these customers here. */
  readonly refreshCustomers: (codes: readonly string[]) => Promise<void>;
  /** Lets a customer who was forgotten go from memory here. */
  readonly dropCustomer: (code: string) => Promise<void>;
  /** The customer attribute that makes segments. */
  readonly segmentBy: string;
  readonly events: EventStore;
  /** Makes what scores by learnt trees. */
  readonly makeScorer: MakeScorer;
  readonly log: Logger;
  readonly metrics: Metrics;
  readonly now: () => Date;
  readonly newId: () => string;
  /** Without keys only loopback addresses are served. */
  readonly apiKeys: readonly ApiKey[];
  /** Requests per client and minute; 0 for no limit. */
  readonly rateLimit: number;
  /** How many answers for offers are kept while nothing changes. */
  readonly keptAnswers: number;
  /** Bytes. */
  readonly bodyLimit: number;
}

/** The Node.js server's side of a request; absent when the application is called without a socket. */
export interface Socket {
  incoming?: { socket: { remoteAddress?: string } };
  outgoing?: { setHeader(name: string, value: string): unknown };
}

/** A request that the edge has let in. */
export interface Entered extends Socket {
  requestId: string;
  role: Role;
  log: Logger;
}

export interface AppEnv {
  Bindings: Entered;
}

export type App = OpenAPIHono<AppEnv>;
