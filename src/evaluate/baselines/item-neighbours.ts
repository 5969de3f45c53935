import type { Transactions } from '../../baskets/transactions.ts';
import { allBaskets } from '../../ranking/shop-baskets.ts';
import { type CartMethod, type NextBasketMethod, roomFor } from '../method.ts';
import { Marks } from './marks.ts';
import { type PairTable, pairTable } from './pair-table.ts';
import { ScoreBoard } from './score-board.ts';
import { cartRanker, customerRanker } from './scored-rankers.ts';

/** Neighbours kept of each item. */
const neighbourCount = 100;

/** The cosine of two items counts by n / (n + shrinkage), n being the baskets with both: few say little. */
const shrinkage = 10;

interface Neighbours {
  readonly offsets: Int32Array;
  readonly others: Int32Array;
  readonly similarity: Float64Array;
}

/**
 * The items in the baskets most alike: the cosine of the baskets that hold them (Sarwar et al., "Item-based collaborative filtering
 * recommendation algorithms", WWW 2001), shrunk as in Bell and Koren, ICDM 2007.
 */
function itemNeighbours(baskets: Transactions): Neighbours {
  const table: PairTable = pairTable(baskets, 1);
  const { itemCount } = baskets;
  const offsets = new Int32Array(itemCount + 1);
  const kept: { items: Int32Array; similarities: Float64Array }[] = [];
  const board = new ScoreBoard(itemCount);
  const none = new Marks(itemCount);
  const room = roomFor(neighbourCount);
  for (let item = 0; item < itemCount; item++) {
    board.clear();
    for (let at = table.offsets[item]; at < table.offsets[item + 1]; at++) {
      const together = table.together[at];
      const cosine = together / Math.sqrt(table.counts[item] * table.counts[table.others[at]]);
      board.add(table.others[at], (cosine * together) / (together + shrinkage));
    }
    const count = board.take(neighbourCount, none, room);
    kept.push({ items: room.items.slice(0, count), similarities: room.probabilities.slice(0, count) });
    offsets[item + 1] = offsets[item] + count;
  }
  const others = new Int32Array(offsets[itemCount]);
  const similarity = new Float64Array(offsets[itemCount]);
  kept.forEach(({ items, similarities }, item) => {
    others.set(items, offsets[item]);
    similarity.set(similarities, offsets[item]);
  });
  return { offsets, others, similarity };
}

function addNeighbours({ offsets, others, similarity }: Neighbours, item: number, board: ScoreBoard): void {
  for (let at = offsets[item]; at < offsets[item + 1]; at++) board.add(others[at], similarity[at]);
}

/** What is alike to all that the customer has, each item as often as it was bought; popularity behind. */
export const itemNeighboursOfHistory: NextBasketMethod = {
  name: 'item-knn',
  prepare(past) {
    const neighbours = itemNeighbours(allBaskets(past));
    const { offsets, itemOffsets, items } = past.histories;
    return customerRanker(past, (customer, board) => {
      const [from, to] = [itemOffsets[offsets[customer]], itemOffsets[offsets[customer + 1]]];
      for (let i = from; i < to; i++) addNeighbours(neighbours, items[i], board);
    });
  },
};

/** What is alike to the items of a cart; popularity behind. */
export const itemNeighboursOfCart: CartMethod = {
  name: 'item-knn',
  prepare(past) {
    const neighbours = itemNeighbours(past.baskets);
    return cartRanker(past, (cart, _, board) => {
      for (const item of cart) addNeighbours(neighbours, item, board);
    });
  },
};
