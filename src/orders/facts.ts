import type { Attributes, OrderLine } from './order-line.ts';

/** What some order lines tell about a product, and as of when; times are in milliseconds since 1970. */
export interface ProductSeen {
  readonly code: string;
  readonly nonProduct: boolean;
  /** Of the latest purchase that has one, else of the latest return. */
  name: string | null;
  nameAt: number;
  /** Of the latest purchase with a price; null while there are only returns. */
  price: number | null;
  /**
   * The time of that purchase; without a price that of the latest purchase, null when there is none. The only time
   * the database keeps: what an import tells counts there as told at this time, a later name or cost too.
   */
  seenAt: number | null;
  /** Of the latest purchase that has one. */
  cost: number | null;
  costAt: number;
  /** As with `name`. */
  category: readonly string[] | null;
  categoryAt: number;
  /** Another category that some line put it in; null when they all agree. */
  otherCategory: readonly string[] | null;
  /** Of all lines; where they differ, that of the last one to be seen. */
  attributes: Attributes | null;
  /** Its key in the database; 0 while that is not known. */
  id: number;
}

export interface CustomerSeen {
  readonly code: string;
  /** Milliseconds since 1970. */
  firstSeen: number;
  readonly channel: string | null;
  attributes: Attributes | null;
}

function merge(known: Attributes | null, more: Attributes | null): Attributes | null {
  // Neighbouring lines share the object.
  if (known === more || more === null) return known;
  return known === null ? more : { ...known, ...more };
}

/** Takes a return's time to before all purchases, since any of them tells more. */
const beforePurchases = 1e15;

function productOf(line: OrderLine): ProductSeen {
  const bought = line.quantity > 0;
  const toldAt = bought ? line.time : line.time - beforePurchases;
  return {
    code: line.product,
    nonProduct: line.nonProduct,
    name: line.name,
    nameAt: toldAt,
    price: bought ? line.unitPrice : null,
    seenAt: bought ? line.time : null,
    cost: bought ? line.unitCost : null,
    costAt: toldAt,
    category: line.category,
    categoryAt: toldAt,
    otherCategory: null,
    attributes: line.productAttributes,
    id: 0,
  };
}

function learnPrice(known: ProductSeen, { price, seenAt }: ProductSeen): void {
  if (seenAt === null) return;
  // A purchase with a price goes before any without one.
  const sameKind = (price === null) === (known.price === null);
  if (sameKind ? known.seenAt === null || seenAt >= known.seenAt : price !== null) {
    known.price = price;
    known.seenAt = seenAt;
  }
}

function learnCategory(known: ProductSeen, { category, categoryAt, otherCategory }: ProductSeen): void {
  if (category === null) return;
  const before = known.category;
  if (before === null || categoryAt >= known.categoryAt) {
    known.category = category;
    known.categoryAt = categoryAt;
  }
  if (before !== null && !isSamePath(before, category)) {
    known.otherCategory = known.category === category ? before : category;
  }
  known.otherCategory ??= otherCategory;
}

const isSamePath = (one: readonly string[], other: readonly string[]): boolean =>
  one === other || (one.length === other.length && one.every((level, n) => level === other[n]));

/**
 * Adds to what is known of a product. Each piece is that of the latest line which has it, whatever order the lines
 * come in; of two at the same time the one seen last counts. Adding all again in the same order changes nothing.
 */
function learn(known: ProductSeen, seen: ProductSeen): void {
  learnPrice(known, seen);
  if (seen.name !== null && (known.name === null || seen.nameAt >= known.nameAt)) {
    known.name = seen.name;
    known.nameAt = seen.nameAt;
  }
  if (seen.cost !== null && (known.cost === null || seen.costAt >= known.costAt)) {
    known.cost = seen.cost;
    known.costAt = seen.costAt;
  }
  learnCategory(known, seen);
  known.attributes = merge(known.attributes, seen.attributes);
}

/** Gathers by code what lines tell about products. */
export class ProductsSeen extends Map<string, ProductSeen> {
  /** @returns what is known of the product now */
  see(seen: ProductSeen): ProductSeen {
    const known = this.get(seen.code);
    if (known) learn(known, seen);
    else this.set(seen.code, seen);
    return known ?? seen;
  }

  /** @returns what is known of the line's product now */
  seeLine(line: OrderLine): ProductSeen {
    return this.see(productOf(line));
  }
}

/** Gathers by code what lines tell about their customers. */
export class CustomersSeen extends Map<string, CustomerSeen> {
  #last: CustomerSeen | undefined;

  seeLine({ customer: code, time, channel, customerAttributes }: OrderLine): void {
    if (code === null) return;
    // Mostly the customer of the line before.
    const known = this.#last?.code === code ? this.#last : this.get(code);
    if (!known) {
      this.#last = { code, firstSeen: time, channel, attributes: customerAttributes };
      this.set(code, this.#last);
      return;
    }
    this.#last = known;
    if (time < known.firstSeen) known.firstSeen = time;
    known.attributes = merge(known.attributes, customerAttributes);
  }
}
