import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import { devNull } from 'node:os';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.ts';
import { type ChildRun, runChild, runProgram } from './child.ts';
import type { Contestant, Target } from './contest.ts';
import type { MiningOptions } from './mining-options.ts';
import { libraries, pythonPeers } from './peers.ts';
import type { Loaded } from './workloads.ts';

/** Programs from their start to their end, the reading of the file included. */

const main = join(packageRoot(), 'dist', 'src', 'cli', 'main.js');

export interface Work {
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

const ourCommand = ({ data, minSupport, target }: Work, threads: number): string[] => [
  ...[
    main,
    'mine',
    data.file,
    '--min-support',
    `${minSupport}`,
    '--target',
    target,
    '--threads',
    `${threads}`,
  ],
];

const ourProgram = (threads: number): Program => ({
  kind: 'ours',
  threads,
  command: (work) => [process.execPath, ...ourCommand(work, threads), '--count'],
  count: ({ stdout }) => String(JSON.parse(stdout).itemsets),
});

/** Peak memory of our whole program when it writes all sets. */
export async function listingPeakMb(work: Work, threads: number): Promise<number> {
  return (await runChild([...ourCommand(work, threads), '--out', devNull])).peakMb;
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

/** Why a program cannot take part, by its name. */
export async function missingPrograms(options: MiningOptions): Promise<Map<string, string>> {
  const missing = new Map<string, string>();
  if (!options.parts.includes('process')) return missing;
  for (const [name, path] of Object.entries(options.programs)) {
    if (!options.peers(name)) continue;
    if (!path) missing.set(name, `no --${name} PATH was given`);
    else if (!existsSync(path)) missing.set(name, `${path} does not exist`);
  }
  if (options.peers('spmf') && !missing.has('spmf')) {
    const noJava = (error: Error): unknown => missing.set('spmf', `java cannot be run: ${error.message}`);
    await runProgram('java', ['-version']).catch(noJava);
  }
  return missing;
}

/** The programs there are, by name. */
export async function availablePrograms(
  options: MiningOptions,
  missing: ReadonlyMap<string, string>,
  folder: string,
): Promise<Map<string, Program>> {
  const programs = new Map<string, Program>();
  for (const threads of options.threads) programs.set(`ours ${threads}`, ourProgram(threads));
  for (const [name, { builds }] of Object.entries(libraries)) {
    if (builds || !options.peers(name) || missing.has(name)) continue;
    programs.set(name, pythonProgram(options.python, name));
  }
  const borgelt = async (path: string): Promise<Program> =>
    borgeltProgram(path, await omitsEverywhere(path, folder));
  const given = { fpgrowth: borgelt, eclat: borgelt, lcm: lcmProgram, spmf: spmfProgram };
  for (const [name, program] of Object.entries(given)) {
    const path = options.programs[name as keyof typeof given];
    if (path && options.peers(name) && !missing.has(name)) programs.set(name, await program(path));
  }
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
