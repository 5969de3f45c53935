import { customerCount, type Ledger } from '../../customers/ledger.ts';
import { hasVouchers } from '../../customers/lifetime/kept-units.ts';
import { PairwellError } from '../../errors.ts';

/** What is the same at each cut-off, worked out once. Of a document only what its own lines say, nothing of what came after. */
export interface ShopHistory {
  readonly ledger: Ledger;
  /** The first day of any document; before it nothing is known. The ledger's `today` where there is none. */
  readonly firstDay: number;
  /** By document, as all that follow: 1 for an order, a document with a line of positive quantity. */
  readonly isOrder: Uint8Array;
  /** 1 where goods came back. */
  readonly isReturn: Uint8Array;
  /** What an order's lines of known price come to, without its discounts and vouchers; and these; and what came back, in money. */
  readonly gross: Float64Array;
  readonly discount: Float64Array;
  readonly returned: Float64Array;
  /** Lines of goods that were bought, and those of them that were on promotion. */
  readonly goods: Int32Array;
  readonly promoted: Int32Array;
  /** Days on which customer c ordered: `orderDays[dayOffsets[c]]` … ascending, each once. */
  readonly dayOffsets: Int32Array;
  readonly orderDays: Int32Array;
  /** Orders of all customers, by day since `firstDay`. */
  readonly ordersByDay: Int32Array;
}

/**
 * Takes a ledger's documents apart.
 *
 * @throws PairwellError `bad-input` for a customer's documents, or events, that are not in the order of time
 */
export function shopHistory(ledger: Ledger): ShopHistory {
  const { documents, lines, products, events } = ledger;
  const count = documents.day.length;
  const customers = customerCount(ledger);
  checkOrder(documents, customers, 'documents');
  checkOrder(events, events.offsets.length - 1, 'events');
  let firstDay = ledger.today;
  for (const day of documents.day) if (day < firstDay) firstDay = day;
  const history = {
    ...{ ledger, firstDay },
    isOrder: new Uint8Array(count),
    isReturn: new Uint8Array(count),
    gross: new Float64Array(count),
    discount: new Float64Array(count),
    returned: new Float64Array(count),
    goods: new Int32Array(count),
    promoted: new Int32Array(count),
    ordersByDay: new Int32Array(ledger.today - firstDay + 1),
  };
  for (let d = 0; d < count; d++) {
    let hasNegative = false;
    for (let i = lines.offsets[d]; i < lines.offsets[d + 1]; i++) {
      const quantity = lines.quantity[i];
      const isGoods = products.isFee[lines.product[i]] === 0;
      const price = Number.isFinite(lines.price[i]) ? lines.price[i] : 0;
      if (quantity > 0) {
        history.isOrder[d] = 1;
        history.gross[d] += quantity * price;
        if (price > 0) history.discount[d] += lines.discount[i];
        if (isGoods) {
          history.goods[d]++;
          history.promoted[d] += lines.isPromoted[i];
        }
      } else if (quantity < 0) {
        hasNegative = true;
        history.returned[d] -= quantity * price;
        if (isGoods) history.isReturn[d] = 1;
      }
    }
    // Fees below 0 on an order are vouchers, which are taken off, and nothing that came back.
    if (hasNegative && hasVouchers(ledger, d)) {
      history.discount[d] += history.returned[d];
      history.returned[d] = 0;
    }
    if (history.isOrder[d] === 1 && documents.day[d] <= ledger.today)
      history.ordersByDay[documents.day[d] - firstDay]++;
  }
  return { ...history, ...daysOf(ledger, history.isOrder) };
}

function daysOf({ documents }: Ledger, isOrder: Uint8Array) {
  const customers = documents.offsets.length - 1;
  const dayOffsets = new Int32Array(customers + 1);
  const orderDays = new Int32Array(documents.day.length);
  let days = 0;
  for (let c = 0; c < customers; c++) {
    let last = -1;
    for (let d = documents.offsets[c]; d < documents.offsets[c + 1]; d++) {
      if (isOrder[d] === 0 || (days > dayOffsets[c] && documents.day[d] === last)) continue;
      last = documents.day[d];
      orderDays[days++] = last;
    }
    dayOffsets[c + 1] = days;
  }
  return { dayOffsets, orderDays: orderDays.slice(0, days) };
}

function checkOrder(
  { offsets, day }: { readonly offsets: Int32Array; readonly day: Int32Array },
  customers: number,
  what: string,
): void {
  for (let c = 0; c < customers; c++)
    for (let n = offsets[c] + 1; n < offsets[c + 1]; n++)
      if (day[n] < day[n - 1])
        throw new PairwellError(
          'bad-input',
          `Customer number ${c} has ${what} of day ${day[n - 1]} before one of day ${day[n]}; put them in the order of time.`,
          { customer: c, day: day[n] },
        );
}

/** Customer c's days with an order before a day: the position after the last of them. */
export function endOfDays({ dayOffsets, orderDays }: ShopHistory, customer: number, before: number): number {
  let [low, high] = [dayOffsets[customer], dayOffsets[customer + 1]];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (orderDays[middle] < before) low = middle + 1;
    else high = middle;
  }
  return low;
}
