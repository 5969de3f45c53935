import { PairwellError } from '../errors.ts';
import { checkPairs } from '../learn/scores.ts';
import type { Interval } from '../stats/binomial-interval.ts';
import { rankedSteps } from '../stats/ranked-steps.ts';
import { areaOf, type GainsRow, type GainsTable, respondersAt, tableOf } from './gains-table.ts';
import {
  checkedResampling,
  middleOf,
  type Resampling,
  resampledFigures,
  type Tallies,
  talliesOf,
} from './resample.ts';
import { sharesOf, totalOf } from './shares.ts';

export interface NamedScores {
  readonly name: string;
  /** By customer, finite. */
  readonly scores: Float64Array;
}

export interface GainsReportRow extends GainsRow {
  /** Of the gain; that of the lift is this over the share. */
  readonly gainInterval: Interval | null;
}

export interface ScoreGains extends GainsTable {
  readonly name: string;
  readonly rows: readonly GainsReportRow[];
  readonly aucInterval: Interval | null;
  readonly giniInterval: Interval | null;
}

/** A difference with its interval, whose ends are null where none was asked for. */
export interface PairedDifference {
  readonly difference: number;
  readonly low: number | null;
  readonly high: number | null;
}

/** How much better the first of two scores is than the second, on the same customers. */
export interface GainsDifference {
  readonly first: string;
  readonly second: string;
  /** By share: of the gains. */
  readonly rows: readonly { readonly share: number; readonly gain: PairedDifference | null }[];
  readonly auc: PairedDifference | null;
  readonly gini: PairedDifference | null;
}

export interface GainsReport {
  readonly customers: number;
  readonly responders: number;
  readonly rate: number;
  /** Of the intervals. */
  readonly level: number;
  readonly resamples: number;
  readonly scores: readonly ScoreGains[];
  /** Of the first score and each other one. */
  readonly differences: readonly GainsDifference[];
}

export interface GainsOptions extends Resampling {
  /** Default 10. */
  readonly parts?: number | undefined;
}

/**
 * The gains of scores of the same customers, side by side. Intervals are those of the stratified bootstrap: responders and others
 * are drawn apart, so that there are as many responders each time, and the same for all scores, so that differences are paired.
 *
 * @throws PairwellError `bad-input` for no scores, two of one name, ones that are not finite, or options that cannot be
 */
export function gainsReport(
  scores: readonly NamedScores[],
  target: Uint8Array,
  options: GainsOptions,
): GainsReport {
  checkNames(scores);
  for (const { scores: own } of scores) checkPairs(own, target);
  const shares = sharesOf(options.parts ?? 10);
  const resampling = checkedResampling(options);
  const steps = scores.map(({ scores: own }) => rankedSteps(own));
  const tallies = steps.map((own) => talliesOf(own, target, 2));
  const figures = (all: readonly Tallies[]): number[] => all.flatMap((own) => figuresOf(own, shares));
  const point = figures(tallies);
  const drawn = resampledFigures(steps, target, [0, 1], figures, resampling);
  const width = shares.length + 1;
  const interval = (figure: number): Interval | null => middleOf(drawn[figure], resampling.level);
  const tables = tallies.map((own, s): ScoreGains => {
    const table = tableOf(own, shares);
    const auc = interval(s * width + shares.length);
    return {
      name: scores[s].name,
      ...table,
      rows: table.rows.map((row, n) => ({ ...row, gainInterval: interval(s * width + n) })),
      aucInterval: auc,
      giniInterval: auc && { low: 2 * auc.low - 1, high: 2 * auc.high - 1 },
    };
  });
  const differences = scores.slice(1).map(({ name }, n): GainsDifference => {
    const at = (figure: number): PairedDifference | null =>
      pairedDifference(point, drawn, figure, (n + 1) * width + figure, resampling.level);
    const auc = at(shares.length);
    return {
      first: scores[0].name,
      second: name,
      rows: shares.map((share, row) => ({ share, gain: at(row) })),
      auc,
      gini: auc && doubled(auc),
    };
  });
  const [{ customers, responders, rate }] = tables;
  const { level, resamples } = resampling;
  return { customers, responders, rate, level, resamples, scores: tables, differences };
}

/** @throws PairwellError `bad-input` for no scores, or two of one name */
export function checkNames(scores: readonly NamedScores[]): void {
  const names = scores.map(({ name }) => name);
  if (names.length === 0) throw new PairwellError('bad-input', 'There is no score; give one at least.');
  const twice = names.find((name, n) => names.indexOf(name) !== n);
  if (twice !== undefined) throw new PairwellError('bad-input', `The score "${twice}" is there twice.`);
}

/** The gain at each share and then the area. */
function figuresOf(tallies: Tallies, shares: readonly number[]): number[] {
  const responders = totalOf(tallies[1]);
  const gains = [...respondersAt(tallies, shares)].map((count) => count / responders);
  return [...gains, areaOf(tallies)?.auc ?? Number.NaN];
}

/**
 * How much more one figure is than another, with the interval of resamples in which both were drawn together.
 *
 * @returns null where either is not known
 */
export function pairedDifference(
  point: readonly number[],
  drawn: readonly Float64Array[],
  first: number,
  second: number,
  level: number,
): PairedDifference | null {
  const difference = point[first] - point[second];
  if (Number.isNaN(difference)) return null;
  const middle = middleOf(
    drawn[first]?.map((value, r) => value - drawn[second][r]),
    level,
  );
  return middle ? { difference, ...middle } : { difference, low: null, high: null };
}

/** Twice an area is a Gini coefficient more. */
const doubled = ({ difference, low, high }: PairedDifference): PairedDifference => ({
  difference: 2 * difference,
  low: low && 2 * low,
  high: high && 2 * high,
});
