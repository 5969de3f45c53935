import type { Product } from '../catalogue.ts';
import { valueText } from '../terms/attribute-terms.ts';
import { type ProductTerms, productTerms, saysTheSame } from '../terms/product-terms.ts';
import { type PricedTerms, usualPrices } from './usual-prices.ts';

/** So many members of a category are all looked at; of a larger one those with a common word. */
const mostScanned = 500;
/**
 * An attribute tells which product it is and not what, as a bar code does, where more than this share of the products that have it
 * have a value of their own; of few products that cannot be said.
 */
const mostAlone = 0.5;
const fewProducts = 20;

/**
 * What the terms of a catalogue are worth, and which products share them. A term weighs the more, the fewer products have it: the
 * logarithm of how many there are to each that does (inverse document frequency: Spärck Jones, Journal of Documentation 28, 1972).
 */
export class CatalogueTerms {
  readonly #products: (Product | undefined)[] = [];
  readonly #terms: ProductTerms[] = [];
  readonly #holders = new Map<string, Set<number>>();
  readonly #members = new Map<string, Set<number>>();
  /** By attribute, the products with each value. */
  readonly #values = new Map<string, Map<string, number>>();
  /** By attribute, once it is asked. */
  readonly #telling = new Map<string, boolean>();
  #found = new Float64Array(0);
  #usual: Float64Array | undefined;

  /** By item number; undefined for one that is not in the catalogue. */
  get products(): readonly (Product | undefined)[] {
    return this.#products;
  }

  /** By item number. */
  get terms(): readonly ProductTerms[] {
    return this.#terms;
  }

  /**
   * Puts a product in the place of an item as it was, or at the end.
   *
   * @returns what changed: nothing that counts here, prices alone, or what terms are worth
   */
  put(item: number, product: Product | undefined): 'nothing' | 'prices' | 'terms' {
    const isNew = item >= this.#products.length;
    const before = this.#products[item];
    this.#products[item] = product;
    if (!isNew && saysTheSame(product, before)) {
      if (product?.price === before?.price) return 'nothing';
      this.#usual = undefined;
      return 'prices';
    }
    this.#usual = undefined;
    if (!isNew) this.#count(item, this.#terms[item], -1);
    this.#terms[item] = productTerms(product);
    this.#count(item, this.#terms[item], 1);
    return 'terms';
  }

  #count(item: number, { words, quantities, attributes, category }: ProductTerms, by: 1 | -1): void {
    const list = by === 1 ? addTo : removeFrom;
    for (const word of words) list(this.#holders, word, item);
    for (const unit of quantities.keys()) list(this.#holders, unitTerm(unit), item);
    if (category !== '') list(this.#members, category, item);
    for (const [name, value] of attributes) {
      const counts = this.#values.get(name) ?? new Map<string, number>();
      this.#values.set(name, counts);
      this.#telling.delete(name);
      const text = valueText(value);
      const count = (counts.get(text) ?? 0) + by;
      if (count > 0) counts.set(text, count);
      else counts.delete(text);
    }
  }

  wordWeight(word: string): number {
    return this.#weight(this.#holders.get(word)?.size ?? 0);
  }

  unitWeight(unit: string): number {
    return this.wordWeight(unitTerm(unit));
  }

  categoryWeight(category: string): number {
    return this.#weight(this.#members.get(category)?.size ?? 0);
  }

  /** Whether an attribute says what products are, and not only which. */
  isTelling(attribute: string): boolean {
    const known = this.#telling.get(attribute);
    if (known !== undefined) return known;
    const telling = isTelling(this.#values.get(attribute) ?? new Map());
    this.#telling.set(attribute, telling);
    return telling;
  }

  /** Of a value of an attribute. */
  valueWeight(attribute: string, text: string): number {
    return this.#weight(this.#values.get(attribute)?.get(text) ?? 0);
  }

  /**
   * The other products that may be alike: those of its category, or with a word or a unit in common where it has none.
   *
   * @param product, as all numbers here, is that of the item
   */
  near(product: number): readonly number[] {
    const { words, quantities, category } = this.terms[product];
    const members = this.#members.get(category) ?? new Set();
    const isSmall = category !== '' && members.size <= mostScanned;
    const near = isSmall ? [...members] : this.#sharing([...words, ...[...quantities.keys()].map(unitTerm)]);
    return near.filter((other) => other !== product && this.terms[other].category === category);
  }

  /** How many times as much as the one such products as the other usually cost: see {@link usualPrices}. */
  usualRatio(from: number, to: number): number {
    this.#usual ??= this.#fitUsualPrices();
    return Math.exp(this.#usual[to] - this.#usual[from]);
  }

  /** Those with so much in common that it might be half of what the words say; the common words of the catalogue find nobody. */
  #sharing(terms: readonly string[]): number[] {
    if (this.#found.length < this.#products.length) this.#found = new Float64Array(2 * this.#products.length);
    const found = this.#found;
    const touched: number[] = [];
    let total = 0;
    for (const term of terms) {
      const weight = this.wordWeight(term);
      total += weight;
      for (const other of this.#holders.get(term) ?? []) {
        if (found[other] === 0) touched.push(other);
        found[other] += weight;
      }
    }
    const near = touched.filter((other) => found[other] >= total * leastShared);
    for (const other of touched) found[other] = 0;
    return near;
  }

  #weight(holders: number): number {
    return Math.log((this.#products.length + 1) / Math.max(1, holders));
  }

  #fitUsualPrices(): Float64Array {
    const numbers = new Map<string, number>();
    const numberOf = (term: string): number => {
      const known = numbers.get(term);
      if (known !== undefined) return known;
      numbers.set(term, numbers.size);
      return numbers.size - 1;
    };
    const rows = this.terms.map(({ words, quantities, category }): PricedTerms => {
      const terms = words.map(numberOf);
      const amounts = words.map(() => 1);
      for (const [unit, value] of quantities) {
        terms.push(numberOf(unitTerm(unit)), numberOf(`log ${unit}`));
        amounts.push(1, Math.log1p(value));
      }
      if (category !== '') {
        terms.push(numberOf(`in ${category}`));
        amounts.push(1);
      }
      return { terms: Int32Array.from(terms), amounts: Float64Array.from(amounts) };
    });
    const prices = this.#products.map((product) => product?.price ?? Number.NaN);
    return usualPrices(rows, prices, numbers.size);
  }
}

/** Of what the words of a product weigh, the least that another must share to be looked at. */
const leastShared = 0.3;

/** No word has a space. */
const unitTerm = (unit: string): string => `of ${unit}`;

function isTelling(counts: ReadonlyMap<string, number>): boolean {
  let total = 0;
  let alone = 0;
  for (const count of counts.values()) {
    total += count;
    if (count === 1) alone++;
  }
  return total < fewProducts || alone <= total * mostAlone;
}

type Lists = Map<string, Set<number>>;

function addTo(lists: Lists, key: string, item: number): void {
  const list = lists.get(key);
  if (list) list.add(item);
  else lists.set(key, new Set([item]));
}

function removeFrom(lists: Lists, key: string, item: number): void {
  const list = lists.get(key);
  list?.delete(item);
  if (list?.size === 0) lists.delete(key);
}
