import { probabilityOf } from '../learn/scores.ts';
import { treeCount } from '../learn/trees/boosted-trees.ts';
import { treesGiven } from '../learn/trees/given-trees.ts';
import { CandidateRows, mostCandidates } from './candidate-rows.ts';
import type { Ranking } from './ranking.ts';
import type { MakeScorer, RowScorer } from './row-scorer.ts';
import type { Shopper } from './shopper.ts';
import { type ShortlistSizes, shortlistDefaults } from './shortlist.ts';
import { guestSignals, writeGuestSignals, writeSignals } from './signals.ts';

/** What was ranked last: the first entries, the most probable first. Written over by the next question. */
export interface Ranked {
  readonly items: Int32Array;
  /** How likely each is bought, above 0 and below 1. */
  readonly probabilities: Float64Array;
  /** 1 for what the shopper has bought before. */
  readonly isOwned: Uint8Array;
}

/** Ranks what a shopper may want. Holds work arrays: one question at a time. */
export class OfferRanker {
  readonly #candidates: CandidateRows;
  readonly #visit: RowScorer | undefined;
  readonly #cart: RowScorer | undefined;
  /** For carts of guests, of whom half of the signals are known beforehand. */
  readonly #guest: RowScorer | undefined;
  readonly #scores = new Float64Array(mostCandidates);
  readonly #order = new Uint8Array(mostCandidates);
  readonly ranked: Ranked = {
    items: new Int32Array(mostCandidates),
    probabilities: new Float64Array(mostCandidates),
    isOwned: new Uint8Array(mostCandidates),
  };

  constructor({ world, visit, cart }: Ranking, makeScorer: MakeScorer) {
    this.#candidates = new CandidateRows(world);
    this.#visit = visit ? makeScorer(visit) : undefined;
    this.#cart = cart ? makeScorer(cart) : undefined;
    // Without trees there is nothing to leave out.
    this.#guest = cart && treeCount(cart) > 0 ? makeScorer(treesGiven(cart, guestSignals)) : undefined;
  }

  /**
   * @param admits says of an item whether it may be ranked; nothing of the cart is
   * @returns how many entries of {@link ranked} were filled; 0 where nothing was learnt for such a question
   */
  rank(
    shopper: Shopper,
    admits: (item: number) => boolean,
    sizes: ShortlistSizes = shortlistDefaults,
  ): number {
    const scorer = this.#scorerFor(shopper);
    if (!scorer) return 0;
    const candidates = this.#candidates;
    const scores = this.#scores;
    const { items, probabilities, isOwned } = this.ranked;
    const rows = scorer.rows ?? candidates.rows;
    const write = scorer === this.#guest ? writeGuestSignals : writeSignals;
    const count = candidates.fill(shopper, sizes, admits, rows, write);
    scorer.score(rows, count, scores);
    this.#sort(count);
    const order = this.#order;
    for (let n = 0; n < count; n++) {
      const row = order[n];
      items[n] = candidates.items[row];
      probabilities[n] = probabilityOf(scores[row]);
      isOwned[n] = row < candidates.owned ? 1 : 0;
    }
    return count;
  }

  #scorerFor({ cart, days }: Shopper): RowScorer | undefined {
    if (cart.length === 0) return this.#visit;
    return (days.length === 0 ? this.#guest : undefined) ?? this.#cart;
  }

  /**
   * The rows by descending score; of equally likely ones the lower number, so that the order of the candidates does not matter. By
   * insertion: of a hundred this is faster than to call a comparison.
   */
  #sort(count: number): void {
    const order = this.#order;
    const scores = this.#scores;
    const { items } = this.#candidates;
    for (let row = 0; row < count; row++) {
      const score = scores[row];
      let at = row;
      for (; at > 0; at--) {
        const before = order[at - 1];
        if (scores[before] > score || (scores[before] === score && items[before] < items[row])) break;
        order[at] = before;
      }
      order[at] = row;
    }
  }
}
