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

/**
 * The lead of the highest confidence to an item: from the cart, else from the newest purchases, to what is bought next, in one basket
 * or else by the same customers; undefined where nothing of them leads there.
 */
export function leadTo(world: PurchaseWorld, shopper: Shopper, to: number): Lead | undefined {
  const { cart, items, starts } = shopper;
  const fromCart = surest(world, ['together'], cart, to);
  if (fromCart || starts.length < 2) return fromCart;
  const end = starts[starts.length - 1];
  const newest = items.subarray(Math.max(starts[0], end - lookedAt), end);
  return surest(world, ['next', 'together'], newest, to) ?? surest(world, ['fellows'], newest, to);
}

function surest(
  world: PurchaseWorld,
  kinds: readonly LeadKind[],
  from: ArrayLike<number>,
  to: number,
): Lead | undefined {
  let best: Lead | undefined;
  for (const kind of kinds) {
    const lists = world[kind];
    for (let n = 0; n < from.length; n++) {
      const pair = from[n] === to ? -1 : pairAt(lists, from[n], to);
      if (pair < 0) continue;
      const left = lists.lefts[from[n]];
      const both = bagsWithBoth(lists, from[n], pair);
      if (best && both / left <= best.confidence) continue;
      best = { kind, from: from[n], to, both, left, right: lists.rights[to], confidence: both / left };
    }
  }
  return best;
}

/** The place of an item among those that another leads to; −1 where it is not. */
function pairAt({ offsets, items }: PairLists, from: number, to: number): number {
  for (let p = offsets[from]; p < offsets[from + 1]; p++) if (items[p] === to) return p;
  return -1;
}
