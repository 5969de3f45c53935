import { transactionCount } from '../../baskets/transactions.ts';
import type { ShopBaskets } from '../../ranking/shop-baskets.ts';
import type { CartRanker, NextBasketRanker, PastCarts } from '../method.ts';
import { ItemPopularity, itemCounts } from './item-popularity.ts';
import { Marks } from './marks.ts';
import { OwnItems } from './own-items.ts';
import { popularityIn } from './popular-items.ts';
import { ScoreBoard } from './score-board.ts';

/**
 * Ranks by scores that are no probabilities, with the most popular of what was not scored behind.
 *
 * @param score scores items for a customer on the board, which is empty before
 */
export function customerRanker(
  past: ShopBaskets,
  score: (customer: number, board: ScoreBoard) => void,
): NextBasketRanker {
  const popularity = popularityIn('all', past);
  const board = new ScoreBoard(past.histories.itemCount);
  const own = new OwnItems(past.histories);
  return {
    hasProbabilities: false,
    rank(customer, k, among, out) {
      board.clear();
      score(customer, board);
      const barred = own.barred(customer, among);
      return popularity.fill(board.take(k, barred, out), k, barred, out);
    },
  };
}

/**
 * Ranks by scores, with the most popular of what was not scored behind.
 *
 * @param score scores items for a cart on the board, which is empty before; what it says of items of the cart is passed over
 */
export function cartRanker(
  { baskets }: PastCarts,
  score: (cart: Int32Array, customer: number, board: ScoreBoard) => void,
): CartRanker {
  const popularity = new ItemPopularity(itemCounts(baskets), transactionCount(baskets));
  const board = new ScoreBoard(baskets.itemCount);
  const barred = new Marks(baskets.itemCount);
  return {
    rank(cart, customer, k, out) {
      board.clear();
      score(cart, customer, board);
      barred.set(cart);
      return popularity.fill(board.take(k, barred, out), k, barred, out);
    },
  };
}
