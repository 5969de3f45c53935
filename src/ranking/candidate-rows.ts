import type { Rows } from '../learn/training-data.ts';
import { EvidenceGatherer } from './evidence.ts';
import type { PurchaseWorld } from './purchase-world.ts';
import type { Shopper } from './shopper.ts';
import { Shortlister, type ShortlistSizes } from './shortlist.ts';
import { signalCount } from './signal-names.ts';
import { type SignalWriter, shopperTraits, writeSignals } from './signals.ts';

/** The most candidates that are looked at closely in one question. */
export const mostCandidates = 160;

/**
 * The candidates of a question with their signals: what a ranking learns from and what it ranks. Holds work arrays: one question
 * at a time.
 */
export class CandidateRows {
  readonly gatherer: EvidenceGatherer;
  readonly #shortlister: Shortlister;
  /** The candidates of the last question, as many as {@link fill} said; those the shopper has bought before come first. */
  readonly items = new Int32Array(mostCandidates);
  /** Their signals, row by row, unless they were wanted elsewhere. */
  readonly rows = new Float32Array(mostCandidates * signalCount);

  /** How many of them the shopper has bought before. */
  get owned(): number {
    return this.#shortlister.owned;
  }

  constructor(world: PurchaseWorld) {
    this.gatherer = new EvidenceGatherer(world);
    this.#shortlister = new Shortlister(this.gatherer);
  }

  /**
   * @param sizes at most {@link mostCandidates} together
   * @param admits says of an item whether it may be a candidate; nothing of the cart is
   * @param rows gets their signals
   * @param write writes those of one
   * @returns how many there are
   */
  fill(
    shopper: Shopper,
    sizes: ShortlistSizes,
    admits: (item: number) => boolean,
    rows: Rows = this.rows,
    write: SignalWriter = writeSignals,
  ): number {
    const { gatherer, items } = this;
    gatherer.gather(shopper);
    const count = this.#shortlister.choose(sizes, admits, items);
    const traits = shopperTraits(shopper, gatherer.owned);
    for (let n = 0; n < count; n++) write(gatherer, shopper, traits, items[n], rows, n * signalCount);
    return count;
  }
}
