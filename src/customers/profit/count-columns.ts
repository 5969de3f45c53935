import { customerCount, type Ledger } from '../ledger.ts';
import { type CountColumn, type CountSource, narrowed } from './drivers.ts';

/** The name of a fee product by its number. */
export type FeeName = (product: number) => string;

const mostColumns: Readonly<Record<CountSource, number>> = { channel: 10, fee: 10, event: 30 };

/**
 * Orders by channel and fee product and events by kind, the most frequent of either first. An order with a fee product on
 * several lines counts once for it.
 *
 * @param feeName two products of one name are one column
 */
export function countColumns(
  ledger: Ledger,
  feeName: FeeName,
): { columns: CountColumn[]; withoutColumn: number } {
  const totals = new Map<CountSource, Map<string, number>>();
  visitCounts(ledger, feeName, (source, name) => {
    const byName = totals.get(source) ?? new Map<string, number>();
    totals.set(source, byName.set(name, (byName.get(name) ?? 0) + 1));
  });
  const columns = new Map<CountSource, Map<string, Int32Array>>();
  let withoutColumn = 0;
  for (const [source, byName] of totals) {
    const names = [...byName].sort(([a, most], [b, next]) => next - most || (a < b ? -1 : 1));
    const kept = names.slice(0, mostColumns[source]);
    withoutColumn += names.length - kept.length;
    columns.set(source, new Map(kept.map(([name]) => [name, new Int32Array(customerCount(ledger))])));
  }
  visitCounts(ledger, feeName, (source, name, customer) => {
    const counts = columns.get(source)?.get(name);
    if (counts) counts[customer]++;
  });
  return {
    columns: [...columns].flatMap(([source, byName]) =>
      Array.from(byName, ([name, counts]) => ({ source, name, counts: narrowed(counts) })),
    ),
    withoutColumn,
  };
}

function visitCounts(
  ledger: Ledger,
  feeName: FeeName,
  visit: (source: CountSource, name: string, customer: number) => void,
): void {
  const { documents, events, channelNames } = ledger;
  for (let c = 0; c < customerCount(ledger); c++) {
    for (let d = documents.offsets[c]; d < documents.offsets[c + 1]; d++) {
      if (!isOrder(ledger, d)) continue;
      const channel = documents.channel[d];
      if (channel >= 0) visit('channel', channelNames[channel], c);
      for (const name of feesOf(ledger, d, feeName)) visit('fee', name, c);
    }
    for (let e = events.offsets[c]; e < events.offsets[c + 1]; e++) {
      visit('event', events.kinds[events.kind[e]], c);
    }
  }
}

/** Whether a document has a line of positive quantity. */
export function isOrder({ lines }: Ledger, document: number): boolean {
  for (let at = lines.offsets[document]; at < lines.offsets[document + 1]; at++) {
    if (lines.quantity[at] > 0) return true;
  }
  return false;
}

/** The fee products bought in an order, each name once. */
export function feesOf({ lines, products }: Ledger, document: number, feeName: FeeName): Set<string> {
  const names = new Set<string>();
  for (let at = lines.offsets[document]; at < lines.offsets[document + 1]; at++) {
    const product = lines.product[at];
    if (lines.quantity[at] > 0 && products.isFee[product] === 1) names.add(feeName(product));
  }
  return names;
}
