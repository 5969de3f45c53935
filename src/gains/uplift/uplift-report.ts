import type { Interval } from '../../stats/binomial-interval.ts';
import { type Difference, proportionDifference } from '../../stats/proportion-difference.ts';
import { rankedSteps } from '../../stats/ranked-steps.ts';
import {
  checkNames,
  type GainsOptions,
  type NamedScores,
  type PairedDifference,
  pairedDifference,
} from '../gains-report.ts';
import { checkedResampling, middleOf, resampledFigures, type Tallies, talliesOf } from '../resample.ts';
import { sharesOf } from '../shares.ts';
import { armOfClass, checkArms, classesOf, type TwoArms } from './arms.ts';
import { scoresOf, type UpliftScores } from './uplift-scores.ts';
import { rowsAt, type UpliftRow, upliftTable } from './uplift-table.ts';

export interface UpliftReportRow extends UpliftRow {
  readonly upliftInterval: Interval | null;
}

export interface ScoreUplift extends UpliftScores {
  readonly name: string;
  readonly qiniInterval: Interval | null;
  readonly upliftAucInterval: Interval | null;
  readonly rows: readonly UpliftReportRow[];
}

/** How much better the first of two scores is than the second, on the same customers. */
export interface UpliftDifference {
  readonly first: string;
  readonly second: string;
  readonly qini: PairedDifference | null;
  readonly upliftAuc: PairedDifference | null;
  readonly rows: readonly { readonly share: number; readonly uplift: PairedDifference | null }[];
}

export interface UpliftReport {
  readonly treated: number;
  readonly control: number;
  /** The response rate of the treated less that of the control, with Newcombe's interval. */
  readonly effect: Difference;
  /** Of the intervals. */
  readonly level: number;
  readonly resamples: number;
  readonly scores: readonly ScoreUplift[];
  /** Of the first score and each other one. */
  readonly differences: readonly UpliftDifference[];
}

/** Figures of a score before those by share. */
const leading = 2;

/**
 * Scores that should tell on whom a treatment works, side by side. Intervals are those of the bootstrap stratified by arm: the same
 * customers are drawn for all scores, so that differences are paired.
 *
 * @throws PairwellError `bad-input` as `checkArms`, for no scores, two of one name, or options that cannot be
 */
export function upliftReport(
  scores: readonly NamedScores[],
  arms: TwoArms,
  options: GainsOptions,
): UpliftReport {
  checkNames(scores);
  for (const { scores: own } of scores) checkArms(own, arms);
  const shares = sharesOf(options.parts ?? 10);
  const resampling = checkedResampling(options);
  const { level, resamples } = resampling;
  const classOf = classesOf(arms);
  const steps = scores.map(({ scores: own }) => rankedSteps(own));
  const tallies = steps.map((own) => talliesOf(own, classOf, 4));
  const figures = (all: readonly Tallies[]): number[] => all.flatMap((own) => figuresOf(own, shares));
  const point = figures(tallies);
  const drawn = resampledFigures(steps, classOf, armOfClass, figures, resampling);
  const width = leading + shares.length;
  const reports = scores.map(({ name, scores: own }, s): ScoreUplift => {
    const interval = (figure: number): Interval | null => middleOf(drawn[s * width + figure], level);
    return {
      name,
      ...scoresOf(tallies[s]),
      qiniInterval: interval(0),
      upliftAucInterval: interval(1),
      rows: upliftTable(own, arms, shares.length).map((row, n) => ({
        ...row,
        upliftInterval: interval(leading + n),
      })),
    };
  });
  const differences = scores.slice(1).map(({ name }, n): UpliftDifference => {
    const at = (figure: number): PairedDifference | null =>
      pairedDifference(point, drawn, figure, (n + 1) * width + figure, level);
    return {
      first: scores[0].name,
      second: name,
      qini: at(0),
      upliftAuc: at(1),
      rows: shares.map((share, row) => ({ share, uplift: at(leading + row) })),
    };
  });
  const counted = (arm: number) => {
    let [successes, trials] = [0, 0];
    for (const [row, treated] of arms.treatment.entries()) {
      if (treated !== arm) continue;
      trials++;
      successes += arms.outcome[row];
    }
    return { successes, trials };
  };
  const [control, treated] = [counted(0), counted(1)];
  return {
    treated: treated.trials,
    control: control.trials,
    effect: proportionDifference(treated, control, level),
    ...{ level, resamples, scores: reports, differences },
  };
}

/** Qini, uplift AUC, and the uplift at each share; NaN where there is none. */
function figuresOf(tallies: Tallies, shares: readonly number[]): number[] {
  const { qini, upliftAuc } = scoresOf(tallies);
  const uplifts = rowsAt(tallies, shares).map(({ uplift }) => uplift);
  return [qini, upliftAuc, ...uplifts].map((figure) => figure ?? Number.NaN);
}
