import { Dictionary } from '../../src/baskets/dictionary.ts';
import { offsetsOf } from '../../src/baskets/offsets.ts';
import type { Ledger } from '../../src/customers/ledger.ts';
import type { OrderLine } from '../../src/orders/order-line.ts';
import { treeFromPaths } from '../../src/taxonomy/category-tree.ts';

/** A ledger, and what its numbers stand for. */
export interface ShopLedger {
  readonly ledger: Ledger;
  readonly customerCodes: readonly string[];
  /** By product. */
  readonly productCodes: readonly string[];
  readonly names: readonly string[];
}

const minutesPerDay = 1440;

/**
 * The ledger of lines of known customers.
 *
 * @param today the first day that is not over
 */
export function ledgerOfLines(lines: readonly OrderLine[], today: number): ShopLedger {
  const minuteOf = (line: OrderLine): number => Math.floor(line.time / 60_000);
  const customers = new Dictionary();
  const channels = new Dictionary();
  const { codes, itemCount, isFee, numberOf, names, paths } = products(lines);
  const byDocument = new Map<string, OrderLine[]>();
  for (const line of lines) {
    const key = `${line.customer}\n${line.order}`;
    const own = byDocument.get(key);
    if (own) own.push(line);
    else byDocument.set(key, [line]);
  }
  const documents = [...byDocument.values()].map((own) => ({
    customer: customers.intern(own[0].customer!),
    minute: own.reduce((least, line) => Math.min(least, minuteOf(line)), Number.POSITIVE_INFINITY),
    channel: own[0].channel === null ? -1 : channels.intern(own[0].channel),
    lines: own,
  }));
  documents.sort((a, b) => a.customer - b.customer || a.minute - b.minute);
  const sizes = new Int32Array(customers.size);
  for (const { customer } of documents) sizes[customer]++;
  const all = documents.flatMap((document) => document.lines);
  const money = (value: number | null, fallback: number): number => value ?? fallback;
  const ledger: Ledger = {
    today,
    leftOut: 0,
    documents: {
      offsets: offsetsOf(sizes),
      day: Int32Array.from(documents, ({ minute }) => Math.floor(minute / minutesPerDay)),
      minute: Int16Array.from(documents, ({ minute }) => minute % minutesPerDay),
      channel: Int32Array.from(documents, ({ channel }) => channel),
    },
    lines: {
      offsets: offsetsOf(Int32Array.from(documents, (document) => document.lines.length)),
      product: Int32Array.from(all, ({ product }) => numberOf.get(product)!),
      quantity: Float64Array.from(all, ({ quantity }) => quantity),
      price: Float64Array.from(all, ({ unitPrice }) => money(unitPrice, Number.NaN)),
      cost: Float64Array.from(all, ({ unitCost }) => money(unitCost, Number.NaN)),
      discount: Float64Array.from(all, ({ discount }) => money(discount, 0)),
      isPromoted: Uint8Array.from(all, ({ promotion }) => (promotion === null ? 0 : 1)),
    },
    products: {
      count: codes.length,
      itemCount,
      isFee,
      kilograms: new Float64Array(codes.length).fill(Number.NaN),
      tree: treeFromPaths(
        codes.slice(0, itemCount),
        codes.slice(0, itemCount).map((product) => ({ product, path: paths.get(product) ?? [] })),
      ),
    },
    channelNames: Array.from({ length: channels.size }, (_, n) => channels.nameOf(n)),
    events: {
      offsets: new Int32Array(customers.size + 1),
      day: new Int32Array(0),
      kind: new Int32Array(0),
      kinds: [],
      value: new Float64Array(0),
      reason: new Int32Array(0),
      reasons: [],
      offer: new Int32Array(0),
      offers: [],
    },
    contracts: {
      offsets: new Int32Array(customers.size + 1),
      start: new Int32Array(0),
      end: new Int32Array(0),
      amount: new Float64Array(0),
      plan: new Int32Array(0),
      planNames: [],
      reason: new Int32Array(0),
      reasons: [],
      isVoluntary: new Int8Array(0),
    },
    attributes: [],
  };
  const customerCodes = Array.from({ length: customers.size }, (_, n) => customers.nameOf(n));
  return { ledger, customerCodes, productCodes: codes, names };
}

/** Items first, then fees and what was only returned; a product goes by the name that is on most of its lines. */
function products(lines: readonly OrderLine[]) {
  const fees = new Set<string>();
  const bought = new Set<string>();
  const paths = new Map<string, readonly string[]>();
  const named = new Map<string, Map<string, number>>();
  for (const { product, quantity, nonProduct, category, name } of lines) {
    if (nonProduct) fees.add(product);
    if (quantity > 0) bought.add(product);
    if (category !== null) paths.set(product, category);
    const names = named.get(product) ?? new Map<string, number>();
    named.set(product, names);
    if (name !== null) names.set(name, (names.get(name) ?? 0) + 1);
  }
  const all = [...named.keys()];
  const items = all.filter((code) => bought.has(code) && !fees.has(code));
  const others = all.filter((code) => !bought.has(code) || fees.has(code));
  const codes = [...items, ...others];
  return {
    codes,
    itemCount: items.length,
    isFee: Uint8Array.from(codes, (code) => Number(fees.has(code))),
    numberOf: new Map(codes.map((code, n) => [code, n])),
    names: codes.map((code) => [...named.get(code)!].sort((a, b) => b[1] - a[1])[0]?.[0] ?? code),
    paths,
  };
}
