import { firstAtLeast } from '../baskets/first-at-least.ts';
import { offsetsOf } from '../baskets/offsets.ts';
import { bagsWithBoth, type PairLists } from './pair-lists.ts';
import type { PurchaseWorld } from './purchase-world.ts';
import type { Shopper } from './shopper.ts';

/** How an item leads to another: in one basket, from one basket to the next, or with the same customer. */
export type LeadKind = 'together' | 'next' | 'fellows';

/** What leads most surely to an item, of all that a shopper has in the cart or bought last. */
export interface Lead {
  readonly kind: LeadKind;
  readonly from: number;
  readonly to: number;
  /** Bags (baskets, steps or customers, by kind) with both, and with each. */
  readonly both: number;
  readonly left: number;
  readonly right: number;
  /** The share of the bags with `from` that have `to`. */
  readonly confidence: number;
}

/** How many of the items bought last are looked at. */
const lookedAt = 40;
/** A search in a list of sources costs about as much as so many entries of it in their order. */
const searchCost = 12;

/** What leads to each item: to item i `sources[offsets[i]]` … `sources[offsets[i + 1] - 1]`, ascending. */
interface Sources {
  readonly offsets: Int32Array;
  readonly sources: Int32Array;
  /** Where each of these pairs is in the lists by source. */
  readonly pairs: Int32Array;
}

/** The items that leads may come from, each with its place, the first where it comes twice. */
class Origins {
  items: ArrayLike<number> = [];
  /** By item: 1 + its place; 0 for all others. */
  readonly places: Int32Array;

  constructor(itemCount: number) {
    this.places = new Int32Array(itemCount);
  }

  replace(items: ArrayLike<number>): void {
    for (let n = 0; n < this.items.length; n++) this.places[this.items[n]] = 0;
    this.items = items;
    for (let n = items.length - 1; n >= 0; n--) this.places[items[n]] = n + 1;
  }
}

/**
 * Finds what leads most surely to items, many for one shopper: the lead of the highest confidence from the cart, else from the
 * newest purchases to what is bought next or in one basket, else to what the same customers bought. Of equally sure ones the
 * kind of that order, then what comes first in the cart or was bought first. Holds work arrays, and lists by target of each
 * kind that was asked for (8 bytes a pair with a target): one shopper at a time.
 */
export class LeadFinder {
  readonly #world: PurchaseWorld;
  /** By item: 1 for those that may be asked about. */
  readonly #isTarget: Uint8Array;
  readonly #byTarget = new Map<LeadKind, Sources>();
  readonly #cart: Origins;
  readonly #newest: Origins;
  /** Whose newest purchases have not been needed yet. */
  #pending: Shopper | undefined;

  /** @param targets the only items that will be asked about; of few ones the lists are short, and soon made */
  constructor(world: PurchaseWorld, targets?: Iterable<number>) {
    this.#world = world;
    this.#isTarget = new Uint8Array(world.itemCount).fill(targets ? 0 : 1);
    for (const item of targets ?? []) this.#isTarget[item] = 1;
    this.#cart = new Origins(world.itemCount);
    this.#newest = new Origins(world.itemCount);
  }

  /**
   * Says who the next questions are about.
   *
   * @param shopper whose cart does not change until this is called again
   */
  begin(shopper: Shopper): void {
    this.#cart.replace(shopper.cart);
    this.#pending = shopper;
  }

  /** What leads to an item of the world; undefined where nothing does, for what is no target, and before {@link begin}. */
  leadTo(to: number): Lead | undefined {
    const fromCart = this.#surest('together', this.#cart, to, undefined);
    if (fromCart) return fromCart;
    if (this.#pending) {
      const { items, starts } = this.#pending;
      const end = starts[starts.length - 1];
      this.#newest.replace(items.subarray(Math.max(starts[0], end - lookedAt), end));
      this.#pending = undefined;
    }
    const next = this.#surest('next', this.#newest, to, undefined);
    return (
      this.#surest('together', this.#newest, to, next) ?? this.#surest('fellows', this.#newest, to, undefined)
    );
  }

  /** The surest lead of a kind, unless the one given is as sure. */
  #surest(kind: LeadKind, origins: Origins, to: number, other: Lead | undefined): Lead | undefined {
    const { items, places } = origins;
    if (items.length === 0) return other;
    const lists = this.#world[kind];
    const { offsets, sources, pairs } = this.#sourcesOf(kind);
    const start = offsets[to];
    const end = offsets[to + 1];
    let best = -1;
    let surest = other ? other.confidence : 0;
    const consider = (at: number): void => {
      const from = sources[at];
      if (from === to) return;
      const confidence = bagsWithBoth(lists, from, pairs[at]) / lists.lefts[from];
      const isSurer =
        confidence > surest || (best >= 0 && confidence === surest && places[from] < places[sources[best]]);
      if (!isSurer) return;
      best = at;
      surest = confidence;
    };
    if (items.length * searchCost < end - start) {
      for (let n = 0; n < items.length; n++) {
        const at = firstAtLeast(sources, items[n], start, end);
        if (at < end && sources[at] === items[n]) consider(at);
      }
    } else for (let at = start; at < end; at++) if (places[sources[at]] > 0) consider(at);
    if (best < 0) return other;
    const from = sources[best];
    const [left, both] = [lists.lefts[from], bagsWithBoth(lists, from, pairs[best])];
    return { kind, from, to, both, left, right: lists.rights[to], confidence: surest };
  }

  #sourcesOf(kind: LeadKind): Sources {
    const known = this.#byTarget.get(kind);
    if (known) return known;
    const turned = byTarget(this.#world[kind], this.#isTarget);
    this.#byTarget.set(kind, turned);
    return turned;
  }
}

function byTarget({ offsets, items }: PairLists, isTarget: Uint8Array): Sources {
  const itemCount = isTarget.length;
  const sizes = new Int32Array(itemCount);
  for (const target of items) sizes[target] += isTarget[target];
  const starts = offsetsOf(sizes);
  const next = starts.slice(0, itemCount);
  const sources = new Int32Array(starts[itemCount]);
  const pairs = new Int32Array(starts[itemCount]);
  for (let source = 0; source < itemCount; source++) {
    for (let p = offsets[source]; p < offsets[source + 1]; p++) {
      if (isTarget[items[p]] === 0) continue;
      const at = next[items[p]]++;
      sources[at] = source;
      pairs[at] = p;
    }
  }
  return { offsets: starts, sources, pairs };
}
