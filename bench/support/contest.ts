import { Unfinished } from './child.ts';
import { median } from './median.ts';

export type Target = 'all' | 'closed';

/** Whether the sets are counted, or all of them returned. */
export type Report = 'count' | 'list';

export interface Answer {
  readonly ms: number;
  /** As text: there may be more than a double can count. */
  readonly itemsets: string;
  readonly peakMb?: number;
}

export interface Contestant {
  readonly name: string;
  /** `native` programs are compiled to machine code: what we want to match. */
  readonly kind: 'ours' | 'native' | 'other';
  /** Of ours. */
  readonly threads?: number;
  /** Runs that come first and are not counted. */
  readonly warmups: number;
  /** It holds or writes every set, so it is left out where there are very many. */
  readonly builds?: boolean;
  /** @throws Error in words for a table: it took too long, it refused */
  run(): Promise<Answer>;
}

export interface Outcome {
  readonly name: string;
  readonly kind: Contestant['kind'];
  readonly threads?: number;
  /** One for each repetition; only one for a peer much slower than another. */
  readonly ms: readonly number[];
  /** Of its process, where that was looked at. */
  readonly peakMb?: number;
  /** Why there are no figures. */
  readonly failed?: string;
  /** It gave up after so long for want of time or memory. */
  readonly atLeastMs?: number;
}

export interface Contest {
  readonly itemsets: string;
  readonly outcomes: readonly Outcome[];
}

/** Thrown when two programs find different numbers of itemsets. */
export class Disagreement extends Error {}

/** A set takes a Python or JavaScript program up to a kilobyte. */
const mostBuilt = 10_000_000;

/** A peer slower than the fastest one by this factor decides nothing and runs once. */
const muchSlower = 5;

/**
 * Has all contestants do the same work in turn, the order reversed from one repetition to the next, after warming
 * up. One that fails is out; the others go on.
 *
 * @throws Disagreement unless all find as many itemsets, every time
 */
export async function holdContest(contestants: readonly Contestant[], repetitions: number): Promise<Contest> {
  const entries = contestants.map((contestant) => ({
    contestant,
    ms: [] as number[],
    peakMb: undefined as number | undefined,
    failed: undefined as string | undefined,
    atLeastMs: undefined as number | undefined,
  }));
  type Entry = (typeof entries)[number];
  let itemsets: string | undefined;
  let first = '';

  const run = async (entry: Entry): Promise<number> => {
    const { name } = entry.contestant;
    let answer: Answer;
    try {
      answer = await entry.contestant.run();
    } catch (error) {
      [entry.failed] = (error as Error).message.split('\n');
      if (error instanceof Unfinished) entry.atLeastMs = error.atLeastMs;
      return Number.POSITIVE_INFINITY;
    }
    if (itemsets === undefined) first = name;
    itemsets ??= answer.itemsets;
    if (answer.itemsets !== itemsets)
      throw new Disagreement(`${name} found ${answer.itemsets} itemsets, ${first} ${itemsets}`);
    if (answer.peakMb !== undefined) entry.peakMb = Math.max(entry.peakMb ?? 0, answer.peakMb);
    return answer.ms;
  };

  const warmed = new Map<Entry, number>();
  // Those that only count come first: they tell how many sets the others would build.
  for (const entry of [
    ...entries.filter(({ contestant }) => !contestant.builds),
    ...entries.filter(({ contestant }) => contestant.builds),
  ]) {
    if (entry.contestant.builds && Number(itemsets) > mostBuilt)
      entry.failed = `over ${mostBuilt / 1e6} M sets`;
    for (let i = 0; i < entry.contestant.warmups && !entry.failed; i++) warmed.set(entry, await run(entry));
  }
  const fastest = Math.min(
    ...[...warmed].map(([{ contestant }, ms]) => (contestant.kind === 'ours' ? Infinity : ms)),
  );
  const repeated = entries.filter((entry) => {
    const ms = warmed.get(entry);
    if (entry.failed || ms === undefined) return false;
    if (entry.contestant.kind === 'ours' || ms <= muchSlower * fastest) return true;
    entry.ms.push(ms);
    return false;
  });
  for (let repetition = 0; repetition < repetitions; repetition++) {
    for (const entry of repetition % 2 === 0 ? repeated : [...repeated].reverse()) {
      if (!entry.failed) entry.ms.push(await run(entry));
    }
  }
  return {
    itemsets: itemsets ?? '',
    outcomes: entries.map(({ contestant: { name, kind, threads }, ms, ...rest }) => ({
      name,
      kind,
      threads,
      ...rest,
      ms: rest.failed ? [] : ms,
    })),
  };
}

/** How long `ours` takes in terms of `peer`: the median over the repetitions, as both suffer what disturbs one. */
export function ratioOf(ours: Outcome, peer: Outcome): number {
  if (peer.ms.length < ours.ms.length) return median(ours.ms) / median(peer.ms);
  return median(ours.ms.map((ms, repetition) => ms / peer.ms[repetition]));
}

/** The native peer with the smallest median, of those with these names where some are given. */
export function bestNative(outcomes: readonly Outcome[], names?: readonly string[]): Outcome | undefined {
  return outcomes
    .filter(({ name, kind, failed }) => kind === 'native' && !failed && (names?.includes(name) ?? true))
    .sort((a, b) => median(a.ms) - median(b.ms))[0];
}
