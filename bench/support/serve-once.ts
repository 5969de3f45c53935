import { historyCount } from '../../src/baskets/basket-histories.ts';
import { importCompiled } from './compiled.ts';
import { peakMb, startPeak } from './memory.ts';

/**
 * Child program, with the compiled code, on an embedded database's folder: `node --import tsx serve-once.ts WHAT FOLDER`. It prints
 * a {@link ServeAnswer} as JSON. WHAT is `bytes`, to read the bytes of the active model; `service`, to open all that a server holds;
 * or `batch`, to rank what all customers may want on two threads.
 */

export interface ServeAnswer {
  readonly ms: number;
  /** Resident memory when the work began, with the database open, and at most while it was done. */
  readonly startMb: number;
  readonly peakMb: number;
  readonly modelBytes: number;
  readonly customers: number;
}

const { openDatabase } = (await importCompiled('db/open')) as typeof import('../../db/open.ts');
const { activeVersion, readModelBytes } = (await importCompiled(
  'db/queries/models',
)) as typeof import('../../db/queries/models.ts');
const { decodeModel } = (await importCompiled(
  'src/model/model',
)) as typeof import('../../src/model/model.ts');
const { readConfig } = (await importCompiled('src/config')) as typeof import('../../src/config.ts');
const { openService } = (await importCompiled('src/service')) as typeof import('../../src/service.ts');
const { createLogger } = (await importCompiled('src/cli/logger')) as typeof import('../../src/cli/logger.ts');
const { createComputePool } = (await importCompiled(
  'workers/mining',
)) as typeof import('../../workers/mining.ts');
const { createCustomerRanking } = (await importCompiled(
  'workers/customer-ranking',
)) as typeof import('../../workers/customer-ranking.ts');
const { lastSaleDay } = (await importCompiled(
  'src/ranking/sales-calendar',
)) as typeof import('../../src/ranking/sales-calendar.ts');

const threads = 2;
const [what, folder] = process.argv.slice(2);
const database = await openDatabase({ folder });
const version = await activeVersion(database);
if (version === undefined) throw new Error('There is no model.');

const bytes = async (): Promise<Uint8Array> => readModelBytes(database, version);
let startMb = startPeak();
let startedAt = performance.now();
let ms = 0;
let modelBytes = 0;
let customers = 0;
const work: Record<string, () => Promise<void>> = {
  bytes: async () => {
    modelBytes = (await bytes()).length;
    ms = performance.now() - startedAt;
  },
  service: async () => {
    const config = readConfig({ ...process.env, DATABASE_URL: undefined, PAIRWELL_LOG_LEVEL: 'warn' });
    const service = await openService(database, config, createLogger(config));
    ms = performance.now() - startedAt;
    customers = service.shop.served!.recommender.model.customerCodes.size;
    await service.close();
  },
  batch: async () => {
    const { ranking, purchases: histories } = decodeModel(await bytes());
    if (!ranking) throw new Error('The model has no ranking.');
    const pool = createComputePool({ size: threads, queueLimit: 16 * threads });
    const day = lastSaleDay(ranking.world.calendar) + 1;
    const ranker = createCustomerRanking(pool, threads);
    startMb = startPeak();
    startedAt = performance.now();
    await ranker.rankAll({ ranking, histories, day });
    ms = performance.now() - startedAt;
    customers = historyCount(histories);
    await pool.close();
  },
};
await work[what]();
const answer: ServeAnswer = { ms, startMb, peakMb: peakMb(), modelBytes, customers };
await database.close();
process.stdout.write(JSON.stringify(answer));
