import { probabilityOf } from '../learn/scores.ts';
import type { BoostedTrees } from '../learn/trees/boosted-trees.ts';
import type { TreeScorer } from '../learn/trees/plain-scorer.ts';
import { CandidateRows, mostCandidates } from './candidate-rows.ts';
import type { Ranking } from './learn-ranking.ts';
import type { Shopper } from './shopper.ts';
import { type ShortlistSizes, shortlistDefaults } from './shortlist.ts';
import { signal, signalCount } from './signal-names.ts';

/** Scores rows of signals. */
export type RowScorer = Pick<TreeScorer, 'score'>;

/** Makes a scorer; it may be backed by WebAssembly. */
export type MakeScorer = (model: BoostedTrees) => RowScorer;

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
    const scorer = shopper.cart.length > 0 ? this.#cart : this.#visit;
    if (!scorer) return 0;
    const candidates = this.#candidates;
    const scores = this.#scores;
    const { items, probabilities, isOwned } = this.ranked;
    const count = candidates.fill(shopper, sizes, admits);
    scorer.score(candidates.rows, count, scores);
    const order = this.#order.subarray(0, count);
    for (let n = 0; n < count; n++) order[n] = n;
    // Of equally likely ones the lower number: the order of the candidates does not matter.
    order.sort((a, b) => scores[b] - scores[a] || candidates.items[a] - candidates.items[b]);
    for (let n = 0; n < count; n++) {
      items[n] = candidates.items[order[n]];
      probabilities[n] = probabilityOf(scores[order[n]]);
      isOwned[n] = candidates.rows[order[n] * signalCount + signal.purchases] > 0 ? 1 : 0;
    }
    return count;
  }
}
