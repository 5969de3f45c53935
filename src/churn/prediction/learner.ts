import type { Random } from '../../learn/random.ts';
import type { FeatureTable } from '../../learn/training-data.ts';
import type { ChurnWords } from './churn-feature.ts';
import type { ChurnRows } from './churn-rows.ts';

/** What was learnt, at work. */
export interface ChurnScorer {
  /** Plain data, of which {@link ChurnLearner.restore} makes this scorer again. */
  readonly model: unknown;
  /** By given row: a finite number, the higher the likelier that the customer leaves. It need not be calibrated. */
  score(table: FeatureTable, rows: Int32Array): Float64Array;
  /**
   * Writes what each feature adds to the score of a row into `out`, one number for each column; absent where the score is no such sum.
   *
   * @returns the score of a row of which nothing is known
   */
  contributions?(table: FeatureTable, row: number, out: Float64Array): number;
  /** Of a score that is told by rules, and not by what each feature adds. */
  readonly rules?: RuleTeller;
}

/** What rules say for leaving: those for it where they hold, those against it where they do not. */
export interface RuleTeller {
  readonly reasons: readonly RuleReason[];
  /** Those of a row, what adds most first. A rule holds if it does so to ½ at least. */
  reasonsOf(table: FeatureTable, row: number): HeldReason[];
}

export interface RuleReason {
  /** In the notation of rules. */
  readonly name: string;
  readonly words: ChurnWords;
}

export interface HeldReason {
  /** Its place among the {@link RuleTeller.reasons}. */
  readonly reason: number;
  /** How much more than with the mean customer it adds to the score, in log-odds; > 0. */
  readonly contribution: number;
}

/** A way of telling who leaves. All of them go through one protocol: `predictOutOfSample`. */
export interface ChurnLearner {
  /** Unique among those that are compared. */
  readonly name: string;
  /** A baseline is there to be beaten, and never put into service. */
  readonly role: 'model' | 'baseline';
  /** How plain it is to a reader, the plainest at 0: decides between models that are as good. */
  readonly complexity: number;
  /**
   * Learns from the given rows, of both classes, and from no others.
   *
   * @param random makes what is learnt the same again
   */
  fit(data: ChurnRows, rows: Int32Array, random: Random): ChurnScorer;
  /** @param model of a scorer that this learner made */
  restore(model: unknown): ChurnScorer;
}

/** The values of some rows, one row after the other. */
export function rowMajor({ columns }: FeatureTable, rows: Int32Array): Float64Array {
  const width = columns.length;
  const values = new Float64Array(rows.length * width);
  for (const [n, column] of columns.entries())
    for (let at = 0; at < rows.length; at++) values[at * width + n] = column[rows[at]];
  return values;
}
