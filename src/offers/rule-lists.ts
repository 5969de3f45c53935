import { firstAtLeast } from '../baskets/first-at-least.ts';
import { offsetsOf } from '../baskets/offsets.ts';
import { confidence } from '../rules/measures/support-confidence-lift.ts';
import type { RuleColumns } from '../rules/rule-columns.ts';

/** For what a list says of an antecedent besides its own item: before and after all item numbers. */
const nothing = -1;
export const several = 2 ** 31 - 1;

/**
 * Rules under each item of their antecedent: item `i` has the entries `offsets[i] … offsets[i + 1] − 1`, side by side so that
 * a list is read from one end to the other. A list is in order of what else the antecedent needs, and of those that need the
 * same the most confident comes first.
 */
export interface RuleLists {
  readonly offsets: Int32Array;
  /** The number of the rule. */
  readonly listed: Int32Array;
  readonly confidence: Float64Array;
  readonly consequent: Int32Array;
  /** What else the antecedent needs: an item, −1 for nothing, or `several`. */
  readonly other: Int32Array;
}

/** Lists the rules that are `included`. */
export function listRules(
  rules: RuleColumns,
  itemCount: number,
  included: (rule: number) => boolean,
): RuleLists {
  const { antecedentOffsets, antecedentItems, consequent, supportCount, antecedentCount } = rules;
  const sure = Float64Array.from(supportCount, (both, rule) => confidence(both, antecedentCount[rule]));
  const byConfidence = Int32Array.from(sure, (_, rule) => rule)
    .filter(included)
    .sort((a, b) => sure[b] - sure[a] || a - b);
  const sizes = new Int32Array(itemCount);
  let entries = 0;
  for (const rule of byConfidence) {
    entries += antecedentOffsets[rule + 1] - antecedentOffsets[rule];
    for (let i = antecedentOffsets[rule]; i < antecedentOffsets[rule + 1]; i++) sizes[antecedentItems[i]]++;
  }
  const itemOf = new Int32Array(entries);
  const ruleOf = new Int32Array(entries);
  const otherOf = new Int32Array(entries);
  let entry = 0;
  for (const rule of byConfidence) {
    const start = antecedentOffsets[rule];
    const end = antecedentOffsets[rule + 1];
    for (let i = start; i < end; i++, entry++) {
      itemOf[entry] = antecedentItems[i];
      ruleOf[entry] = rule;
      if (end - start === 1) otherOf[entry] = nothing;
      else otherOf[entry] = end - start === 2 ? antecedentItems[start + end - 1 - i] : several;
    }
  }
  // Stable, so that what is equal stays in order of confidence.
  const byOther = sortedBy(
    Int32Array.from(itemOf, (_, e) => e),
    itemCount + 2,
    (e) => Math.min(otherOf[e], itemCount) + 1,
  );
  const order = sortedBy(byOther, itemCount, (e) => itemOf[e]);
  return {
    offsets: offsetsOf(sizes),
    listed: order.map((e) => ruleOf[e]),
    confidence: Float64Array.from(order, (e) => sure[ruleOf[e]]),
    consequent: order.map((e) => consequent[ruleOf[e]]),
    other: order.map((e) => otherOf[e]),
  };
}

/** Where in the entries `[from, to)` of one item those begin that need `other` or what comes after it. */
export function findOther({ other: needed }: RuleLists, other: number, from: number, to: number): number {
  return firstAtLeast(needed, other, from, to);
}

/** `order` sorted by a key of 0 … `keys` − 1; what has the same key stays in its order. */
function sortedBy(order: Int32Array, keys: number, keyOf: (entry: number) => number): Int32Array {
  const sizes = new Int32Array(keys);
  for (const entry of order) sizes[keyOf(entry)]++;
  const next = offsetsOf(sizes);
  const sorted = new Int32Array(order.length);
  for (const entry of order) sorted[next[keyOf(entry)]++] = entry;
  return sorted;
}
