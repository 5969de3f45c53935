import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import autocannon from 'autocannon';
import { packageRoot } from '../src/package-root.ts';
import { median } from './support/median.ts';
import { printTable } from './support/table.ts';

/**
 * The offers endpoint beside a bare Hono route that returns the same JSON: both compiled, each in a process of its
 * own with the same settings, loaded in turn. `npm run bench:serve` (after `npm ci`).
 */

const rounds = 5;
const secondsPerRound = 4;
const connections = 32;
const warmupSeconds = 3;

const root = packageRoot();
const main = join(root, 'dist', 'src', 'cli', 'main.js');

interface Running {
  url: string;
  stop(): Promise<void>;
}

/** Starts a server and waits until it says where it listens. */
async function start(args: string[], env: Record<string, string>, input?: string): Promise<Running> {
  const child = spawn(process.execPath, args, {
    env: { ...process.env, ...env },
    stdio: ['pipe', 'pipe', 'pipe'],
  });
  child.stdin.end(input);
  const url = await new Promise<string>((resolve, reject) => {
    let said = '';
    const read = (chunk: Buffer): void => {
      said += chunk;
      const found = /https?:\/\/[\w.:[\]]+/.exec(said);
      if (found) resolve(found[0]);
    };
    child.stdout.on('data', read);
    child.stderr.on('data', read);
    child.once('exit', (code) => reject(new Error(`The server ended with code ${code}: ${said}`)));
  });
  return {
    url,
    stop: async () => {
      child.kill('SIGTERM');
      await once(child, 'exit');
    },
  };
}

async function run(args: string[], env: Record<string, string>): Promise<void> {
  const child = spawn(process.execPath, [main, ...args], {
    env: { ...process.env, ...env },
    stdio: 'ignore',
  });
  const [code] = await once(child, 'exit');
  if (code !== 0) throw new Error(`pairwell ${args.join(' ')} ended with code ${code}`);
}

async function load(url: string, duration: number): Promise<autocannon.Result> {
  const result = await autocannon({ url, connections, duration });
  if (result.non2xx > 0 || result.errors > 0)
    throw new Error(`${url}: ${result.non2xx} answers were not 2xx`);
  return result;
}

const folder = await mkdtemp(join(tmpdir(), 'pairwell-bench-'));
const env = { PAIRWELL_DATA: folder, DATABASE_URL: '', PAIRWELL_API_KEYS: '', PAIRWELL_RATE_LIMIT: '0' };
try {
  const seed = join(root, 'db', 'seed', 'online-retail', 'online_retail.csv.gz');
  await run(['import', seed, '--preset', 'online-retail'], env);
  await run(['train'], env);
  const pairwell = await start([main, 'serve', '--port', '0'], env);

  const requests = {
    'guest, product page (8 offers)': '/v1/offers?placement=product&items=85123A',
    'customer, cart of two (4 offers)': '/v1/customers/17850/offers?placement=cart&items=85123A,22423',
    'customer, e-mail (6 offers)': '/v1/customers/12748/offers?placement=email',
  };
  const rows = [];
  for (const [name, path] of Object.entries(requests)) {
    const body = await (await fetch(pairwell.url + path)).text();
    const bare = await start(['--import', 'tsx', join(root, 'bench', 'bare-server.ts')], {}, body);
    const urls = { pairwell: pairwell.url + path, bare: `${bare.url}/v1/offers` };
    for (const url of Object.values(urls)) await load(url, warmupSeconds);
    const ratios: number[] = [];
    const figures = { pairwell: [] as autocannon.Result[], bare: [] as autocannon.Result[] };
    for (let round = 0; round < rounds; round++) {
      const order = round % 2 === 0 ? (['pairwell', 'bare'] as const) : (['bare', 'pairwell'] as const);
      for (const which of order) figures[which].push(await load(urls[which], secondsPerRound));
      ratios.push(figures.pairwell[round].requests.average / figures.bare[round].requests.average);
    }
    await bare.stop();
    rows.push({
      request: name,
      bytes: body.length,
      pairwell: Math.round(median(figures.pairwell.map(({ requests }) => requests.average))),
      bare: Math.round(median(figures.bare.map(({ requests }) => requests.average))),
      ratio: Number(median(ratios).toFixed(3)),
      p50ms: median(figures.pairwell.map(({ latency }) => latency.p50)),
      p99ms: median(figures.pairwell.map(({ latency }) => latency.p99)),
    });
  }
  await pairwell.stop();
  printTable(`Requests a second, ${connections} connections, medians of ${rounds} rounds`, rows);
  if (process.argv[2])
    await writeFile(process.argv[2], `${JSON.stringify({ connections, rounds, rows }, null, 2)}\n`);
} finally {
  await rm(folder, { recursive: true, force: true });
}
