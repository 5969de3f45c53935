import { AlikeProducts } from '../alike/alike-products.ts';
import type { Assortment } from '../assortment.ts';
import type { OfferQuestion, Proposed } from '../offer-question.ts';

/** The newest so many are looked at: a bound on time where a whole range is new. */
const mostNewcomers = 500;

/** A product that is newer than the model, as one that stands in for it is proposed. */
interface Stand {
  readonly newcomer: number;
  /** What the other counts of all that stand in. */
  readonly weight: number;
}

/**
 * Proposes products that are newer than the model: each is as likely as the known products that are most like it are in the mean, of
 * which those that nobody proposes count 0.
 */
export class NewcomerSource {
  readonly #assortment: Assortment;
  #version = -1;
  /** By known item: for which newcomers it stands in. */
  #stands = new Map<number, Stand[]>();

  constructor(assortment: Assortment) {
    this.#assortment = assortment;
  }

  /** @param singles the known products that are proposed, whether they may be offered or not */
  propose({ takes, admits, seen }: OfferQuestion, singles: readonly Proposed[]): Proposed[] {
    const assortment = this.#assortment;
    if (assortment.size === assortment.known || !takes('cross-sell')) return [];
    if (this.#version !== assortment.newcomersVersion) this.#match();
    const found = new Map<number, { probability: number; to: number; most: number }>();
    for (const { item, kind, probability } of singles) {
      if (kind !== 'cross-sell') continue;
      for (const { newcomer, weight } of this.#stands.get(item) ?? []) {
        const part = weight * probability;
        const known = found.get(newcomer);
        if (!known) found.set(newcomer, { probability: part, to: item, most: part });
        else {
          known.probability += part;
          if (part > known.most) Object.assign(known, { to: item, most: part });
        }
      }
    }
    const proposed: Proposed[] = [];
    for (const [item, { probability, to }] of found) {
      if (!admits(item) || seen.includes(item)) continue;
      proposed.push({ item, kind: 'cross-sell', probability, cause: { by: 'alike', to } });
    }
    return proposed;
  }

  #match(): void {
    const assortment = this.#assortment;
    this.#version = assortment.newcomersVersion;
    this.#stands = new Map();
    const alike = new AlikeProducts();
    for (let item = 0; item < assortment.known; item++) {
      const product = assortment.product(item);
      if (product && !product.nonProduct) alike.add(product);
    }
    for (let n = Math.max(assortment.known, assortment.size - mostNewcomers); n < assortment.size; n++) {
      for (const { product, weight } of alike.of(assortment.product(n)!)) {
        const item = assortment.numberOf(product.code);
        const stands = this.#stands.get(item) ?? [];
        stands.push({ newcomer: n, weight });
        this.#stands.set(item, stands);
      }
    }
  }
}
