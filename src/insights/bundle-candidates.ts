import { largestGroup, offsetsOf } from '../baskets/offsets.ts';
import { BestOf } from '../mining/best-of.ts';
import type { Itemsets } from '../mining/itemsets.ts';
import { type RuleColumns, ruleCount } from '../rules/rule-columns.ts';
import { copyWith, SubsetSupports } from '../rules/subset-supports.ts';
import { type BundleColumns, type RelationColumns, relations } from './insights.ts';

/** Items of the largest bundle: more are hard to explain, and to sell. */
const mostItems = 4;

/** More candidates than this are more than anybody prices. */
const mostCandidates = 10_000;

const complement = relations.indexOf('complement');

/**
 * Sets of two to four items that hold together whichever item is split off: each rule "the others ⇒ this one" is there and
 * shown. Two of them that were looked at for relations have to be complements.
 *
 * Of more than {@link mostCandidates} sets, those stay that exceed chance by most transactions, were their items independent;
 * `leftOut` tells how many went.
 *
 * @param isShown by rule
 * @param itemsets all frequent itemsets that the rules were made of
 * @param relatedItems the items that relations were worked out among
 * @returns the best first, in the order above
 */
export function bundleCandidates(
  rules: RuleColumns,
  isShown: Uint8Array,
  itemsets: Itemsets,
  relatedItems: Int32Array,
  related: RelationColumns,
): BundleColumns {
  const { without, splits } = splitsOf(rules, isShown, itemsets);
  const { offsets, items, supports } = itemsets;
  const areComplements = complementTest(relatedItems, related);
  const surplus = surplusOf(rules, itemsets);
  const best = new BestOf(mostCandidates, (a, b) => surplus(b) - surplus(a) || a - b);
  let found = 0;
  for (let s = 0; s < supports.length; s++) {
    const size = offsets[s + 1] - offsets[s];
    if (size < 2 || splits[s] < size) continue;
    if (!areComplements(items.subarray(offsets[s], offsets[s + 1]))) continue;
    best.offer(s);
    found++;
  }
  const chosen = best.sorted();
  const places = Array.from(chosen, (s) => ({ from: offsets[s], to: offsets[s + 1] }));
  const joined = (column: Int32Array): Int32Array =>
    Int32Array.from(places.flatMap(({ from, to }) => [...column.subarray(from, to)]));
  return {
    offsets: offsetsOf(Int32Array.from(places, ({ from, to }) => to - from)),
    items: joined(items),
    together: chosen.map((s) => supports[s]),
    without: joined(without),
    leftOut: found - chosen.length,
  };
}

/** What the shown rules tell of the itemsets that they are splits of. */
interface Splits {
  /** In the places of the itemsets' items: transactions that hold all of the set but this one, where that rule is shown. */
  readonly without: Int32Array;
  /** By itemset: how many of its splits are shown rules; of larger sets than bundles, none. */
  readonly splits: Uint8Array;
}

function splitsOf(rules: RuleColumns, isShown: Uint8Array, itemsets: Itemsets): Splits {
  const { antecedentOffsets, antecedentItems, consequent, antecedentCount } = rules;
  const supports = new SubsetSupports(itemsets, rules.transactionCount);
  const set = new Int32Array(largestGroup(antecedentOffsets) + 1);
  const without = new Int32Array(itemsets.items.length);
  const splits = new Uint8Array(itemsets.supports.length);
  for (let r = 0; r < ruleCount(rules); r++) {
    const from = antecedentOffsets[r];
    const to = antecedentOffsets[r + 1];
    const size = to - from + 1;
    if (isShown[r] === 0 || size > mostItems) continue;
    copyWith(antecedentItems, from, to, consequent[r], set);
    const s = supports.indexOf(set, size);
    without[itemsets.offsets[s] + set.indexOf(consequent[r])] = antecedentCount[r];
    splits[s]++;
  }
  return { without, splits };
}

/** Tells whether any two of some items that were looked at for relations are complements. */
function complementTest(
  relatedItems: Int32Array,
  { a, b, relation }: RelationColumns,
): (items: Int32Array) => boolean {
  const isLookedAt = new Set(relatedItems);
  const pairs = new Set<string>();
  relation.forEach((which, row) => {
    if (which === complement) pairs.add(`${a[row]} ${b[row]}`);
  });
  return (items) => {
    const known = items.filter((item) => isLookedAt.has(item));
    return known.every((higher, i) => known.subarray(0, i).every((lower) => pairs.has(`${lower} ${higher}`)));
  };
}

/** By itemset: by how many transactions it exceeds what independent items would lead to expect. */
function surplusOf({ transactionCount: n }: RuleColumns, { offsets, items, supports }: Itemsets) {
  const counts = new Map<number, number>();
  supports.forEach((count, s) => {
    if (offsets[s + 1] - offsets[s] === 1) counts.set(items[offsets[s]], count);
  });
  return (s: number): number => {
    let expected = n;
    for (let at = offsets[s]; at < offsets[s + 1]; at++) expected *= counts.get(items[at])! / n;
    return supports[s] - expected;
  };
}
