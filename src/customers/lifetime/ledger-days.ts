import { customerCount, type Ledger } from '../ledger.ts';
import {
  type PurchaseDays,
  PurchaseDaysBuilder,
  type RepeatHistory,
  repeatHistory,
} from './purchase-days.ts';

/**
 * The days on which customers of a ledger ordered, by the ledger's numbers of customers. What a day brought is quantity × price −
 * discount over the lines of its orders with a positive quantity and a known price, fees included. Returns take nothing off: a
 * purchase that was sent back was one all the same, and what returns cost belongs into the margin.
 */
export function ledgerPurchaseDays(ledger: Ledger): PurchaseDays {
  const { documents, lines } = ledger;
  const customers = customerCount(ledger);
  const builder = new PurchaseDaysBuilder(customers, documents.day.length);
  for (let c = 0; c < customers; c++) {
    for (let d = documents.offsets[c]; d < documents.offsets[c + 1]; d++) {
      let isOrder = false;
      let spend = 0;
      for (let i = lines.offsets[d]; i < lines.offsets[d + 1]; i++) {
        if (!(lines.quantity[i] > 0)) continue;
        isOrder = true;
        if (Number.isFinite(lines.price[i])) spend += lines.quantity[i] * lines.price[i] - lines.discount[i];
      }
      if (isOrder) builder.add(documents.day[d], spend);
    }
    builder.endCustomer();
  }
  return builder.build();
}

/** The history of a ledger's customers up to its `today`; see {@link ledgerPurchaseDays}. */
export function ledgerHistory(ledger: Ledger): RepeatHistory {
  return repeatHistory(ledgerPurchaseDays(ledger), ledger.today);
}
