import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { availableParallelism, cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  bestNative,
  type Contest,
  type Contestant,
  Disagreement,
  holdContest,
  type Target,
} from './support/contest.ts';
import { parseMiningOptions } from './support/mining-options.ts';
import { memoryRow, type Result, ratioRow, timeRow } from './support/mining-tables.ts';
import { Hall, libraries, missingLibraries } from './support/peers.ts';
import { availablePrograms, programContestants } from './support/programs.ts';
import { printTable } from './support/table.ts';
import { type Loaded, loadWorkloads } from './support/workloads.ts';

/**
 * Counting itemsets beside other programs, in turn in one run, every count checked against the others': first the
 * miners alone, in processes that hold the data, then whole programs from start to end. `npm run bench:mining` after
 * `npm ci`; `-- --workloads chess@1279,retail@9 --targets all,closed --threads 1,2 --repetitions 5 --limit SECONDS
 * --parts mining,process --peers fim-eclat,rusket --python PATH --node-fpgrowth DIR --fpgrowth PATH --eclat PATH
 * --lcm PATH --spmf JAR --json FILE`. Python needs pyfim, rusket and mlxtend; what is absent is left out and named.
 */

const options = parseMiningOptions(process.argv.slice(2));
const { limitMs, repetitions } = options;
const notes: string[] = [];
const note = (text: string): void => {
  notes.push(text);
  process.stderr.write(`${text}\n`);
};

/** One contest; where the programs disagree it is without figures, and the benchmark fails in the end. */
async function contest(
  part: string,
  data: Loaded,
  minSupport: number,
  target: Target,
  contestants: readonly Contestant[],
): Promise<Result> {
  const workload = `${data.name}@${minSupport}`;
  const what = `${part} ${workload} ${target}`;
  let outcome: Contest = { itemsets: 'disputed', outcomes: [] };
  try {
    outcome = await holdContest(contestants, repetitions);
  } catch (error) {
    if (!(error instanceof Disagreement)) throw error;
    note(`${what}: ERROR: ${error.message}`);
    process.exitCode = 1;
  }
  for (const { name, kind, failed } of outcome.outcomes) {
    if (!failed) continue;
    note(`${what}: ${name}: ${failed}`);
    if (kind === 'ours') process.exitCode = 1;
  }
  process.stderr.write(`${what}: ${outcome.itemsets} itemsets\n`);
  return { workload, target, goals: data.goals, ...outcome };
}

const mined: Result[] = [];
const whole: Result[] = [];
const folder = await mkdtemp(join(tmpdir(), 'pairwell-bench-'));
try {
  const missing = await missingLibraries(options);
  for (const [name, why] of missing) note(`skipped: ${name}: ${why}`);
  const peers = Object.keys(libraries).filter((name) => options.peers(name) && !missing.has(name));
  const programs = await availablePrograms(options, missing, folder);
  for (const [name, minSupports] of options.workloads) {
    const data = await loadWorkloads(name, minSupports, folder);
    if (!data) {
      note(`skipped: ${name}: the data set is not in ../shared/data/fimi`);
      continue;
    }
    const work = minSupports.flatMap((minSupport) =>
      options.targets.map((target) => ({ minSupport, target })),
    );
    const hall = new Hall(options, data, peers);
    if (options.parts.includes('mining')) {
      for (const { minSupport, target } of work) {
        const result = await contest(
          'mining',
          data,
          minSupport,
          target,
          hall.contestants(minSupport, target),
        );
        const best = bestNative(result.outcomes);
        mined.push(best ? { ...result, intakeMs: await hall.intakeMs(best.name, target) } : result);
      }
    }
    // Before whole programs run, so that their memory is free again.
    await hall.close();
    if (options.parts.includes('process')) {
      for (const { minSupport, target } of work) {
        const contestants = programContestants(programs, { data, minSupport, target }, limitMs);
        whole.push(await contest('process', data, minSupport, target, contestants));
      }
    }
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

const timing = `median ms of ${repetitions}, ~ once`;
const tables = {
  [`Mining alone, counting only (${timing})`]: mined.map((result) => timeRow(result, repetitions)),
  'Mining alone: ours in terms of the best native peer': mined.map((result) => ratioRow(result, limitMs)),
  [`Whole programs, counting only (${timing})`]: whole.map((result) => timeRow(result, repetitions)),
  'Whole programs: ours in terms of the best native one': whole.map((result) => ratioRow(result, limitMs)),
  'Whole programs: peak memory of ours, MB': whole.map(memoryRow),
};
for (const [title, rows] of Object.entries(tables)) if (rows.length > 0) printTable(title, rows);
const figures = JSON.stringify({
  node: process.version,
  cpu: cpus()[0]?.model,
  cores: availableParallelism(),
  repetitions,
  limitMs,
  notes,
  mining: mined,
  process: whole,
});
if (options.json) await writeFile(options.json, `${figures}\n`);
else process.stdout.write(`${figures}\n`);
