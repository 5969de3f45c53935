import { areaOfSteps, checkPairs } from '../learn/scores.ts';
import { rankedSteps, sumsOfBest } from '../stats/ranked-steps.ts';
import { rowsOf, type Tallies, talliesOf } from './resample.ts';
import { sharesOf, totalOf } from './shares.ts';

/** One part of the customers, such as a tenth. */
export interface GainsPart {
  readonly responders: number;
  /** The share of its customers who respond. */
  readonly rate: number;
  /** How many times the rate of all; null where nobody responds. */
  readonly lift: number | null;
}

/** What is found among the customers with the highest scores. Without any model the gain would be the share, and the lift 1. */
export interface GainsRow {
  /** Of the customers, in (0, 1]. */
  readonly share: number;
  /** As many; where that is no whole number, the last customer counts in part. */
  readonly customers: number;
  /** Those of them who respond. */
  readonly responders: number;
  /** They as a share of all responders; null where nobody responds. */
  readonly gain: number | null;
  /** The rate among them as a multiple of the rate of all. */
  readonly lift: number | null;
  /** The gain of a score that puts all responders first. */
  readonly perfectGain: number | null;
  /** The customers between the row above and this one. */
  readonly part: GainsPart;
}

/** How much is under the curve of gains. */
export interface GainsArea {
  /** Of the square of share and gain: 0.5 without any model. */
  readonly underGains: number;
  /** The chance that a responder has a higher score than another customer, a tie counting half (the area under the ROC curve). */
  readonly auc: number;
  /** (underGains − ½) / (that of the perfect curve − ½) = 2 auc − 1: 1 perfect, 0 chance, below 0 worse than chance. */
  readonly gini: number;
}

export interface GainsTable {
  readonly customers: number;
  readonly responders: number;
  readonly rate: number;
  /** By share, ascending; the last has all. */
  readonly rows: readonly GainsRow[];
  /** Null unless some respond and some do not. */
  readonly area: GainsArea | null;
}

/**
 * Cumulative gains and lift by share contacted (Berry and Linoff, "Data Mining Techniques", 2011, chapter 5). Where the border of a
 * share is among customers of one score, these count as if in random order: the mean over all orders. With 100 parts the rows are
 * a curve to draw.
 *
 * @param scores by customer, finite; the higher, the likelier to respond
 * @param target 1 for those who responded
 * @param parts into how many equal parts the customers are cut: 1 … 1000
 * @throws PairwellError `bad-input` for no customers, scores that are not finite, targets other than 0 and 1, other parts
 */
export function gainsTable(scores: Float64Array, target: Uint8Array, parts = 10): GainsTable {
  checkPairs(scores, target);
  return tableOf(talliesOf(rankedSteps(scores), target, 2), sharesOf(parts));
}

/** @param tallies of those who do not respond, and of those who do */
export function tableOf(tallies: Tallies, shares: readonly number[]): GainsTable {
  const rows = rowsOf(tallies);
  const customers = totalOf(rows);
  const responders = totalOf(tallies[1]);
  const found = respondersAt(tallies, shares);
  const shared = (count: number): number | null => (responders > 0 ? count / responders : null);
  return {
    customers,
    responders,
    rate: responders / customers,
    rows: shares.map((share, n): GainsRow => {
      const width = share - (shares[n - 1] ?? 0);
      const own = found[n] - (found[n - 1] ?? 0);
      const [gain, ownGain] = [shared(found[n]), shared(own)];
      return {
        share,
        customers: share * customers,
        responders: found[n],
        gain,
        lift: gain === null ? null : gain / share,
        perfectGain: shared(Math.min(share * customers, responders)),
        part: {
          responders: own,
          rate: own / (width * customers),
          lift: ownGain === null ? null : ownGain / width,
        },
      };
    }),
    area: areaOf(tallies),
  };
}

/** How many of the responders are within each share. */
export function respondersAt(tallies: Tallies, shares: readonly number[]): Float64Array {
  const rows = rowsOf(tallies);
  const customers = totalOf(rows);
  return sumsOfBest(
    rows,
    tallies[1],
    shares.map((share) => share * customers),
  );
}

export function areaOf(tallies: Tallies): GainsArea | null {
  const rows = rowsOf(tallies);
  const auc = areaOfSteps(rows, tallies[1]);
  if (auc === null) return null;
  const rate = totalOf(tallies[1]) / totalOf(rows);
  // The curve of gains goes along the responders as well as along the others, the one of ROC along the others alone.
  return { underGains: (1 - rate) * auc + rate / 2, auc, gini: 2 * auc - 1 };
}
