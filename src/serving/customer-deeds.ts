import { Dictionary } from '../baskets/dictionary.ts';
import { type GroupedRows, RowCollector, rowsOf } from '../baskets/grouped-rows.ts';
import { StringTable, type StringTableColumns } from '../model/string-table.ts';
import { type ActivityEvent, activityTypes } from '../offers/activity.ts';
import { placementNames } from '../offers/placements.ts';
import type { RecentOrder } from './recent-orders.ts';

/**
 * What the customers of a model did lately, by their numbers: orders that came after it and events. Flat, as threads share it: of a
 * million customers objects would not fit beside each other.
 */
export interface CustomerDeeds {
  /** Codes by the numbers that rows have. */
  readonly products: StringTableColumns;
  /** A row for each product: the order's id, the product. */
  readonly orders: GroupedRows;
  /** A row for each event: id, time, type, placement, product; −1 for none of the last two. */
  readonly events: GroupedRows;
}

const typesByNumber: readonly string[] = activityTypes;
const placesByNumber: readonly string[] = placementNames;

/** Collects deeds; those of customers whom the model does not know are left out, and so are events that offers need not know. */
export class DeedCollector {
  readonly #codes: StringTable;
  readonly #products = new Dictionary();
  readonly #orders = new RowCollector(2);
  readonly #events = new RowCollector(5);

  /** @param codes of the model's customers */
  constructor(codes: StringTable) {
    this.#codes = codes;
  }

  addOrder({ id, customer, products }: RecentOrder): void {
    const number = this.#codes.indexOf(customer);
    if (number < 0) return;
    for (const product of products) this.#orders.add(number, [id, this.#products.intern(product)]);
  }

  addEvent({ id, type, customer, product, placement, at }: ActivityEvent): void {
    const number = this.#codes.indexOf(customer);
    const kind = typesByNumber.indexOf(type);
    if (number < 0 || kind < 0) return;
    const place = placement === null ? -1 : placesByNumber.indexOf(placement);
    this.#events.add(number, [id, at, kind, place, product === null ? -1 : this.#products.intern(product)]);
  }

  collected(): CustomerDeeds {
    const customers = this.#codes.size;
    const names = Array.from({ length: this.#products.size }, (_, n) => this.#products.nameOf(n));
    return {
      products: StringTable.from(names).columns,
      orders: this.#orders.grouped(customers),
      events: this.#events.grouped(customers),
    };
  }
}

/** The deeds of one customer after another, as they were collected. */
export class DeedReader {
  readonly #codes: StringTable;
  readonly #products: StringTable;
  readonly #deeds: CustomerDeeds;

  constructor(codes: StringTable, deeds: CustomerDeeds) {
    this.#codes = codes;
    this.#products = new StringTable(deeds.products);
    this.#deeds = deeds;
  }

  ordersOf(customer: number): RecentOrder[] {
    const orders: { readonly id: number; readonly customer: string; readonly products: string[] }[] = [];
    for (const [id, product] of rowsOf(this.#deeds.orders, customer)) {
      if (orders.at(-1)?.id !== id) orders.push({ id, customer: this.#codes.get(customer), products: [] });
      orders.at(-1)!.products.push(this.#products.get(product));
    }
    return orders;
  }

  eventsOf(customer: number): ActivityEvent[] {
    return Array.from(rowsOf(this.#deeds.events, customer), ([id, at, kind, place, product]) => ({
      id,
      type: typesByNumber[kind],
      customer: this.#codes.get(customer),
      product: product < 0 ? null : this.#products.get(product),
      placement: place < 0 ? null : placesByNumber[place],
      at,
    }));
  }
}
