import type { Attributes, OrderLine } from './order-line.ts';

/** What some order lines tell about a product. */
export interface ProductSeen {
  readonly code: string;
  readonly nonProduct: boolean;
  /** Of the latest purchase that has one, else of any line. */
  name: string | null;
  /** Of the latest purchase with a price; null while there are only returns. */
  price: number | null;
  cost: number | null;
  /** The time of that purchase in milliseconds since 1970, or null. */
  seenAt: number | null;
  category: readonly string[] | null;
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

function productOf(line: OrderLine): ProductSeen {
  const bought = line.quantity > 0;
  return {
    code: line.product,
    nonProduct: line.nonProduct,
    name: line.name,
    price: bought ? line.unitPrice : null,
    cost: bought ? line.unitCost : null,
    seenAt: bought ? line.time : null,
    category: line.category,
    attributes: line.productAttributes,
    id: 0,
  };
}

/** Adds to what is known of a product; the order does not matter, and adding something twice changes nothing. */
function learn(known: ProductSeen, seen: ProductSeen): void {
  known.attributes = merge(known.attributes, seen.attributes);
  known.name ??= seen.name;
  known.category ??= seen.category;
  const newer = seen.seenAt !== null && (known.seenAt === null || seen.seenAt >= known.seenAt);
  if (!newer || (seen.price === null && known.price !== null)) return;
  known.name = seen.name ?? known.name;
  known.category = seen.category ?? known.category;
  known.price = seen.price;
  known.cost = seen.cost ?? known.cost;
  known.seenAt = seen.seenAt;
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
