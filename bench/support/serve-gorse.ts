import { type ChildProcess, spawn } from 'node:child_process';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { below, seededRandom } from '../../src/learn/random.ts';
import { load } from './load.ts';
import { endProcess } from './server.ts';
import { categoryCode, customerCode, productCode, type ServingPlan, servingShop } from './serving-shop.ts';
import type { Row } from './table.ts';

const [rpcPort, httpPort] = [18_086, 18_088];
const url = `http://127.0.0.1:${httpPort}`;
const rowsAtOnce = 20_000;
const pollMs = 1000;
const startLimitMs = 60_000;
/** So long it may take to learn and to work out what it recommends before it is asked. */
const learnLimitMs = 600_000;
const offersAsked = 8;

/** On loopback, in SQLite, with nothing from elsewhere; co-purchases and matrix factorisation, as its documents show them. */
const config = (folder: string): string => `
[database]
cache_store = "sqlite://${folder}/cache.db"
data_store = "sqlite://${folder}/data.db"
[master]
host = "127.0.0.1"
port = ${rpcPort}
http_host = "127.0.0.1"
http_port = ${httpPort}
n_jobs = 2
[server]
default_n = 10
[recommend]
cache_size = 100
[recommend.data_source]
positive_feedback_types = ["purchase"]
read_feedback_types = []
[[recommend.non-personalized]]
name = "popular"
score = "count(feedback, .FeedbackType == 'purchase')"
[[recommend.item-to-item]]
name = "together"
type = "users"
[recommend.collaborative]
type = "mf"
fit_epoch = 20
[recommend.ranker]
type = "fm"
fit_epoch = 20
recommenders = ["collaborative", "item-to-item/together", "non-personalized/popular"]
[recommend.fallback]
recommenders = ["item-to-item/together", "non-personalized/popular"]
[tracing]
enable_tracing = false
[blob]
uri = "${folder}/blob"
`;

/**
 * Gorse with the customers and purchases of a generated shop, in a process of its own: how it answers what a customer may want.
 *
 * @param program a binary of `gorse-in-one`
 * @throws Error with what it said where it does not start or refuses what it is given
 */
export async function gorseBeside(
  program: string,
  plan: ServingPlan,
  { seconds, rounds }: { readonly seconds: number; readonly rounds: number },
): Promise<Row> {
  const folder = await mkdtemp(join(tmpdir(), 'pairwell-gorse-'));
  let running: ChildProcess | undefined;
  try {
    await mkdir(join(folder, 'cache'));
    await writeFile(join(folder, 'config.toml'), config(folder));
    const startedAt = performance.now();
    running = await startGorse(program, folder);
    const purchases = await feed(plan);
    const fedMs = performance.now() - startedAt;
    // It learns when it starts, and then every hour.
    await endProcess(running);
    running = await startGorse(program, folder);
    const random = seededRandom(4);
    const paths = Array.from(
      { length: 2000 },
      () => `/api/recommend/${customerCode(below(plan.customers, random))}?n=${offersAsked}`,
    );
    const isReady = await within(learnLimitMs, () => isIdle(url + paths[0]));
    const readyMs = performance.now() - startedAt - fedMs;
    await load(url, paths, { seconds });
    const { rate, p50, p99 } = await load(url, paths, { seconds: seconds * rounds });
    return {
      customers: plan.customers,
      purchases,
      'fed in s': Math.round(fedMs / 1000),
      [isReady ? 'ready after s' : 'still busy after s']: Math.round(readyMs / 1000),
      'requests/s': Math.round(rate),
      'p50 ms': p50,
      'p99 ms': p99,
    };
  } finally {
    if (running) await endProcess(running);
    await rm(folder, { recursive: true, force: true });
  }
}

async function startGorse(program: string, folder: string): Promise<ChildProcess> {
  const child = spawn(program, ['-c', join(folder, 'config.toml'), '--cache-path', join(folder, 'cache')], {
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let said = '';
  const hear = (chunk: Buffer): void => {
    said = `${said}${chunk}`.slice(-4000);
  };
  child.stdout.on('data', hear);
  child.stderr.on('data', hear);
  const answers = async (): Promise<boolean> => (await fetch(`${url}/api/health/live`)).ok;
  const isUp = await within(startLimitMs, async () => child.exitCode !== null || (await answers()));
  if (isUp && child.exitCode === null) return child;
  await endProcess(child);
  throw new Error(`Gorse does not answer: ${said}`);
}

/** Whether it recommends something, and has done nothing else for five looks, a second apart. */
async function isIdle(question: string): Promise<boolean> {
  const json = async (address: string): Promise<unknown> => (await fetch(address)).json();
  for (let look = 0; look < 5; look++, await wait(pollMs)) {
    const tasks = (await json(`${url}/api/dashboard/tasks`)) as { Status: string }[] | null;
    if (!tasks?.length || tasks.some(({ Status }) => Status === 'Running' || Status === 'Pending'))
      return false;
  }
  return ((await json(question)) as unknown[] | null)?.length !== 0;
}

/** Whether it has come about in that time. */
async function within(limitMs: number, holds: () => Promise<boolean>): Promise<boolean> {
  for (const startedAt = performance.now(); performance.now() - startedAt < limitMs; await wait(pollMs))
    if (await holds().catch(() => false)) return true;
  return false;
}

async function post(path: string, rows: readonly unknown[]): Promise<void> {
  const answer = await fetch(url + path, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify(rows),
  });
  if (!answer.ok) throw new Error(`Gorse refuses ${path}: ${(await answer.text()).slice(0, 500)}`);
}

/** @returns how many purchases it has been told */
async function feed(plan: ServingPlan): Promise<number> {
  const items = Array.from({ length: plan.products }, (_, product) => ({
    ItemId: productCode(product),
    Categories: [categoryCode(product)],
    Timestamp: '2025-01-01T00:00:00Z',
  }));
  await post('/api/items', items);
  let count = 0;
  let rows: unknown[] = [];
  const send = async (): Promise<void> => {
    await post('/api/feedback', rows);
    count += rows.length;
    rows = [];
  };
  for (const block of servingShop(plan).blocks()) {
    for (const line of block.trimEnd().split('\n')) {
      const [, time, product, , , , , , customer] = line.split(',');
      rows.push({
        FeedbackType: 'purchase',
        UserId: customer,
        ItemId: product,
        Value: 1,
        Timestamp: `${time}Z`,
      });
    }
    if (rows.length >= rowsAtOnce) await send();
  }
  if (rows.length > 0) await send();
  return count;
}
