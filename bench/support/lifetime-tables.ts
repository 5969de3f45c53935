import { timesText } from './goals.ts';
import type { LifetimeAnswer } from './lifetime-work.ts';
import { median } from './median.ts';
import type { Row } from './table.ts';

export interface LifetimeResult {
  readonly customers: number;
  /** One for each repetition, that of the peer beside ours; none where the peer is absent. */
  readonly ours: readonly LifetimeAnswer[];
  readonly peer: readonly LifetimeAnswer[];
}

type Figure = 'firstFitMs' | 'fitMs' | 'expectMs';

/** How much faster than the peer we want to fit. */
const peerFactor = 5;

const of = (runs: readonly LifetimeAnswer[], figure: Figure): number =>
  median(runs.map((run) => run[figure]));

const inMs = (ms: number): number => Number(ms.toPrecision(3));

/** How many times as long the peer takes: the median over repetitions, as both suffer what disturbs one. */
const timesOf = ({ ours, peer }: LifetimeResult, figure: Figure): number =>
  median(peer.map((run, repetition) => run[figure] / ours[repetition][figure]));

export function lifetimeRows({ ours, peer }: LifetimeResult): Row[] {
  const row = (program: string, runs: readonly LifetimeAnswer[]): Row => {
    const [r, alpha, a, b] = runs[0].parameters.map((parameter) => parameter.toFixed(5));
    return {
      program,
      ...{ r, alpha, a, b },
      'ms first fit': inMs(of(runs, 'firstFitMs')),
      'ms fit': inMs(of(runs, 'fitMs')),
      'ms expect': inMs(of(runs, 'expectMs')),
    };
  };
  return [row('ours', ours), ...(peer.length > 0 ? [row('lifetimes', peer)] : [])];
}

export function lifetimeTimes(result: LifetimeResult): Row[] {
  const figures = { 'first fit': 'firstFitMs', fit: 'fitMs', expect: 'expectMs' } as const;
  return Object.entries(figures).map(([what, figure]) => ({
    what,
    'times ours': timesText({ times: timesOf(result, figure), bound: false }),
  }));
}

export function lifetimeGoals(result: LifetimeResult): Row[] {
  const times = timesOf(result, 'fitMs');
  return [
    {
      goal: `lifetimes: ≥ ${peerFactor} × as long to fit, both warm`,
      figure: timesText({ times, bound: false }),
      verdict: times >= peerFactor ? 'met' : 'missed',
    },
  ];
}
