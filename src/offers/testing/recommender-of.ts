import { type ModelLiteral, modelOf } from '../../model/testing/model-of.ts';
import type { Product } from '../catalogue.ts';
import { type Offers, Recommender, type Wanted } from '../recommender.ts';
import { productOf } from './product.ts';
import { type Known, withInsights } from './with-insights.ts';

/** What products are besides on sale, by code; undefined for one that is not in the catalogue. */
export type Given = Record<string, Partial<Product> | undefined>;

/** A recommender over a few orders, and a catalogue of all that they hold but for what is given. */
export function recommenderOf(literal: ModelLiteral, given: Given = {}, known: Known = {}) {
  const model = withInsights(modelOf(literal), known);
  const catalogue = Array.from({ length: model.itemCodes.size }, (_, item) => {
    const code = model.itemCodes.get(item);
    return code in given && given[code] === undefined ? undefined : productOf(code, given[code]);
  });
  const recommender = new Recommender(model, (item) => catalogue[item]);
  return {
    model,
    recommender,
    /** Changes a product from now on. */
    put: (code: string, product: Partial<Product>): void => {
      catalogue[model.itemCodes.indexOf(code)] = productOf(code, product);
    },
    recommend: (wanted: Partial<Wanted>) =>
      recommender.recommend({ cart: [], exclude: [], limit: 10, ...wanted }),
  };
}

export const customer = (code: string, ...recentPurchases: string[]) => ({ code, recentPurchases });

export const codes = ({ offers }: Offers): string[] => offers.map(({ product }) => product.code);

/** Those that a rule put there. */
export const ruled = ({ offers }: Offers): string[] =>
  offers.filter(({ cause }) => cause.rule !== undefined).map(({ product }) => product.code);
