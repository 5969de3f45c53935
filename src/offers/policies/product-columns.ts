import { isPromoted, type Product, unservable } from '../catalogue.ts';
import type { PolicyBook } from './policy-book.ts';

/** What is true of a product, as bits. */
export const productFlags = {
  unservable: 1,
  /** Some policy is about it, whether that holds now or not. */
  hasPolicies: 2,
  /** Its attribute `consumable` says that it is bought again … */
  consumable: 4,
  /** … or that it is not. */
  lasting: 8,
  /** On promotion now, so that its price is not the full one. */
  promoted: 16,
} as const;

const none = new Int32Array(0);

/**
 * What policies need of products, by item number: worked out once for as long as neither a product nor a policy changes. Columns, as
 * the candidates of a request are all over the catalogue, and each object that is looked into is another place in memory.
 */
export class ProductColumns {
  readonly #book: PolicyBook;
  readonly #categoryNumbers = new Map<string, number>();
  readonly #items = new Map<string, number>();
  #products: (Product | undefined)[] = [];
  /** See `productFlags`. */
  flags = new Uint8Array(0);
  /** NaN where there is none. */
  prices = new Float64Array(0);
  /** Price less cost; NaN where one of them is not known. */
  margins = new Float64Array(0);
  /** Numbers of the policies about it. */
  policies: Int32Array[] = [];
  /** The number of the category at each level from the widest, empty without one. */
  categories: Int32Array[] = [];

  constructor(book: PolicyBook) {
    this.#book = book;
  }

  /** Sees to it that the columns have a product as it is now. */
  know(item: number, product: Product): void {
    if (this.#products[item] !== product) this.#learn(item, product);
  }

  /** The number of a product that has been a candidate; −1 of any other. */
  itemOf(code: string): number {
    return this.#items.get(code) ?? -1;
  }

  /** Where a product stands at a level, at the narrowest where its path is shorter or the level null; −1 without a category. */
  categoryAt(item: number, level: number | null): number {
    const numbers = this.categories[item];
    const depth = level === null ? numbers.length : Math.min(level, numbers.length);
    return depth === 0 ? -1 : numbers[depth - 1];
  }

  #learn(item: number, product: Product): void {
    if (item >= this.flags.length) this.#grow(item);
    const { price, cost, category, attributes } = product;
    const { consumable } = attributes;
    const policies = this.#book.about(product);
    this.flags[item] =
      (unservable(product) === undefined ? 0 : productFlags.unservable) |
      (policies.length === 0 ? 0 : productFlags.hasPolicies) |
      (consumable === true ? productFlags.consumable : 0) |
      (consumable === false ? productFlags.lasting : 0) |
      (isPromoted(product) ? productFlags.promoted : 0);
    this.prices[item] = price ?? Number.NaN;
    this.margins[item] = (price ?? Number.NaN) - (cost ?? Number.NaN);
    this.policies[item] = policies;
    this.categories[item] = Int32Array.from(category, (_, level) =>
      this.#numberOf(category.slice(0, level + 1)),
    );
    this.#products[item] = product;
    this.#items.set(product.code, item);
  }

  #grow(item: number): void {
    const { flags, prices, margins, policies, categories } = this;
    const size = Math.max(1024, 2 * (item + 1));
    this.flags = new Uint8Array(size);
    this.prices = new Float64Array(size);
    this.margins = new Float64Array(size);
    this.flags.set(flags);
    this.prices.set(prices);
    this.margins.set(margins);
    const filled = <T>(old: readonly T[], filler: T): T[] => [
      ...old,
      ...new Array<T>(size - old.length).fill(filler),
    ];
    this.#products = filled<Product | undefined>(this.#products, undefined);
    this.policies = filled<Int32Array>(policies, none);
    this.categories = filled<Int32Array>(categories, none);
  }

  #numberOf(path: readonly string[]): number {
    const key = path.join('\0');
    const known = this.#categoryNumbers.get(key) ?? this.#categoryNumbers.size;
    this.#categoryNumbers.set(key, known);
    return known;
  }
}
