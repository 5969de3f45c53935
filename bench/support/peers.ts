import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { packageRoot } from '../../src/package-root.ts';
import { runProgram } from './child.ts';
import type { Contestant, Target } from './contest.ts';
import { LineChild } from './line-child.ts';
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
  readonly builds: boolean;
  /** What to import to see whether it is installed; without it the peer is a folder's package. */
  readonly module?: string;
}

/**
 * Peers that are called in a process that holds the data. rusket's LCM, which should find the closed sets, finds more
 * than there are (33,504 instead of 12,843 in mushroom at 407), so it mines all sets only.
 */
export const libraries: Readonly<Record<string, Library>> = {
  'fim-fpgrowth': { kind: 'native', targets: ['all', 'closed'], builds: false, module: 'fim' },
  'fim-eclat': { kind: 'native', targets: ['all', 'closed'], builds: false, module: 'fim' },
  rusket: { kind: 'native', targets: ['all'], builds: true, module: 'rusket, numpy' },
  mlxtend: { kind: 'other', targets: ['all'], builds: true, module: 'mlxtend' },
  'node-fpgrowth': { kind: 'other', targets: ['all'], builds: true },
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

  contestants(minSupport: number, target: Target): Contestant[] {
    const { limitMs } = this.#options;
    const ask = (peer: string, threads: number) => () =>
      this.#children.get(peer)!.ask({ peer, minSupport, target, threads }, limitMs);
    const ours: Contestant[] = this.#options.threads.map((threads) => ({
      name: `ours ${threads}`,
      kind: 'ours',
      threads,
      warmups: ourWarmups,
      run: ask('ours', threads),
    }));
    const peers = Object.entries(libraries)
      .filter(([name, { targets }]) => this.#children.has(name) && targets.includes(target))
      .map(([name, { kind, builds }]): Contestant => ({ name, kind, builds, warmups: 1, run: ask(name, 1) }));
    return [...ours, ...peers];
  }

  /** What a peer takes merely to take its arguments over: it is asked for more baskets than there are. */
  async intakeMs(peer: string, target: Target): Promise<number> {
    const question = { peer, minSupport: this.#data.baskets + 1, target, threads: 1 };
    return (await this.#children.get(peer)!.ask(question, this.#options.limitMs)).ms;
  }

  async close(): Promise<void> {
    await Promise.all([...this.#children.values()].map((child) => child.stop()));
  }

  #command(peer: string): string[] {
    if (peer !== 'node-fpgrowth') return [this.#options.python, pythonPeers, 'serve', peer, this.#data.file];
    return source('node-fpgrowth', this.#options.nodeFpgrowth!, this.#data.file);
  }
}
