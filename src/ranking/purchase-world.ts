import { type BasketHistories, historyCount } from '../baskets/basket-histories.ts';
import { offsetsOf } from '../baskets/offsets.ts';
import type { Transactions } from '../baskets/transactions.ts';
import { type PairLists, pairLists } from './pair-lists.ts';
import { promotionPairs } from './promotion-pairs.ts';
import { type RegressedLists, regressedLists } from './regressed-lists.ts';
import { type SalesCalendar, salesCalendar } from './sales-calendar.ts';
import { allBaskets, type ShopBaskets } from './shop-baskets.ts';

/**
 * What all baskets together say of the items: how they sell, and what goes with what, but for pairs that promotions alone made: see
 * {@link promotionPairs}. Plain data: it is stored in the model.
 */
export interface PurchaseWorld {
  readonly itemCount: number;
  readonly calendar: SalesCalendar;
  /** Items of the same basket. */
  readonly together: PairLists;
  /** Items of the same customer, in whatever baskets. */
  readonly fellows: PairLists;
  /** Items of a customer's next basket. */
  readonly next: PairLists;
  /** What an item in a basket adds to the expectation of another. */
  readonly beside: RegressedLists;
  /** What an item that a customer has bought adds to the expectation of another. */
  readonly owned: RegressedLists;
}

export interface WorldOptions {
  /** The most items that one leads to in each list. */
  readonly longestList: number;
}

/** So long that requests stay short; where the range is so small that this takes no more pairs, each item leads to all others. */
export const worldDefaults = (itemCount: number): WorldOptions => ({
  longestList: Math.max(40, Math.floor(40_000 / Math.max(1, itemCount))),
});

/** The newest distinct items of a customer that count as bought by the same person: a bound on pairs, of which there are squares. */
const fellowItems = 200;
const minCount = 2;
const ridge = 200;

export function purchaseWorld(
  shop: ShopBaskets,
  { longestList }: WorldOptions = worldDefaults(shop.histories.itemCount),
): PurchaseWorld {
  const { histories } = shop;
  const regression = { neighbours: longestList, ridge };
  const options = { longest: longestList, minCount, isUnlisted: promotionPairs(shop) };
  const baskets = allBaskets(shop);
  const owned = newestItems(histories, fellowItems);
  const together = pairLists({ left: baskets, right: baskets }, options);
  const fellows = pairLists({ left: owned, right: owned }, options);
  return {
    itemCount: histories.itemCount,
    calendar: salesCalendar(shop),
    together,
    fellows,
    beside: regressedLists({ left: baskets, right: baskets }, together, regression),
    owned: regressedLists({ left: owned, right: owned }, fellows, regression),
    next: pairLists(steps(histories), options),
  };
}

/** The distinct items of each customer as one bag, of the newest baskets where there are more than `most`. */
function newestItems(histories: BasketHistories, most: number): Transactions {
  const { itemCount, offsets, itemOffsets, items } = histories;
  const customers = historyCount(histories);
  const seen = new Int32Array(itemCount).fill(-1);
  const sizes = new Int32Array(customers);
  const chosen = new Int32Array(items.length);
  let end = 0;
  for (let c = 0; c < customers; c++) {
    const start = end;
    for (let b = offsets[c + 1] - 1; b >= offsets[c] && end - start < most; b--) {
      for (let p = itemOffsets[b]; p < itemOffsets[b + 1] && end - start < most; p++) {
        if (seen[items[p]] === c) continue;
        seen[items[p]] = c;
        chosen[end++] = items[p];
      }
    }
    chosen.subarray(start, end).sort();
    sizes[c] = end - start;
  }
  return { itemCount, offsets: offsetsOf(sizes), items: chosen.slice(0, end) };
}

/** Each step from a customer's basket to the next one: bag s has the first on the left, the second on the right. */
function steps(histories: BasketHistories): { left: Transactions; right: Transactions } {
  const { itemCount, offsets, itemOffsets, items } = histories;
  const from: number[] = [];
  for (let c = 0; c < historyCount(histories); c++)
    for (let b = offsets[c]; b < offsets[c + 1] - 1; b++) from.push(b);
  const side = (shift: number): Transactions => {
    const starts = offsetsOf(
      Int32Array.from(from, (b) => itemOffsets[b + shift + 1] - itemOffsets[b + shift]),
    );
    const chosen = new Int32Array(starts[from.length]);
    from.forEach((b, s) => {
      chosen.set(items.subarray(itemOffsets[b + shift], itemOffsets[b + shift + 1]), starts[s]);
    });
    return { itemCount, offsets: starts, items: chosen };
  };
  return { left: side(0), right: side(1) };
}
