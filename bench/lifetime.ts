import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { repeatHistory } from '../src/customers/lifetime/purchase-days.ts';
import { parseTransactions, readGzip } from '../src/customers/lifetime/testing/cdnow.ts';
import { packageRoot } from '../src/package-root.ts';
import { reasonIn, runChild, runProgram } from './support/child.ts';
import { Disagreement } from './support/contest.ts';
import { writeFigures } from './support/figures.ts';
import {
  type LifetimeResult,
  lifetimeGoals,
  lifetimeRows,
  lifetimeTimes,
} from './support/lifetime-tables.ts';
import {
  fits,
  historyBytes,
  type LifetimeAnswer,
  lifetimeDifference,
  weeksAhead,
} from './support/lifetime-work.ts';
import { defaultPython, readOptions } from './support/options.ts';
import { printTable } from './support/table.ts';

/**
 * BG/NBD fitted to all 23,570 customers of CDNOW beside Python's `lifetimes`: the same customers, processes in turn, in each the
 * median of fits after some that warm up, parameters checked against each other. Both work out standard errors.
 * `npm run bench:lifetime` after `npm ci`; `-- --data FILE --repetitions 5 --python PATH --limit SECONDS --json FILE`. The last
 * table judges the goal.
 */

const { data, repetitions, python, limit, json } = readOptions({
  data: join(packageRoot(), '..', 'shared', 'data', 'cdnow', 'CDNOW_master.txt.gz'),
  repetitions: 5,
  python: defaultPython,
  limit: 300,
  json: undefined,
});
const limitMs = limit * 1000;
const support = join(packageRoot(), 'bench', 'support');
const notes: string[] = [];
const note = (text: string): void => {
  notes.push(text);
  process.stderr.write(`${text}\n`);
};

async function isPeerPresent(): Promise<boolean> {
  try {
    await runProgram(python, ['-c', 'import lifetimes']);
    return true;
  } catch (error) {
    note(`skipped: lifetimes: ${python} cannot import it: ${reasonIn((error as Error).message)}`);
    return false;
  }
}

async function ourAnswer(file: string): Promise<LifetimeAnswer> {
  const { stdout } = await runChild(['--import', 'tsx', join(support, 'lifetime-once.ts'), file]);
  return JSON.parse(stdout);
}

async function peerAnswer(file: string): Promise<LifetimeAnswer> {
  const { warm, timed } = fits;
  const args = [join(support, 'lifetime-peer.py'), file, ...[warm, timed, weeksAhead].map(String)];
  const { stdout } = await runProgram(python, args, { limitMs });
  return JSON.parse(stdout);
}

/** @throws Disagreement when the programs differ */
async function measure(file: string, customers: number): Promise<LifetimeResult> {
  const ours: LifetimeAnswer[] = [];
  const peer: LifetimeAnswer[] = [];
  const turns = [async () => ours.push(await ourAnswer(file))];
  if (await isPeerPresent()) turns.push(async () => peer.push(await peerAnswer(file)));
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const turn of repetition % 2 === 0 ? turns : [...turns].reverse()) await turn();
  }
  for (const answer of [...ours, ...peer]) {
    const why = lifetimeDifference(ours[0], answer);
    if (why) throw new Disagreement(why);
  }
  return { customers, ours, peer };
}

/** The last day that anybody bought is where the history ends. */
async function run(data: string): Promise<LifetimeResult> {
  const days = parseTransactions(readGzip(data));
  const lastDay = days.day.reduce((last, day) => Math.max(last, day));
  const history = repeatHistory(days, lastDay);
  const folder = await mkdtemp(join(tmpdir(), 'pairwell-bench-'));
  try {
    const file = join(folder, 'customers.f64');
    await writeFile(file, historyBytes(history));
    return await measure(file, history.frequency.length);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const result = existsSync(data) ? await run(data) : undefined;
if (result) {
  printTable(
    `BG/NBD of ${result.customers} customers, median of ${repetitions} processes of ${fits.timed} fits each`,
    lifetimeRows(result),
  );
  if (result.peer.length > 0) {
    printTable('lifetimes beside ours', lifetimeTimes(result));
    printTable('Goals', lifetimeGoals(result));
  }
} else {
  note(`skipped: ${data} is not there`);
}
for (const text of notes) process.stdout.write(`  ${text}\n`);
await writeFigures(json, {
  repetitions,
  notes,
  result: result ?? null,
});
