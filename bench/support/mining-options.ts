import type { Target } from './contest.ts';
import { type Part, parts } from './goals.ts';
import { defaultPython, readOptions } from './options.ts';
import { allWorkloads, parseWorkloads } from './workloads.ts';

export interface MiningOptions {
  readonly workloads: ReadonlyMap<string, readonly number[]>;
  readonly targets: readonly Target[];
  readonly threads: readonly number[];
  readonly repetitions: number;
  /** A call that takes longer is ended and reported as such. */
  readonly limitMs: number;
  readonly parts: readonly Part[];
  /** Where there are more sets than this, they are only counted. */
  readonly mostListed: number;
  /** Whether a peer or a program was asked for. */
  peers(name: string): boolean;
  readonly python: string;
  readonly nodeFpgrowth?: string;
  /** Paths of programs that were given. */
  readonly programs: Readonly<Record<'fpgrowth' | 'eclat' | 'lcm' | 'spmf', string | undefined>>;
  /** Where the figures go; without it to stdout. */
  readonly json?: string;
}

function oneOf<T extends string>(option: string, words: readonly string[], known: readonly T[]): T[] {
  for (const word of words)
    if (!known.includes(word as T)) throw new Error(`--${option} ${word}: there are ${known.join(', ')}`);
  return words as T[];
}

/** @throws Error for options that make no sense */
export function parseMiningOptions(args: readonly string[]): MiningOptions {
  const values = readOptions(
    {
      workloads: allWorkloads,
      targets: ['all', 'closed'],
      peers: undefined,
      threads: [1, 2],
      repetitions: 5,
      limit: 60,
      parts,
      'most-listed': 5_000_000,
      python: defaultPython,
      'node-fpgrowth': undefined,
      fpgrowth: undefined,
      eclat: undefined,
      lcm: undefined,
      spmf: undefined,
      json: undefined,
    },
    args,
  );
  const { fpgrowth, eclat, lcm, spmf, threads, repetitions, python, json } = values;
  const peers = values.peers?.split(',');
  return {
    workloads: parseWorkloads(values.workloads),
    targets: oneOf('targets', values.targets, ['all', 'closed']),
    threads,
    repetitions,
    limitMs: values.limit * 1000,
    parts: oneOf('parts', values.parts, parts),
    mostListed: values['most-listed'],
    peers: (name) => peers === undefined || peers.includes(name),
    python,
    nodeFpgrowth: values['node-fpgrowth'],
    programs: { fpgrowth, eclat, lcm, spmf },
    json,
  };
}
