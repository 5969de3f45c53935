import type { RuleColumns } from '../rules/rule-columns.ts';
import { findOther, listRules, type RuleLists, several } from './rule-lists.ts';
import { terms } from './rule-terms.ts';

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
  /** Whether a rule that serves in a promotion alone may propose now. */
  readonly holds: (rule: number) => boolean;
  /** What `remember` said of this history: saves firing its rules again. For a `historyWeight` above 0. */
  readonly remembered?: Remembered;
}

/** Proposals of a history alone. */
interface Recollection {
  /** The best first, their scores not weighted. */
  readonly proposals: readonly Proposal[];
  /** Whether these are all there are. */
  readonly complete: boolean;
}

/** What a history alone proposes. */
export interface Remembered {
  /** By the rules that serve always: each item once. */
  readonly always: Recollection;
  /** By each of the rules that serve in a promotion alone, to be asked again whether they do: promotions begin and end. */
  readonly inPromotion: Recollection;
}

/** What is known of rules besides their counts: one entry each. */
export interface RuleStanding {
  /** When it may propose, in `terms`. */
  readonly terms: Uint8Array;
  /** 1 for those to prefer among equally confident ones. */
  readonly isShown: Uint8Array;
}

/**
 * Finds the best proposals of a rule set for a cart. Rules are listed under each item of their antecedent, so that
 * the cart's lists hold every rule it has a part in. A list is in order of what else the antecedent needs, so that
 * only the rules of what is there are looked at, and of those that need the same the most confident comes first, so
 * that they can be left as soon as none can reach the page.
 */
export class RuleIndex {
  readonly #rules: RuleColumns;
  readonly #isShown: Uint8Array;
  /** Rules that serve always. */
  readonly #always: RuleLists;
  /** Those that serve in a promotion alone: apart, as what they propose is not to be relied on later. */
  readonly #inPromotion: RuleLists;
  /**
   * Items of the cart hold the number of the current request, items bought earlier its negative: nothing to clear
   * in between. Not integers of 32 bits, as a busy server makes 2^31 requests in days.
   */
  readonly #context: Float64Array;
  #request = 0;

  constructor(rules: RuleColumns, itemCount: number, standing: RuleStanding) {
    this.#rules = rules;
    this.#isShown = standing.isShown;
    this.#context = new Float64Array(itemCount);
    this.#always = listRules(rules, itemCount, (rule) => standing.terms[rule] === terms.always);
    this.#inPromotion = listRules(rules, itemCount, (rule) => standing.terms[rule] === terms.inPromotion);
  }

  /**
   * The best proposals, the best first: each item once, none of the cart or the history. Of what scores the same, that by a
   * rule to prefer comes first, then the item numbered lowest. An item comes with the best of the rules that propose it;
   * of equally good ones with one to prefer, then with the lowest, whatever the order of the cart.
   */
  propose(proposing: Proposing): Proposal[] {
    const { cart, history, historyWeight, limit, admits, remembered } = proposing;
    const page: Page = { best: [], limit, admits, holds: undefined, isShown: this.#isShown };
    if (limit === 0) return page.best;
    this.#request++;
    for (const item of history) this.#context[item] = -this.#request;
    for (const item of cart) this.#context[item] = this.#request;
    const context = [...cart, ...history];
    this.#fire(this.#always, cart, 1, historyWeight, context, page);
    if (!remembered || !this.#recall(remembered.always, historyWeight, page)) {
      this.#fire(this.#always, history, historyWeight, historyWeight, context, page);
    }
    if (this.#inPromotion.listed.length > 0) this.#fireInPromotion(proposing, context, page);
    return page.best;
  }

  /** On its own, as most shops have no such rules: `propose` stays short enough to be compiled as one. */
  #fireInPromotion(proposing: Proposing, context: readonly number[], page: Page): void {
    const { cart, history, historyWeight, holds, remembered } = proposing;
    const asking: Page = { ...page, holds };
    this.#fire(this.#inPromotion, cart, 1, historyWeight, context, asking);
    if (!remembered || !this.#recall(remembered.inPromotion, historyWeight, asking)) {
      this.#fire(this.#inPromotion, history, historyWeight, historyWeight, context, asking);
    }
  }

  /** What a history proposes whatever the cart, to be given to `propose`: at most `limit` proposals of each kind. */
  remember(history: readonly number[], limit: number, admits: Page['admits']): Remembered {
    const holds = (): boolean => false;
    const proposals = this.propose({ cart: [], history, historyWeight: 1, limit, admits, holds });
    const inPromotion = this.#firedInPromotion(history).filter(({ item }) => admits(item));
    return {
      always: { proposals, complete: proposals.length < limit },
      inPromotion: { proposals: inPromotion.slice(0, limit), complete: inPromotion.length <= limit },
    };
  }

  /** What each rule of a promotion proposes that a history fires: the best first, whether it serves now or not. */
  #firedInPromotion(history: readonly number[]): Proposal[] {
    const { antecedentOffsets, antecedentItems } = this.#rules;
    const { offsets, listed, confidence, consequent } = this.#inPromotion;
    const bought = new Set(history);
    const fired: Proposal[] = [];
    for (const first of history) {
      for (let at = offsets[first]; at < offsets[first + 1]; at++) {
        const rule = listed[at];
        const antecedent = antecedentItems.subarray(antecedentOffsets[rule], antecedentOffsets[rule + 1]);
        // Listed under each item of its antecedent, a rule is taken once.
        if (antecedent[0] !== first || !antecedent.every((item) => bought.has(item))) continue;
        if (bought.has(consequent[at])) continue;
        fired.push({ item: consequent[at], rule, score: confidence[at] });
      }
    }
    return fired.sort((a, b) => b.score - a.score);
  }

  /** Takes in what is remembered; false when more than that may reach the page. */
  #recall({ proposals, complete }: Recollection, weight: number, page: Page): boolean {
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
    lists: RuleLists,
    items: readonly number[],
    most: number,
    withHistory: number,
    context: readonly number[],
    page: Page,
  ): void {
    for (const item of items) {
      const start = lists.offsets[item];
      const end = lists.offsets[item + 1];
      const pairs = findOther(lists, 0, start, end);
      const longer = findOther(lists, several, pairs, end);
      this.#scan(lists, start, pairs, most, withHistory, page);
      if (pairs < longer) {
        for (const other of context) {
          const from = findOther(lists, other, pairs, longer);
          if (from < longer && lists.other[from] === other) {
            const to = findOther(lists, other + 1, from, longer);
            this.#scan(lists, from, to, most, withHistory, page);
          }
        }
      }
      this.#scan(lists, longer, end, most, withHistory, page);
    }
  }

  /** Takes in the rules listed in `[from, to)`, the most confident first. */
  #scan(lists: RuleLists, from: number, to: number, most: number, withHistory: number, page: Page): void {
    const { best, limit } = page;
    const request = this.#request;
    const context = this.#context;
    const { confidence, consequent, listed } = lists;
    for (let at = from; at < to; at++) {
      const sure = confidence[at];
      if (best.length === limit && most * sure < best[limit - 1].score) return;
      const item = consequent[at];
      if (context[item] === request || context[item] === -request) continue;
      const rule = listed[at];
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
interface Page extends Pick<Proposing, 'limit' | 'admits'>, Pick<RuleStanding, 'isShown'> {
  readonly best: Proposal[];
  /** Whether a rule holds now; undefined for rules that always do. */
  readonly holds: Proposing['holds'] | undefined;
}

/** Takes in a proposal if it is good enough and admitted, in place of a worse one of the same item. */
function offer(proposal: Proposal, { best, limit, admits, holds, isShown }: Page): void {
  if (holds && !holds(proposal.rule)) return;
  const standing = best.findIndex(({ item }) => item === proposal.item);
  if (standing >= 0) {
    if (!better(proposal, best[standing], isShown)) return;
    best.splice(standing, 1);
  } else if (!admits(proposal.item)) return;
  insert(best, proposal, limit, isShown);
}

/** Puts a proposal in its place in a list as short as a page, and drops what falls off its end. */
function insert(best: Proposal[], proposal: Proposal, limit: number, isShown: Uint8Array): void {
  let place = best.length;
  while (place > 0 && ahead(proposal, best[place - 1], isShown)) place--;
  if (place === limit) return;
  best.splice(place, 0, proposal);
  if (best.length > limit) best.pop();
}

/** Which of two proposals of one item is kept. */
function better(a: Proposal, b: Proposal, isShown: Uint8Array): boolean {
  if (a.score !== b.score) return a.score > b.score;
  if (isShown[a.rule] !== isShown[b.rule]) return isShown[a.rule] > isShown[b.rule];
  return a.rule < b.rule;
}

function ahead(a: Proposal, b: Proposal, isShown: Uint8Array): boolean {
  if (a.score !== b.score) return a.score > b.score;
  if (isShown[a.rule] !== isShown[b.rule]) return isShown[a.rule] > isShown[b.rule];
  return a.item < b.item;
}
