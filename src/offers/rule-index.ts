import { type RuleColumns, ruleCount } from '../rules/rule-columns.ts';

/**
 * The rules by an item of their antecedent, so that those which a basket fires are found without a scan. Each
 * rule is listed once, under its rarest antecedent item: the shortest lists stay the most visited.
 */
export class RuleIndex {
  readonly rules: RuleColumns;
  readonly #offsets: Int32Array;
  readonly #listed: Int32Array;

  /** @param itemCounts baskets with each item */
  constructor(rules: RuleColumns, itemCounts: Int32Array) {
    this.rules = rules;
    const { antecedentOffsets, antecedentItems } = rules;
    const count = ruleCount(rules);
    const key = new Int32Array(count);
    this.#offsets = new Int32Array(itemCounts.length + 1);
    for (let rule = 0; rule < count; rule++) {
      let rarest = antecedentItems[antecedentOffsets[rule]];
      for (let i = antecedentOffsets[rule] + 1; i < antecedentOffsets[rule + 1]; i++) {
        if (itemCounts[antecedentItems[i]] < itemCounts[rarest]) rarest = antecedentItems[i];
      }
      key[rule] = rarest;
      this.#offsets[rarest + 1]++;
    }
    for (let item = 0; item < itemCounts.length; item++) this.#offsets[item + 1] += this.#offsets[item];
    this.#listed = new Int32Array(count);
    const next = this.#offsets.slice();
    for (let rule = 0; rule < count; rule++) this.#listed[next[key[rule]]++] = rule;
  }

  /**
   * Calls `visit` once for each rule whose antecedent lies wholly within a basket.
   *
   * @param items the basket, each item once
   * @param has whether an item is in the basket
   */
  fired(items: readonly number[], has: (item: number) => boolean, visit: (rule: number) => void): void {
    const { antecedentOffsets, antecedentItems } = this.rules;
    for (const item of items) {
      next: for (let at = this.#offsets[item]; at < this.#offsets[item + 1]; at++) {
        const rule = this.#listed[at];
        for (let i = antecedentOffsets[rule]; i < antecedentOffsets[rule + 1]; i++) {
          if (!has(antecedentItems[i])) continue next;
        }
        visit(rule);
      }
    }
  }
}
