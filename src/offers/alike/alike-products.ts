import type { Product } from '../catalogue.ts';
import { valueText } from '../terms/attribute-terms.ts';
import { between, productTerms } from '../terms/product-terms.ts';

/** A known product that stands in for another. */
export interface AlikeProduct {
  readonly product: Product;
  /** Of all that stand in; the sum is 1. */
  readonly weight: number;
}

/**
 * What a kind of feature counts beside the others, before how rare it is: a category is more than a word of the name. Of a name's
 * quantities their units count: a set of 3 and a set of 6 are both sets.
 */
const kindWeights = { word: 1, unit: 1, category: 1.5, attribute: 1 };
type Kind = keyof typeof kindWeights;

/** How many stand in at most, and how alike each must be beside the most alike, and at all. */
const most = 8;
const leastOfBest = 0.5;
const leastLikeness = 0.05;

/** How much less alike a product is for each factor of e between the prices. */
const priceDecay = 0.5;

/** A feature of some products: by kind, as a category and a word may be called the same. */
type Key = `${Kind}:${string}`;

/** Finds the products that are most like another, by name, category, attributes and price. */
export class AlikeProducts {
  readonly #products: Product[] = [];
  readonly #holders = new Map<Key, number[]>();
  /** By product: the sum of its squared weights; of another number of products they weigh otherwise. */
  #norms = new Float64Array(0);

  get size(): number {
    return this.#products.length;
  }

  /** Takes a product among those that can stand in for others. */
  add(product: Product): void {
    const number = this.#products.push(product) - 1;
    for (const key of keysOf(product)) {
      const holders = this.#holders.get(key);
      if (holders) holders.push(number);
      else this.#holders.set(key, [number]);
    }
  }

  /**
   * The most alike first; none where nothing is shared. The likeness is the cosine of the two products' features, each weighted by how
   * few have it, times the nearness of the prices where both are known.
   *
   * @param product any; it does not stand in for itself
   */
  of(product: Product): AlikeProduct[] {
    if (this.#norms.length !== this.size) this.#measure();
    const shared = new Float64Array(this.size);
    let norm = 0;
    for (const key of keysOf(product)) {
      const holders = this.#holders.get(key) ?? [];
      const square = this.#weightOf(key) ** 2;
      norm += square;
      for (const number of holders) shared[number] += square;
    }
    const found: { product: Product; likeness: number }[] = [];
    for (let number = 0; number < shared.length; number++) {
      const other = this.#products[number];
      if (shared[number] === 0 || other.code === product.code) continue;
      const likeness =
        (shared[number] / Math.sqrt(norm * this.#norms[number])) * priceNearness(product, other);
      if (likeness >= leastLikeness) found.push({ product: other, likeness });
    }
    found.sort((a, b) => b.likeness - a.likeness || (a.product.code < b.product.code ? -1 : 1));
    const best = found.slice(0, most).filter(({ likeness }) => likeness >= leastOfBest * found[0].likeness);
    const sum = best.reduce((all, { likeness }) => all + likeness, 0);
    return best.map(({ product, likeness }) => ({ product, weight: likeness / sum }));
  }

  #measure(): void {
    this.#norms = new Float64Array(this.size);
    for (const [key, holders] of this.#holders) {
      const square = this.#weightOf(key) ** 2;
      for (const number of holders) this.#norms[number] += square;
    }
  }

  /** What all have is worth nothing, what nobody has the most. */
  #weightOf(key: Key): number {
    const holders = this.#holders.get(key)?.length ?? 0;
    const kind = key.slice(0, key.indexOf(':')) as Kind;
    return kindWeights[kind] * Math.log((this.size + 1) / (holders + 1));
  }
}

function keysOf(product: Product): Key[] {
  const { words, quantities, attributes } = productTerms(product);
  return [
    ...words.map((word): Key => `word:${word}`),
    ...[...quantities.keys()].map((unit): Key => `unit:${unit}`),
    // Of a category each level: the path down to it.
    ...product.category.map((_, n, path): Key => `category:${path.slice(0, n + 1).join(between)}`),
    ...[...attributes].map(([name, value]): Key => `attribute:${name}${between}${valueText(value)}`),
  ];
}

/** 1 where they are the same or one is not known. */
function priceNearness({ price: one }: Product, { price: other }: Product): number {
  if (one === null || other === null || one <= 0 || other <= 0) return 1;
  return Math.exp(-priceDecay * Math.abs(Math.log(one / other)));
}
