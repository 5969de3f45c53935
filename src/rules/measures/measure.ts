import type { RuleColumns } from '../rule-columns.ts';

/**
 * Works out a measure of the rule X ⇒ Y from numbers of transactions.
 *
 * @param xy transactions with antecedent and consequent
 * @param x transactions with the antecedent, ≥ 1
 * @param y transactions with the consequent, ≥ 1
 * @param n all transactions, empty ones included
 */
export type CountFunction = (xy: number, x: number, y: number, n: number) => number;

/** What a measure is worked out from besides the counts of the rule. */
export interface MeasureContext {
  /** The least number of transactions that a rule had to hold in, ≥ 1. Default 1. */
  readonly minSupport?: number;
  /** The least confidence that a rule had to have, 0 … 1. Default 0. */
  readonly minConfidence?: number;
  /** By item id: the profit on one sale, in the shop's currency; NaN where it is not known. */
  readonly margins?: Float64Array;
}

/**
 * What is to be known of a measure. Formulas write X for the antecedent, Y for the consequent, ¬ for "without", P for
 * shares of all transactions and n11, n10, n01, n00 for transactions with both, X alone, Y alone and neither.
 */
interface MeasureText {
  readonly label: string;
  readonly formula: string;
  /** The least and the greatest value that counts of transactions allow. */
  readonly range: readonly [least: number, greatest: number];
  /** The value where both sides are exactly independent, for those that have one. */
  readonly neutral?: number;
  /** Whether X ⇒ Y and Y ⇒ X always have the same value. */
  readonly isSymmetric: boolean;
  /** What the formula does not say of itself: values where it would divide by 0. */
  readonly limits?: string;
  /** Where it comes from. */
  readonly source: string;
}

export interface CountMeasure extends MeasureText {
  readonly of: CountFunction;
  /** The same for every rule, where there is a faster way than one by one. */
  readonly column?: (rules: RuleColumns) => Float64Array;
}

/** A measure of which the counts of a rule are not enough, or not all. */
export interface ContextMeasure extends MeasureText {
  /** What it cannot do without: the `margins` of items. Without it the context only refines the measure. */
  readonly needs?: 'margins';
  readonly column: (rules: RuleColumns, context: MeasureContext) => Float64Array;
}

export type Measure = CountMeasure | ContextMeasure;
