import { recommendationIdOf } from '../offers/recommendation-id.ts';
import type { LiveShop, ServedModel } from '../serving/live-shop.ts';
import type { AppDependencies } from './environment.ts';
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

/** Answers for offers as JSON, written by hand for speed; tests hold it to the schema. */
export class OfferAnswers {
  readonly #shop: LiveShop;
  readonly #writer: OfferWriter;
  readonly #metrics: AppDependencies['metrics'];
  readonly #newId: () => string;

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
    const { placement, fields } = asked;
    const request = offerRequest(this.#shop, asked, customerId, now, explain);
    const found = served.recommender.recommend(request);
    const { offers, fallback, unknownItems, empty } = found;
    this.#metrics.countOffers(placement, fallback !== undefined);
    const head = JSON.stringify({
      recommendationId: recommendationIdOf({ modelVersion: served.version, placement }, this.#newId()),
      modelVersion: String(served.version),
      placement,
      fallbackUsed: fallback !== undefined,
      fallback,
      unknownItems: unknownItems.length > 0 ? unknownItems : undefined,
      empty,
    });
    const trace = explain ? `,"trace":${JSON.stringify(traceOf(served, request, language, found))}` : '';
    return `${head.slice(0, -1)},"offers":${this.#writer.write(served, offers, language, fields)}${trace}}`;
  }
}
