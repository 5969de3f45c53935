import type { Verdict } from './goals.ts';
import type { KMeansPlan } from './kmeans-data.ts';
import { median } from './median.ts';
import type { Row } from './table.ts';

/** What one program is asked to do. */
export interface KMeansTask extends KMeansPlan {
  readonly method: 'full' | 'lloyd' | 'elkan' | 'mini-batch';
  /** Passes over all rows; mini-batches end by themselves. */
  readonly iterations: number;
  readonly threads: number;
}

export interface KMeansAnswer {
  readonly ms: number;
  readonly inertia: number;
  /** Passes, or mini-batches. */
  readonly iterations: number;
}

/** The runs of one program, one for each repetition. */
export interface KMeansRuns {
  readonly name: string;
  readonly runs: readonly KMeansAnswer[];
}

/** We want to take no more than so many times what scikit-learn does. */
const mostTimes = 2;

/** Full k-means from the same centres may differ by what 32-bit sums do, and no more. */
const inertiaTolerance = 1e-4;

/** Mini-batches are random, so that only much more inertia is worse. */
const batchTolerance = 0.01;

const msOf = ({ runs }: KMeansRuns): number => median(runs.map(({ ms }) => ms));
const inertiaOf = ({ runs }: KMeansRuns): number => median(runs.map(({ inertia }) => inertia));

/** How many times as long ours takes: the median over the repetitions, as both suffer what disturbs one. */
export const timesOf = (ours: KMeansRuns, peer: KMeansRuns): number =>
  median(ours.runs.map(({ ms }, repetition) => ms / peer.runs[repetition].ms));

/** Ours first. */
export function kmeansRows(ours: KMeansRuns, peers: readonly KMeansRuns[]): Row[] {
  return [ours, ...peers].map((program) => ({
    program: program.name,
    ms: Math.round(msOf(program)),
    'ms, fastest': Math.round(Math.min(...program.runs.map(({ ms }) => ms))),
    iterations: program.runs[0].iterations,
    inertia: inertiaOf(program).toPrecision(8),
    'ours takes, times': program === ours ? '' : timesOf(ours, program).toFixed(2),
  }));
}

/** Whether what we do is as good, and takes as little time, as is wanted. */
export function kmeansGoals(ours: KMeansRuns, peers: readonly KMeansRuns[], isFull: boolean): Row[] {
  const row = (goal: string, figure: string, met: boolean): Row => {
    const verdict: Verdict = met ? 'met' : 'missed';
    return { goal, figure, verdict };
  };
  return peers.flatMap((peer) => {
    const times = timesOf(ours, peer);
    const more = inertiaOf(ours) / inertiaOf(peer) - 1;
    const inertia = isFull
      ? row(
          `${peer.name}: the same inertia and iterations`,
          more.toExponential(1),
          Math.abs(more) <= inertiaTolerance && ours.runs[0].iterations === peer.runs[0].iterations,
        )
      : row(`${peer.name}: inertia ≤ 1 % more`, more.toExponential(1), more <= batchTolerance);
    return [row(`${peer.name}: ≤ ${mostTimes} × its time`, times.toFixed(2), times <= mostTimes), inertia];
  });
}
