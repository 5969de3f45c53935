import type { ChargedEvents, StoredDocument, StoredLine } from '../../db/queries/customer-timeline.ts';
import type { PlacedDocument } from '../customers/behaviour/place.ts';
import { feeItem, unknownItem } from '../customers/behaviour/tally-plan.ts';
import type { CustomerProfit } from '../customers/customer-insights.ts';
import type { Ledger } from '../customers/ledger.ts';
import { lineProfits } from '../customers/profit/line-profits.ts';
import { knownRates } from '../customers/profit/rates.ts';
import type { StringTable } from '../model/string-table.ts';
import { treeFromPaths } from '../taxonomy/category-tree.ts';
import { noContracts } from '../train/ledger-contracts.ts';
import { numbering } from '../train/numbering.ts';
import { ledgerFrom, secondsPerDay } from '../train/read-ledger.ts';

/** What is left of a line, in money. */
export interface LineFigures {
  /** After its share of what the order cost. */
  readonly profit: number;
  /** Whether the cost of the goods is assumed. */
  readonly isCostAssumed: boolean;
}

const isPromoted = ({ promotion }: StoredLine): boolean => /\S/.test(promotion ?? '');

/** No date that the database holds is later. */
const endOfTime = 2 ** 31;

/**
 * What is left of the lines of one customer's documents, by the id of the document, then by line.
 *
 * @param documents in the order of time
 * @param charged the events that are charged to these documents, and perhaps to others
 * @param profit of the model: the rates, and what they can be charged for
 */
export function documentProfits(
  documents: readonly StoredDocument[],
  charged: readonly ChargedEvents[],
  { rates, drivers }: Pick<CustomerProfit, 'rates' | 'drivers'>,
): Map<number, LineFigures[]> {
  const { ledger, productNames } = ledgerOf(documents, charged);
  const known = lineProfits(ledger, 0, knownRates(rates, drivers), (product) => productNames[product]);
  const figures = new Map<number, LineFigures[]>();
  let at = 0;
  for (const { id, lines } of documents) {
    figures.set(
      id,
      lines.map(() => ({ profit: known.profit[at], isCostAssumed: known.isAssumed[at++] === 1 })),
    );
  }
  return figures;
}

/** A ledger of one customer. Documents and products are numbered anew, as ids may be large. */
function ledgerOf(
  documents: readonly StoredDocument[],
  charged: readonly ChargedEvents[],
): { ledger: Ledger; productNames: readonly string[] } {
  const lines = documents.flatMap((document, row) => document.lines.map((line) => ({ row, ...line })));
  const products = [...new Map(lines.map((line) => [line.productId, line])).values()];
  // From 1 on, as a product that is on promotion is the negative of its number.
  const numberOf = new Map(products.map(({ productId }, n) => [productId, n + 1]));
  const known = new Map(documents.map(({ id, seconds }) => [id, seconds]));
  const eventsHere = charged.flatMap(({ orderId, kind, count }) => {
    const seconds = known.get(orderId);
    // On the day of the order that they are charged to.
    return seconds === undefined ? [] : Array.from({ length: count }, () => ({ kind, seconds }));
  });
  const kinds = [...new Set(eventsHere.map(({ kind }) => kind))];
  const channels = [...new Set(documents.flatMap(({ channel }) => channel ?? []))];
  const money = (value: number | null): number => value ?? Number.NaN;
  return ledgerFrom({
    lines: {
      orders: Int32Array.from(lines, ({ row }) => row),
      products: Int32Array.from(lines, (line) => {
        const number = numberOf.get(line.productId)!;
        return isPromoted(line) ? -number : number;
      }),
      quantity: Float64Array.from(lines, ({ quantity }) => quantity),
      price: Float64Array.from(lines, ({ unitPrice }) => money(unitPrice)),
      cost: Float64Array.from(lines, ({ unitCost }) => money(unitCost)),
      discount: Float64Array.from(lines, ({ discount }) => money(discount)),
    },
    orderRows: numbering(Int32Array.from(documents, (_, row) => row)),
    orders: {
      customer: new Int32Array(documents.length),
      seconds: Float64Array.from(documents, ({ seconds }) => seconds),
      channel: {
        values: Int32Array.from(documents, ({ channel }) =>
          channel === null ? -1 : channels.indexOf(channel),
        ),
        names: channels,
      },
    },
    events: {
      customer: new Int32Array(eventsHere.length),
      seconds: Float64Array.from(eventsHere, ({ seconds }) => seconds),
      kind: {
        values: Int32Array.from(eventsHere, ({ kind }) => kinds.indexOf(kind)),
        names: kinds,
      },
      value: new Float64Array(eventsHere.length).fill(Number.NaN),
      reason: { values: new Int32Array(eventsHere.length).fill(-1), names: [] },
      offer: { values: new Int32Array(eventsHere.length).fill(-1), names: [] },
    },
    contracts: noContracts,
    products: products.map(({ productId, code, name, nonProduct, cost, kilograms }) => ({
      id: numberOf.get(productId)!,
      ...{ code, name, nonProduct, cost, kilograms },
    })),
    itemIds: new Int32Array(),
    tree: treeFromPaths([], []),
    customerCount: 1,
    attributes: { attributes: [], leftOut: [] },
    today: endOfTime,
  });
}

/** What a customer did, as far as behaviour goes. */
export function placedDocuments(
  documents: readonly StoredDocument[],
  itemCodes: StringTable,
): PlacedDocument[] {
  const itemOf = ({ code, nonProduct }: StoredLine): number => {
    if (nonProduct) return feeItem;
    const item = itemCodes.indexOf(code);
    return item < 0 ? unknownItem : item;
  };
  return documents.map(({ seconds, channel, lines }) => {
    const day = Math.floor(seconds / secondsPerDay);
    return {
      day,
      minute: Math.floor((seconds - day * secondsPerDay) / 60),
      channel: channel?.trim() || null,
      lines: lines.map((line) => ({
        item: itemOf(line),
        quantity: line.quantity,
        price: line.unitPrice,
        discount: line.discount ?? 0,
        isPromoted: isPromoted(line),
      })),
    };
  });
}
