import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basketsWhere, historyCount } from '../../baskets/basket-histories.ts';
import { joined } from '../../baskets/transactions.ts';
import { trainTrees } from '../../learn/trees/boost.ts';
import { plainScorer } from '../../learn/trees/plain-scorer.ts';
import type { ShopBaskets } from '../../ranking/shop-baskets.ts';
import { type CartMethod, type NextBasketMethod, type PastCarts, roomFor } from '../method.ts';
import { itemCountOfAny, pastOf } from '../testing/histories.ts';
import { listOf, testNextBasketMethod } from '../testing/test-rankers.ts';
import { learnedCart, learnedNextBasket, type RankingTools } from './learned-ranking.ts';

/** A few trees tell as much of what every method keeps to as many. */
const tools: RankingTools = {
  train: async (data, options) => trainTrees(data, { ...options, trees: 4 }),
  makeScorer: plainScorer,
};

/** Who buys n, then n + 1, in turns, with n + 6 beside: enough of them to learn from. */
const crowd = Array.from({ length: 150 }, (_, customer) =>
  Array.from({ length: 4 }, (_, visit) => {
    const item = (customer + visit) % 6;
    return [item, item + 6];
  }),
);

/** The customers of the past with the crowd behind them: too few alone would teach nothing. */
function amongCrowd({ histories, anonymous }: ShopBaskets): ShopBaskets {
  const others = pastOf(crowd, itemCountOfAny).histories;
  const [customers, baskets] = [historyCount(histories), histories.day.length];
  const both = joined(
    { itemCount: itemCountOfAny, offsets: histories.itemOffsets, items: histories.items },
    { itemCount: itemCountOfAny, offsets: others.itemOffsets, items: others.items },
  );
  const offsets = new Int32Array(customers + historyCount(others) + 1);
  offsets.set(histories.offsets);
  offsets.set(
    others.offsets.map((offset) => baskets + offset),
    customers,
  );
  const day = Int32Array.of(...histories.day, ...others.day);
  const together = { itemCount: itemCountOfAny, offsets, day, itemOffsets: both.offsets, items: both.items };
  return { histories: basketsWhere(together, () => true), anonymous };
}

describe('the learnt ranking of next baskets', () => {
  const learned = learnedNextBasket(tools);
  const method: NextBasketMethod = {
    name: learned.name,
    prepare: (past) => learned.prepare(amongCrowd(past)),
  };
  testNextBasketMethod(method, 15);

  it('has a list for everybody, and puts first what comes next', async () => {
    const ranker = await method.prepare(
      pastOf(
        [
          [[3, 9]],
          [
            [0, 6],
            [1, 7],
          ],
          [],
        ],
        itemCountOfAny,
      ),
    );
    expect(new Set(listOf(ranker, 0, 2))).toEqual(new Set([4, 10]));
    expect(new Set(listOf(ranker, 1, 2, 'new'))).toEqual(new Set([2, 8]));
    expect(listOf(ranker, 2, 3)).toHaveLength(3);
  });
});

describe('the learnt ranking of carts', () => {
  const method: CartMethod = learnedCart(tools);
  const baskets = crowd.flat();
  const customers = crowd.flatMap((visits, customer) =>
    visits.map(() => (customer % 2 === 0 ? customer : -1)),
  );
  const past = {
    baskets: pastOf([], itemCountOfAny, baskets).anonymous.transactions,
    customer: Int32Array.from(customers),
    customerCount: crowd.length,
    day: Int32Array.from(baskets, (_, n) => n % 4),
  };
  const anyCart = fc.uniqueArray(fc.integer({ min: 0, max: itemCountOfAny - 1 }), {
    minLength: 1,
    maxLength: 4,
  });
  const anyQuestion = fc.record({
    cart: anyCart.map((items) => Int32Array.from(items).sort()),
    customer: fc.integer({ min: -1, max: crowd.length - 1 }),
  });

  it('lists hold other items than the cart, each once, whatever was asked before; shorter ones are their starts', async () => {
    const [ranker, again] = [await method.prepare(past), await method.prepare(past)];
    const list = (
      from: typeof ranker,
      { cart, customer }: { cart: Int32Array; customer: number },
      k: number,
    ) => {
      const room = roomFor(k);
      return [...room.items.subarray(0, from.rank(cart, customer, k, room, 30))];
    };
    fc.assert(
      fc.property(anyQuestion, anyQuestion, (question, before) => {
        const items = list(ranker, question, itemCountOfAny);
        expect(items.length).toBeGreaterThan(0);
        expect(new Set(items).size).toBe(items.length);
        expect(items.filter((item) => question.cart.includes(item))).toEqual([]);
        list(again, before, 3);
        for (const k of [1, 3]) expect(list(again, question, k)).toEqual(items.slice(0, k));
      }),
    );
  });

  it('proposes nothing because a promotion brought it together with the cart', async () => {
    // Afterwards 0 and 6 are bought, but not together.
    const after = Array.from({ length: 300 }, (_, n) => [[0], [6], [1, 7]][n % 3]!);
    const all = [...baskets, ...after];
    const days = all.map((_, n) => (n < baskets.length ? n % 4 : 4 + (n % 4)));
    const carts: PastCarts = {
      baskets: pastOf([], itemCountOfAny, all).anonymous.transactions,
      customer: new Int32Array(all.length).fill(-1),
      customerCount: 0,
      day: Int32Array.from(days),
    };
    const promoted = { items: Int32Array.of(0, 0, 0, 0), days: Int32Array.of(0, 1, 2, 3) };
    const room = roomFor(1);
    const first = async (past: PastCarts): Promise<number | undefined> => {
      const ranker = await method.prepare(past);
      ranker.rank(Int32Array.of(0), -1, 1, room, 30);
      return room.items[0];
    };
    expect(await first(carts)).toBe(6);
    expect(await first({ ...carts, promoted })).not.toBe(6);
  });

  it('puts first what goes with the cart, of customers and of nobody known', async () => {
    const ranker = await method.prepare(past);
    const room = roomFor(1);
    for (const customer of [-1, 0, 1]) {
      for (let item = 0; item < 6; item++) {
        expect(ranker.rank(Int32Array.of(item), customer, 1, room, 30)).toBe(1);
        expect(room.items[0]).toBe(item + 6);
      }
    }
  });
});
