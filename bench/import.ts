import { once } from 'node:events';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { createGunzip } from 'node:zlib';
import { packageRoot } from '../src/package-root.ts';
import { type ChildRun, runChild } from './support/child.ts';
import { median } from './support/median.ts';
import { printTable, type Row } from './support/table.ts';

/**
 * Importing Online Retail, beside csv-parse that merely reads the same file: the source, in turn, every measurement
 * in a fresh process and a fresh database. Then the peak memory of the compiled command over 0.5 and 5 million rows.
 * `npm run bench:import [-- time|memory]` after `npm ci`; where `DATABASE_URL` names a server it is measured too.
 */

const repetitions = 5;
/** How many times the larger file of the memory part holds the data. */
const copies = 10;

const root = packageRoot();
const data = join(root, 'db', 'seed', 'online-retail', 'online_retail.csv.gz');
const command = join(root, 'dist', 'src', 'cli', 'main.js');
const server = process.env.DATABASE_URL;

const source = async (program: string, ...args: string[]): Promise<number> => {
  const path = join(root, 'bench', 'support', `${program}.ts`);
  const { stdout } = await runChild(['--import', 'tsx', path, ...args]);
  return (JSON.parse(stdout) as { ms: number }).ms;
};

/** The whole compiled command into a fresh embedded database. */
async function importCommand(file: string): Promise<ChildRun> {
  const folder = await mkdtemp(join(tmpdir(), 'pairwell-bench-'));
  try {
    return await runChild([command, 'import', file, '--json'], { PAIRWELL_DATA: folder, DATABASE_URL: '' });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function measureTime(): Promise<Row[]> {
  const contestants: Record<string, () => Promise<number>> = {
    'csv-parse alone': () => source('read-alone', data),
    'import, embedded': () => source('import-once', data),
    'whole command, embedded': async () => (await importCommand(data)).ms,
  };
  if (server) contestants['import, server'] = () => source('import-once', data, server);
  const times = new Map<string, number[]>(Object.keys(contestants).map((name) => [name, []]));
  for (let repetition = 0; repetition < repetitions; repetition++) {
    const names = Object.keys(contestants);
    for (const name of repetition % 2 === 0 ? names : names.reverse()) {
      times.get(name)!.push(await contestants[name]());
    }
  }
  const alone = median(times.get('csv-parse alone')!);
  return [...times].map(([what, ms]) => ({
    what,
    'median ms': Math.round(median(ms)),
    'fastest ms': Math.round(Math.min(...ms)),
    'slowest ms': Math.round(Math.max(...ms)),
    'times csv-parse': Number((median(ms) / alone).toFixed(2)),
  }));
}

/** Writes the data over and over, each time with other order numbers, uncompressed. */
async function writeCopies(path: string): Promise<void> {
  const out = createWriteStream(path);
  for (let copy = 0; copy < copies; copy++) {
    const lines = createInterface({ input: createReadStream(data).pipe(createGunzip()) });
    let heading = true;
    for await (const line of lines) {
      // Order numbers may start with a letter that says what kind of order it is.
      const text = heading ? line : line.replace(/^[A-Z]?/, `$&${copy + 1}`);
      if ((!heading || copy === 0) && !out.write(`${text}\n`)) await once(out, 'drain');
      heading = false;
    }
  }
  out.end();
  await once(out, 'finish');
}

async function measureMemory(): Promise<Row[]> {
  const folder = await mkdtemp(join(tmpdir(), 'pairwell-bench-'));
  try {
    const large = join(folder, 'copies.csv');
    await writeCopies(large);
    const rows: Row[] = [];
    for (const file of [data, large]) {
      const { ms, peakMb, stdout } = await importCommand(file);
      const { rowsRead } = JSON.parse(stdout) as { rowsRead: number };
      rows.push({
        rows: rowsRead,
        'peak MB': Math.round(peakMb),
        seconds: Number((ms / 1000).toFixed(1)),
        'rows/s': Math.round((rowsRead / ms) * 1000),
      });
    }
    return rows;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const part = process.argv[2];
const results: Record<string, Row[]> = {};
if (part !== 'memory') {
  results.time = await measureTime();
  printTable(`Reading Online Retail, ${repetitions} repetitions`, results.time);
}
if (part !== 'time') {
  results.memory = await measureMemory();
  printTable('Peak memory of the whole command, embedded database', results.memory);
}
process.stdout.write(`${JSON.stringify(results)}\n`);
