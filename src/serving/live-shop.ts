import type { Model } from '../model/model.ts';
import type { Product } from '../offers/catalogue.ts';
import type { Customer } from '../offers/customer-memory.ts';
import { Recommender } from '../offers/recommender.ts';
import { RuleBrowser } from '../rules/browse.ts';

/** One model in service. */
export interface ServedModel {
  readonly version: number;
  readonly recommender: Recommender;
  readonly rules: RuleBrowser;
}

/** An order that came after the model in service was trained. */
export interface RecentOrder {
  readonly id: number;
  readonly customer: string;
  readonly products: readonly string[];
}

/** How many later orders of one customer are kept: a bound on memory between two trainings. */
const recentOrdersKept = 50;

/**
 * What the request path reads, all in memory: the model, the live catalogue, and the orders that came since.
 * Changes come in through its methods; whoever calls them has stored them already.
 */
export class LiveShop {
  readonly #products = new Map<string, Product>();
  readonly #recent = new Map<string, RecentOrder[]>();
  #served: ServedModel | undefined;
  #catalogueVersion = 0;
  /** The live product of each item number of the served model. */
  #items: (Product | undefined)[] = [];

  get served(): ServedModel | undefined {
    return this.#served;
  }

  /** Changes whenever a product does. */
  get catalogueVersion(): number {
    return this.#catalogueVersion;
  }

  product(code: string): Product | undefined {
    return this.#products.get(code);
  }

  /** Puts a model into service; the next request sees it. Orders it knows need not be kept any longer. */
  serve(version: number, model: Model): void {
    const items: (Product | undefined)[] = [];
    for (let item = 0; item < model.itemCodes.size; item++)
      items.push(this.#products.get(model.itemCodes.get(item)));
    this.#items = items;
    this.#served = {
      version,
      recommender: new Recommender(model, (item) => items[item]),
      rules: new RuleBrowser(model.rules),
    };
    for (const [customer, orders] of this.#recent) {
      const later = orders.filter(({ id }) => id > model.meta.lastOrderId);
      if (later.length === 0) this.#recent.delete(customer);
      else this.#recent.set(customer, later);
    }
  }

  putProducts(products: Iterable<Product>): void {
    const itemCodes = this.#served?.recommender.model.itemCodes;
    for (const product of products) {
      this.#catalogueVersion++;
      this.#products.set(product.code, product);
      const item = itemCodes?.indexOf(product.code) ?? -1;
      if (item >= 0) this.#items[item] = product;
    }
  }

  /** Adds an order; one that is known already is ignored. */
  addOrder(order: RecentOrder): void {
    if (order.id <= (this.#served?.recommender.model.meta.lastOrderId ?? -1)) return;
    const orders = this.#recent.get(order.customer) ?? [];
    // The newest first, in whatever order they come: every process then knows the same.
    const later = orders.filter(({ id }) => id > order.id).length;
    if (orders[later]?.id === order.id) return;
    orders.splice(later, 0, order);
    orders.length = Math.min(orders.length, recentOrdersKept);
    this.#recent.set(order.customer, orders);
  }

  customer(code: string): Customer {
    return { code, recentPurchases: (this.#recent.get(code) ?? []).flatMap(({ products }) => products) };
  }
}
