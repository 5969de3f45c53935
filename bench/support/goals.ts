import { bestNative, type Contest, type Outcome, ratioOf, type Target } from './contest.ts';
import { median } from './median.ts';
import type { Goals } from './workloads.ts';

/** What is timed: miners that count, miners that return all sets, and whole programs that count. */
export const parts = ['mining', 'listing', 'process'] as const;

export type Part = (typeof parts)[number];

/** What came of one workload. */
export interface Result extends Contest {
  readonly part: Part;
  readonly workload: string;
  readonly target: Target;
  readonly goals: Goals;
  /** What the best native peer takes to take its arguments over, where that is known. */
  readonly intakeMs?: number;
}

/** `open` where a slow peer was stopped too early to tell. */
export type Verdict = 'met' | 'missed' | 'open';

export interface Judgement {
  readonly goal: string;
  readonly figure: string;
  readonly verdict: Verdict;
}

/** Peers that interpret; we want to be faster than each by a factor, with one thread and with two. */
export const slowPeers = ['node-fpgrowth', 'mlxtend'];

const slowFactors: Goals = [30, 50];

/** Programs in C, which ours should beat from start to end where they take longer than this. */
const cPrograms = ['fpgrowth', 'eclat', 'lcm'];

const startUpMs = 500;

/** Two threads should be worth so many where one takes long. */
const worthGoal = 1.6;

const heavyMs = 100;

export const mostMemoryMb = 400;

const verdict = (met: boolean): Verdict => (met ? 'met' : 'missed');

const named = ({ threads }: Outcome): string => `${threads} thread${threads === 1 ? '' : 's'}`;

/** How many times longer a peer takes than we do; `bound` where it gave up, and would take longer still. */
export function timesSlower(ours: Outcome, peer: Outcome): { times: number; bound: boolean } | undefined {
  if (peer.atLeastMs !== undefined) return { times: peer.atLeastMs / median(ours.ms), bound: true };
  return peer.failed ? undefined : { times: 1 / ratioOf(ours, peer), bound: false };
}

/** `> 56` for a bound; never rounded up to a goal that was missed. */
export function timesText({ times, bound }: { times: number; bound: boolean }): string {
  const digits = times < 10 ? 100 : times < 100 ? 10 : 1;
  return `${bound ? '> ' : ''}${Math.floor(times * digits) / digits}`;
}

/** How many times faster two threads are than one; undefined unless both ran. */
export function worthOf(outcomes: readonly Outcome[]): number | undefined {
  const [one, two] = [1, 2].map((count) =>
    outcomes.find(({ kind, threads, failed }) => kind === 'ours' && threads === count && !failed),
  );
  return one && two && ratioOf(one, two);
}

function besideNative(ours: Outcome, { outcomes, goals }: Result): Judgement[] {
  const goal = goals[ours.threads! - 1];
  const best = bestNative(outcomes);
  if (!best || goal === undefined) return [];
  const ratio = ratioOf(ours, best);
  return [
    {
      goal: `${named(ours)} ≤ ${goal.toFixed(1)} × the best native peer`,
      figure: `${ratio.toFixed(3)} × ${best.name}`,
      verdict: verdict(ratio <= goal),
    },
  ];
}

function besideSlow(ours: Outcome, { outcomes }: Result): Judgement[] {
  const factor = slowFactors[ours.threads! - 1];
  if (factor === undefined) return [];
  return outcomes
    .filter(({ name }) => slowPeers.includes(name))
    .map((peer) => {
      const goal = `${named(ours)} ≥ ${factor} times faster than ${peer.name}`;
      const slower = timesSlower(ours, peer);
      if (!slower) return { goal, figure: 'failed', verdict: 'open' };
      const met = slower.times >= factor;
      return { goal, figure: timesText(slower), verdict: slower.bound && !met ? 'open' : verdict(met) };
    });
}

function besidePrograms(ours: Outcome, { outcomes }: Result): Judgement[] {
  const best = bestNative(outcomes, cPrograms);
  if (!best || median(best.ms) <= startUpMs) return [];
  const ratio = ratioOf(ours, best);
  return [
    {
      goal: `${named(ours)} < 1 × the best C program, over ${startUpMs} ms`,
      figure: `${ratio.toFixed(3)} × ${best.name}`,
      verdict: verdict(ratio < 1),
    },
  ];
}

function ofMemory(ours: Outcome): Judgement[] {
  const { peakMb } = ours;
  if (peakMb === undefined) return [];
  return [
    {
      goal: `${named(ours)} peak < ${mostMemoryMb} MB`,
      figure: `${Math.ceil(peakMb)} MB`,
      verdict: verdict(peakMb < mostMemoryMb),
    },
  ];
}

function ofWorth({ outcomes }: Result): Judgement[] {
  const worth = worthOf(outcomes);
  const one = outcomes.find(({ kind, threads }) => kind === 'ours' && threads === 1);
  if (worth === undefined || median(one!.ms) < heavyMs) return [];
  return [
    {
      goal: `2 threads ≥ ${worthGoal} × 1 thread, over ${heavyMs} ms`,
      figure: timesText({ times: worth, bound: false }),
      verdict: verdict(worth >= worthGoal),
    },
  ];
}

/** Every goal that applies to a workload, and whether it was met. */
export function judge(result: Result): Judgement[] {
  const ours = result.outcomes.filter(({ kind }) => kind === 'ours');
  const judgements = ours.flatMap((outcome): Judgement[] => {
    if (outcome.failed) return [{ goal: named(outcome), figure: 'failed', verdict: 'missed' }];
    const speed =
      result.part === 'process'
        ? besidePrograms(outcome, result)
        : [...besideNative(outcome, result), ...besideSlow(outcome, result)];
    return [...speed, ...ofMemory(outcome)];
  });
  return result.part === 'process' ? judgements : [...judgements, ...ofWorth(result)];
}
