import type { StringTable } from '../model/string-table.ts';
import { type Product, unservable } from './catalogue.ts';

/** Whoever follows the catalogue change by change is not so far behind for long. */
const changesKept = 1000;

/**
 * The live catalogue by item number: first the items of a model, as they are numbered there, then the products that came after it in
 * the order in which they did.
 */
export class Assortment {
  readonly #codes: StringTable;
  readonly #products: (Product | undefined)[];
  readonly #sellable: boolean[];
  readonly #newcomers = new Map<string, number>();
  /** What changed last, the newest last. */
  #changes: number[] = [];
  #version = 0;
  #newcomersVersion = 0;

  /**
   * @param codes of the items of the model
   * @param products of now
   */
  constructor(codes: StringTable, products: Iterable<Product> = []) {
    this.#codes = codes;
    this.#products = Array.from<Product | undefined>({ length: codes.size });
    this.#sellable = Array.from({ length: codes.size }, () => false);
    for (const product of products) this.put(product);
  }

  /** Another one after each change. */
  get version(): number {
    return this.#version;
  }

  /** Another one whenever a newcomer comes or is called or described otherwise. */
  get newcomersVersion(): number {
    return this.#newcomersVersion;
  }

  /** How many items the model knows; the numbers from here on are those of newcomers. */
  get known(): number {
    return this.#codes.size;
  }

  /** All item numbers are below this one. */
  get size(): number {
    return this.#products.length;
  }

  put(product: Product): void {
    this.#version++;
    let item = this.numberOf(product.code);
    if (item < 0) {
      item = this.#products.length;
      this.#newcomers.set(product.code, item);
    }
    if (item >= this.known && isDescribedOtherwise(this.#products[item], product)) this.#newcomersVersion++;
    this.#products[item] = product;
    this.#sellable[item] = unservable(product) === undefined;
    this.#changes.push(item);
    if (this.#changes.length > 2 * changesKept) this.#changes = this.#changes.slice(-changesKept);
  }

  /** The items that changed after a version; undefined where that is too long ago to say. */
  changedSince(version: number): readonly number[] | undefined {
    const count = this.#version - version;
    if (count > this.#changes.length) return undefined;
    return count === 0 ? [] : this.#changes.slice(-count);
  }

  /** The number of a product; −1 for one that neither the model nor the catalogue has. */
  numberOf(code: string): number {
    const known = this.#codes.indexOf(code);
    return known >= 0 ? known : (this.#newcomers.get(code) ?? -1);
  }

  /** Undefined for an item of the model that is not in the catalogue. */
  product(item: number): Product | undefined {
    return this.#products[item];
  }

  /** Whether an item is in the catalogue, and may be offered as far as that goes. */
  isSellable(item: number): boolean {
    return this.#sellable[item] === true;
  }

  codeOf(item: number): string {
    return item < this.known ? this.#codes.get(item) : this.#products[item]!.code;
  }
}

/** Whether more has changed than what does not say what a product is. */
function isDescribedOtherwise(
  before: Product | undefined,
  { name, category, price, attributes }: Product,
): boolean {
  if (!before) return true;
  const said = [before.name, before.category, before.price, before.attributes];
  return JSON.stringify(said) !== JSON.stringify([name, category, price, attributes]);
}
