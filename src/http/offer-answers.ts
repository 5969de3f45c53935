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

/** An answer but for its id. */
interface Found {
  readonly isFallback: boolean;
  readonly text: string;
}

/** Answers for offers as JSON, written by hand for speed; tests hold it to the schema. */
export class OfferAnswers {
  readonly #shop: LiveShop;
  readonly #writer: OfferWriter;
  readonly #metrics: AppDependencies['metrics'];
  readonly #newId: () => string;
  readonly #alone = new KeptAnswers<Found>();

  constructor({ shop, metrics, newId }: Pick<AppDependencies, 'shop' | 'metrics' | 'newId'>) {
    this.#shop = shop;
    this.#writer = new OfferWriter(shop);
    this.#metrics = metrics;
    this.#newId = newId;
  }

  /**
   * @param customerId undefined for a guest
   * @param language that reasons are told in
   * @param explain whether to account for every candidate
   */
  answer(
    served: ServedModel,
    asked: Asked,
    customerId: string | undefined,
    language: string,
    now: Date,
    explain = false,
  ): string {
    return this.#told(
      served,
      asked.placement,
      this.#found(served, asked, customerId, language, now, explain),
    );
  }

  /**
   * The same of a customer alone, who comes again and again: answers are kept for as long as nothing changes that they rest on.
   *
   * @param question that was asked in this language, as it tells it from all others
   */
  answerAlone(
    served: ServedModel,
    asked: Asked,
    customerId: string,
    language: string,
    now: Date,
    question: string,
  ): string {
    const state = this.#shop.stateOf(customerId, asked.placement, now.getTime());
    const found = this.#alone.of(`${language} ${question}`, state, () =>
      this.#found(served, asked, customerId, language, now, false),
    );
    return this.#told(served, asked.placement, found);
  }

  #told(served: ServedModel, placement: Asked['placement'], { isFallback, text }: Found): string {
    this.#metrics.countOffers(placement, isFallback);
    const id = recommendationIdOf({ modelVersion: served.version, placement }, this.#newId());
    return `{"recommendationId":"${id}",${text}`;
  }

  #found(
    served: ServedModel,
    asked: Asked,
    customerId: string | undefined,
    language: string,
    now: Date,
    explain: boolean,
  ): Found {
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
      isFallback: fallback !== undefined,
      text: `${head.slice(1, -1)},"offers":${written}${trace}}`,
    };
  }
}
