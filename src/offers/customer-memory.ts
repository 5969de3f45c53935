import type { Model } from '../model/model.ts';
import { itemsBought } from '../model/purchases.ts';
import type { Shopper } from '../ranking/shopper.ts';
import type { Remembered, RuleIndex } from './rule-index.ts';

/** What is known of a customer when the request comes. */
export interface Customer {
  readonly code: string;
  /** Products of orders that came after the model, the newest first. */
  readonly recentPurchases: readonly string[];
}

/** What a customer's purchases mean for offers, worked out once and not for every request. */
export interface CustomerMemory {
  readonly recentPurchases: readonly string[];
  /** The customer's number in the model, or −1. */
  readonly number: number;
  /** The last items bought, from which rules start, the newest first. */
  readonly history: readonly number[];
  /** What the rules propose for them, whatever the cart and whatever is on promotion. */
  readonly remembered: Remembered;
  /** What was bought when, as the ranking takes it. */
  readonly bought: Pick<Shopper, 'items' | 'starts' | 'days'>;
  /** Whether the customer has ever bought an item. */
  owns(item: number): boolean;
}

/** How many bought items rules start from: the newest say most, and requests stay short. */
const historyLength = 50;

/** Enough for a page, with some to spare for what is in the cart or cannot be sold. */
const proposalsKept = 64;

/** Customers remembered at a time: about 5 kB each. */
const customersKept = 10_000;

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((code, i) => code === b[i]);

/** Whether an ascending list holds a value. */
function holds(sorted: Int32Array, value: number): boolean {
  let low = 0;
  let high = sorted.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (sorted[middle] < value) low = middle + 1;
    else high = middle;
  }
  return sorted[low] === value;
}

/**
 * The days a customer bought on: those of the model, and one for all later orders.
 *
 * @param number the customer's in the model, or −1
 * @param recent items of later orders, ascending
 */
function shoppingDays(
  { offsets, itemOffsets, items, day }: Model['purchases'],
  number: number,
  recent: Int32Array,
  recentDay: number,
): CustomerMemory['bought'] {
  const first = number < 0 ? 0 : offsets[number];
  const end = number < 0 ? 0 : offsets[number + 1];
  if (recent.length === 0)
    return { items, starts: itemOffsets.subarray(first, end + 1), days: day.subarray(first, end) };
  const known = items.subarray(itemOffsets[first], itemOffsets[end]);
  const all = new Int32Array(known.length + recent.length);
  all.set(known);
  all.set(recent, known.length);
  const starts = Array.from(itemOffsets.subarray(first, end + 1), (start) => start - itemOffsets[first]);
  return {
    items: all,
    starts: Int32Array.from([...starts, all.length]),
    days: Int32Array.from([...day.subarray(first, end), recentDay]),
  };
}

/** Remembers the customers who came last, for one model. */
export class CustomerMemories {
  readonly #model: Model;
  readonly #index: RuleIndex;
  readonly #kept = new Map<string, CustomerMemory>();
  /** After all that the model knows: when recent orders came. */
  readonly #newestDay: number;

  constructor(model: Model, index: RuleIndex) {
    this.#model = model;
    this.#index = index;
    this.#newestDay = model.purchases.day.reduce((newest, day) => Math.max(newest, day), 0) + 1;
  }

  of({ code, recentPurchases }: Customer): CustomerMemory {
    const known = this.#kept.get(code);
    // Taken out and put in again, so that the map is in order of use.
    this.#kept.delete(code);
    const memory =
      known && sameList(known.recentPurchases, recentPurchases)
        ? known
        : this.#recollect(code, recentPurchases);
    this.#kept.set(code, memory);
    if (this.#kept.size > customersKept) this.#kept.delete(this.#kept.keys().next().value!);
    return memory;
  }

  #recollect(code: string, recentPurchases: readonly string[]): CustomerMemory {
    const { itemCodes, customerCodes, purchases } = this.#model;
    const number = customerCodes.indexOf(code);
    const recent = recentPurchases.map((product) => itemCodes.indexOf(product)).filter((item) => item >= 0);
    const earlier = number < 0 ? [] : itemsBought(purchases, number);
    const bought = [...new Set([...recent, ...earlier])];
    const owned = Int32Array.from(bought).sort();
    const owns = (item: number): boolean => holds(owned, item);
    const history = bought.slice(0, historyLength);
    const remembered = this.#index.remember(history, proposalsKept, (item) => !owns(item));
    const days = shoppingDays(purchases, number, Int32Array.from(new Set(recent)).sort(), this.#newestDay);
    return { recentPurchases, number, history, remembered, bought: days, owns };
  }
}
