import type { Model } from '../../model/model.ts';
import type { OfferQuestion, Proposed } from '../offer-question.ts';

/** How many more than fit are proposed: policies may remove some. */
const spare = 24;

/** What is popular, and with whom. */
export interface PopularProposals {
  /** Each list in its own order, that of the segment first; an item once. */
  readonly proposed: readonly Proposed[];
  /** In terms of the first of each list, below 1 and falling: what a place on it is worth. */
  readonly places: readonly number[];
}

/** Proposes what sells best of late, to the customer's segment where it has a list and in the shop: the last resort. */
export class PopularSource {
  readonly #model: Model;

  constructor(model: Model) {
    this.#model = model;
  }

  /** @param isProposed whether something else proposes an item already */
  propose({ memory, limit, admits }: OfferQuestion, isProposed: (item: number) => boolean): PopularProposals {
    const { popular, customerSegment, segmentNames, itemCounts, rules } = this.#model;
    const number = memory?.number ?? -1;
    const segment = number < 0 ? -1 : customerSegment[number];
    const proposed: Proposed[] = [];
    const places: number[] = [];
    const listed = new Set<number>();
    let ceiling = 1;
    for (const group of segment >= 0 ? [segment + 1, 0] : [0]) {
      const name = group > 0 ? segmentNames.get(segment) : undefined;
      const start = popular.offsets[group];
      const most = proposed.length + limit + spare;
      for (let i = start; i < popular.offsets[group + 1] && proposed.length < most; i++) {
        const item = popular.items[i];
        if (listed.has(item) || isProposed(item) || memory?.owns(item) || !admits(item)) continue;
        listed.add(item);
        proposed.push({
          item,
          kind: 'cross-sell',
          probability: itemCounts[item] / Math.max(1, rules.transactionCount),
          cause: { by: 'popular', orders: popular.counts[i], segment: name },
        });
        places.push((ceiling * popular.counts[i]) / (popular.counts[start] + 1));
      }
      ceiling = places.at(-1) ?? ceiling;
    }
    return { proposed, places };
  }
}
