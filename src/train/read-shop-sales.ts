import type { PurchaseReader } from '../../db/queries/purchases.ts';
import { TransactionsBuilder } from '../baskets/builder.ts';
import type { Transactions } from '../baskets/transactions.ts';
import type { Ledger } from '../customers/ledger.ts';
import { byCode } from '../evaluate/reading/sales-builder.ts';
import type { SaleLines, Sales } from '../evaluate/sales.ts';
import { readPurchases } from './read-purchases.ts';

export interface ShopSales {
  readonly sales: Sales;
  /** Orders dated after today, which were left out. */
  readonly laterOrders: number;
}

/**
 * Reads what the shop sold from its database. What lines brought is known of those of known customers alone.
 *
 * @param segmentBy the customer attribute that makes segments
 * @param today days since 1970-01-01, in the shop's clock: what is dated later is left out
 * @throws PairwellError `bad-input` where there are no orders
 */
export async function readShopSales(
  reader: PurchaseReader,
  segmentBy: string,
  today: number,
): Promise<ShopSales> {
  const { orders, baskets, context, ledger } = await readPurchases(reader, segmentBy, today);
  const { day, customer, itemCodes, customerCodes } = orders;
  // Orders come in the order of their numbers in the database, which is that of time but for orders that were brought in later.
  const dated = Int32Array.from(day.keys())
    .filter((order) => day[order] <= today)
    .sort((a, b) => day[a] - day[b] || a - b);
  const { codes, numberOf } = byCode(itemCodes);
  return {
    sales: {
      itemCodes: codes,
      customerCodes,
      day: dated.map((order) => day[order]),
      customer: dated.map((order) => customer[order]),
      baskets: inOrder(baskets, dated, numberOf),
      lines: linesOf(ledger, numberOf),
      promoted: {
        items: context.promotedItems.map((item) => numberOf[item]),
        days: context.promotedBaskets.map((order) => day[order]),
      },
    },
    laterOrders: day.length - dated.length,
  };
}

/** Baskets in another order, their items by other numbers. */
function inOrder(
  { itemCount, offsets, items }: Transactions,
  order: Int32Array,
  numberOf: Int32Array,
): Transactions {
  const builder = new TransactionsBuilder();
  for (const basket of order)
    builder.add(items.subarray(offsets[basket], offsets[basket + 1]).map((item) => numberOf[item]));
  return { ...builder.build(), itemCount };
}

function linesOf({ documents, lines, products }: Ledger, numberOf: Int32Array): SaleLines {
  const bought: { day: number; line: number }[] = [];
  for (let d = 0; d < documents.day.length; d++) {
    for (let line = lines.offsets[d]; line < lines.offsets[d + 1]; line++) {
      if (lines.quantity[line] > 0 && lines.product[line] < products.itemCount)
        bought.push({ day: documents.day[d], line });
    }
  }
  const revenueOf = (line: number): number => lines.quantity[line] * lines.price[line] - lines.discount[line];
  return {
    day: Int32Array.from(bought, ({ day }) => day),
    item: Int32Array.from(bought, ({ line }) => numberOf[lines.product[line]]),
    revenue: Float64Array.from(bought, ({ line }) => revenueOf(line)),
    profit: Float64Array.from(
      bought,
      ({ line }) => revenueOf(line) - lines.quantity[line] * lines.cost[line],
    ),
  };
}
