import { firstAtLeast } from '../baskets/first-at-least.ts';
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

/** How many bought items rules start from: the newest say most, and requests stay short. */
const historyLength = 50;

/** Enough for a page, with some to spare for what is in the cart or cannot be sold. */
const proposalsKept = 64;

/** Customers remembered at a time: about 5 kB each. */
export const customersRemembered = 10_000;

const sameList = (a: readonly string[], b: readonly string[]): boolean =>
  a.length === b.length && a.every((code, i) => code === b[i]);

/** Whether an ascending list holds a value. */
const holds = (sorted: Int32Array, value: number): boolean =>
  sorted[firstAtLeast(sorted, value, 0, sorted.length)] === value;

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
): Pick<Shopper, 'items' | 'starts' | 'days'> {
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

/** What a customer's purchases mean for offers: each thing worked out once, when it is asked for. */
export class CustomerMemory {
  readonly recentPurchases: readonly string[];
  /** The customer's number in the model, or −1. */
  readonly number: number;
  readonly #model: Model;
  readonly #index: RuleIndex;
  readonly #newestDay: number;
  #distinct: readonly number[] | undefined;
  #owned: Int32Array | undefined;
  #bought: Pick<Shopper, 'items' | 'starts' | 'days'> | undefined;
  #remembered: Remembered | undefined;

  /** @param newestDay after all that the model knows: when recent orders came */
  constructor(model: Model, index: RuleIndex, { code, recentPurchases }: Customer, newestDay: number) {
    this.#model = model;
    this.#index = index;
    this.#newestDay = newestDay;
    this.number = model.customerCodes.indexOf(code);
    this.recentPurchases = recentPurchases;
  }

  /** The last items bought, from which rules start, the newest first. */
  get history(): readonly number[] {
    return this.#items.slice(0, historyLength);
  }

  /** What the rules propose for them, whatever the cart and whatever is on promotion. */
  get remembered(): Remembered {
    this.#remembered ??= this.#index.remember(this.history, proposalsKept, (item) => !this.owns(item));
    return this.#remembered;
  }

  /** What was bought when, as the ranking takes it. */
  get bought(): Pick<Shopper, 'items' | 'starts' | 'days'> {
    this.#bought ??= shoppingDays(
      this.#model.purchases,
      this.number,
      Int32Array.from(new Set(this.#recent())).sort(),
      this.#newestDay,
    );
    return this.#bought;
  }

  /** Whether the customer has ever bought an item. */
  owns(item: number): boolean {
    this.#owned ??= this.#sorted();
    return holds(this.#owned, item);
  }

  /** Each item bought, the newest first. */
  get #items(): readonly number[] {
    this.#distinct ??= [
      ...new Set([
        ...this.#recent(),
        ...(this.number < 0 ? [] : itemsBought(this.#model.purchases, this.number)),
      ]),
    ];
    return this.#distinct;
  }

  /** Each item bought, ascending, as often as it was. */
  #sorted(): Int32Array {
    const { offsets, itemOffsets, items } = this.#model.purchases;
    const number = this.number;
    const known =
      number < 0 ? [] : items.subarray(itemOffsets[offsets[number]], itemOffsets[offsets[number + 1]]);
    const recent = this.#recent();
    const all = new Int32Array(known.length + recent.length);
    all.set(known);
    all.set(recent, known.length);
    return all.sort();
  }

  #recent(): number[] {
    if (this.recentPurchases.length === 0) return [];
    const { itemCodes } = this.#model;
    return this.recentPurchases.map((product) => itemCodes.indexOf(product)).filter((item) => item >= 0);
  }
}

/** Remembers the customers who came last, for one model. */
export class CustomerMemories {
  readonly #model: Model;
  readonly #index: RuleIndex;
  readonly #kept = new Map<string, CustomerMemory>();
  readonly #newestDay: number;
  readonly #most: number;

  /** @param most customers that are remembered at a time */
  constructor(model: Model, index: RuleIndex, most = customersRemembered) {
    this.#most = most;
    this.#model = model;
    this.#index = index;
    this.#newestDay = model.purchases.day.reduce((newest, day) => Math.max(newest, day), 0) + 1;
  }

  forget(customer: string): void {
    this.#kept.delete(customer);
  }

  of(customer: Customer): CustomerMemory {
    const { code, recentPurchases } = customer;
    const known = this.#kept.get(code);
    // Taken out and put in again, so that the map is in order of use.
    this.#kept.delete(code);
    const memory =
      known && sameList(known.recentPurchases, recentPurchases)
        ? known
        : new CustomerMemory(this.#model, this.#index, customer, this.#newestDay);
    this.#kept.set(code, memory);
    if (this.#kept.size > this.#most) this.#kept.delete(this.#kept.keys().next().value!);
    return memory;
  }
}
