import { confidence } from '../rules/measures.ts';
import { type RuleColumns, ruleCount } from '../rules/rule-columns.ts';

/** An item that a rule proposes. */
export interface Proposal {
  readonly item: number;
  readonly rule: number;
  /** The rule's confidence, weighted: between 0 and 1. */
  readonly score: number;
}

export interface Proposing {
  /** The cart: item numbers, each once. */
  readonly cart: readonly number[];
  /** Items bought earlier, none of the cart's. */
  readonly history: readonly number[];
  /** What a rule that needs bought items is worth, against 1 for a rule that the cart fires alone. */
  readonly historyWeight: number;
  readonly limit: number;
  /** Whether an item may be proposed at all. */
  readonly admits: (item: number) => boolean;
}

/**
 * Finds the best proposals of a rule set for a cart. Rules are listed by an item of their antecedent, each once,
 * under its rarest one, so that the most visited lists are the shortest; and each list begins with its most
 * confident rule, so that it can be left as soon as nothing in it can reach the page.
 */
export class RuleIndex {
  readonly #rules: RuleColumns;
  readonly #confidence: Float64Array;
  readonly #offsets: Int32Array;
  readonly #listed: Int32Array;
  /**
   * The items that may fire a rule hold the number of the current request: nothing to clear in between. Not
   * integers of 32 bits, as a busy server makes 2^31 requests in days.
   */
  readonly #context: Float64Array;
  #request = 0;

  /** @param itemCounts baskets with each item */
  constructor(rules: RuleColumns, itemCounts: Int32Array) {
    this.#rules = rules;
    const { antecedentOffsets, antecedentItems, supportCount, antecedentCount } = rules;
    const count = ruleCount(rules);
    this.#context = new Float64Array(itemCounts.length);
    this.#confidence = new Float64Array(count);
    this.#offsets = new Int32Array(itemCounts.length + 1);
    this.#listed = new Int32Array(count);

    const key = new Int32Array(count);
    for (let rule = 0; rule < count; rule++) {
      this.#confidence[rule] = confidence(supportCount[rule], antecedentCount[rule]);
      let rarest = antecedentItems[antecedentOffsets[rule]];
      for (let i = antecedentOffsets[rule] + 1; i < antecedentOffsets[rule + 1]; i++) {
        if (itemCounts[antecedentItems[i]] < itemCounts[rarest]) rarest = antecedentItems[i];
      }
      key[rule] = rarest;
      this.#offsets[rarest + 1]++;
    }
    for (let item = 0; item < itemCounts.length; item++) this.#offsets[item + 1] += this.#offsets[item];
    const order = Int32Array.from(key, (_, rule) => rule).sort(
      (a, b) => this.#confidence[b] - this.#confidence[a] || a - b,
    );
    const next = this.#offsets.slice();
    for (const rule of order) this.#listed[next[key[rule]]++] = rule;
  }

  /**
   * The best proposals, the best first, ties by item number: each item once, none of the cart or the history, and
   * with the lowest of the rules that propose it equally well, whatever the order of the cart.
   */
  propose({ cart, history, historyWeight, limit, admits }: Proposing): Proposal[] {
    const best: Proposal[] = [];
    if (limit === 0) return best;
    this.#request++;
    // Known before anything is proposed, so that the cart's rules do not propose what is bought already.
    for (const item of history) this.#context[item] = -this.#request;
    for (const item of cart) this.#context[item] = this.#request;
    this.#fire(cart, 1, limit, admits, best);
    if (history.length === 0) return best;
    for (const item of history) this.#context[item] = this.#request;
    // Rules that the cart fires alone come again here, with the lower weight, and lose to their first score.
    this.#fire(cart, historyWeight, limit, admits, best);
    this.#fire(history, historyWeight, limit, admits, best);
    return best;
  }

  #fire(
    items: readonly number[],
    weight: number,
    limit: number,
    admits: (item: number) => boolean,
    best: Proposal[],
  ): void {
    const { antecedentOffsets, antecedentItems, consequent } = this.#rules;
    const request = this.#request;
    const context = this.#context;
    for (const start of items) {
      const end = this.#offsets[start + 1];
      next: for (let at = this.#offsets[start]; at < end; at++) {
        const rule = this.#listed[at];
        const score = weight * this.#confidence[rule];
        if (best.length === limit && score < best[limit - 1].score) break;
        const item = consequent[rule];
        if (context[item] === request || context[item] === -request) continue;
        for (let i = antecedentOffsets[rule]; i < antecedentOffsets[rule + 1]; i++) {
          if (context[antecedentItems[i]] !== request) continue next;
        }
        const standing = best.findIndex((proposal) => proposal.item === item);
        const proposal = { item, rule, score };
        if (standing < 0 && !admits(item)) continue;
        if (standing >= 0) {
          if (!better(proposal, best[standing])) continue;
          best.splice(standing, 1);
        }
        insert(best, proposal, limit);
      }
    }
  }
}

/** Puts a proposal in its place in a list as short as a page, and drops what falls off its end. */
function insert(best: Proposal[], proposal: Proposal, limit: number): void {
  let place = best.length;
  while (place > 0 && ahead(proposal, best[place - 1])) place--;
  if (place === limit) return;
  best.splice(place, 0, proposal);
  if (best.length > limit) best.pop();
}

/** Which of two proposals of one item is kept. */
function better(a: Proposal, b: Proposal): boolean {
  return a.score > b.score || (a.score === b.score && a.rule < b.rule);
}

function ahead(a: Proposal, b: Proposal): boolean {
  return a.score > b.score || (a.score === b.score && a.item < b.item);
}
