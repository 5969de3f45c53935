import { offsetsOf } from '../baskets/offsets.ts';
import { confidence } from '../rules/measures/support-confidence-lift.ts';
import type { RuleColumns } from '../rules/rule-columns.ts';

/** For what a list says of an antecedent besides its own item: before and after all item numbers. */
const nothing = -1;
const several = 2 ** 31 - 1;

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
  /** What `remember` said of this history: saves firing its rules again. For a `historyWeight` above 0. */
  readonly remembered?: Remembered;
}

/** What a history alone proposes. */
export interface Remembered {
  /** The best first, their scores not weighted. */
  readonly proposals: readonly Proposal[];
  /** Whether these are all there are. */
  readonly complete: boolean;
}

/**
 * Finds the best proposals of a rule set for a cart. Rules are listed under each item of their antecedent, so that
 * the cart's lists hold every rule it has a part in. A list is in order of what else the antecedent needs, so that
 * only the rules of what is there are looked at, and of those that need the same the most confident comes first, so
 * that they can be left as soon as none can reach the page.
 */
export class RuleIndex {
  readonly #rules: RuleColumns;
  readonly #offsets: Int32Array;
  /** Of each listed rule, side by side, so that a list is read from one end to the other. */
  readonly #listed: Int32Array;
  readonly #confidence: Float64Array;
  readonly #consequent: Int32Array;
  /** What else the antecedent needs: an item, `nothing`, or `several`. */
  readonly #other: Int32Array;
  /**
   * Items of the cart hold the number of the current request, items bought earlier its negative: nothing to clear
   * in between. Not integers of 32 bits, as a busy server makes 2^31 requests in days.
   */
  readonly #context: Float64Array;
  #request = 0;

  constructor(rules: RuleColumns, itemCount: number) {
    this.#rules = rules;
    const { antecedentOffsets, antecedentItems, consequent, supportCount, antecedentCount } = rules;
    this.#context = new Float64Array(itemCount);
    const sure = Float64Array.from(supportCount, (both, rule) => confidence(both, antecedentCount[rule]));
    const byConfidence = Int32Array.from(sure, (_, rule) => rule).sort((a, b) => sure[b] - sure[a] || a - b);
    const entries = antecedentItems.length;
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
    const sizes = new Int32Array(itemCount);
    for (const item of antecedentItems) sizes[item]++;
    this.#offsets = offsetsOf(sizes);
    this.#listed = order.map((e) => ruleOf[e]);
    this.#other = order.map((e) => otherOf[e]);
    this.#confidence = Float64Array.from(order, (e) => sure[ruleOf[e]]);
    this.#consequent = order.map((e) => consequent[ruleOf[e]]);
  }

  /**
   * The best proposals, the best first, ties by item number: each item once, none of the cart or the history, and
   * with the lowest of the rules that propose it equally well, whatever the order of the cart.
   */
  propose({ cart, history, historyWeight, limit, admits, remembered }: Proposing): Proposal[] {
    const page: Page = { best: [], limit, admits };
    if (limit === 0) return page.best;
    this.#request++;
    for (const item of history) this.#context[item] = -this.#request;
    for (const item of cart) this.#context[item] = this.#request;
    const context = [...cart, ...history];
    this.#fire(cart, 1, historyWeight, context, page);
    if (!remembered || !this.#recall(remembered, historyWeight, page)) {
      this.#fire(history, historyWeight, historyWeight, context, page);
    }
    return page.best;
  }

  /** What a history proposes whatever the cart, to be given to `propose`: at most `limit` proposals. */
  remember(history: readonly number[], limit: number, admits: Page['admits']): Remembered {
    const proposals = this.propose({ cart: [], history, historyWeight: 1, limit, admits });
    return { proposals, complete: proposals.length < limit };
  }

  /** Takes in what is remembered; false when more than that may reach the page. */
  #recall({ proposals, complete }: Remembered, weight: number, page: Page): boolean {
    const { best, limit } = page;
    for (const { item, rule, score } of proposals) {
      if (best.length === limit && weight * score < best[limit - 1].score) return true;
      if (this.#context[item] !== this.#request) offer({ item, rule, score: weight * score }, page);
    }
    return complete;
  }

  /**
   * @param most the weight of rules that only the cart fires, which none exceeds
   * @param withHistory the weight of those that need the history too
   * @param context all items that may fire a rule
   */
  #fire(
    items: readonly number[],
    most: number,
    withHistory: number,
    context: readonly number[],
    page: Page,
  ): void {
    for (const item of items) {
      const start = this.#offsets[item];
      const end = this.#offsets[item + 1];
      const pairs = this.#find(0, start, end);
      const longer = this.#find(several, pairs, end);
      this.#scan(start, pairs, most, withHistory, page);
      if (pairs < longer) {
        for (const other of context) {
          const from = this.#find(other, pairs, longer);
          if (from < longer && this.#other[from] === other) {
            this.#scan(from, this.#find(other + 1, from, longer), most, withHistory, page);
          }
        }
      }
      this.#scan(longer, end, most, withHistory, page);
    }
  }

  /** Where in `[from, to)` of a list the rules begin that need `other` or what comes after it. */
  #find(other: number, from: number, to: number): number {
    let low = from;
    let high = to;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#other[middle] < other) low = middle + 1;
      else high = middle;
    }
    return low;
  }

  /** Takes in the rules listed in `[from, to)`, the most confident first. */
  #scan(from: number, to: number, most: number, withHistory: number, page: Page): void {
    const { best, limit } = page;
    const request = this.#request;
    const context = this.#context;
    for (let at = from; at < to; at++) {
      const sure = this.#confidence[at];
      if (best.length === limit && most * sure < best[limit - 1].score) return;
      const item = this.#consequent[at];
      if (context[item] === request || context[item] === -request) continue;
      const rule = this.#listed[at];
      const weight = this.#weight(rule, most, withHistory);
      if (weight >= 0) offer({ item, rule, score: weight * sure }, page);
    }
  }

  /** `most` for a rule that the cart fires alone, `withHistory` for one that needs more, −1 for one that is not fired. */
  #weight(rule: number, most: number, withHistory: number): number {
    const { antecedentOffsets, antecedentItems } = this.#rules;
    let weight = most;
    for (let i = antecedentOffsets[rule]; i < antecedentOffsets[rule + 1]; i++) {
      const where = this.#context[antecedentItems[i]];
      if (where === -this.#request) weight = withHistory;
      else if (where !== this.#request) return -1;
    }
    return weight;
  }
}

/** The best proposals so far, and what may come among them. */
interface Page extends Pick<Proposing, 'limit' | 'admits'> {
  readonly best: Proposal[];
}

/** Takes in a proposal if it is good enough and admitted, in place of a worse one of the same item. */
function offer(proposal: Proposal, { best, limit, admits }: Page): void {
  const standing = best.findIndex(({ item }) => item === proposal.item);
  if (standing >= 0) {
    if (!better(proposal, best[standing])) return;
    best.splice(standing, 1);
  } else if (!admits(proposal.item)) return;
  insert(best, proposal, limit);
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

/** `order` sorted by a key of 0 … `keys` − 1; what has the same key stays in its order. */
function sortedBy(order: Int32Array, keys: number, keyOf: (entry: number) => number): Int32Array {
  const sizes = new Int32Array(keys);
  for (const entry of order) sizes[keyOf(entry)]++;
  const next = offsetsOf(sizes);
  const sorted = new Int32Array(order.length);
  for (const entry of order) sorted[next[keyOf(entry)]++] = entry;
  return sorted;
}
