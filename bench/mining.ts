import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bestNative, type Contest, type Contestant, Disagreement, holdContest } from './support/contest.ts';
import { writeFigures } from './support/figures.ts';
import { judge, type Part, type Result, type Verdict } from './support/goals.ts';
import { parseMiningOptions } from './support/mining-options.ts';
import { miningTables } from './support/mining-tables.ts';
import { Hall, libraries, missingLibraries } from './support/peers.ts';
import {
  availablePrograms,
  listingPeakMb,
  missingPrograms,
  programContestants,
  type Work,
} from './support/programs.ts';
import { printTable } from './support/table.ts';
import { loadWorkloads } from './support/workloads.ts';

/**
 * Mining itemsets beside other programs, in turn in one run, every number of sets checked against the others': first
 * the miners alone, in processes that hold the data, counting and then returning all sets, then whole programs from
 * start to end. The last table judges the goals. `npm run bench:mining` after `npm ci`; `-- --workloads
 * chess@1279,retail@9 --targets all,closed --threads 1,2 --repetitions 5 --limit SECONDS --parts
 * mining,listing,process --most-listed 5000000 --peers fim-eclat,rusket,lcm --python PATH --node-fpgrowth DIR
 * --fpgrowth PATH --eclat PATH --lcm PATH --spmf JAR --json FILE`. Python needs pyfim, rusket and mlxtend; what is
 * absent is left out and named.
 */

const options = parseMiningOptions(process.argv.slice(2));
const { limitMs, repetitions } = options;
const notes: string[] = [];
const note = (text: string): void => {
  notes.push(text);
  process.stderr.write(`${text}\n`);
};
const results: Result[] = [];

/** One contest; where the programs disagree it is without figures, and the benchmark fails in the end. */
async function contest(
  part: Part,
  { data, minSupport, target }: Work,
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
  return { part, workload, target, goals: data.goals, ...outcome };
}

/** Miners that hold the data count, and list unless there are too many sets. */
async function mineAlone(part: 'mining' | 'listing', hall: Hall, work: Work): Promise<Result> {
  const { data, minSupport, target } = work;
  const task = { minSupport, target, report: part === 'mining' ? 'count' : 'list' } as const;
  if (part === 'listing') {
    const itemsets = await hall.itemsets(task);
    if (Number(itemsets) > options.mostListed) {
      const workload = `${data.name}@${minSupport}`;
      note(`listing ${workload} ${target}: ${itemsets} itemsets are only counted`);
      return {
        part,
        workload,
        target,
        goals: data.goals,
        itemsets: `${itemsets} only counted`,
        outcomes: [],
      };
    }
  }
  const result = await contest(part, work, hall.contestants(task));
  const best = bestNative(result.outcomes);
  return best ? { ...result, intakeMs: await hall.intakeMs(best.name, task) } : result;
}

/** With the peak memory of a whole process of ours that lists. */
async function withPeaks(result: Result, work: Work): Promise<Result> {
  const outcomes = [];
  for (const outcome of result.outcomes) {
    const ours = outcome.kind === 'ours' && !outcome.failed;
    outcomes.push(ours ? { ...outcome, peakMb: await listingPeakMb(work, outcome.threads!) } : outcome);
  }
  return { ...result, outcomes };
}

const folder = await mkdtemp(join(tmpdir(), 'pairwell-bench-'));
try {
  const missing = new Map([...(await missingLibraries(options)), ...(await missingPrograms(options))]);
  for (const [name, why] of missing) note(`skipped: ${name}: ${why}`);
  const peers = Object.keys(libraries).filter((name) => options.peers(name) && !missing.has(name));
  const programs = await availablePrograms(options, missing, folder);
  for (const [name, minSupports] of options.workloads) {
    const data = await loadWorkloads(name, minSupports, folder);
    if (!data) {
      note(`skipped: ${name}: the data set is not in ../shared/data/fimi`);
      continue;
    }
    const works = minSupports.flatMap((minSupport) =>
      options.targets.map((target): Work => ({ data, minSupport, target })),
    );
    const hall = new Hall(options, data, peers);
    const alone: [Result, Work][] = [];
    for (const part of ['mining', 'listing'] as const) {
      if (!options.parts.includes(part)) continue;
      for (const work of works) alone.push([await mineAlone(part, hall, work), work]);
    }
    // Before whole programs run, so that their memory is free again.
    await hall.close();
    for (const [result, work] of alone)
      results.push(result.part === 'listing' ? await withPeaks(result, work) : result);
    if (!options.parts.includes('process')) continue;
    for (const work of works)
      results.push(await contest('process', work, programContestants(programs, work, limitMs)));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}

for (const [title, rows] of miningTables(results, repetitions)) if (rows.length > 0) printTable(title, rows);
const verdicts = results.flatMap((result) => judge(result).map(({ verdict }) => verdict));
const tally = (wanted: Verdict): string =>
  `${verdicts.filter((verdict) => verdict === wanted).length} ${wanted}`;
process.stdout.write(`Goals: ${tally('met')}, ${tally('missed')}, ${tally('open')}\n`);
for (const text of notes) process.stdout.write(`  ${text}\n`);
await writeFigures(options.json, {
  repetitions,
  limitMs,
  notes,
  results: results.map((result) => ({ ...result, judgements: judge(result) })),
});
