/** Whole numbers ≥ 0 in the smallest type that holds the largest. */
export type Counts = Uint8Array | Uint16Array | Int32Array;

/** What a cost may be paid for besides orders, lines, units and kilograms. */
export type CountSource = 'channel' | 'fee' | 'event';

/** By customer: orders through a channel, orders with a fee product, or events of a kind. */
export interface CountColumn {
  readonly source: CountSource;
  /** Of the channel, the fee product or the kind of event. */
  readonly name: string;
  readonly counts: Counts;
}

/** By customer and bound: how many orders were of less, and what they brought. */
export interface OrderSizes {
  /** Money, ascending. */
  readonly bounds: Float64Array;
  /** By bound, then customer. */
  readonly ordersUnder: readonly Counts[];
  /** The revenue of these orders, money. */
  readonly revenueUnder: readonly Float64Array[];
}

/**
 * What serving each customer takes and what it brings, as columns by customer: all that profit depends on but the rates,
 * so that costs can be changed without the ledger. Money is in the shop's currency. *Goods* are lines of products that are
 * no fees; a line of unknown price counts as a line and in units, but in no money.
 */
export interface CustomerDrivers {
  /** 0 for who is no customer of any table. */
  readonly orders: Int32Array;
  /** Documents on which goods came back and nothing was bought. */
  readonly returnDocuments: Int32Array;
  /** Of goods bought. */
  readonly lines: Int32Array;
  readonly units: Float64Array;
  /** Of the bought units whose weight is known. */
  readonly kilograms: Float64Array;
  readonly unweighedUnits: Float64Array;
  /** Of goods given back. */
  readonly returnedLines: Int32Array;
  readonly returnedUnits: Float64Array;
  /** What was bought at list prices, fees included, before discounts and returns. */
  readonly sales: Float64Array;
  /** Of `sales`: fees, such as postage; and of `goodsCost`: what fees of known cost cost. */
  readonly feeSales: Float64Array;
  readonly feeCost: Float64Array;
  /** Taken off what was bought: off lines, and by fee lines of negative quantity (vouchers) on orders on which no goods came back. */
  readonly discount: Float64Array;
  /** Paid back later, fees and `credited` included, ≥ 0 as a rule. */
  readonly returnedValue: Float64Array;
  /**
   * Of `returnedValue`: paid back by fee lines on documents of their own, on which no goods came back, such as a manual correction or
   * refunded postage. What the goods cost stays as it is, since the customer has them, for all that the documents say.
   */
  readonly credited: Float64Array;
  /** What the bought lines of known cost cost the shop. */
  readonly goodsCost: Float64Array;
  /** The sales, at list prices, of bought goods whose cost is not known. */
  readonly uncosted: Float64Array;
  /** What the returned lines of known cost had cost the shop, ≥ 0. */
  readonly returnedGoodsCost: Float64Array;
  /** The value at list prices of returned goods whose cost is not known, ≥ 0 as a rule. */
  readonly returnedUncosted: Float64Array;
  readonly orderSizes: OrderSizes;
  /** At most 10 channels, 10 fee products and 30 kinds of events: those that occur most often. */
  readonly counts: readonly CountColumn[];
  readonly totals: DriverTotals;
}

/** Figures of the whole shop that go with the drivers. */
export interface DriverTotals {
  /** The median revenue of an order that brought any; null without one. */
  readonly typicalOrder: number | null;
  /** An order of less is a small one; one of `orderSizes.bounds`. */
  readonly smallOrderUnder: number | null;
  /** Lines without a known price, in no sum of money. */
  readonly unpricedLines: number;
  /** Sales at list prices of goods whose cost is known, and that cost. */
  readonly costedSales: number;
  readonly costOfCosted: number;
  /** Channels, fee products and kinds of events that have no column, as there are too many. */
  readonly withoutColumn: number;
}

/** Whom tables are of: customers with an order, by number. */
export function orderingCustomers({ orders }: Pick<CustomerDrivers, 'orders'>): Int32Array {
  const customers = new Int32Array(orders.length);
  let size = 0;
  for (let c = 0; c < orders.length; c++) if (orders[c] > 0) customers[size++] = c;
  return customers.slice(0, size);
}

/** By customer: Σ quantity × price − discount over all lines of known price. */
export function revenueOf({
  sales,
  discount,
  returnedValue,
}: Pick<CustomerDrivers, 'sales' | 'discount' | 'returnedValue'>): Float64Array {
  const revenue = new Float64Array(sales.length);
  for (let c = 0; c < revenue.length; c++) revenue[c] = sales[c] - discount[c] - returnedValue[c];
  return revenue;
}

/** By customer: the revenue before anything was given back. */
export function spentOf({ sales, discount }: Pick<CustomerDrivers, 'sales' | 'discount'>): Float64Array {
  const spent = new Float64Array(sales.length);
  for (let c = 0; c < spent.length; c++) spent[c] = sales[c] - discount[c];
  return spent;
}

/** The sum of a column over some customers. */
export function sumOver(customers: Int32Array, column: ArrayLike<number>): number {
  let total = 0;
  for (let i = 0; i < customers.length; i++) total += column[customers[i]];
  return total;
}

/** The sum of a column over all customers. */
export function sumOf(column: ArrayLike<number>): number {
  let total = 0;
  for (let c = 0; c < column.length; c++) total += column[c];
  return total;
}

export function narrowed(counts: Int32Array): Counts {
  let most = 0;
  for (const count of counts) if (count > most) most = count;
  if (most < 256) return Uint8Array.from(counts);
  return most < 65_536 ? Uint16Array.from(counts) : counts;
}
