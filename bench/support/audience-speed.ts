import { type BasketHistories, basketsWhere } from '../../src/baskets/basket-histories.ts';
import type { BoostedTrees } from '../../src/learn/trees/boosted-trees.ts';
import { plainScorer } from '../../src/learn/trees/plain-scorer.ts';
import { type PurchaseWorld, purchaseWorld } from '../../src/ranking/purchase-world.ts';
import type { MakeScorer } from '../../src/ranking/row-scorer.ts';
import type { ShopBaskets } from '../../src/ranking/shop-baskets.ts';
import { importCompiled } from './compiled.ts';
import { generateTransactions, itemCount } from './generate-baskets.ts';
import { median } from './median.ts';
import type { Row } from './table.ts';

const { ItemProbabilities } = (await importCompiled(
  'src/ranking/item-probabilities',
)) as typeof import('../../src/ranking/item-probabilities.ts');

const customers = 100_000;
const basketsOfCustomer = 4;
const repetitions = 5;
const lastDay = 20_000;

/** A shop of 10,000 items and 100,000 customers with four baskets of ten items on average each. */
export function largeShop(seed: number): ShopBaskets {
  const { offsets, items } = generateTransactions({ baskets: customers * basketsOfCustomer, seed });
  const histories: BasketHistories = {
    itemCount,
    offsets: Int32Array.from({ length: customers + 1 }, (_, c) => c * basketsOfCustomer),
    // Every so many days, who comes last on the last one.
    day: Int32Array.from({ length: customers * basketsOfCustomer }, (_, b) => {
      const back = (basketsOfCustomer - 1 - (b % basketsOfCustomer)) * 21;
      return lastDay - back - (Math.floor(b / basketsOfCustomer) % 60);
    }),
    itemOffsets: offsets,
    items,
  };
  return {
    histories,
    anonymous: {
      transactions: { itemCount, offsets: new Int32Array(1), items: new Int32Array(0) },
      day: new Int32Array(0),
    },
  };
}

/** Its first customers alone: enough to learn from. */
export const firstCustomers = (shop: ShopBaskets, count: number): ShopBaskets => ({
  ...shop,
  histories: basketsWhere(shop.histories, (_, customer) => customer < count),
});

/** How long all customers take, for one product and for eight that stand in for one. */
export function rankAtScale(shop: ShopBaskets, visit: BoostedTrees, makeScorer: MakeScorer): Row[] {
  const world = purchaseWorld(shop);
  const cases = [
    { products: 1, scorer: 'WebAssembly', makeScorer },
    { products: 8, scorer: 'WebAssembly', makeScorer },
    { products: 1, scorer: 'plain', makeScorer: plainScorer },
  ];
  return cases.map(({ products, scorer, makeScorer }) => {
    const times = Array.from({ length: repetitions }, (_, n) =>
      timeOnce(world, shop, visit, makeScorer, products, n),
    );
    return {
      customers,
      lines: shop.histories.items.length,
      products,
      scorer,
      'median ms': Math.round(median(times)),
      'fastest ms': Math.round(Math.min(...times)),
    };
  });
}

function timeOnce(
  world: PurchaseWorld,
  { histories }: ShopBaskets,
  visit: BoostedTrees,
  makeScorer: MakeScorer,
  products: number,
  repetition: number,
): number {
  const items = Int32Array.from({ length: products }, (_, n) => 100 * (repetition + 1) + n);
  const out = new Float64Array(customers * products);
  const startedAt = performance.now();
  new ItemProbabilities({ world, scorer: makeScorer(visit), histories, today: lastDay + 1, items }).fill(
    0,
    customers,
    out,
  );
  return performance.now() - startedAt;
}
