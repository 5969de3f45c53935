import { PairwellError } from '../errors.ts';
import { ItemsetIndex } from '../mining/itemset-index.ts';
import type { CategoryTree } from '../taxonomy/category-tree.ts';
import { isTrivial, levelOfItems, type RuleLevel } from '../taxonomy/levels.ts';
import { rulesAt } from './constrain-rules.ts';
import { type RuleColumns, ruleCount } from './rule-columns.ts';

export interface InterestOptions {
  /** How many times as often as its ancestor predicts a rule must hold to be worth a place beside it: R, ≥ 1. */
  minInterest?: number;
}

export const defaultMinInterest = 1.1;

/** By rule of extended baskets: whether it is about products, categories or both. */
export function ruleLevels(rules: RuleColumns, tree: CategoryTree): RuleLevel[] {
  return Array.from(rules.consequent, (_, rule) => levelOfItems(itemsOf(rules, rule), tree));
}

/**
 * The rules that do not hold an item together with one of its own ancestors. Where itemsets are at hand, leave those out
 * of them instead: rules from trivial sets need not be generated.
 *
 * @param parents by item, as `itemParents` gives them
 */
export function withoutTrivialRules(rules: RuleColumns, parents: Int32Array): RuleColumns {
  return kept(rules, (rule) => !isTrivial(itemsOf(rules, rule), parents));
}

/**
 * The numbers of the rules that tell more than the rules above them, ascending: the R-interesting ones (Srikant and Agrawal, "Mining Generalized
 * Association Rules", VLDB 1995). An ancestor of a rule has the same number of items, some of them replaced
 * by their categories. It predicts the rule's support as its own times the shares that the items have of what replaces
 * them, and the confidence likewise by the share of the consequent. A rule stays when it has no ancestors that stay, or
 * when its support or its confidence is at least R times what each of the closest of those predicts; so a rule that holds
 * less often than predicted goes too.
 *
 * Looks up all possible ancestors of a rule in a hash table, and none beyond an ancestor found: at most the product of
 * (levels above + 1) over its items, such as 64 for three items with three levels above each. Never rule against rule.
 *
 * @param rules of extended baskets, or any others with items in a tree, without trivial ones
 * @param parents by item, as `itemParents` gives them
 * @param itemCounts by item, how many transactions hold it
 * @throws PairwellError `bad-input` for a minimum interest below 1 or an item of a rule that is not counted
 */
export function newsAmongLevels(
  rules: RuleColumns,
  parents: Int32Array,
  itemCounts: Int32Array,
  { minInterest = defaultMinInterest }: InterestOptions = {},
): Int32Array {
  if (!(minInterest >= 1)) {
    const message = `The minimum interest must be 1 or more, not ${minInterest}.`;
    throw new PairwellError('bad-input', message, { minInterest });
  }
  checkItems(rules, parents, itemCounts);
  const search = new AncestorSearch(rules, parents);
  const stays = new Uint8Array(ruleCount(rules));
  // An ancestor has fewer levels above its items, so this order decides on it before its descendants.
  const levelsAbove = Int32Array.from(stays, (_, rule) => levelsAboveItems(itemsOf(rules, rule), parents));
  const order = levelsAbove.map((_, rule) => rule).sort((a, b) => levelsAbove[a] - levelsAbove[b] || a - b);
  for (const rule of order) {
    const items = itemsOf(rules, rule);
    const isNews = (ancestor: number, above: Int32Array): boolean =>
      isInteresting(rules, rule, items, ancestor, above, itemCounts, minInterest);
    stays[rule] = search.everyClosest(items, (ancestor) => stays[ancestor] === 1, isNews) ? 1 : 0;
  }
  return order.sort().filter((rule) => stays[rule] === 1);
}

/** @param above what replaces each of `items`, which end with the consequent */
function isInteresting(
  { supportCount, antecedentCount }: RuleColumns,
  rule: number,
  items: Int32Array,
  ancestor: number,
  above: Int32Array,
  itemCounts: Int32Array,
  minInterest: number,
): boolean {
  let narrow = 1;
  let wide = 1;
  for (let i = 0; i < items.length; i++) {
    if (items[i] === above[i]) continue;
    narrow *= itemCounts[items[i]];
    wide *= itemCounts[above[i]];
  }
  const consequent = items.length - 1;
  // One division of two products, exact up to 2^53: a rule at exactly R times the prediction stays.
  const times = (supportCount[rule] * wide) / (supportCount[ancestor] * narrow);
  const timesConfident =
    (supportCount[rule] * antecedentCount[ancestor] * itemCounts[above[consequent]]) /
    (supportCount[ancestor] * antecedentCount[rule] * itemCounts[items[consequent]]);
  return times >= minInterest || timesConfident >= minInterest;
}

/** Finds the ancestors of a rule among the rules. */
class AncestorSearch {
  readonly #parents: Int32Array;
  readonly #index: ItemsetIndex;

  constructor(rules: RuleColumns, parents: Int32Array) {
    this.#parents = parents;
    this.#index = new ItemsetIndex(rulesAsSets(rules, parents.length));
  }

  /**
   * Whether all of the closest ancestors pass: those with no other ancestor between them and the rule.
   *
   * @param items of the rule, the consequent last
   * @param counts whether an ancestor is one at all
   * @param passes gets the ancestor and what it has in place of each of `items`
   */
  everyClosest(
    items: Int32Array,
    counts: (ancestor: number) => boolean,
    passes: (ancestor: number, above: Int32Array) => boolean,
  ): boolean {
    const above = items.slice();
    /** How many levels each item has been replaced by; an ancestor comes before all that lie above it. */
    const levels = new Int32Array(items.length);
    const set = new Int32Array(items.length);
    const closest: Int32Array[] = [];
    let turn = 0;
    while (this.#climb(items, above, levels, turn)) {
      turn = 0;
      let nearer = closest.find((found) => found.every((level, i) => level <= levels[i]));
      if (!nearer) {
        const ancestor = this.#indexOf(above, set);
        if (ancestor < 0 || !counts(ancestor)) continue;
        if (!passes(ancestor, above)) return false;
        nearer = levels.slice();
        closest.push(nearer);
      }
      // What climbs no lower than it on the items before the next to turn lies above it as well.
      turn = nearer.findIndex((level) => level > 0) + 1;
    }
    return true;
  }

  /** Replaces an item from `turn` on by its parent, and the items before by themselves; false when all have been there. */
  #climb(items: Int32Array, above: Int32Array, levels: Int32Array, turn: number): boolean {
    for (let i = 0; i < items.length; i++) {
      const parent = i < turn ? -1 : this.#parents[above[i]];
      if (parent >= 0) {
        above[i] = parent;
        levels[i]++;
        return true;
      }
      above[i] = items[i];
      levels[i] = 0;
    }
    return false;
  }

  /** The rule of these items, the consequent last, -1 when there is none; `set` is for scratch. */
  #indexOf(above: Int32Array, set: Int32Array): number {
    const consequent = above.length - 1;
    for (let i = 0; i < consequent; i++) {
      const item = above[i];
      let hole = i;
      for (; hole > 0 && set[hole - 1] > item; hole--) set[hole] = set[hole - 1];
      set[hole] = item;
    }
    set[consequent] = this.#parents.length + above[consequent];
    return this.#index.indexOf(set, set.length);
  }
}

/** Rules as ascending sets: the consequent counts as an item of its own kind, its id plus `itemCount`. */
function rulesAsSets(
  { antecedentOffsets, antecedentItems, consequent, supportCount }: RuleColumns,
  itemCount: number,
) {
  const offsets = antecedentOffsets.map((offset, rule) => offset + rule);
  const items = new Int32Array(antecedentItems.length + consequent.length);
  for (let rule = 0; rule < consequent.length; rule++) {
    items.set(antecedentItems.subarray(antecedentOffsets[rule], antecedentOffsets[rule + 1]), offsets[rule]);
    items[offsets[rule + 1] - 1] = itemCount + consequent[rule];
  }
  return { offsets, items, supports: supportCount };
}

/** The items of a rule, the consequent last. */
function itemsOf({ antecedentOffsets, antecedentItems, consequent }: RuleColumns, rule: number): Int32Array {
  const from = antecedentOffsets[rule];
  const length = antecedentOffsets[rule + 1] - from;
  const items = new Int32Array(length + 1);
  for (let i = 0; i < length; i++) items[i] = antecedentItems[from + i];
  items[length] = consequent[rule];
  return items;
}

function levelsAboveItems(items: Int32Array, parents: Int32Array): number {
  let levels = 0;
  for (const item of items) for (let above = parents[item]; above >= 0; above = parents[above]) levels++;
  return levels;
}

function kept(rules: RuleColumns, stays: (rule: number) => boolean): RuleColumns {
  return rulesAt(rules, rules.consequent.map((_, rule) => rule).filter(stays));
}

function checkItems(
  { antecedentItems, consequent }: RuleColumns,
  parents: Int32Array,
  itemCounts: Int32Array,
): void {
  for (const items of [antecedentItems, consequent]) {
    for (const item of items) {
      if (item < parents.length && itemCounts[item] > 0) continue;
      const message = `The item ${item} is in a rule, but not among the items that are in the tree and counted.`;
      throw new PairwellError('bad-input', message, { item });
    }
  }
}
