import { Dictionary } from '../../baskets/dictionary.ts';
import { fromPairs } from '../../baskets/from-pairs.ts';
import type { Sales } from '../sales.ts';

export interface BoughtLine {
  readonly item: string;
  /** NaN where it is not known. */
  readonly revenue: number;
  readonly profit: number;
  readonly isPromoted: boolean;
}

/** Collects lines of orders; orders are numbered as they were opened. */
export class SalesBuilder {
  readonly #items = new Dictionary();
  readonly #orderTimes: number[] = [];
  readonly #orderCustomers: (string | null)[] = [];
  readonly #lineOrders: number[] = [];
  readonly #lineItems: number[] = [];
  readonly #revenues: number[] = [];
  readonly #profits: number[] = [];
  /** Numbers of lines. */
  readonly #promoted: number[] = [];

  /** @param time in milliseconds since 1970 */
  openOrder(time: number): number {
    this.#orderTimes.push(time);
    return this.#orderCustomers.push(null) - 1;
  }

  /** Says whose order it is, unless that was said before. */
  setCustomer(order: number, customer: string | null): void {
    this.#orderCustomers[order] ??= customer;
  }

  addLine(order: number, { item, revenue, profit, isPromoted }: BoughtLine): void {
    if (isPromoted) this.#promoted.push(this.#lineOrders.length);
    this.#lineOrders.push(order);
    this.#lineItems.push(this.#items.intern(item));
    this.#revenues.push(revenue);
    this.#profits.push(profit);
  }

  /** The orders with a line, oldest first. */
  build(): Sales {
    const times = this.#orderTimes;
    const isBought = new Uint8Array(times.length);
    for (const order of this.#lineOrders) isBought[order] = 1;
    const orders = Array.from(times.keys())
      .filter((order) => isBought[order] === 1)
      .sort((a, b) => times[a] - times[b] || a - b);
    const placeOf = new Int32Array(times.length);
    orders.forEach((order, place) => {
      placeOf[order] = place;
    });
    const dayOf = (order: number): number => Math.floor(times[order] / 86_400_000);

    const items = byCode(Array.from({ length: this.#items.size }, (_, id) => this.#items.nameOf(id)));
    const customers = byCode([...new Set(orders.flatMap((order) => this.#orderCustomers[order] ?? []))]);
    const customerNumber = new Map(customers.codes.map((code, n) => [code, n]));
    const lineItem = Int32Array.from(this.#lineItems, (item) => items.numberOf[item]);
    return {
      itemCodes: items.codes,
      customerCodes: customers.codes,
      day: Int32Array.from(orders, dayOf),
      customer: Int32Array.from(
        orders,
        (order) => customerNumber.get(this.#orderCustomers[order] ?? '') ?? -1,
      ),
      baskets: fromPairs(
        Int32Array.from(this.#lineOrders, (order) => placeOf[order]),
        lineItem,
        orders.length,
        items.codes.length,
      ),
      lines: {
        day: Int32Array.from(this.#lineOrders, dayOf),
        item: lineItem,
        revenue: Float64Array.from(this.#revenues),
        profit: Float64Array.from(this.#profits),
      },
      promoted: {
        items: Int32Array.from(this.#promoted, (line) => lineItem[line]),
        days: Int32Array.from(this.#promoted, (line) => dayOf(this.#lineOrders[line])),
      },
    };
  }
}

/** Codes in their order, and the new number of each that came: numbers then do not hang on the order of rows. */
export function byCode(codes: readonly string[]): { codes: string[]; numberOf: Int32Array } {
  const order = Array.from(codes.keys()).sort((a, b) => (codes[a] < codes[b] ? -1 : 1));
  const numberOf = new Int32Array(codes.length);
  order.forEach((id, n) => {
    numberOf[id] = n;
  });
  return { codes: order.map((id) => codes[id]), numberOf };
}
