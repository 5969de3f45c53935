import { type BasketHistories, historyCount } from '../baskets/basket-histories.ts';
import { probabilityOf } from '../learn/scores.ts';
import { EvidenceGatherer } from './evidence.ts';
import { narrowedWorld } from './narrowed-world.ts';
import { type OpenCalibration, openProbability } from './open-calibration.ts';
import type { PurchaseWorld } from './purchase-world.ts';
import type { RowScorer } from './row-scorer.ts';
import { shopperOf } from './shopper.ts';
import { signal, signalCount } from './signal-names.ts';
import { shopperTraits, writeSignals } from './signals.ts';

/** Rows that are scored together: as many as the WebAssembly scorer takes without a copy. */
const rowsAtOnce = 160;

export interface ProbabilitiesOptions {
  readonly world: PurchaseWorld;
  /** By what was learnt from visits: of a cart nothing is known here. */
  readonly scorer: RowScorer;
  /** Whose customers are asked about, with items as in the world. */
  readonly histories: BasketHistories;
  /** The day of the question, since 1970-01-01. */
  readonly today: number;
  /** The items asked about, each once; at most 160. */
  readonly items: Int32Array;
  /** What the scores mean of who would not have the item shortlisted; without it all are taken to have. */
  readonly open?: OpenCalibration | null | undefined;
}

/**
 * How likely each customer, were they to come on a day, buys each of a few items: what `OfferRanker` says of it where it is among the
 * customer's candidates, brought down by {@link OpenCalibration} as it mostly is not, unless the customer has bought it before. It
 * goes from the items to the customers, which takes a few microseconds each. Holds work arrays as large as the shop's range.
 */
export class ItemProbabilities {
  readonly #options: ProbabilitiesOptions;
  readonly #gatherer: EvidenceGatherer;
  readonly #rows = new Float32Array(rowsAtOnce * signalCount);
  readonly #scores = new Float64Array(rowsAtOnce);
  /** Where in the answer the customers of the rows belong. */
  readonly #places = new Int32Array(rowsAtOnce);

  constructor(options: ProbabilitiesOptions) {
    this.#options = options;
    this.#gatherer = new EvidenceGatherer(narrowedWorld(options.world, options.items));
  }

  /** Customers, those without a basket included. */
  get customers(): number {
    return historyCount(this.#options.histories);
  }

  /**
   * Writes the probabilities of the customers `from … to - 1`, above 0 and below 1: those of customer c from `(c - from) × items` on.
   * NaN where no basket of the customer is known.
   */
  fill(from: number, to: number, out: Float64Array): void {
    const { items, histories } = this.#options;
    const width = items.length;
    const most = Math.floor(rowsAtOnce / width);
    let pending = 0;
    for (let customer = from; customer < to; customer++) {
      const at = (customer - from) * width;
      if (histories.offsets[customer] === histories.offsets[customer + 1]) {
        out.fill(Number.NaN, at, at + width);
        continue;
      }
      this.#writeRows(customer, pending * width);
      this.#places[pending++] = at;
      if (pending < most) continue;
      this.#flush(pending, out);
      pending = 0;
    }
    if (pending > 0) this.#flush(pending, out);
  }

  #writeRows(customer: number, row: number): void {
    const { items, histories, today } = this.#options;
    const gatherer = this.#gatherer;
    const known = histories.offsets[customer + 1] - histories.offsets[customer];
    const shopper = shopperOf(histories, customer, known, today);
    gatherer.gather(shopper);
    const traits = shopperTraits(shopper, gatherer.owned);
    for (let n = 0; n < items.length; n++)
      writeSignals(gatherer, shopper, traits, items[n], this.#rows, (row + n) * signalCount);
  }

  #flush(customers: number, out: Float64Array): void {
    const { items, open, scorer } = this.#options;
    const width = items.length;
    const scores = this.#scores;
    scorer.score(this.#rows, customers * width, scores);
    for (let c = 0; c < customers; c++) {
      for (let n = 0; n < width; n++) {
        const row = c * width + n;
        const isOwned = this.#rows[row * signalCount + signal.purchases] > 0;
        out[this.#places[c] + n] =
          open && !isOwned ? openProbability(open, scores[row]) : probabilityOf(scores[row]);
      }
    }
  }
}
