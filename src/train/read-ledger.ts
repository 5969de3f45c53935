import type { CustomerEvents, DocumentLines, Documents, Ledger } from '../customers/ledger.ts';
import type { CategoryTree } from '../taxonomy/category-tree.ts';
import { byCustomer } from './by-customer.ts';
import { absent, type TextColumn } from './copy-columns.ts';
import type { AttributeColumns } from './customer-attributes.ts';
import { ledgerContracts, type ReadContracts } from './ledger-contracts.ts';
import { costById, ledgerProducts, numberProducts, type ReadProduct } from './ledger-products.ts';
import { numberNames } from './names.ts';
import { isNumbered, type Numbering } from './numbering.ts';
import { inShared, sharedColumn } from './shared-column.ts';

export const secondsPerDay = 86_400;

/** Lines as they are read; product ids are negative where they were bought on promotion. */
export interface ReadLines {
  readonly orders: Int32Array;
  readonly products: Int32Array;
  readonly quantity: Float64Array;
  readonly price: Float64Array;
  readonly cost: Float64Array;
  readonly discount: Float64Array;
}

/** What customers did, by row; customers are numbers, −1 for one who is not known. */
export interface ReadDeeds {
  readonly customer: Int32Array;
  /** Since 1970-01-01, in the shop's clock. */
  readonly seconds: Float64Array;
}

export interface ReadEvents extends ReadDeeds {
  readonly kind: TextColumn;
  /** NaN for an event that says no number. */
  readonly value: Float64Array;
  readonly reason: TextColumn;
  /** Of what is offered to a lost customer. */
  readonly offer: TextColumn;
}

export interface LedgerSource {
  readonly lines: ReadLines;
  /** The rows of `orders`. */
  readonly orderRows: Numbering;
  readonly orders: ReadDeeds & { readonly channel: TextColumn };
  readonly events: ReadEvents;
  readonly contracts: ReadContracts;
  readonly products: readonly ReadProduct[];
  /** Item i is the product `itemIds[i]`. */
  readonly itemIds: Int32Array;
  readonly tree: CategoryTree;
  readonly customerCount: number;
  readonly attributes: AttributeColumns;
  /** A day since 1970-01-01. */
  readonly today: number;
}

/** What is stated and not in the ledger. */
export interface LedgerAsides {
  /** Dated after today. */
  readonly laterDocuments: number;
  readonly laterEvents: number;
  readonly laterContracts: number;
  /** Lines whose cost, or that of their product, is stated as less than 0: it says nothing. */
  readonly negativeCosts: number;
  /** Products of the ledger whose kilograms are stated as something that is no number from 0 on. */
  readonly unreadKilograms: number;
  readonly attributesLeftOut: AttributeColumns['leftOut'];
}

export interface LedgerWithAsides {
  readonly ledger: Ledger;
  /** By product number of the ledger: its name, or its code where it has none. */
  readonly productNames: readonly string[];
  readonly asides: LedgerAsides;
}

/** Puts what known customers did into the order of customer and time. Orders without lines are no documents. */
export function ledgerFrom(source: LedgerSource): LedgerWithAsides {
  const { lines, orderRows, customerCount, attributes, today } = source;
  const rowOfLine = lines.orders.map((id) => (isNumbered(orderRows, id) ? orderRows.numberOf[id] : absent));
  const lineCounts = new Int32Array(orderRows.ids.length);
  for (const row of rowOfLine) if (row !== absent) lineCounts[row]++;

  const dated = untilToday(
    source.orders.customer.map((customer, row) => (lineCounts[row] > 0 ? customer : absent)),
    source.orders.seconds,
    today,
  );
  const { offsets, rows } = byCustomer(dated.customer, source.orders.seconds, customerCount);
  const channel = numberNames({
    values: rows.map((row) => source.orders.channel.values[row]),
    names: source.orders.channel.names,
  });
  const { documentLines, productIds, negativeCosts } = linesByDocument(source, rowOfLine, lineCounts, rows);
  const { products, productNames, unreadKilograms } = ledgerProducts(
    source.products,
    productIds,
    source.itemIds.length,
    source.tree,
  );
  const { events, later } = ledgerEvents(source);
  const { contracts, later: laterContracts } = ledgerContracts(source.contracts, customerCount, today);
  return {
    ledger: {
      today,
      leftOut: dated.later + later + laterContracts,
      documents: {
        ...documentColumns(offsets, rows, source.orders.seconds),
        channel: inShared(channel.values),
      },
      lines: documentLines,
      products,
      channelNames: channel.names,
      events,
      contracts,
      attributes: attributes.attributes,
    },
    productNames,
    asides: {
      laterDocuments: dated.later,
      laterEvents: later,
      laterContracts,
      negativeCosts,
      unreadKilograms,
      attributesLeftOut: attributes.leftOut,
    },
  };
}

const dayOf = (seconds: number): number => Math.floor(seconds / secondsPerDay);

/** The customers without those of rows that are dated later, and how many such rows of known customers there are. */
function untilToday(customer: Int32Array, seconds: Float64Array, today: number) {
  const end = (today + 1) * secondsPerDay;
  let later = 0;
  const kept = customer.map((one, row) => {
    if (one === absent || seconds[row] < end) return one;
    later++;
    return absent;
  });
  return { customer: kept, later };
}

function documentColumns(
  offsets: Int32Array,
  rows: Int32Array,
  seconds: Float64Array,
): Omit<Documents, 'channel'> {
  const day = sharedColumn(Int32Array, rows.length);
  const minute = sharedColumn(Int16Array, rows.length);
  rows.forEach((row, d) => {
    day[d] = dayOf(seconds[row]);
    minute[d] = Math.floor((seconds[row] - day[d] * secondsPerDay) / 60);
  });
  return { offsets: inShared(offsets), day, minute };
}

/** @param documentRows the order of each document, by row */
function linesByDocument(
  { lines, itemIds, products }: LedgerSource,
  rowOfLine: Int32Array,
  lineCounts: Int32Array,
  documentRows: Int32Array,
): { documentLines: DocumentLines; productIds: Int32Array; negativeCosts: number } {
  const offsets = sharedColumn(Int32Array, documentRows.length + 1);
  // By order: where its next line goes, −1 for what is no document.
  const next = new Int32Array(lineCounts.length).fill(absent);
  documentRows.forEach((row, d) => {
    next[row] = offsets[d];
    offsets[d + 1] = offsets[d] + lineCounts[row];
  });
  const count = offsets[documentRows.length];
  const columns = {
    product: sharedColumn(Int32Array, count),
    quantity: sharedColumn(Float64Array, count),
    price: sharedColumn(Float64Array, count),
    cost: sharedColumn(Float64Array, count),
    discount: sharedColumn(Float64Array, count),
    isPromoted: sharedColumn(Uint8Array, count),
  };
  const { product, quantity, price, cost, discount, isPromoted } = columns;
  const catalogueCost = costById(products);
  let negativeCosts = 0;
  for (let line = 0; line < rowOfLine.length; line++) {
    const row = rowOfLine[line];
    if (row === absent || next[row] === absent) continue;
    const at = next[row]++;
    const id = Math.abs(lines.products[line]);
    product[at] = id;
    isPromoted[at] = lines.products[line] < 0 ? 1 : 0;
    quantity[at] = lines.quantity[line];
    price[at] = lines.price[line];
    const own = lines.cost[line];
    const ofProduct = catalogueCost[id];
    if (own < 0 || (Number.isNaN(own) && ofProduct < 0)) negativeCosts++;
    // A cost below 0 says nothing: counted, it would make goods of unknown cost free as well.
    const stated = own >= 0 ? own : ofProduct;
    cost[at] = stated >= 0 ? stated : Number.NaN;
    discount[at] = Number.isNaN(lines.discount[line]) ? 0 : lines.discount[line];
  }
  const { ids, numberOf } = numberProducts(itemIds, product);
  for (let at = 0; at < count; at++) product[at] = numberOf[product[at]];
  return { documentLines: { offsets, ...columns }, productIds: ids, negativeCosts };
}

function ledgerEvents({ events, customerCount, today }: LedgerSource): {
  events: CustomerEvents;
  later: number;
} {
  const { customer, later } = untilToday(events.customer, events.seconds, today);
  const { offsets, rows } = byCustomer(customer, events.seconds, customerCount);
  const named = ({ values, names }: TextColumn): TextColumn =>
    numberNames({ values: rows.map((row) => values[row]), names });
  const kind = named(events.kind);
  const reason = named(events.reason);
  const offer = named(events.offer);
  const day = sharedColumn(Int32Array, rows.length);
  const value = sharedColumn(Float64Array, rows.length);
  rows.forEach((row, n) => {
    day[n] = dayOf(events.seconds[row]);
    value[n] = events.value[row];
  });
  return {
    events: {
      offsets: inShared(offsets),
      day,
      kind: inShared(kind.values),
      kinds: kind.names,
      value,
      reason: inShared(reason.values),
      reasons: reason.names,
      offer: inShared(offer.values),
      offers: offer.names,
    },
    later,
  };
}
