import type { OfferQuestion, Proposed } from '../offer-question.ts';
import type { RuleIndex } from '../rule-index.ts';

/** What a rule is worth when bought items fire it, against 1 when the cart does. */
const historyWeight = 0.5;
/** How many more than fit are proposed: policies may remove some. */
const spare = 24;

/** Proposes what rules say goes with the cart and with what was bought. */
export class RuleSource {
  readonly #index: RuleIndex;
  readonly #holds: (rule: number) => boolean;

  /** @param holds whether a rule that serves in a promotion alone may propose now */
  constructor(index: RuleIndex, holds: (rule: number) => boolean) {
    this.#index = index;
    this.#holds = holds;
  }

  /** The best first; nothing that the customer has. */
  propose({ cart, memory, limit, admits }: OfferQuestion): Proposed[] {
    const proposals = this.#index.propose({
      cart,
      history: memory?.history ?? [],
      historyWeight,
      limit: limit + spare,
      admits: (item) => admits(item) && !memory?.owns(item),
      holds: this.#holds,
      remembered: memory?.remembered,
    });
    return proposals.map(({ item, rule, score }, place) => ({
      item,
      kind: 'cross-sell',
      probability: score,
      cause: { by: 'rule', rule },
      place,
    }));
  }
}
