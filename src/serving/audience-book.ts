import { type Audience, buyersByItem, isVisitLearnt, makeAudience } from '../audience/audience.ts';
import { inSlices } from '../audience/in-slices.ts';
import { fewestBuyers, type KnownProducts, type Subject, subjectOf } from '../audience/subject.ts';
import { PairwellError } from '../errors.ts';
import type { Model } from '../model/model.ts';
import { AlikeProducts } from '../offers/alike/alike-products.ts';
import type { Product } from '../offers/catalogue.ts';
import type { MakeScorer } from '../ranking/row-scorer.ts';

/** A model whose customers are ranked. */
export interface AudienceModel {
  readonly version: number;
  readonly model: Model;
  /** Whether a rule of the model may be gone by. */
  readonly serves: (rule: number) => boolean;
}

export interface AudienceSource {
  /** The live catalogue. */
  readonly product: (code: string) => Product | undefined;
  /** Another number after each change of the catalogue. */
  readonly catalogueVersion: () => number;
  /** Whether a customer has bought a product, by their codes, since the model was trained. */
  readonly boughtSince: (customer: string, product: string) => boolean;
  readonly makeScorer: MakeScorer;
  /** Lets others go first. */
  readonly pause: () => Promise<unknown>;
}

/** What those that can stand in for others depend on. */
interface CatalogueState {
  readonly model: Model;
  readonly catalogueVersion: number;
}

/** Rankings remembered at a time, the last used: some 13 bytes a customer each. */
const rankingsKept = 8;

/** Products looked at between two pauses. */
const productsAtOnce = 500;

/**
 * Audiences of one model after the other, on the thread that serves: the model is in its memory and not in those of the compute
 * threads, and a ranking, done in slices of a few milliseconds, takes less time than sending them the customers' purchases. One is
 * made at a time; whoever asks for the same gets the same. The last are remembered, so that pages of one list cost little.
 */
export class AudienceBook {
  readonly #source: AudienceSource;
  readonly #rankings = new Map<string, Promise<Audience>>();
  #model: Model | undefined;
  #known: Promise<KnownProducts> | undefined;
  #alike: (CatalogueState & { readonly products: Promise<AlikeProducts> }) | undefined;
  #last: Promise<unknown> = Promise.resolve();

  constructor(source: AudienceSource) {
    this.#source = source;
  }

  /**
   * @param today since 1970-01-01
   * @throws PairwellError `not-found` for a product that there is not, `bad-input` for what is no product, and as `subjectOf` and
   *   `makeAudience`
   */
  async of(asked: AudienceModel, code: string, today: number): Promise<Audience> {
    if (this.#model !== asked.model) this.#forget(asked.model);
    const subject = await this.#subjectOf(asked, this.#productOf(asked.model, code));
    const key = JSON.stringify([
      asked.version,
      code,
      today,
      subject.basis,
      [...subject.items],
      [...subject.weights],
    ]);
    const known = this.#rankings.get(key);
    // The one that was asked for longest ago is the first.
    this.#rankings.delete(key);
    const audience = known ?? this.#inTurn(() => this.#make(asked, subject, today));
    this.#rankings.set(key, audience);
    for (const oldest of this.#rankings.keys()) {
      if (this.#rankings.size <= rankingsKept) break;
      this.#rankings.delete(oldest);
    }
    // A ranking that failed is not remembered; whoever waits for it is told why.
    audience.catch(() => {
      if (this.#rankings.get(key) === audience) this.#rankings.delete(key);
    });
    // Prices and names are those of now.
    return { ...(await audience), subject };
  }

  #forget(model: Model): void {
    this.#model = model;
    this.#known = undefined;
    this.#alike = undefined;
    this.#rankings.clear();
  }

  #productOf({ itemCodes }: Model, code: string): Product {
    const product = this.#source.product(code);
    if (!product) {
      const isKnown = itemCodes.indexOf(code) >= 0;
      const why = isKnown ? ' in the catalogue any more (PUT /v1/products)' : '';
      throw new PairwellError('not-found', `There is no product ${code}${why}.`, { productId: code });
    }
    if (!product.nonProduct) return product;
    const message = `${code} is a fee or the like (nonProduct): nobody is asked whether they want it.`;
    throw new PairwellError('bad-input', message, { productId: code });
  }

  async #subjectOf({ model }: AudienceModel, product: Product): Promise<Subject> {
    const { itemCodes, purchases, ranking } = model;
    this.#known ??= buyersByItem(purchases, this.#source.pause).then((buyers) => ({
      numberOf: (code) => itemCodes.indexOf(code),
      buyers,
      isRanked: isVisitLearnt(ranking),
    }));
    const known = await this.#known;
    return subjectOf(product, known, () => this.#alikeProducts(model, known));
  }

  /** Those that can stand in for others, as the catalogue has them now. */
  #alikeProducts(model: Model, known: KnownProducts): Promise<AlikeProducts> {
    const catalogueVersion = this.#source.catalogueVersion();
    const isOfNow = this.#alike?.model === model && this.#alike.catalogueVersion === catalogueVersion;
    if (!isOfNow) this.#alike = { model, catalogueVersion, products: this.#collect(model, known) };
    return this.#alike!.products;
  }

  async #collect({ itemCodes }: Model, { buyers }: KnownProducts): Promise<AlikeProducts> {
    const products = new AlikeProducts();
    await inSlices(itemCodes.size, productsAtOnce, this.#source.pause, (from, to) => {
      for (let item = from; item < to; item++) {
        const product = buyers[item] < fewestBuyers ? undefined : this.#source.product(itemCodes.get(item));
        if (product && !product.nonProduct) products.add(product);
      }
    });
    return products;
  }

  #make({ model, serves }: AudienceModel, subject: Subject, today: number): Promise<Audience> {
    const { makeScorer, boughtSince, pause } = this.#source;
    return makeAudience(model, subject, today, { makeScorer, serves, boughtSince, pause });
  }

  /** Does work when all that came before is done, or has failed. */
  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#last.then(work);
    this.#last = done.catch(() => undefined);
    return done;
  }
}
