import { join } from 'node:path';
import { type DocumentLiteral, ledgerOf, type NamedLedger } from '../../src/customers/testing/ledger.ts';
import { planReading } from '../../src/import/reading.ts';
import { openSource } from '../../src/import/source.ts';
import { packageRoot } from '../../src/package-root.ts';

const msPerDay = 86_400_000;

/** The day after the last one of the data, 2011-12-10. */
export const dayAfterOnlineRetail = Date.UTC(2011, 11, 10) / msPerDay;

/**
 * What the known customers of Online Retail bought, straight from the file: 397,884 lines, 18,532 orders, 4,338 customers, in the order
 * of their codes. Returns are left out.
 */
export async function onlineRetailPurchases(): Promise<NamedLedger> {
  const source = await openSource(join(packageRoot(), 'db', 'seed', 'online-retail', 'online_retail.csv.gz'));
  const reading = await planReading(source, {});
  const clean = reading.cleaner('', 0);
  const orders = new Map<string, { customer: string; document: DocumentLiteral & { lines: object[] } }>();
  for await (const rows of reading.rows('')) {
    for (const row of rows) {
      const line = clean(row, 0);
      if (typeof line === 'string' || line.quantity < 0 || line.customer === null) continue;
      const { order, customer, time, product, quantity, unitPrice } = line;
      const day = Math.floor(time / msPerDay);
      const minute = Math.floor((time - day * msPerDay) / 60_000);
      const known = orders.get(order) ?? { customer, document: { day, minute, lines: [] } };
      orders.set(order, known);
      known.document.lines.push({ product, quantity, price: unitPrice });
    }
  }
  const codes = [...new Set(Array.from(orders.values(), ({ customer }) => customer))].sort();
  const customers: Record<string, DocumentLiteral[]> = Object.fromEntries(codes.map((code) => [code, []]));
  for (const { customer, document } of orders.values()) customers[customer].push(document);
  return ledgerOf({ customers, today: dayAfterOnlineRetail });
}
