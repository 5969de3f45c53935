import { recommendationIdOf } from '../offers/recommendation-id.ts';
import type { LiveShop, ServedModel } from '../serving/live-shop.ts';
import type { AppDependencies } from './environment.ts';
import { KeptAnswers } from './kept-answers.ts';
import { OfferWriter } from './offer-json.ts';
import { offerRequest } from './offer-requests.ts';
import type { OffersQuery } from './offer-schemas.ts';
import { traceOf } from './offer-trace.ts';

/** Of an answer whose reasons are told in a language. */
export const headersIn = (language: string) => ({
  'Content-Type': 'application/json',
  'Content-Language': language,
  Vary: 'Accept-Language',
});

/** What is asked, but for who asks. */
export type Asked = Omit<OffersQuery, 'explain'>;

/** Whoever asks, and how. */
export interface Visit {
  readonly served: ServedModel;
  /** Undefined for a guest. */
  readonly customerId: string | undefined;
  /** That reasons are told in. */
  readonly language: string;
  readonly now: Date;
  /** Whether to account for every candidate. */
  readonly explain?: boolean;
}

/** An answer as a response takes it. */
export interface Answer {
  readonly text: string;
  readonly language: string;
}

/** An answer but for its id. */
interface Found extends Answer {
  readonly served: ServedModel;
  readonly placement: Asked['placement'];
  readonly customerId: string | undefined;
  readonly isFallback: boolean;
}

/** Answers for offers as JSON, written by hand for speed; tests hold it to the schema. */
export class OfferAnswers {
  readonly #shop: LiveShop;
  readonly #writer: OfferWriter;
  readonly #metrics: AppDependencies['metrics'];
  readonly #newId: () => string;
  readonly #kept: KeptAnswers<Found>;

  constructor({
    shop,
    metrics,
    newId,
    keptAnswers,
  }: Pick<AppDependencies, 'shop' | 'metrics' | 'newId' | 'keptAnswers'>) {
    this.#shop = shop;
    this.#writer = new OfferWriter(shop);
    this.#metrics = metrics;
    this.#newId = newId;
    this.#kept = new KeptAnswers(keptAnswers);
  }

  /** @param question all that tells what is asked from other questions; then the answer may be given {@link again} */
  answer(asked: Asked, visit: Visit, question?: string): Answer {
    const { customerId, now } = visit;
    if (question === undefined || visit.explain || !comesAgain(asked, customerId))
      return this.#told(this.#found(asked, visit));
    const state = this.#shop.stateOf(customerId, asked.placement, now.getTime());
    const found = this.#found(asked, visit);
    this.#kept.keep(question, found, state);
    return this.#told(found);
  }

  /** The answer that was given to a question, as long as nothing has changed that it rests on. */
  again(question: string, now: Date): Answer | undefined {
    const found = this.#kept.find(question, ({ customerId, placement }) =>
      this.#shop.stateOf(customerId, placement, now.getTime()),
    );
    return found && this.#told(found);
  }

  #told({ served, placement, isFallback, text, language }: Found): Answer {
    this.#metrics.countOffers(placement, isFallback);
    const id = recommendationIdOf({ modelVersion: served.version, placement }, this.#newId());
    return { text: `{"recommendationId":"${id}",${text}`, language };
  }

  #found(asked: Asked, { served, customerId, language, now, explain = false }: Visit): Found {
    const { placement, fields } = asked;
    const request = offerRequest(this.#shop, asked, customerId, now, explain);
    const found = served.recommender.recommend(request);
    const { offers, fallback, unknownItems, empty } = found;
    const head = JSON.stringify({
      modelVersion: String(served.version),
      placement,
      fallbackUsed: fallback !== undefined,
      fallback,
      unknownItems: unknownItems.length > 0 ? unknownItems : undefined,
      empty,
    });
    const trace = explain ? `,"trace":${JSON.stringify(traceOf(served, request, language, found))}` : '';
    const written = this.#writer.write(served, offers, language, fields);
    return {
      served,
      placement,
      customerId,
      language,
      isFallback: fallback !== undefined,
      text: `${head.slice(1, -1)},"offers":${written}${trace}}`,
    };
  }
}

/** Of a customer alone, who goes from page to page, and of all who look at a product without being known; carts hardly come again. */
const comesAgain = ({ items }: Asked, customerId: string | undefined): boolean =>
  items.length <= (customerId === undefined ? 1 : 0);
