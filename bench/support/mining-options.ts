import { parseArgs } from 'node:util';
import type { Target } from './contest.ts';
import { type Part, parts } from './goals.ts';
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

const list = (text: string): string[] => text.split(',').filter((word) => word !== '');

function oneOf<T extends string>(option: string, words: readonly string[], known: readonly T[]): T[] {
  for (const word of words)
    if (!known.includes(word as T)) throw new Error(`--${option} ${word}: there are ${known.join(', ')}`);
  return words as T[];
}

function counts(option: string, texts: readonly string[]): number[] {
  return texts.map((text) => {
    const number = Number(text);
    if (!Number.isInteger(number) || number < 1) throw new Error(`--${option} ${text}: 1 or more`);
    return number;
  });
}

/** @throws Error for options that make no sense */
export function parseMiningOptions(args: readonly string[]): MiningOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      workloads: { type: 'string', default: allWorkloads.join(',') },
      targets: { type: 'string', default: 'all,closed' },
      peers: { type: 'string' },
      threads: { type: 'string', default: '1,2' },
      repetitions: { type: 'string', default: '5' },
      limit: { type: 'string', default: '60' },
      parts: { type: 'string', default: parts.join(',') },
      'most-listed': { type: 'string', default: '5000000' },
      python: { type: 'string', default: process.env.PAIRWELL_BENCH_PYTHON ?? 'python3' },
      'node-fpgrowth': { type: 'string' },
      fpgrowth: { type: 'string' },
      eclat: { type: 'string' },
      lcm: { type: 'string' },
      spmf: { type: 'string' },
      json: { type: 'string' },
    },
  });
  const { fpgrowth, eclat, lcm, spmf } = values;
  const peers = values.peers === undefined ? undefined : list(values.peers);
  return {
    workloads: parseWorkloads(list(values.workloads)),
    targets: oneOf('targets', list(values.targets), ['all', 'closed']),
    threads: counts('threads', list(values.threads)),
    repetitions: counts('repetitions', [values.repetitions])[0],
    limitMs: counts('limit', [values.limit])[0] * 1000,
    parts: oneOf('parts', list(values.parts), parts),
    mostListed: counts('most-listed', [values['most-listed']])[0],
    peers: (name) => peers === undefined || peers.includes(name),
    python: values.python,
    nodeFpgrowth: values['node-fpgrowth'],
    programs: { fpgrowth, eclat, lcm, spmf },
    json: values.json,
  };
}
