import { median } from './median.ts';
import type { Row } from './table.ts';

/** What one program takes to fit, in ms, and how well that tells test rows apart. */
export interface ChurnTimes {
  readonly treesMs: number;
  readonly treesAuc: number;
  readonly logisticMs: number;
  readonly logisticAuc: number;
}

/** The runs of one program, one for each repetition. */
export interface ChurnRuns {
  readonly name: string;
  readonly runs: readonly ChurnTimes[];
}

/** How many times as much the first takes: the median over repetitions, as both suffer what disturbs one. */
export const timesAsMuch = (one: ChurnRuns, other: ChurnRuns, key: keyof ChurnTimes): number =>
  median(one.runs.map((run, n) => run[key] / other.runs[n][key]));

/** @param peer beside which the others are held; undefined where there is none */
export function timeRows(programs: readonly ChurnRuns[], peer: ChurnRuns | undefined): Row[] {
  return programs.map((program) => {
    const middle = (key: keyof ChurnTimes): number => median(program.runs.map((run) => run[key]));
    const beside = (key: keyof ChurnTimes): string =>
      peer && program !== peer ? timesAsMuch(program, peer, key).toFixed(2) : '';
    return {
      program: program.name,
      'trees, ms': Math.round(middle('treesMs')),
      "of the peer's": beside('treesMs'),
      'AUC, trees': middle('treesAuc').toFixed(4),
      'logistic, ms': Math.round(middle('logisticMs')),
      "of the peer's ": beside('logisticMs'),
      'AUC, logistic': middle('logisticAuc').toFixed(4),
    };
  });
}
