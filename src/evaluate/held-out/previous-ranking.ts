import { type BasketHistories, basketCount } from '../../baskets/basket-histories.ts';
import { offsetsOf } from '../../baskets/offsets.ts';
import { rankerOf } from '../../ranking/ranker-of.ts';
import type { Ranking } from '../../ranking/ranking.ts';
import type { MakeScorer } from '../../ranking/row-scorer.ts';
import { lastSaleDay } from '../../ranking/sales-calendar.ts';
import type { CartRanker, NextBasketRanker, RankedItems } from '../method.ts';
import { cartsBy, nextBasketsBy } from '../own/ranked-lists.ts';

/** The ranking of a model that was learnt earlier. Plain data, for threads. */
export interface PreviousRanking {
  readonly ranking: Ranking;
  /** By item of now: its number then, -1 where it was not known. */
  readonly formerItem: Int32Array;
  /** By item of then: its number now, -1 where it is gone. */
  readonly presentItem: Int32Array;
  /** The last day that it may have learnt of, since 1970-01-01. */
  readonly until: number;
}

/** When offers are made, a model is asked about no later day: it knows nothing of how things sold since. */
const daysTrusted = 7;

/** What customers bought, in the items of then; what was not known then is left out, baskets of nothing else are empty. */
export function formerHistories(
  histories: BasketHistories,
  { formerItem, presentItem }: PreviousRanking,
): BasketHistories {
  const sizes = new Int32Array(basketCount(histories));
  const kept = new Int32Array(histories.items.length);
  let end = 0;
  for (let basket = 0; basket < sizes.length; basket++) {
    const start = end;
    for (let p = histories.itemOffsets[basket]; p < histories.itemOffsets[basket + 1]; p++) {
      const item = formerItem[histories.items[p]];
      if (item >= 0) kept[end++] = item;
    }
    kept.subarray(start, end).sort();
    sizes[basket] = end - start;
  }
  return {
    ...histories,
    itemCount: presentItem.length,
    itemOffsets: offsetsOf(sizes),
    items: kept.slice(0, end),
  };
}

/** How the former ranking foretells next baskets. */
export function formerNextBaskets(
  previous: PreviousRanking,
  histories: BasketHistories,
  makeScorer: MakeScorer,
): NextBasketRanker {
  const former = formerHistories(histories, previous);
  const ranker = nextBasketsBy(rankerOf(previous.ranking, makeScorer), former);
  const lastDay = lastSaleDay(previous.ranking.world.calendar) + daysTrusted;
  return {
    hasProbabilities: true,
    rank: (customer, k, among, out, day) =>
      inPresentItems(ranker.rank(customer, k, among, out, Math.min(day, lastDay)), previous, out),
  };
}

/** How the former ranking completes carts; of one that holds nothing that was known then, nothing is said. */
export function formerCarts(
  previous: PreviousRanking,
  histories: BasketHistories,
  makeScorer: MakeScorer,
): CartRanker {
  const former = formerHistories(histories, previous);
  const ranker = cartsBy(rankerOf(previous.ranking, makeScorer), former, 'before');
  const lastDay = lastSaleDay(previous.ranking.world.calendar) + daysTrusted;
  return {
    rank(cart, customer, k, out, day) {
      const known = cart.map((item) => previous.formerItem[item]).filter((item) => item >= 0);
      if (known.length === 0) return 0;
      return inPresentItems(ranker.rank(known, customer, k, out, Math.min(day, lastDay)), previous, out);
    },
  };
}

/** Leaves out what is gone. */
function inPresentItems(count: number, { presentItem }: PreviousRanking, out: RankedItems): number {
  let kept = 0;
  for (let n = 0; n < count; n++) {
    const item = presentItem[out.items[n]];
    if (item < 0) continue;
    out.probabilities[kept] = out.probabilities[n];
    out.items[kept++] = item;
  }
  return kept;
}
