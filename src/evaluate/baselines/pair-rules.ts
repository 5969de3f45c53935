import { lastBasket } from '../../baskets/basket-histories.ts';
import { offsetsOf } from '../../baskets/offsets.ts';
import type { Transactions } from '../../baskets/transactions.ts';
import { allBaskets } from '../../ranking/shop-baskets.ts';
import type { CartMethod, NextBasketMethod, PastCarts } from '../method.ts';
import { type PairTable, pairTable } from './pair-table.ts';
import type { ScoreBoard } from './score-board.ts';
import { cartRanker, customerRanker } from './scored-rankers.ts';

/** How the rules that fire add up to a score: the largest confidence, the sum, the sum of confidence × log(1 + lift). */
export type RuleScore = 'confidence' | 'confidence-sum' | 'confidence-lift';

/** Confidences of rarer pairs are mostly chance. */
const minTogether = 3;

const weightOf: Readonly<Record<RuleScore, (confidence: number, lift: number) => number>> = {
  confidence: (confidence) => confidence,
  'confidence-sum': (confidence) => confidence,
  'confidence-lift': (confidence, lift) => confidence * Math.log1p(lift),
};

/** The rules of one item on each side, with what each adds to a score. */
class PairRules {
  readonly #table: PairTable;
  readonly #weights: Float64Array;
  readonly #isMaximum: boolean;

  constructor(baskets: Transactions, score: RuleScore) {
    const table = pairTable(baskets, minTogether);
    const { basketCount, counts, offsets, others, together } = table;
    this.#table = table;
    this.#isMaximum = score === 'confidence';
    this.#weights = new Float64Array(others.length);
    for (let item = 0; item < counts.length; item++) {
      for (let at = offsets[item]; at < offsets[item + 1]; at++) {
        const confidence = together[at] / counts[item];
        this.#weights[at] = weightOf[score](confidence, (confidence * basketCount) / counts[others[at]]);
      }
    }
  }

  /** Scores what goes with these items. */
  score(antecedents: Int32Array, board: ScoreBoard): void {
    const { offsets, others } = this.#table;
    const weights = this.#weights;
    for (const item of antecedents) {
      for (let at = offsets[item]; at < offsets[item + 1]; at++) {
        if (this.#isMaximum) board.raise(others[at], weights[at]);
        else board.add(others[at], weights[at]);
      }
    }
  }
}

/** What goes with the customer's last basket, by rules of one item on each side; popularity where they are at an end. */
export const rulesFromLastBasket = (score: RuleScore): NextBasketMethod => ({
  name: `rules-${score}`,
  prepare(past) {
    const rules = new PairRules(allBaskets(past), score);
    return customerRanker(past, (customer, board) =>
      rules.score(lastBasket(past.histories, customer), board),
    );
  },
});

/** What goes with a cart, by rules of one item on each side; popularity where they are at an end. */
export const rulesFromCart = (score: RuleScore): CartMethod => ({
  name: `rules-${score}`,
  prepare(past) {
    const rules = new PairRules(past.baskets, score);
    return cartRanker(past, (cart, _, board) => rules.score(cart, board));
  },
});

/** The largest confidence plus the share of the customer's own baskets that hold the item. */
export const rulesAndOwnFrequency: CartMethod = {
  name: 'rules-confidence-own-frequency',
  prepare(past) {
    const rules = new PairRules(past.baskets, 'confidence');
    const own = basketsByCustomer(past);
    const { offsets, items } = past.baskets;
    return cartRanker(past, (cart, customer, board) => {
      rules.score(cart, board);
      if (customer < 0) return;
      const [from, to] = [own.offsets[customer], own.offsets[customer + 1]];
      for (let n = from; n < to; n++) {
        const basket = own.baskets[n];
        for (let i = offsets[basket]; i < offsets[basket + 1]; i++) board.add(items[i], 1 / (to - from));
      }
    });
  },
};

/** By customer: their baskets, ascending. */
function basketsByCustomer({ customer, customerCount }: PastCarts) {
  const sizes = new Int32Array(customerCount);
  for (const one of customer) if (one >= 0) sizes[one]++;
  const offsets = offsetsOf(sizes);
  const next = offsets.slice();
  const baskets = new Int32Array(offsets[customerCount]);
  customer.forEach((one, basket) => {
    if (one >= 0) baskets[next[one]++] = basket;
  });
  return { offsets, baskets };
}
