/** An order that came after the model in service was trained. */
export interface RecentOrder {
  readonly id: number;
  readonly customer: string;
  readonly products: readonly string[];
}

const none: readonly RecentOrder[] = [];

/** How many later orders of one customer are kept: a bound on memory between two trainings. */
const ordersKept = 50;

/** The orders that came after a model, by customer: the same in whatever order and however often they come. */
export class RecentOrders {
  readonly #orders = new Map<string, readonly RecentOrder[]>();

  /** Adds an order; one that is known already is ignored. */
  add(order: RecentOrder): void {
    const orders = this.#orders.get(order.customer) ?? [];
    // The newest first, in whatever order they come: every process then knows the same.
    const later = orders.filter(({ id }) => id > order.id).length;
    if (orders[later]?.id === order.id) return;
    this.#orders.set(order.customer, orders.toSpliced(later, 0, order).slice(0, ordersKept));
  }

  /** Forgets orders up to an id: a newer model knows them. */
  forget(lastOrderId: number): void {
    for (const [customer, orders] of this.#orders) {
      const later = orders.filter(({ id }) => id > lastOrderId);
      if (later.length === 0) this.#orders.delete(customer);
      else this.#orders.set(customer, later);
    }
  }

  /** Forgets a customer, or all of them. */
  forgetCustomer(customer?: string): void {
    if (customer === undefined) this.#orders.clear();
    else this.#orders.delete(customer);
  }

  /** Those of a customer, the newest first: another list whenever one comes. */
  of(customer: string): readonly RecentOrder[] {
    return this.#orders.get(customer) ?? none;
  }

  /** Who bought a product in them. */
  buyersOf(product: string): string[] {
    const buyers: string[] = [];
    for (const [customer, orders] of this.#orders)
      if (orders.some(({ products }) => products.includes(product))) buyers.push(customer);
    return buyers;
  }

  /** What a customer bought in them, the newest first. */
  productsOf(customer: string): string[] {
    return this.of(customer).flatMap(({ products }) => products);
  }
}
