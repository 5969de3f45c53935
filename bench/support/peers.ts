import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.ts';
import { runProgram } from './child.ts';
import type { Answer, Contestant, Report, Target } from './contest.ts';
import { LineChild, type Question } from './line-child.ts';
import type { MiningOptions } from './mining-options.ts';
import type { Loaded } from './workloads.ts';

const support = join(packageRoot(), 'bench', 'support');
export const pythonPeers = join(support, 'peers.py');
const source = (program: string, ...args: string[]): string[] => [
  process.execPath,
  '--import',
  'tsx',
  join(support, `${program}.ts`),
  ...args,
];

/** Enough for a JIT compiler to have seen all of the work. */
const ourWarmups = 3;

interface Library {
  readonly kind: 'native' | 'other';
  readonly targets: readonly Target[];
  /** It cannot but return all sets. */
  readonly builds: boolean;
  /** What it returns when sets are counted, and when they are listed. */
  readonly returns: Readonly<Record<Report, string>>;
  /** What to import to see whether it is installed; without it the peer is a folder's package. */
  readonly module?: string;
}

const always = (what: string): Library['returns'] => ({ count: what, list: what });

const fim: Library['returns'] = {
  count: "report '#': how many sets there are of each size and support",
  list: 'a list of tuples',
};

/**
 * Peers that are called in a process that holds the data. rusket's LCM, which should find the closed sets, finds more
 * than there are (33,504 instead of 12,843 in mushroom at 407), so it mines all sets only.
 */
export const libraries: Readonly<Record<string, Library>> = {
  'fim-fpgrowth': { kind: 'native', targets: ['all', 'closed'], builds: false, returns: fim, module: 'fim' },
  'fim-eclat': { kind: 'native', targets: ['all', 'closed'], builds: false, returns: fim, module: 'fim' },
  rusket: {
    kind: 'native',
    targets: ['all'],
    builds: true,
    returns: always('flat arrays, from its Rust core'),
    module: 'rusket, numpy',
  },
  mlxtend: {
    kind: 'other',
    targets: ['all'],
    builds: true,
    returns: always('a data frame of frozen sets'),
    module: 'mlxtend',
  },
  'node-fpgrowth': {
    kind: 'other',
    targets: ['all'],
    builds: true,
    returns: always('an array of objects'),
  },
};

export const ourReturns: Library['returns'] = {
  count: 'how many sets there are of each size',
  list: 'flat arrays, on the calling thread',
};

/** Why a peer cannot take part, by its name. */
export async function missingLibraries(options: MiningOptions): Promise<Map<string, string>> {
  const missing = new Map<string, string>();
  for (const [name, { module }] of Object.entries(libraries)) {
    if (!options.peers(name)) continue;
    if (!module) {
      const folder = options.nodeFpgrowth;
      if (!folder) missing.set(name, 'no --node-fpgrowth DIR was given');
      else if (!existsSync(folder)) missing.set(name, `${folder} does not exist`);
      continue;
    }
    try {
      await runProgram(options.python, ['-c', `import ${module}`]);
    } catch {
      missing.set(name, `${options.python} cannot import ${module}`);
    }
  }
  return missing;
}

/** What is asked of every contestant. */
export type Task = Omit<Question, 'threads'>;

/** The processes that hold one data set: ours and one for each peer. */
export class Hall {
  readonly #options: MiningOptions;
  readonly #data: Loaded;
  readonly #children = new Map<string, LineChild>();

  constructor(options: MiningOptions, data: Loaded, peers: readonly string[]) {
    this.#options = options;
    this.#data = data;
    this.#children.set('ours', new LineChild(source('our-child', data.file)));
    for (const peer of peers) this.#children.set(peer, new LineChild(this.#command(peer)));
  }

  contestants({ minSupport, target, report }: Task): Contestant[] {
    const ask = (peer: string, threads: number) => () =>
      this.#ask(peer, { minSupport, target, threads, report });
    const ours: Contestant[] = this.#options.threads.map((threads) => ({
      name: `ours ${threads}`,
      kind: 'ours',
      threads,
      warmups: ourWarmups,
      run: ask('ours', threads),
    }));
    const peers = Object.entries(libraries)
      .filter(([name, { targets }]) => this.#children.has(name) && targets.includes(target))
      .map(
        ([name, { kind, builds }]): Contestant => ({
          name,
          kind,
          // The slow ones are to fail, so that it is known how long they take at least.
          builds: builds && kind === 'native',
          warmups: 1,
          run: ask(name, 1),
        }),
      );
    return [...ours, ...peers];
  }

  /** How many sets there are, by our count. */
  async itemsets({ minSupport, target }: Task): Promise<string> {
    return (await this.#ask('ours', { minSupport, target, threads: 1, report: 'count' })).itemsets;
  }

  /** What a peer takes merely to take its arguments over: it is asked for more baskets than there are. */
  async intakeMs(peer: string, { target, report }: Task): Promise<number> {
    const minSupport = this.#data.baskets + 1;
    return (await this.#ask(peer, { minSupport, target, threads: 1, report })).ms;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#children.values()].map((child) => child.stop()));
  }

  #ask(peer: string, question: Question): Promise<Answer> {
    return this.#children.get(peer)!.ask(question, this.#options.limitMs);
  }

  #command(peer: string): string[] {
    if (peer !== 'node-fpgrowth') return [this.#options.python, pythonPeers, 'serve', peer, this.#data.file];
    return source('node-fpgrowth', this.#options.nodeFpgrowth!, this.#data.file);
  }
}
