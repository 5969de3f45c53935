import type { Model } from '../../model/model.ts';
import { type ModelLiteral, modelOf } from '../../model/testing/model-of.ts';
import { Assortment } from '../assortment.ts';
import type { Product } from '../catalogue.ts';
import type { Offers } from '../offer-candidate.ts';
import type { OfferRequest } from '../offer-request.ts';
import { placements } from '../placements.ts';
import { noPolicies } from '../policies/policy-book.ts';
import { type Reason, Reasons } from '../reason.ts';
import { Recommender } from '../recommender.ts';
import { UpgradeFinder } from '../upgrades/upgrade-finder.ts';
import { productOf } from './product.ts';
import { type Known, withInsights } from './with-insights.ts';

/** What products are besides on sale, by code; undefined for one that is not in the catalogue. */
export type Given = Record<string, Partial<Product> | undefined>;

/** A request of a guest at the front page, for any number of cross-sells, but for what is given. */
export function requestOf(given: Partial<OfferRequest> = {}): OfferRequest {
  return {
    cart: [],
    exclude: [],
    placement: 'home',
    settings: { ...placements.home, maxPerCategory: null, kinds: { 'cross-sell': 1 } },
    limit: 10,
    now: 0,
    policies: noPolicies,
    segments: new Set(),
    ...given,
  };
}

/** A recommender over a few orders, and a catalogue of all that they hold but for what is given. */
export function recommenderOf(literal: ModelLiteral, given: Given = {}, known: Known = {}) {
  return recommenderWith(withInsights(modelOf(literal), known), given);
}

/** The same over a model. */
export function recommenderWith(model: Model, given: Given = {}) {
  const assortment = new Assortment(model.itemCodes);
  const codes = new Set([
    ...Array.from({ length: model.itemCodes.size }, (_, item) => model.itemCodes.get(item)),
    ...Object.keys(given),
  ]);
  const put = (code: string, product: Partial<Product>): void => assortment.put(productOf(code, product));
  for (const code of codes) if (!(code in given) || given[code] !== undefined) put(code, given[code] ?? {});
  const recommender = new Recommender(model, assortment, new UpgradeFinder(model, assortment));
  const reasons = new Reasons(model, assortment);
  return {
    model,
    recommender,
    /** Changes a product from now on. */
    put,
    recommend: (wanted: Partial<OfferRequest> = {}) => recommender.recommend(requestOf(wanted)),
    /** Why each of some offers was made. */
    reasonsOf: ({ offers }: Offers): Reason[] => offers.map(({ candidate }) => reasons.of(candidate)),
  };
}

export const customer = (code: string, ...recentPurchases: string[]) => ({ code, recentPurchases });

export const codes = ({ offers }: Offers): string[] => offers.map(({ candidate }) => candidate.product.code);

/** Those that a rule put there. */
export const ruled = ({ offers }: Offers): string[] =>
  offers
    .filter(({ candidate }) => candidate.cause.by === 'rule')
    .map(({ candidate }) => candidate.product.code);
