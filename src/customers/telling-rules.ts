import { shopConfidence as confidenceOf, countsTogether } from './segment-rules.ts';
import { shrunkShare } from './segment-rules-shrinkage.ts';
import type { SegmentShares } from './segment-shares.ts';

/** A rule as a segment has it. */
export interface SegmentRule {
  /** Of the model. */
  readonly rule: number;
  /** The segment's orders with both sides, and with the left side. */
  readonly support: number;
  readonly antecedent: number;
  /** The share of one in the other, drawn to the shop's where there are few. */
  readonly confidence: number;
  /** Of all segments together; see `countsTogether`. */
  readonly shopConfidence: number;
  /** How many standard errors the shop's confidence would be off by, were the drawn share that of the `antecedent` orders; below 0 where the segment does it less. */
  readonly deviation: number;
}

/**
 * The rules that hold in a segment more than in all of them together, or less, those that tell it most first.
 */
export function tellingRules(
  { ruleNumbers, counts, strength }: SegmentShares,
  segment: number,
  { isMore, limit }: { readonly isMore: boolean; readonly limit: number },
): SegmentRule[] {
  const sign = isMore ? 1 : -1;
  const all = confidenceOf(countsTogether(counts));
  const found: SegmentRule[] = [];
  ruleNumbers.forEach((rule, n) => {
    const support = counts.supportCount[segment * counts.rules + n];
    const antecedent = counts.antecedentCount[segment * counts.rules + n];
    const shopConfidence = all[n];
    // Of a rule that always holds, or never, no share can be off.
    if (antecedent === 0 || shopConfidence >= 1 || shopConfidence <= 0) return;
    const confidence = shrunkShare(support, antecedent, shopConfidence, strength);
    const error = Math.sqrt((shopConfidence * (1 - shopConfidence)) / antecedent);
    const deviation = (confidence - shopConfidence) / error;
    if (sign * deviation > 0)
      found.push({ rule, support, antecedent, confidence, shopConfidence, deviation });
  });
  found.sort((one, other) => sign * (other.deviation - one.deviation) || one.rule - other.rule);
  return found.slice(0, limit);
}
