import type { BehaviourModel, NamedSegment } from './behaviour.ts';
import { allFeatures } from './feature-matrix.ts';
import { nearestCentres } from './nearest.ts';
import { scaleInto, shrunk } from './scaling.ts';
import { BehaviourTally } from './tally.ts';
import { countedEvidence, evidenceAt, featureCount, type TallyPlan } from './tally-plan.ts';

/** An order or a return of a customer, as far as behaviour goes. */
export interface PlacedDocument {
  /** Since 1970-01-01, in the shop's clock. */
  readonly day: number;
  /** Of the day, 0 … 1439. */
  readonly minute: number;
  readonly channel: string | null;
  readonly lines: readonly PlacedLine[];
}

export interface PlacedLine {
  /** Its number in the model, `unknownItem` for a product that it does not know, `feeItem` for postage and the like. */
  readonly item: number;
  /** Negative for a return. */
  readonly quantity: number;
  /** For a unit, before the discount; null where it is not known. */
  readonly price: number | null;
  /** Off the whole line. */
  readonly discount: number;
  readonly isPromoted: boolean;
}

export interface Placement {
  /** The position in the model's segments. */
  readonly position: number;
  readonly segment: NamedSegment;
  /** 0 on the border of two segments … 1; see `Nearest`. */
  readonly sureness: number;
  /** By feature of the model: the customer's own figure on its scale, not drawn anywhere, and what it rests on. */
  readonly own: Float32Array;
  readonly evidence: Float32Array;
}

/** Places customers in the segments of one model by what they did. Holds work arrays: one customer at a time. */
export class CustomerPlacer {
  readonly #model: BehaviourModel;
  readonly #tally: BehaviourTally;
  /** By feature of the model: where a tally writes it, and its evidence (−1 for none). */
  readonly #columns: readonly number[];
  readonly #evidenceAt: readonly number[];
  readonly #estimates: Float32Array;
  readonly #evidence = new Float32Array(countedEvidence.length);
  readonly #values: Float32Array;

  constructor(model: BehaviourModel) {
    const { kinds, usualPrice, channels, features } = model;
    const plan: TallyPlan = {
      itemCount: kinds.kindOf.length,
      kindOf: kinds.kindOf,
      kindCount: kinds.names.length,
      usualPrice,
      channelCount: channels.length,
    };
    const names = allFeatures(channels, kinds).map(({ name }) => name);
    this.#model = model;
    this.#tally = new BehaviourTally(plan);
    this.#columns = features.map(({ name }) => names.indexOf(name));
    this.#evidenceAt = features.map(({ evidence }) => evidenceAt(evidence));
    this.#estimates = new Float32Array(featureCount(plan));
    this.#values = new Float32Array(features.length);
  }

  /**
   * @param documents in the order of time
   * @param today the first day that is not over
   * @returns undefined where no document is an order, or the model has no segments
   */
  place(documents: readonly PlacedDocument[], today: number): Placement | undefined {
    const { features, centres, segments, channels } = this.#model;
    const tally = this.#tally;
    tally.start();
    for (const { day, minute, channel, lines } of documents) {
      tally.document(day, minute, channel === null ? -1 : channels.indexOf(channel));
      for (const { item, quantity, price, discount, isPromoted } of lines)
        tally.line(item, quantity, price ?? Number.NaN, discount, isPromoted);
    }
    const isCustomer = tally.finish(today, this.#estimates, 0, this.#evidence, 0);
    if (!isCustomer || segments.length === 0) return undefined;
    const own = Float32Array.from(this.#columns, (column) => this.#estimates[column]);
    const evidence = Float32Array.from(this.#evidenceAt, (at) => (at < 0 ? 1 : this.#evidence[at]));
    features.forEach(({ mean, prior }, f) => {
      this.#values[f] = shrunk(own[f], evidence[f], mean, prior);
    });
    scaleInto(features, this.#values, this.#values, 0);
    if (segments.length === 1) return { position: 0, segment: segments[0], sureness: 1, own, evidence };
    const { labels, sureness } = nearestCentres({ values: this.#values, columns: features.length }, centres);
    return { position: labels[0], segment: segments[labels[0]], sureness: sureness[0], own, evidence };
  }
}

/** Places one customer; see `CustomerPlacer` for many. */
export const placeCustomer = (
  model: BehaviourModel,
  documents: readonly PlacedDocument[],
  today: number,
): Placement | undefined => new CustomerPlacer(model).place(documents, today);
