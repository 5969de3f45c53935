import { offsetsOf } from '../baskets/offsets.ts';
import { confidence } from '../rules/measures.ts';
import type { RuleColumns } from '../rules/rule-columns.ts';

/** For what a list says of an antecedent besides its own item; item numbers are 0 or more. */
const nothing = -1;
const several = -2;

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
 * the cart's lists hold every rule it has a part in; and each list begins with its most confident rule, so that
 * it can be left as soon as nothing in it can reach the page.
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
    const sizes = new Int32Array(itemCount);
    for (const item of antecedentItems) sizes[item]++;
    this.#offsets = offsetsOf(sizes);
    const entries = antecedentItems.length;
    this.#listed = new Int32Array(entries);
    this.#confidence = new Float64Array(entries);
    this.#consequent = new Int32Array(entries);
    this.#other = new Int32Array(entries);

    const sure = Float64Array.from(supportCount, (both, rule) => confidence(both, antecedentCount[rule]));
    const order = Int32Array.from(sure, (_, rule) => rule).sort((a, b) => sure[b] - sure[a] || a - b);
    const next = this.#offsets.slice();
    for (const rule of order) {
      const start = antecedentOffsets[rule];
      const end = antecedentOffsets[rule + 1];
      for (let i = start; i < end; i++) {
        const at = next[antecedentItems[i]]++;
        this.#listed[at] = rule;
        this.#confidence[at] = sure[rule];
        this.#consequent[at] = consequent[rule];
        if (end - start === 1) this.#other[at] = nothing;
        else this.#other[at] = end - start === 2 ? antecedentItems[start + end - 1 - i] : several;
      }
    }
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
    this.#fire(cart, 1, historyWeight, page);
    if (!remembered || !this.#recall(remembered, historyWeight, page)) {
      this.#fire(history, historyWeight, historyWeight, page);
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
   */
  #fire(items: readonly number[], most: number, withHistory: number, page: Page): void {
    const { best, limit } = page;
    const request = this.#request;
    const context = this.#context;
    for (const start of items) {
      const end = this.#offsets[start + 1];
      for (let at = this.#offsets[start]; at < end; at++) {
        const sure = this.#confidence[at];
        if (best.length === limit && most * sure < best[limit - 1].score) break;
        const other = this.#other[at];
        if (other >= 0 && context[other] !== request && context[other] !== -request) continue;
        const item = this.#consequent[at];
        if (context[item] === request || context[item] === -request) continue;
        const rule = this.#listed[at];
        const weight = this.#weight(rule, most, withHistory);
        if (weight >= 0) offer({ item, rule, score: weight * sure }, page);
      }
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
