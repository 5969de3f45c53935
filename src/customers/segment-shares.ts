import type { Transactions } from '../baskets/transactions.ts';
import type { RuleColumns } from '../rules/rule-columns.ts';
import {
  confidenceStrength,
  countsTogether,
  type SegmentRuleCounts,
  segmentRuleCounts,
  shopConfidence,
} from './segment-rules.ts';
import { type SegmentPopularity, segmentPopularity } from './segment-rules-popularity.ts';

/** The orders that a model is made of, and the rules that are looked at in each segment. */
export interface SegmentedOrders {
  readonly baskets: Transactions;
  /** By basket: days since 1970-01-01. */
  readonly day: Int32Array;
  /** By basket: its customer, −1 for an anonymous one. */
  readonly customer: Int32Array;
  readonly rules: RuleColumns;
  /** Of the model: the numbers of `rules`. */
  readonly ruleNumbers: Int32Array;
  /** How many days back from the newest order count for what is popular. */
  readonly recentDays: number;
  /** The most items of a segment's list. */
  readonly listLength: number;
}

/** What each behavioural segment does with the shop's rules and buys most. */
export interface SegmentShares {
  /** Of the model: the rules that are counted. */
  readonly ruleNumbers: Int32Array;
  readonly counts: SegmentRuleCounts;
  /** With how many orders of the antecedent the confidence of all segments together counts beside a segment's own. */
  readonly strength: number;
  readonly popularity: SegmentPopularity;
}

/**
 * @param segmentOf by customer: 0 … segments − 1, −1 for none
 * @param today orders after it are mistakes, which are not counted as recent
 */
export function segmentShares(
  { baskets, day, customer, rules, ruleNumbers, recentDays, listLength }: SegmentedOrders,
  segmentOf: Int16Array,
  segments: number,
  today: number,
): SegmentShares {
  const last = day.reduce((latest, at) => (at > today ? latest : Math.max(latest, at)), -1);
  const counts = segmentRuleCounts(baskets, customer, segmentOf, segments, rules);
  return {
    ruleNumbers,
    counts,
    strength: confidenceStrength(counts, shopConfidence(countsTogether(counts))),
    popularity: segmentPopularity(baskets, customer, segmentOf, segments, {
      listLength,
      counts: (order) => day[order] > last - recentDays && day[order] <= last,
    }),
  };
}
