import type { Transactions } from '../baskets/transactions.ts';
import { transactionsWhere } from '../rules/hold-out.ts';
import { recount } from '../rules/recount.ts';
import { type RuleColumns, ruleCount } from '../rules/rule-columns.ts';
import { estimateStrength, shrunkShare } from './segment-rules-shrinkage.ts';

/** In how many orders of each segment rules have their parts; segment s has rule r at `s * rules + r`. */
export interface SegmentRuleCounts {
  readonly rules: number;
  /** By segment: all orders. */
  readonly orders: Int32Array;
  readonly supportCount: Int32Array;
  readonly antecedentCount: Int32Array;
}

/**
 * Counts rules among the orders of each segment, in the time of one `recount` of all orders. Twice 4 bytes for each rule of each
 * segment: give it the rules that are shown or offered from.
 *
 * @param orderCustomer by order: its customer, −1 for an anonymous one
 * @param customerSegment by customer: 0 … segments − 1, −1 for none
 */
export function segmentRuleCounts(
  baskets: Transactions,
  orderCustomer: Int32Array,
  customerSegment: ArrayLike<number>,
  segments: number,
  rules: RuleColumns,
): SegmentRuleCounts {
  const count = ruleCount(rules);
  const orders = new Int32Array(segments);
  const supportCount = new Int32Array(segments * count);
  const antecedentCount = new Int32Array(segments * count);
  const segmentOf = orderCustomer.map((customer) => (customer < 0 ? -1 : customerSegment[customer]));
  for (let segment = 0; segment < segments; segment++) {
    const own = recount(
      rules,
      transactionsWhere(baskets, (order) => segmentOf[order] === segment),
    );
    orders[segment] = own.transactionCount;
    supportCount.set(own.supportCount, segment * count);
    antecedentCount.set(own.antecedentCount, segment * count);
  }
  return { rules: count, orders, supportCount, antecedentCount };
}

/**
 * By rule: the counts of all segments together, which those of one are held against. Not those of all orders: orders of nobody
 * known may be of another kind, and then every segment would differ from them alike. In Online Retail they hold 96 products on
 * average, those of known customers 21, so the confidences of all orders are half as high again.
 */
export function countsTogether({ rules, supportCount, antecedentCount }: SegmentRuleCounts): RuleCounts {
  const summed = (counts: Int32Array): Int32Array => {
    const sums = new Int32Array(rules);
    counts.forEach((count, at) => {
      sums[at % rules] += count;
    });
    return sums;
  };
  return { supportCount: summed(supportCount), antecedentCount: summed(antecedentCount) };
}

type RuleCounts = Pick<RuleColumns, 'supportCount' | 'antecedentCount'>;

/** By rule: the confidence; 0 where nothing held the antecedent. */
export const shopConfidence = ({ supportCount, antecedentCount }: RuleCounts): Float64Array =>
  Float64Array.from(supportCount, (both, r) => (antecedentCount[r] > 0 ? both / antecedentCount[r] : 0));

/**
 * How much the shop's confidence counts beside a segment's own, as a number of orders with the antecedent. It depends on the rules
 * that are looked at and on the orders, so one number cannot be held against another of other rules. Orders of one customer are
 * alike, which the likelihood takes for a difference of segments: customers put into segments by lot get 524 in Online Retail,
 * those of behaviour 484, so that of its segments' rules hardly anything but who is in them is to be learned.
 *
 * @param shop by rule: what segments are drawn to, as of {@link countsTogether}
 */
export const confidenceStrength = (counts: SegmentRuleCounts, shop: Float64Array): number =>
  estimateStrength({
    groups: counts.orders.length,
    shares: shop,
    successes: counts.supportCount,
    trials: counts.antecedentCount,
  });

/**
 * The confidence of each rule in each segment, drawn to the shop's as if that had been seen in so many orders more; laid out as
 * the counts.
 *
 * @param strength ≥ 0; see `confidenceStrength`
 */
export function shrunkConfidence(
  { supportCount, antecedentCount, rules }: SegmentRuleCounts,
  shop: Float64Array,
  strength: number,
): Float64Array {
  return Float64Array.from(supportCount, (both, at) =>
    shrunkShare(both, antecedentCount[at], shop[at % rules], strength),
  );
}
