import type { CategoryTree } from '../taxonomy/category-tree.ts';

/**
 * What known customers did, as columns. Plain data over shared memory, so that it goes to threads without a copy.
 * Money is in the shop's currency, days are days since 1970-01-01 in the shop's clock.
 */
export interface Ledger {
  /** The first day that is not over: everything in the ledger happened on an earlier day or on this one. */
  readonly today: number;
  /** Documents, with their lines, events and contracts dated later than `today`, which were left out. */
  readonly leftOut: number;
  /** Orders and return documents. */
  readonly documents: Documents;
  readonly lines: DocumentLines;
  readonly products: LedgerProducts;
  readonly channelNames: readonly string[];
  readonly events: CustomerEvents;
  readonly contracts: CustomerContracts;
  readonly attributes: readonly CustomerAttribute[];
}

/** Customer c has the documents `offsets[c]` … `offsets[c + 1] - 1`, in the order of time. */
export interface Documents {
  readonly offsets: Int32Array;
  readonly day: Int32Array;
  /** Of the day, 0 … 1439. */
  readonly minute: Int16Array;
  /** The position of its channel in `channelNames`, or −1. */
  readonly channel: Int32Array;
}

/** Document d has the lines `offsets[d]` … `offsets[d + 1] - 1`. A document with a line of positive quantity is an order. */
export interface DocumentLines {
  readonly offsets: Int32Array;
  readonly product: Int32Array;
  /** Units; negative for a return. */
  readonly quantity: Float64Array;
  /** Money for a unit, before the discount; NaN where it is not known. */
  readonly price: Float64Array;
  /** What a unit cost the shop; NaN where it is not known. A line without one has that of its product if there is one. */
  readonly cost: Float64Array;
  /** Taken off the whole line, in money; 0 for none. */
  readonly discount: Float64Array;
  /** 1 where the line was bought on promotion. */
  readonly isPromoted: Uint8Array;
}

/** Products 0 … itemCount − 1 are the items of the model; after them come fees and what was only ever returned. */
export interface LedgerProducts {
  readonly count: number;
  readonly itemCount: number;
  /** 1 for postage, fees, vouchers and the like. */
  readonly isFee: Uint8Array;
  /** Of a unit; NaN where it is not known. */
  readonly kilograms: Float64Array;
  /** Of the items alone. */
  readonly tree: CategoryTree;
}

/** Customer c had the events `offsets[c]` … `offsets[c + 1] - 1`, in the order of time. */
export interface CustomerEvents {
  readonly offsets: Int32Array;
  readonly day: Int32Array;
  /** The position of its kind in `kinds`. */
  readonly kind: Int32Array;
  readonly kinds: readonly string[];
  /** The number that it says, as `satisfaction` does its score; NaN where it says none. */
  readonly value: Float64Array;
  /** The position of the reason that it gives in `reasons`, or −1. */
  readonly reason: Int32Array;
  readonly reasons: readonly string[];
  /** The position in `offers` of the offer that it makes to a lost customer, or −1. */
  readonly offer: Int32Array;
  readonly offers: readonly string[];
}

/**
 * Customer c has the contracts `offsets[c]` … `offsets[c + 1] - 1`, in the order of their start. Another price or plan is another
 * contract, which starts on the day on which the one before ends.
 */
export interface CustomerContracts {
  readonly offsets: Int32Array;
  /** The first day. */
  readonly start: Int32Array;
  /** The first day after it; −1 while it runs. After `today` for one that is given notice of. */
  readonly end: Int32Array;
  /** Money a month of 365.25 / 12 days; NaN where it is not known. */
  readonly amount: Float64Array;
  /** The position of its plan in `planNames`, or −1. */
  readonly plan: Int32Array;
  readonly planNames: readonly string[];
  /** Why it ended: the position in `reasons`, or −1. */
  readonly reason: Int32Array;
  readonly reasons: readonly string[];
  /** Whether the customer ended it: 1, or 0 where the shop or something else did; −1 where that is not known. */
  readonly isVoluntary: Int8Array;
}

/** What the shop said of its customers under one name. */
export type CustomerAttribute =
  /** By customer; NaN where it is not stated. */
  | { readonly name: string; readonly kind: 'number'; readonly values: Float64Array }
  /** By customer: the position in `labels`, or −1 where it is not stated. */
  | {
      readonly name: string;
      readonly kind: 'label';
      readonly values: Int32Array;
      readonly labels: readonly string[];
    };

export const customerCount = ({ documents }: Ledger): number => documents.offsets.length - 1;
