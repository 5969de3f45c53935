import type { Product } from '../offers/catalogue.ts';
import type { Offer } from '../offers/recommender.ts';
import type { LiveShop, ServedModel } from '../serving/live-shop.ts';
import { type ProductField, viewProduct } from './product-view.ts';

/** Reasons kept as text; more are written anew each time. */
const reasonsKept = 100_000;

/**
 * Writes offers as JSON. The same products and rules come again and again, so their parts of the text are kept:
 * turning objects into JSON is most of what an answer costs.
 */
export class OfferWriter {
  readonly #shop: LiveShop;
  /** A changed product is a new object, so that its old text is never found again. */
  readonly #products = new WeakMap<Product, string>();
  /** By the number of a rule, or by what leads to the offer. */
  readonly #reasons = new Map<number | string, string>();
  #reasonsOf: ServedModel | undefined;
  #catalogueVersion = -1;

  constructor(shop: LiveShop) {
    this.#shop = shop;
  }

  /** @param fields which of the product's fields to show; undefined for all */
  write(served: ServedModel, offers: readonly Offer[], fields: readonly ProductField[] | undefined): string {
    this.#forgetOutdatedReasons(served);
    let text = '[';
    for (let n = 0; n < offers.length; n++) {
      const offer = offers[n];
      const product = fields
        ? JSON.stringify(viewProduct(offer.product, fields))
        : this.#product(offer.product);
      text +=
        `${n === 0 ? '' : ','}{"productId":${JSON.stringify(offer.product.code)},"kind":"${offer.kind}",` +
        `"position":${n + 1},"score":${Math.round(offer.score * 1e6) / 1e6},"pinned":false,` +
        `"reason":${this.#reason(served, offer)},"product":${product}}`;
    }
    return `${text}]`;
  }

  #product(product: Product): string {
    const known = this.#products.get(product);
    if (known !== undefined) return known;
    const text = JSON.stringify(viewProduct(product));
    this.#products.set(product, text);
    return text;
  }

  #reason({ recommender }: ServedModel, offer: Offer): string {
    const { rule, lead } = offer.cause;
    const key = lead ? `${lead.kind} ${lead.from} ${lead.to}` : rule;
    const known = key === undefined ? undefined : this.#reasons.get(key);
    if (known !== undefined) return known;
    const text = JSON.stringify(recommender.explain(offer));
    if (key !== undefined && this.#reasons.size < reasonsKept) this.#reasons.set(key, text);
    return text;
  }

  /** Rule numbers belong to one model, and reasons name products. */
  #forgetOutdatedReasons(served: ServedModel): void {
    if (served === this.#reasonsOf && this.#shop.catalogueVersion === this.#catalogueVersion) return;
    this.#reasons.clear();
    this.#reasonsOf = served;
    this.#catalogueVersion = this.#shop.catalogueVersion;
  }
}
