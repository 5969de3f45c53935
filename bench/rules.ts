import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { itemsetCount } from '../src/mining/itemsets.ts';
import { packageRoot } from '../src/package-root.ts';
import { reasonIn, runChild, runProgram } from './support/child.ts';
import { Disagreement } from './support/contest.ts';
import { writeFigures } from './support/figures.ts';
import { writeItemsets } from './support/itemset-file.ts';
import { defaultPython, readOptions } from './support/options.ts';
import { goalRows, peerRows, type RulesResult, stepRows } from './support/rules-tables.ts';
import {
  difference,
  type OurAnswer,
  type PeerAnswer,
  type PeerName,
  peers,
  sharedMeasures,
} from './support/rules-work.ts';
import { defaultWorkloads, mineWorkload, parseRulesWorkloads } from './support/rules-workloads.ts';
import { printTable } from './support/table.ts';

/**
 * About a million rules made, measured, tested and pruned: time and memory of each step, beside mlxtend's `association_rules`
 * on the same itemsets, each run in a process of its own, in turn, the sums of the measures checked against each other.
 * `npm run bench:rules` after `npm ci`; `-- --workloads Groceries@2x4,generated@3x2 --repetitions 5 --python PATH --limit
 * SECONDS --json FILE`. A workload is DATA@SUPPORT or DATA@SUPPORTxLENGTH; besides generated baskets it takes the data of
 * `bench:mining`. The last table judges the goals.
 */

const { workloads, repetitions, python, limit, json } = readOptions({
  workloads: defaultWorkloads,
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

async function presentPeers(): Promise<PeerName[]> {
  try {
    await runProgram(python, ['-c', 'import mlxtend, pandas']);
    return Object.keys(peers) as PeerName[];
  } catch {
    note(`skipped: mlxtend: ${python} cannot import mlxtend and pandas`);
    return [];
  }
}

async function ourAnswer(file: string): Promise<OurAnswer> {
  const { stdout } = await runChild(['--expose-gc', '--import', 'tsx', join(support, 'rules-once.ts'), file]);
  return JSON.parse(stdout);
}

/** With the sums under our names of the measures. */
async function ofPeer(name: PeerName, file: string): Promise<PeerAnswer> {
  const measures = Object.values(sharedMeasures).join(',');
  const args = [join(support, 'rules-peer.py'), file, measures, peers[name]];
  const { stdout } = await runProgram(python, args, { limitMs });
  const answer: PeerAnswer = JSON.parse(stdout);
  const sums = Object.entries(sharedMeasures).map(([ours, theirs]) => [ours, answer.sums[theirs]]);
  return { ...answer, sums: Object.fromEntries(sums) };
}

/**
 * All in turn, the order reversed from one repetition to the next; a peer that fails is out.
 *
 * @throws Disagreement when the programs differ, or one from itself
 */
async function measure(
  workload: string,
  file: string,
  names: readonly PeerName[],
): Promise<Pick<RulesResult, 'ours' | 'peers'>> {
  const ours: OurAnswer[] = [];
  const found = new Map<PeerName, PeerAnswer[]>(names.map((name) => [name, []]));
  const agree = (name: string, answer: OurAnswer | PeerAnswer): void => {
    const why = ours[0] && difference(ours[0], answer);
    if (why) throw new Disagreement(`${workload}: ${why} by ${name}`);
  };
  const runOurs = async (): Promise<void> => {
    const answer = await ourAnswer(file);
    agree('ours', answer);
    ours.push(answer);
  };
  const runPeer = async (name: PeerName): Promise<void> => {
    if (!found.has(name)) return;
    try {
      const answer = await ofPeer(name, file);
      agree(name, answer);
      found.get(name)!.push(answer);
    } catch (error) {
      if (error instanceof Disagreement) throw error;
      found.delete(name);
      note(`${workload}: ${name}: ${reasonIn((error as Error).message)}`);
    }
  };
  const turns = [runOurs, ...names.map((name) => () => runPeer(name))];
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const turn of repetition % 2 === 0 ? turns : [...turns].reverse()) await turn();
  }
  return { ours, peers: [...found].map(([name, runs]) => ({ name, runs })) };
}

const folder = await mkdtemp(join(tmpdir(), 'pairwell-bench-'));
const results: RulesResult[] = [];
try {
  const names = await presentPeers();
  for (const workload of parseRulesWorkloads(workloads)) {
    const stored = await mineWorkload(workload, folder);
    if (!stored) {
      note(`skipped: ${workload.name}: the data set is not in ../shared/data/fimi`);
      continue;
    }
    const file = join(folder, `${workload.name}.itemsets`);
    await writeItemsets(file, stored);
    const answers = await measure(workload.name, file, names);
    results.push({ workload: workload.name, itemsets: itemsetCount(stored.itemsets), ...answers });
    process.stderr.write(`${workload.name} done\n`);
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

for (const result of results) {
  const { workload, itemsets } = result;
  const rules = result.ours[0].rules;
  printTable(
    `${rules} rules of the ${itemsets} itemsets of ${workload}, median of ${repetitions} processes`,
    stepRows(result),
  );
}
const beside = results.flatMap(peerRows);
if (beside.length > 0) printTable('Made and measured, beside mlxtend on the same itemsets', beside);
printTable('Goals', results.flatMap(goalRows));
for (const text of notes) process.stdout.write(`  ${text}\n`);
await writeFigures(json, {
  repetitions,
  notes,
  results,
});
