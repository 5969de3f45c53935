import { type BasketHistories, basketHistories, itemsWhere } from '../../src/baskets/basket-histories.ts';
import { Dictionary } from '../../src/baskets/dictionary.ts';
import { fromPairs } from '../../src/baskets/from-pairs.ts';
import type { Product } from '../../src/offers/catalogue.ts';
import type { OrderLine } from '../../src/orders/order-line.ts';
import type { AnonymousBaskets, ShopBaskets } from '../../src/ranking/shop-baskets.ts';

/** What a shop sold before a day, and what its customers of then bought from that day on. */
export interface DividedShop {
  readonly past: ShopBaskets;
  /** By customer of the past; days from the dividing one on. */
  readonly later: BasketHistories;
  /** By item: name, and the price that most lines of the past have. */
  readonly products: readonly Product[];
  readonly customerCodes: readonly string[];
}

const msPerDay = 86_400_000;

/**
 * Divides a shop in time. What was not sold before the day is left out afterwards, and who had not bought before.
 *
 * @param day since 1970-01-01: the first of what is later
 */
export function dividedShop(lines: readonly OrderLine[], day: number): DividedShop {
  const dayOf = ({ time }: OrderLine): number => Math.floor(time / msPerDay);
  const [items, customers] = [new Dictionary(), new Dictionary()];
  const past = lines.filter((line) => dayOf(line) < day);
  for (const { product, customer } of past) {
    items.intern(product);
    if (customer !== null) customers.intern(customer);
  }
  const historiesOf = (some: readonly OrderLine[]): BasketHistories =>
    basketHistories(
      {
        customer: Int32Array.from(some, ({ customer }) => customers.intern(customer!)),
        day: Int32Array.from(some, dayOf),
        item: Int32Array.from(some, ({ product }) => items.intern(product)),
      },
      customerCount,
      itemCount,
    );
  const [itemCount, customerCount] = [items.size, customers.size];
  const itemCodes = Array.from({ length: itemCount }, (_, item) => items.nameOf(item));
  const customerCodes = Array.from({ length: customerCount }, (_, c) => customers.nameOf(c));
  const [known, had] = [new Set(customerCodes), new Set(itemCodes)];
  const later = lines.filter(
    (line) =>
      dayOf(line) >= day && line.customer !== null && known.has(line.customer) && had.has(line.product),
  );
  return {
    past: {
      histories: historiesOf(past.filter(({ customer }) => customer !== null)),
      anonymous: anonymousOf(
        past.filter(({ customer }) => customer === null),
        dayOf,
        items,
      ),
    },
    later: historiesOf(later),
    products: productsOf(past, itemCodes),
    customerCodes,
  };
}

function anonymousOf(
  lines: readonly OrderLine[],
  dayOf: (line: OrderLine) => number,
  items: Dictionary,
): AnonymousBaskets {
  const orders = new Dictionary();
  const lineOrders = Int32Array.from(lines, ({ order }) => orders.intern(order));
  const lineItems = Int32Array.from(lines, ({ product }) => items.intern(product));
  const day = new Int32Array(orders.size);
  lines.forEach((line, n) => {
    day[lineOrders[n]] = dayOf(line);
  });
  return { transactions: fromPairs(lineOrders, lineItems, orders.size, items.size, { shared: false }), day };
}

/** A product goes by the name and the price that most of its lines have: some are remarks. */
function productsOf(lines: readonly OrderLine[], codes: readonly string[]): Product[] {
  const names = new Map<string, Map<string, number>>();
  const prices = new Map<string, Map<number, number>>();
  const tally = <T>(of: Map<string, Map<T, number>>, code: string, value: T | null): void => {
    const seen = of.get(code) ?? new Map<T, number>();
    of.set(code, seen);
    if (value !== null) seen.set(value, (seen.get(value) ?? 0) + 1);
  };
  for (const { product, name, unitPrice } of lines) {
    tally(names, product, name);
    tally(prices, product, unitPrice);
  }
  const usual = <T>(of: Map<string, Map<T, number>>, code: string): T | null =>
    [...(of.get(code) ?? [])].sort((a, b) => b[1] - a[1])[0]?.[0] ?? null;
  return codes.map((code) => ({
    code,
    name: usual(names, code),
    category: [],
    price: usual(prices, code),
    cost: null,
    stock: null,
    active: true,
    nonProduct: false,
    attributes: {},
  }));
}

/** The shop as if some of its items had never been sold. */
export function withoutItems({ histories, anonymous }: ShopBaskets, gone: ReadonlySet<number>): ShopBaskets {
  const { transactions, day } = anonymous;
  // As histories of one customer whose days are the baskets' places, so that the same code takes the items out.
  const asHistory: BasketHistories = {
    itemCount: transactions.itemCount,
    offsets: Int32Array.of(0, day.length),
    day,
    itemOffsets: transactions.offsets,
    items: transactions.items,
  };
  const keeps = (item: number): boolean => !gone.has(item);
  const left = itemsWhere(asHistory, keeps);
  return {
    histories: itemsWhere(histories, keeps),
    anonymous: {
      transactions: { itemCount: left.itemCount, offsets: left.itemOffsets, items: left.items },
      day: left.day,
    },
  };
}
