import fc from 'fast-check';
import { Dictionary } from '../../baskets/dictionary.ts';
import { offsetsOf } from '../../baskets/offsets.ts';
import { treeFromPaths } from '../../taxonomy/category-tree.ts';
import type { CustomerAttribute, CustomerContracts, Ledger } from '../ledger.ts';

/** A line as tests write it; a code alone is one unit at a price of 1. */
export type LineLiteral =
  | string
  | {
      product: string;
      /** Default 1; negative for a return. */
      quantity?: number;
      /** Default 1; null where it is not known. */
      price?: number | null;
      /** Default: the product's, or not known. */
      cost?: number | null;
      /** Default 0. */
      discount?: number;
      promoted?: boolean;
    };

export interface DocumentLiteral {
  day: number;
  /** Default noon, 720. */
  minute?: number;
  channel?: string;
  lines: readonly LineLiteral[];
}

export interface ProductLiteral {
  fee?: boolean;
  cost?: number;
  kilograms?: number;
  /** From the widest to the narrowest. */
  category?: readonly string[];
}

export interface EventLiteral {
  day: number;
  kind: string;
  value?: number;
  reason?: string;
  /** Of a `winback-offer`. */
  offer?: string;
}

export interface ContractLiteral {
  start: number;
  /** Default: it runs. */
  end?: number;
  /** Default: not known. */
  amount?: number;
  plan?: string;
  reason?: string;
  voluntary?: boolean;
}

export interface LedgerLiteral {
  /** By code; numbered in the order given, then those named only further down. */
  customers: Readonly<Record<string, readonly DocumentLiteral[]>>;
  /** Those named here are numbered first, then by first appearance; what is on no line is left out. */
  products?: Readonly<Record<string, ProductLiteral>>;
  /** By customer. */
  events?: Readonly<Record<string, readonly EventLiteral[]>>;
  /** By customer. */
  contracts?: Readonly<Record<string, readonly ContractLiteral[]>>;
  /** By name, then customer. Numbers if all of them are, labels else. */
  attributes?: Readonly<Record<string, Readonly<Record<string, string | number>>>>;
  /** Default: the last day of anything. What is later is left out and counted. */
  today?: number;
}

/** A ledger that knows what its numbers stand for. */
export interface NamedLedger extends Ledger {
  readonly customerCodes: readonly string[];
  readonly productCodes: readonly string[];
}

type Line = Exclude<LineLiteral, string>;

const asLine = (line: LineLiteral): Line => (typeof line === 'string' ? { product: line } : line);

/** Where each group begins when the groups lie one after the other. */
const offsets = (groups: readonly (readonly unknown[])[]): Int32Array =>
  offsetsOf(Int32Array.from(groups, ({ length }) => length));

/** A ledger of a few orders, numbered as training would: items first, then fees and what was only returned. */
export function ledgerOf(literal: LedgerLiteral): NamedLedger {
  const { customers, products = {}, events = {}, contracts = {}, attributes = {} } = literal;
  const people = new Dictionary();
  for (const named of [customers, events, contracts, ...Object.values(attributes)])
    for (const code of Object.keys(named)) people.intern(code);
  const customerCodes = Array.from({ length: people.size }, (_, n) => people.nameOf(n));
  const today =
    literal.today ??
    Math.max(0, ...[customers, events].flatMap((group) => Object.values(group).flat()).map(({ day }) => day));

  const documentsOf = customerCodes.map((code) => inTime(customers[code] ?? [], today));
  const eventsOf = customerCodes.map((code) => inTime(events[code] ?? [], today));
  const documents = documentsOf.flat();
  const lines = documents.map((document) => document.lines.map(asLine));
  const all = lines.flat();
  const { codes, itemCount } = numberProducts(products, all);
  const productOf = new Map(codes.map((code, n) => [code, n]));
  const channelNames = distinct(documents.flatMap(({ channel }) => channel ?? []));
  const kinds = distinct(eventsOf.flat().map(({ kind }) => kind));
  const items = codes.slice(0, itemCount);
  return {
    customerCodes,
    productCodes: codes,
    today,
    leftOut: late(Object.values(customers).flat(), today) + late(Object.values(events).flat(), today),
    documents: {
      offsets: offsets(documentsOf),
      day: Int32Array.from(documents, ({ day }) => day),
      minute: Int16Array.from(documents, ({ minute = 720 }) => minute),
      channel: Int32Array.from(documents, ({ channel }) =>
        channel === undefined ? -1 : channelNames.indexOf(channel),
      ),
    },
    lines: {
      offsets: offsets(lines),
      product: Int32Array.from(all, ({ product }) => productOf.get(product)!),
      quantity: Float64Array.from(all, ({ quantity = 1 }) => quantity),
      price: Float64Array.from(all, ({ price = 1 }) => price ?? Number.NaN),
      cost: Float64Array.from(all, ({ cost, product }) => cost ?? products[product]?.cost ?? Number.NaN),
      discount: Float64Array.from(all, ({ discount = 0 }) => discount),
      isPromoted: Uint8Array.from(all, ({ promoted = false }) => Number(promoted)),
    },
    products: {
      count: codes.length,
      itemCount,
      isFee: Uint8Array.from(codes, (code) => Number(products[code]?.fee ?? false)),
      kilograms: Float64Array.from(codes, (code) => products[code]?.kilograms ?? Number.NaN),
      tree: treeFromPaths(
        items,
        items.map((product) => ({ product, path: products[product]?.category ?? [] })),
      ),
    },
    channelNames,
    events: {
      offsets: offsets(eventsOf),
      day: Int32Array.from(eventsOf.flat(), ({ day }) => day),
      kind: Int32Array.from(eventsOf.flat(), ({ kind }) => kinds.indexOf(kind)),
      kinds,
      value: Float64Array.from(eventsOf.flat(), ({ value }) => value ?? Number.NaN),
      ...reasonsOf(eventsOf.flat()),
      ...offersOf(eventsOf.flat()),
    },
    contracts: contractColumns(
      customerCodes.map((code) =>
        (contracts[code] ?? []).filter(({ start }) => start <= today).sort((a, b) => a.start - b.start),
      ),
    ),
    attributes: Object.entries(attributes).map(([name, values]) => attribute(name, values, customerCodes)),
  };
}

function contractColumns(byCustomer: readonly (readonly ContractLiteral[])[]): CustomerContracts {
  const all = byCustomer.flat();
  const planNames = distinct(all.flatMap(({ plan }) => plan ?? []));
  return {
    offsets: offsets(byCustomer),
    start: Int32Array.from(all, ({ start }) => start),
    end: Int32Array.from(all, ({ end }) => end ?? -1),
    amount: Float64Array.from(all, ({ amount }) => amount ?? Number.NaN),
    plan: Int32Array.from(all, ({ plan }) => (plan === undefined ? -1 : planNames.indexOf(plan))),
    planNames,
    ...reasonsOf(all),
    isVoluntary: Int8Array.from(all, ({ voluntary }) => (voluntary === undefined ? -1 : Number(voluntary))),
  };
}

function reasonsOf(all: readonly { reason?: string }[]): Pick<CustomerContracts, 'reason' | 'reasons'> {
  const reasons = distinct(all.flatMap(({ reason }) => reason ?? []));
  return {
    reason: Int32Array.from(all, ({ reason }) => (reason === undefined ? -1 : reasons.indexOf(reason))),
    reasons,
  };
}

function offersOf(all: readonly { offer?: string }[]): { offer: Int32Array; offers: string[] } {
  const offers = distinct(all.flatMap(({ offer }) => offer ?? []));
  return {
    offer: Int32Array.from(all, ({ offer }) => (offer === undefined ? -1 : offers.indexOf(offer))),
    offers,
  };
}

const distinct = (names: readonly string[]): string[] => [...new Set(names)].sort();

interface Dated {
  day: number;
  minute?: number;
}

function inTime<T extends Dated>(dated: readonly T[], today: number): T[] {
  return dated
    .filter(({ day }) => day <= today)
    .sort((a, b) => a.day - b.day || (a.minute ?? 720) - (b.minute ?? 720));
}

const late = (dated: readonly Dated[], today: number): number =>
  dated.filter(({ day }) => day > today).length;

function numberProducts(
  products: Readonly<Record<string, ProductLiteral>>,
  lines: readonly Line[],
): { codes: string[]; itemCount: number } {
  const onLines = new Set(lines.map(({ product }) => product));
  const bought = new Set(lines.flatMap(({ product, quantity = 1 }) => (quantity > 0 ? product : [])));
  const isItem = (code: string): boolean => bought.has(code) && !products[code]?.fee;
  const codes = [...new Set([...Object.keys(products), ...onLines])].filter((code) => onLines.has(code));
  const items = codes.filter(isItem);
  return { codes: [...items, ...codes.filter((code) => !isItem(code))], itemCount: items.length };
}

function attribute(
  name: string,
  values: Readonly<Record<string, string | number>>,
  customerCodes: readonly string[],
): CustomerAttribute {
  const stated = Object.values(values);
  if (stated.every((value) => typeof value === 'number')) {
    const numbers = values as Readonly<Record<string, number>>;
    return {
      name,
      kind: 'number',
      values: Float64Array.from(customerCodes, (code) => numbers[code] ?? Number.NaN),
    };
  }
  const labels = distinct(stated.map(String));
  return {
    name,
    kind: 'label',
    labels,
    values: Int32Array.from(customerCodes, (code) =>
      values[code] === undefined ? -1 : labels.indexOf(String(values[code])),
    ),
  };
}

/** Any few documents and events of a handful of customers, products and days, with what may be missing missing. */
export function anyLedger(): fc.Arbitrary<NamedLedger> {
  const cents = (most: number) => fc.nat(most).map((amount) => amount / 100);
  const unknown = fc.constant(null);
  const line = fc.record(
    {
      product: fc.constantFrom('bread', 'jam', 'mug', 'soap', 'postage'),
      quantity: fc.integer({ min: -2, max: 4 }).filter((quantity) => quantity !== 0),
      price: fc.oneof(cents(2000), cents(2000), unknown),
      cost: fc.oneof(cents(1500), unknown),
      discount: cents(300),
      promoted: fc.boolean(),
    },
    { requiredKeys: ['product'] },
  );
  const document = fc.record(
    {
      day: fc.integer({ min: 19_000, max: 19_060 }),
      minute: fc.integer({ min: 0, max: 1439 }),
      channel: fc.constantFrom('shop', 'web'),
      lines: fc.array(line, { minLength: 1, maxLength: 4 }),
    },
    { requiredKeys: ['day', 'lines'] },
  );
  const event = fc.record({
    day: fc.integer({ min: 19_000, max: 19_060 }),
    kind: fc.constantFrom('complaint', 'visit'),
  });
  const customer = fc.constantFrom('anna', 'ben', 'eva', 'kim', 'lee', 'max');
  return fc
    .record({
      customers: fc.dictionary(customer, fc.array(document, { maxLength: 6 }), { noNullPrototype: true }),
      events: fc.dictionary(customer, fc.array(event, { maxLength: 3 }), { noNullPrototype: true }),
      attributes: fc.record({
        age: fc.dictionary(customer, fc.nat(90), { noNullPrototype: true }),
        country: fc.dictionary(customer, fc.constantFrom('FR', 'DE'), { noNullPrototype: true }),
      }),
    })
    .map((drawn) =>
      ledgerOf({
        ...drawn,
        products: {
          bread: { category: ['food', 'bakery'], kilograms: 0.5 },
          jam: { category: ['food'], cost: 2 },
          postage: { fee: true },
        },
        today: 19_050,
      }),
    );
}
