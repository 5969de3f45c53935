import type { Product } from '../offers/catalogue.ts';
import type { Cause } from '../offers/cause.ts';
import type { Offer } from '../offers/offer-candidate.ts';
import type { LiveShop, ServedModel } from '../serving/live-shop.ts';
import { type ProductField, viewProduct } from './product-view.ts';

/** Reasons kept as text; more are written anew each time. */
const reasonsKept = 100_000;

/**
 * Writes offers as JSON. The same products and reasons come again and again, so their parts of the text are kept:
 * turning objects into JSON is most of what an answer costs.
 */
export class OfferWriter {
  readonly #shop: LiveShop;
  /** A changed product is a new object, so that its old text is never found again. */
  readonly #products = new WeakMap<Product, string>();
  /** By language and what the reason is. */
  readonly #reasons = new Map<string, string>();
  #reasonsOf: readonly unknown[] = [];

  constructor(shop: LiveShop) {
    this.#shop = shop;
  }

  /**
   * @param language that reasons are told in
   * @param fields which of the product's fields to show; undefined for all
   */
  write(
    served: ServedModel,
    offers: readonly Offer[],
    language: string,
    fields: readonly ProductField[] | undefined,
  ): string {
    this.#forgetOutdatedReasons(served);
    let text = '[';
    for (let n = 0; n < offers.length; n++) {
      const { candidate, position, pinned, value } = offers[n];
      const product = fields
        ? JSON.stringify(viewProduct(candidate.product, fields))
        : this.#product(candidate.product);
      text +=
        `${n === 0 ? '' : ','}{"productId":${JSON.stringify(candidate.product.code)},"kind":"${candidate.kind}",` +
        `"position":${position},"score":${rounded(value)},"probability":${rounded(candidate.probability)},${chanceOf(candidate)}"pinned":${pinned},` +
        `${relatedTo(served, candidate.cause)}"reason":${this.#reason(served, offers[n], language)},"product":${product}}`;
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

  #reason(served: ServedModel, { candidate }: Offer, language: string): string {
    const id = identityOf(candidate.cause);
    const key = id && `${language} ${id}`;
    const known = key && this.#reasons.get(key);
    if (known) return known;
    const reason = served.reasons.of(candidate);
    const text = JSON.stringify({
      ...reason,
      text: this.#shop.wording.text(reason, language),
      because: reason.because.map(({ code, name }) => ({ productId: code, name })),
    });
    if (key && this.#reasons.size < reasonsKept) this.#reasons.set(key, text);
    return text;
  }

  /** Rule numbers belong to one model, reasons name products, and shops change the words. */
  #forgetOutdatedReasons(served: ServedModel): void {
    const of = [served, this.#shop.catalogueVersion, this.#shop.wording.version];
    if (of.every((one, n) => one === this.#reasonsOf[n])) return;
    this.#reasons.clear();
    this.#reasonsOf = of;
  }
}

/** What tells a reason from others that come again; undefined where it hardly ever comes again. */
function identityOf(cause: Cause): string | undefined {
  if (cause.by === 'rule') return `rule ${cause.rule}`;
  if (cause.by === 'lead') return `${cause.lead.kind} ${cause.lead.from} ${cause.lead.to}`;
  return undefined;
}

const rounded = (figure: number): number => Math.round(figure * 1e6) / 1e6;

/** The products that an offer is about besides its own. */
function relatedTo({ assortment }: ServedModel, cause: Cause): string {
  if (cause.by === 'bundle')
    return `"bundle":${JSON.stringify(cause.items.map((item) => assortment.codeOf(item)))},`;
  return cause.by === 'upgrade' ? `"upgradeOf":${JSON.stringify(assortment.codeOf(cause.of))},` : '';
}

/** Only where answers have been learnt from it is another than the probability. */
const chanceOf = ({ chance, probability }: Offer['candidate']): string =>
  chance === probability ? '' : `"chance":${rounded(chance)},`;
