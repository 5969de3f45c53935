import { customerCount, type Ledger } from '../ledger.ts';
import type { BehaviourLift, Trait } from './behaviour.ts';
import { inUnit } from './features.ts';
import { eachOrder, type ProductKinds } from './product-kinds.ts';
import type { ScaledFeature } from './scaling.ts';

/**
 * By segment: how it differs from all others, the greatest difference first.
 *
 * @param values by customer and feature, on the features' scales
 * @param labels by customer: the segment
 */
export function segmentTraits(
  features: readonly ScaledFeature[],
  values: Float32Array,
  labels: Int32Array,
  segments: number,
): Trait[][] {
  const width = features.length;
  const sizes = new Float64Array(segments);
  const sums = new Float64Array(segments * width);
  const totals = new Float64Array(width);
  for (let row = 0; row < labels.length; row++) {
    sizes[labels[row]]++;
    for (let f = 0; f < width; f++) {
      sums[labels[row] * width + f] += values[row * width + f];
      totals[f] += values[row * width + f];
    }
  }
  const squares = new Float64Array(width);
  for (let row = 0; row < labels.length; row++) {
    for (let f = 0; f < width; f++) squares[f] += (values[row * width + f] - totals[f] / labels.length) ** 2;
  }
  return Array.from(sizes, (size, segment) => {
    const others = labels.length - size;
    if (size === 0 || others === 0) return [];
    const traits = features.map(({ name, block, unit, label, scale, prior, weight, spread }, f): Trait => {
      const sum = sums[segment * width + f];
      const here = sum / size;
      const elsewhere = (totals[f] - sum) / others;
      const difference = (here - elsewhere) / Math.sqrt(squares[f] / labels.length);
      return {
        name,
        block,
        unit,
        label,
        here: inUnit(scale, here),
        elsewhere: inUnit(scale, elsewhere),
        shop: inUnit(scale, totals[f] / labels.length),
        average: scale === 'plain' ? 'mean' : 'geometric',
        isDrawn: prior > 0,
        isClustered: weight > 0,
        difference,
        distance: (here - elsewhere) / spread,
      };
    });
    return traits.sort((a, b) => Math.abs(b.difference) - Math.abs(a.difference));
  });
}

export interface LiftOptions {
  readonly itemName: (item: number) => string;
  /** The most of each list. */
  readonly most: number;
  /** Orders of the segment that must hold it. */
  readonly minOrders: number;
}

export interface SegmentLifts {
  readonly categories: BehaviourLift[];
  readonly products: BehaviourLift[];
}

/**
 * By segment: the products and kinds that its orders hold more often than the shop's do; sorted by orders × ln lift, as neither a
 * bestseller nor a rarity says most.
 *
 * @param segmentOf by customer, −1 for none
 */
export function segmentLifts(
  ledger: Ledger,
  kinds: ProductKinds,
  segmentOf: Int16Array,
  segments: number,
  options: LiftOptions,
): { orders: Float64Array; lifts: SegmentLifts[] } {
  const products = new Holders(segments, ledger.products.itemCount);
  const categories = new Holders(segments, kinds.names.length);
  const orders = new Float64Array(segments);
  let order = 0;
  eachOrder(ledger, (customer, items) => {
    const segment = segmentOf[customer];
    if (segment < 0) return;
    orders[segment]++;
    order++;
    for (const item of items) {
      products.add(segment, item, customer, order);
      if (kinds.kindOf[item] >= 0) categories.add(segment, kinds.kindOf[item], customer, order);
    }
  });
  const lifts = Array.from(orders, (_, segment) => ({
    categories: categories.best(segment, orders, (kind) => kinds.names[kind], options),
    products: products.best(segment, orders, options.itemName, options),
  }));
  return { orders, lifts };
}

/** Net revenue by customer: all lines of a known price, fees too, less returns and discounts. */
export function revenueOf(ledger: Ledger): Float64Array {
  const { documents, lines } = ledger;
  const revenue = new Float64Array(customerCount(ledger));
  for (let customer = 0; customer < revenue.length; customer++) {
    const from = lines.offsets[documents.offsets[customer]];
    const to = lines.offsets[documents.offsets[customer + 1]];
    for (let line = from; line < to; line++) {
      const price = lines.price[line];
      if (!Number.isNaN(price)) revenue[customer] += lines.quantity[line] * price - lines.discount[line];
    }
  }
  return revenue;
}

/** How many orders and customers of each segment have each of some things. */
class Holders {
  readonly #things: number;
  readonly #orders: Int32Array;
  readonly #customers: Int32Array;
  readonly #lastOrder: Int32Array;
  readonly #lastCustomer: Int32Array;

  constructor(segments: number, things: number) {
    this.#things = things;
    this.#orders = new Int32Array(segments * things);
    this.#customers = new Int32Array(segments * things);
    this.#lastOrder = new Int32Array(things);
    this.#lastCustomer = new Int32Array(things).fill(-1);
  }

  /** @param order from 1 on, those of a customer one after the other */
  add(segment: number, thing: number, customer: number, order: number): void {
    if (this.#lastOrder[thing] === order) return;
    this.#lastOrder[thing] = order;
    this.#orders[segment * this.#things + thing]++;
    if (this.#lastCustomer[thing] === customer) return;
    this.#lastCustomer[thing] = customer;
    this.#customers[segment * this.#things + thing]++;
  }

  best(
    segment: number,
    segmentOrders: Float64Array,
    nameOf: (thing: number) => string,
    { most, minOrders }: LiftOptions,
  ): BehaviourLift[] {
    const all = segmentOrders.reduce((sum, count) => sum + count, 0);
    const found: Omit<BehaviourLift, 'name'>[] = [];
    for (let thing = 0; thing < this.#things; thing++) {
      const orders = this.#orders[segment * this.#things + thing];
      if (orders < Math.max(1, minOrders)) continue;
      let ofShop = 0;
      for (let s = 0; s < segmentOrders.length; s++) ofShop += this.#orders[s * this.#things + thing];
      const share = orders / segmentOrders[segment];
      const shopShare = ofShop / all;
      if (share <= shopShare) continue;
      const customers = this.#customers[segment * this.#things + thing];
      found.push({ number: thing, orders, customers, share, shopShare, lift: share / shopShare });
    }
    const telling = ({ orders, lift }: (typeof found)[number]): number => orders * Math.log(lift);
    return found
      .sort((a, b) => telling(b) - telling(a) || a.number - b.number)
      .slice(0, most)
      .map(({ number, ...figures }) => ({ number, name: nameOf(number), ...figures }));
  }
}
