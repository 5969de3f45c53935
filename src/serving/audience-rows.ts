import type { Audience } from '../audience/audience.ts';
import { AudienceReasons, type Because } from '../audience/because.ts';
import type { AudienceModel } from './audience-book.ts';
import type { CustomerBook } from './customer-book.ts';
import { dateOf } from './customer-figures.ts';
import { type SegmentKind, type SegmentName, segmentKinds } from './customer-segments.ts';
import { type Cell, tableCsv } from './table-csv.ts';

/** A product by its id, as whoever reads an audience knows it. */
export interface NamedProduct {
  readonly productId: string;
  readonly name: string | null;
}

/** Why a customer is there, with products by their names. */
export interface NamedBecause extends Pick<Because, 'kind' | 'count' | 'confidence'> {
  /** What the customer bought. */
  readonly products: readonly NamedProduct[];
  /** What it leads to: the product, or one that stands in for it. */
  readonly towards: NamedProduct;
}

/** A customer of an audience. */
export interface AudienceRow {
  readonly rank: number;
  readonly customerId: string;
  readonly probability: number;
  /** Null of a kind in which the customer is in none, and where customers were not studied. */
  readonly segments: Readonly<Record<SegmentKind, SegmentName | null>>;
  /** A date. */
  readonly lastOrder: string;
  readonly because: NamedBecause | null;
}

/** Tells of the customers of an audience, one by one. */
export class AudienceRows {
  readonly #asked: AudienceModel;
  readonly #audience: Audience;
  readonly #customers: CustomerBook | null;
  readonly #reasons: AudienceReasons;
  readonly #nameOf: (code: string) => string | null;

  /**
   * @param customers of the model; null where they were not studied
   * @param nameOf what a product is called now
   */
  constructor(
    asked: AudienceModel,
    audience: Audience,
    customers: CustomerBook | null,
    nameOf: (code: string) => string | null,
  ) {
    this.#asked = asked;
    this.#audience = audience;
    this.#customers = customers;
    this.#reasons = new AudienceReasons(asked.model, audience, asked.serves);
    this.#nameOf = nameOf;
  }

  row(customer: number, rank: number): AudienceRow {
    const { customerCodes, purchases } = this.#asked.model;
    const because = this.#reasons.of(customer);
    return {
      rank,
      customerId: customerCodes.get(customer),
      probability: this.#audience.ranked.probabilities[customer],
      segments: Object.fromEntries(
        segmentKinds.map((kind) => [kind, this.#customers?.segmentOf(kind, customer) ?? null]),
      ) as AudienceRow['segments'],
      // Whoever is ranked has a basket.
      lastOrder: dateOf(purchases.day[purchases.offsets[customer + 1] - 1]),
      because: because ? this.#named(because) : null,
    };
  }

  #named({ kind, from, to, count, confidence }: Because): NamedBecause {
    const products = from.map((item) => this.#product(item));
    return { kind, products, towards: this.#product(to), count, confidence };
  }

  #product(item: number): NamedProduct {
    const productId = this.#asked.model.itemCodes.get(item);
    return { productId, name: this.#nameOf(productId) };
  }
}

const columns = [
  ...['rank', 'customerId', 'probability', 'lastOrder'],
  ...segmentKinds.flatMap((kind) => [kind, `${kind}Name`]),
  ...['because', 'becauseProducts', 'becauseNames', 'becauseCount', 'becauseConfidence', 'towards'],
];

/** Significant digits of a probability in a file. */
const digits = 6;

/** Several ids or names are one field, as JSON: any text survives. */
const listed = (texts: readonly (string | null)[]): Cell =>
  texts.length === 1 ? texts[0] : JSON.stringify(texts);

/** All customers as comma-separated values, in chunks of some 128 kB; what is not known is empty. */
export function audienceCsv(rows: Iterable<AudienceRow>): Iterable<Uint8Array> {
  const cells = function* (): Generator<Cell[]> {
    for (const { rank, customerId, probability, lastOrder, segments, because } of rows) {
      yield [
        ...[rank, customerId, Number(probability.toPrecision(digits)), lastOrder],
        ...segmentKinds.flatMap((kind) => [segments[kind]?.id ?? null, segments[kind]?.name.en ?? null]),
        because?.kind ?? null,
        because ? listed(because.products.map(({ productId }) => productId)) : null,
        because ? listed(because.products.map(({ name }) => name)) : null,
        because?.count ?? null,
        because?.confidence === null || !because ? null : Number(because.confidence.toPrecision(digits)),
        because?.towards.productId ?? null,
      ];
    }
  };
  return tableCsv({ columns, rows: cells() });
}
