import { productKinds } from './holdings-kinds.ts';
import { type CustomerAttribute, customerCount, type Ledger } from './ledger.ts';

/** Figures of one customer while its documents are read. */
interface Tally {
  orders: number;
  orderDays: number;
  firstDay: number;
  lastDay: number;
  lines: number;
  units: number;
  pricedUnits: number;
  promotedLines: number;
  revenue: number;
  sales: number;
  goodsSales: number;
  discount: number;
  returned: number;
  weekendOrders: number;
  hours: number;
  products: number;
  kinds: number;
}

/** By name: what is told of a customer with an order; NaN where it cannot be told. */
const figures: Readonly<Record<string, (tally: Tally, today: number) => number>> = {
  revenue: ({ revenue }) => revenue,
  orders: ({ orders }) => orders,
  'revenue per order': ({ revenue, orders }) => revenue / orders,
  'lines per order': ({ lines, orders }) => lines / orders,
  'units per order': ({ units, orders }) => units / orders,
  'list price per unit': ({ goodsSales, pricedUnits }) => ratio(goodsSales, pricedUnits),
  'days between orders': ({ firstDay, lastDay, orderDays }) => ratio(lastDay - firstDay, orderDays - 1),
  'days since the first order': ({ firstDay }, today) => today - firstDay,
  'days since the last order': ({ lastDay }, today) => today - lastDay,
  'discount share': ({ discount, sales }) => ratio(discount, sales),
  'share of lines on promotion': ({ promotedLines, lines }) => ratio(promotedLines, lines),
  'returned share': ({ returned, sales, discount }) => ratio(returned, sales - discount),
  'products bought': ({ products }) => products,
  'categories bought': ({ kinds }) => kinds,
  'share of orders at weekends': ({ weekendOrders, orders }) => weekendOrders / orders,
  'hour of the day': ({ hours, orders }) => hours / orders,
};

/** What follows from revenue: groups made by it differ in these as a matter of course. */
export const partsOfRevenue: readonly string[] = [
  'orders',
  'revenue per order',
  'lines per order',
  'units per order',
  'list price per unit',
  'days between orders',
  'products bought',
];

/**
 * What customers do, as attributes: figures by customer, the channel of most orders, the category of most money, and how
 * many events of each kind there were. Not stated for customers without an order. One pass over the lines.
 */
export function behavioursOf(ledger: Ledger): CustomerAttribute[] {
  const n = customerCount(ledger);
  const kinds = productKinds(ledger.products);
  const isByCategory = kinds.basis === 'category';
  const names = Object.keys(figures).filter((name) => isByCategory || name !== 'categories bought');
  const columns = names.map(() => new Float64Array(n).fill(Number.NaN));
  const channel = new Int32Array(n).fill(-1);
  const category = new Int32Array(n).fill(-1);
  const reader = new CustomerReader(ledger, kinds.kindOf);
  for (let c = 0; c < n; c++) {
    const tally = reader.read(c);
    if (tally.orders === 0) continue;
    names.forEach((name, at) => {
      columns[at][c] = figures[name](tally, ledger.today);
    });
    channel[c] = reader.mainChannel();
    if (isByCategory) category[c] = reader.mainKind();
  }
  const numbers = names.map((name, at): CustomerAttribute => ({ name, kind: 'number', values: columns[at] }));
  const labels: CustomerAttribute[] = [
    { name: 'main channel', kind: 'label', values: channel, labels: ledger.channelNames },
    { name: 'main category', kind: 'label', values: category, labels: kinds.names },
  ];
  return [
    ...numbers,
    ...labels.filter((one) => 'labels' in one && one.labels.length > 0),
    ...eventCounts(ledger, columns[0]),
  ];
}

function eventCounts({ events }: Ledger, revenue: Float64Array): CustomerAttribute[] {
  const columns = events.kinds.map(() => revenue.map((value) => (Number.isNaN(value) ? value : 0)));
  for (let c = 0; c < revenue.length; c++) {
    for (let e = events.offsets[c]; e < events.offsets[c + 1]; e++) columns[events.kind[e]][c]++;
  }
  return events.kinds.map((kind, at) => ({ name: `events: ${kind}`, kind: 'number', values: columns[at] }));
}

/** Reads one customer after another. */
class CustomerReader {
  readonly #ledger: Ledger;
  readonly #kindOf: Int32Array;
  /** Of the customer read last. */
  readonly #ordersByChannel = new Map<number, number>();
  readonly #moneyByKind = new Map<number, number>();
  readonly #products = new Set<number>();

  constructor(ledger: Ledger, kindOf: Int32Array) {
    this.#ledger = ledger;
    this.#kindOf = kindOf;
  }

  read(customer: number): Tally {
    const { documents, lines, products } = this.#ledger;
    this.#ordersByChannel.clear();
    this.#moneyByKind.clear();
    this.#products.clear();
    const tally: Tally = {
      orders: 0,
      orderDays: 0,
      firstDay: Number.NaN,
      lastDay: Number.NaN,
      lines: 0,
      units: 0,
      pricedUnits: 0,
      promotedLines: 0,
      revenue: 0,
      sales: 0,
      goodsSales: 0,
      discount: 0,
      returned: 0,
      weekendOrders: 0,
      hours: 0,
      products: 0,
      kinds: 0,
    };
    for (let d = documents.offsets[customer]; d < documents.offsets[customer + 1]; d++) {
      let isOrder = false;
      for (let at = lines.offsets[d]; at < lines.offsets[d + 1]; at++) {
        const quantity = lines.quantity[at];
        if (quantity > 0) isOrder = true;
        const isGoods = products.isFee[lines.product[at]] === 0;
        if (quantity > 0 && isGoods) this.#readGoods(tally, at, quantity);
        if (!Number.isNaN(lines.price[at])) this.#readMoney(tally, at, quantity, isGoods);
      }
      if (isOrder) this.#readOrder(tally, d);
    }
    tally.products = this.#products.size;
    tally.kinds = this.#moneyByKind.size;
    return tally;
  }

  /** The channel of most orders, −1 if none is known. */
  mainChannel(): number {
    return largestOf(this.#ordersByChannel);
  }

  /** The kind of most money at list prices, −1 if none is known. */
  mainKind(): number {
    return largestOf(this.#moneyByKind);
  }

  #readGoods(tally: Tally, at: number, quantity: number): void {
    const { product, price, isPromoted } = this.#ledger.lines;
    tally.lines++;
    tally.units += quantity;
    if (!Number.isNaN(price[at])) tally.pricedUnits += quantity;
    tally.promotedLines += isPromoted[at];
    this.#products.add(product[at]);
    const kind = this.#kindOf[product[at]];
    if (kind < 0) return;
    const money = Number.isNaN(price[at]) ? 0 : quantity * price[at];
    this.#moneyByKind.set(kind, (this.#moneyByKind.get(kind) ?? 0) + money);
  }

  #readMoney(tally: Tally, at: number, quantity: number, isGoods: boolean): void {
    const { price, discount } = this.#ledger.lines;
    const value = quantity * price[at];
    tally.revenue += value - discount[at];
    if (quantity < 0) tally.returned += discount[at] - value;
    else {
      tally.sales += value;
      tally.discount += discount[at];
      if (isGoods) tally.goodsSales += value;
    }
  }

  #readOrder(tally: Tally, document: number): void {
    const { day, minute, channel } = this.#ledger.documents;
    tally.orders++;
    if (day[document] !== tally.lastDay) tally.orderDays++;
    if (Number.isNaN(tally.firstDay)) tally.firstDay = day[document];
    tally.lastDay = day[document];
    // Day 0 was a Thursday; 5 and 6 are Saturday and Sunday.
    if ((((day[document] + 3) % 7) + 7) % 7 >= 5) tally.weekendOrders++;
    tally.hours += minute[document] / 60;
    const through = channel[document];
    if (through >= 0) this.#ordersByChannel.set(through, (this.#ordersByChannel.get(through) ?? 0) + 1);
  }
}

/** The key of the largest value, the lowest key of equal ones; −1 without any. */
function largestOf(values: ReadonlyMap<number, number>): number {
  let best = -1;
  let most = Number.NEGATIVE_INFINITY;
  for (const [key, value] of values) {
    if (value > most || (value === most && key < best)) [best, most] = [key, value];
  }
  return best;
}

const ratio = (part: number, whole: number): number => (whole > 0 ? part / whole : Number.NaN);
