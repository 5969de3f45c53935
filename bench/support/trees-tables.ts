import type { Verdict } from './goals.ts';
import { median } from './median.ts';
import type { Row } from './table.ts';
import type { TreesPlan } from './trees-data.ts';

/** What one program is asked to do. */
export interface TreesTask extends TreesPlan {
  readonly trees: number;
  readonly leaves: number;
  readonly threads: number;
}

/** Times are from start to end, and of the processor, in ms. */
export interface TreesAnswer {
  readonly fitMs: number;
  readonly fitCpuMs: number;
  /** Of the test rows. */
  readonly scoreMs: number;
  readonly scoreCpuMs: number;
  readonly auc: number;
}

/** The runs of one program, one for each repetition. */
export interface TreesRuns {
  readonly name: string;
  readonly runs: readonly TreesAnswer[];
}

/** We want to take no more than so many times what scikit-learn does. */
const mostTimes = 3;

const aucTolerance = 0.003;

/** How many times as much ours takes: the median over the repetitions, as both suffer what disturbs one. */
export function timesOf(ours: TreesRuns, peer: TreesRuns, key: keyof TreesAnswer): number {
  return median(ours.runs.map((run, repetition) => run[key] / peer.runs[repetition][key]));
}

const middle = ({ runs }: TreesRuns, key: keyof TreesAnswer): number => median(runs.map((run) => run[key]));

/** Ours first. */
export function treesRows(ours: TreesRuns, peers: readonly TreesRuns[]): Row[] {
  return [ours, ...peers].map((program) => ({
    program: program.name,
    'fit, ms': Math.round(middle(program, 'fitMs')),
    'of processors': Math.round(middle(program, 'fitCpuMs')),
    'ours takes, times': program === ours ? '' : timesOf(ours, program, 'fitMs').toFixed(2),
    'score, ms': Math.round(middle(program, 'scoreMs')),
    'ours takes, times ': program === ours ? '' : timesOf(ours, program, 'scoreMs').toFixed(2),
    AUC: middle(program, 'auc').toFixed(4),
  }));
}

/** Whether what we do is as good, and takes as little time, as is wanted. */
export function treesGoals(ours: TreesRuns, peers: readonly TreesRuns[]): Row[] {
  const row = (goal: string, figure: number, met: boolean): Row => {
    const verdict: Verdict = met ? 'met' : 'missed';
    return { goal, figure: figure.toFixed(4), verdict };
  };
  return peers.flatMap((peer) => {
    const [fit, score] = [timesOf(ours, peer, 'fitMs'), timesOf(ours, peer, 'scoreMs')];
    const away = middle(ours, 'auc') - middle(peer, 'auc');
    return [
      row(`${peer.name}: AUC within ${aucTolerance}`, away, Math.abs(away) <= aucTolerance),
      row(`${peer.name}: trains in ≤ ${mostTimes} × its time`, fit, fit <= mostTimes),
      row(`${peer.name}: scores in less than its time`, score, score < 1),
    ];
  });
}
