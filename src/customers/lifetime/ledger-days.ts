import { customerCount, type Ledger } from '../ledger.ts';
import { hasVouchers, keptUnits } from './kept-units.ts';
import {
  type PurchaseDays,
  PurchaseDaysBuilder,
  type RepeatHistory,
  repeatHistory,
} from './purchase-days.ts';

/**
 * The days on which customers of a ledger ordered, by the ledger's numbers of customers. What a day brought is quantity × price −
 * discount over the lines of its orders with a known price, fees and vouchers included, of the units alone that were not sent back
 * on this day or later (see {@link keptUnits}). An order that was sent back whole still is one, on a day that brought 0.
 */
export function ledgerPurchaseDays(ledger: Ledger): PurchaseDays {
  const { documents, lines } = ledger;
  const customers = customerCount(ledger);
  const kept = keptUnits(ledger);
  const builder = new PurchaseDaysBuilder(customers, documents.day.length);
  for (let c = 0; c < customers; c++) {
    for (let d = documents.offsets[c]; d < documents.offsets[c + 1]; d++) {
      let isOrder = false;
      let spend = 0;
      const takesOff = hasVouchers(ledger, d);
      for (let i = lines.offsets[d]; i < lines.offsets[d + 1]; i++) {
        const quantity = lines.quantity[i];
        if (quantity > 0) isOrder = true;
        if (!Number.isFinite(lines.price[i]) || quantity === 0) continue;
        const counted = quantity < 0 && takesOff ? quantity : kept[i];
        spend += counted * lines.price[i] - (counted / quantity) * lines.discount[i];
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
