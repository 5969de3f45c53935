import { writeFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.ts';
import { type ChildRun, runProgram } from './child.ts';
import type { Contestant, Target } from './contest.ts';
import type { MiningOptions } from './mining-options.ts';
import { libraries, pythonPeers } from './peers.ts';
import type { Loaded } from './workloads.ts';

/** Programs from their start to their end, the reading of the file included. */

const main = join(packageRoot(), 'dist', 'src', 'cli', 'main.js');

interface Work {
  readonly data: Loaded;
  readonly minSupport: number;
  readonly target: Target;
}

interface Program {
  readonly kind: Contestant['kind'];
  readonly threads?: number;
  readonly builds?: boolean;
  command(work: Work): readonly string[];
  /** @throws Error when the output does not tell */
  count(run: ChildRun, work: Work): string;
}

function matched(text: string, pattern: RegExp): string {
  const found = pattern.exec(text)?.[1];
  if (!found) throw new Error(`no number of itemsets in: ${text.trim().slice(-200)}`);
  return found;
}

function ourProgram(threads: number, takesThreads: boolean): Program {
  return {
    kind: 'ours',
    threads,
    command: ({ data, minSupport, target }) => [
      process.execPath,
      ...[main, 'mine', data.file, '--min-support', `${minSupport}`, '--target', target, '--count'],
      ...(takesThreads ? ['--threads', `${threads}`] : []),
    ],
    count: ({ stdout }) => String(JSON.parse(stdout).itemsets),
  };
}

const pythonProgram = (python: string, peer: string): Program => ({
  kind: 'native',
  command: ({ data, minSupport, target }) => [
    ...[python, pythonPeers, 'once', peer, data.file, `${minSupport}`, target],
  ],
  count: ({ stdout }) => JSON.parse(stdout).itemsets,
});

/** @param omits whether it leaves out the sets all of whose items are in every basket, as some versions do */
const borgeltProgram = (path: string, omits: boolean): Program => ({
  kind: 'native',
  command: ({ data, minSupport, target }) => [
    ...[path, target === 'all' ? '-ts' : '-tc', `-s-${minSupport}`, data.file],
  ],
  count: ({ stderr }, { data: { itemsEverywhere }, target }) => {
    const omitted = target === 'all' ? 2 ** itemsEverywhere - 1 : Math.min(itemsEverywhere, 1);
    return String(BigInt(matched(stderr, /\[(\d+) set\(s\)\]/)) + BigInt(omits ? omitted : 0));
  },
});

const lcmProgram = (path: string): Program => ({
  kind: 'native',
  command: ({ data, minSupport, target }) => [
    ...[path, target === 'all' ? 'F' : 'C', data.file, `${minSupport}`],
  ],
  // How many sets there are, then how many of size 0, 1, 2, …; we do not count the empty one.
  count: ({ stdout }) => {
    const lines = matched(stdout, /^(\d+\n\d+)$/m).split('\n');
    return String(BigInt(lines[0]) - BigInt(lines[1]));
  },
});

const spmfProgram = (jar: string): Program => ({
  kind: 'other',
  builds: true,
  command: ({ data, minSupport, target }) => [
    ...['java', '-jar', jar, 'run', target === 'all' ? 'FPGrowth_itemsets' : 'FPClose', data.file, devNull],
    // It rounds the share up; half a basket less keeps rounding errors from adding one.
    `${((minSupport - 0.5) / data.baskets) * 100}%`,
  ],
  count: ({ stdout }) => matched(stdout, /itemsets? count\s*:\s*(\d+)/),
});

/** A file with one basket of one item, from which some versions of Borgelt's programs find nothing. */
async function omitsEverywhere(path: string, folder: string): Promise<boolean> {
  const file = join(folder, 'one-basket.dat');
  await writeFile(file, '1\n');
  const run = runProgram(path, ['-ts', '-s-1', file]).then(({ stderr }) => stderr);
  // It may call finding nothing an error.
  return !(await run.catch((error: Error) => error.message)).includes('[1 set(s)]');
}

/** The programs there are, by name. */
export async function availablePrograms(
  options: MiningOptions,
  missing: ReadonlyMap<string, string>,
  folder: string,
): Promise<Map<string, Program>> {
  const { stdout: help } = await runProgram(process.execPath, [main, 'mine', '--help']);
  const takesThreads = help.includes('--threads');
  const programs = new Map<string, Program>();
  for (const threads of takesThreads ? options.threads : options.threads.slice(0, 1))
    programs.set(`ours ${threads}`, ourProgram(threads, takesThreads));
  for (const [name, { builds }] of Object.entries(libraries)) {
    if (builds || !options.peers(name) || missing.has(name)) continue;
    programs.set(name, pythonProgram(options.python, name));
  }
  const { fpgrowth, eclat, lcm, spmf } = options.programs;
  if (fpgrowth) programs.set('fpgrowth', borgeltProgram(fpgrowth, await omitsEverywhere(fpgrowth, folder)));
  if (eclat) programs.set('eclat', borgeltProgram(eclat, await omitsEverywhere(eclat, folder)));
  if (lcm) programs.set('lcm', lcmProgram(lcm));
  if (spmf) programs.set('spmf', spmfProgram(spmf));
  return programs;
}

/** The programs as contestants over one workload. */
export function programContestants(
  programs: ReadonlyMap<string, Program>,
  work: Work,
  limitMs: number,
): Contestant[] {
  return [...programs].map(([name, { command, count, ...traits }]) => ({
    name,
    ...traits,
    warmups: 1,
    run: async () => {
      const [program, ...args] = command(work);
      const run = await runProgram(program, args, { limitMs });
      return { ms: run.ms, peakMb: run.peakMb, itemsets: count(run, work) };
    },
  }));
}
