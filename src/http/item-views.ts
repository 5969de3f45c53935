import { z } from '@hono/zod-openapi';
import { PairwellError } from '../errors.ts';
import type { LiveShop } from '../serving/live-shop.ts';
import type { RuleBook } from '../serving/rule-book.ts';
import { fullName, pathOf } from '../taxonomy/category-tree.ts';
import { categoryItem, nodeOfItem } from '../taxonomy/levels.ts';
import { marginsOf } from './margins.ts';

export const productRef = z.object({ productId: z.string(), name: z.string().nullable() });
const categoryRef = z.object({
  category: z.array(z.string()).openapi({ description: 'Widest first.', example: ['food', 'bakery'] }),
});

/** A product, or a category. */
export const itemRef = z.union([productRef, categoryRef]);

export type ProductRef = z.infer<typeof productRef>;
export type ItemRef = z.infer<typeof itemRef>;

/** What the items of a model are called in answers: products by their numbers, then categories. */
export class ItemViews {
  readonly #book: RuleBook;
  readonly #shop: LiveShop;

  constructor(book: RuleBook, shop: LiveShop) {
    this.#book = book;
    this.#shop = shop;
  }

  /** Of products and categories. */
  get size(): number {
    const { tree } = this.#book.insights.categories;
    return categoryItem(tree, tree.names.length);
  }

  /**
   * −1 for a product that is in no order of the model.
   *
   * @throws PairwellError `not-found` for one that the shop does not know either
   */
  indexOf(productId: string): number {
    const item = this.#book.itemCodes.indexOf(productId);
    if (item >= 0 || this.#shop.product(productId)) return item;
    throw new PairwellError('not-found', `There is no product ${productId}.`);
  }

  /** The product's id, or the category's full name, such as `food > bakery`. */
  get(item: number): string {
    const { tree } = this.#book.insights.categories;
    const node = nodeOfItem(tree, item);
    return node < 0 ? this.#book.itemCodes.get(item) : fullName(tree, node);
  }

  /** Null for a category, and for a product without one. */
  nameOf(item: number): string | null {
    return this.#isProduct(item) ? (this.#shop.product(this.get(item))?.name ?? null) : null;
  }

  product(item: number): ProductRef {
    return { productId: this.get(item), name: this.nameOf(item) };
  }

  ref(item: number): ItemRef {
    const { tree } = this.#book.insights.categories;
    return this.#isProduct(item) ? this.product(item) : { category: pathOf(tree, nodeOfItem(tree, item)) };
  }

  /** By product: the profit on one sale now, NaN where it is not known. */
  margins(): Float64Array {
    return marginsOf(this.#book, this.#shop);
  }

  #isProduct(item: number): boolean {
    return item < this.#book.itemCodes.size;
  }
}
