import type { PairLists } from '../pair-lists.ts';
import { type PurchaseWorld, purchaseWorld } from '../purchase-world.ts';
import type { RegressedLists } from '../regressed-lists.ts';
import { type BasketLiteral, shopFrom } from './shops.ts';

/** What an item leads to, with confidence and closeness. */
export type LeadLiteral = readonly [from: number, to: number, confidence: number, closeness: number];
export type WeightLiteral = readonly [from: number, to: number, weight: number];

function offsetsFrom(leads: readonly (readonly number[])[], itemCount: number): Int32Array {
  return Int32Array.from(
    { length: itemCount + 1 },
    (_, item) => leads.filter(([from]) => from! < item).length,
  );
}

/** @param leads ordered by where they lead from */
export function pairListsFrom(leads: readonly LeadLiteral[], itemCount: number): PairLists {
  return {
    offsets: offsetsFrom(leads, itemCount),
    items: Int32Array.from(leads, ([, to]) => to),
    confidences: Float32Array.from(leads, ([, , confidence]) => confidence),
    closenesses: Float32Array.from(leads, ([, , , closeness]) => closeness),
    lefts: new Int32Array(itemCount),
    rights: new Int32Array(itemCount),
  };
}

/** @param weights ordered by where they lead from */
export function regressedListsFrom(weights: readonly WeightLiteral[], itemCount: number): RegressedLists {
  return {
    offsets: offsetsFrom(weights, itemCount),
    items: Int32Array.from(weights, ([, to]) => to),
    weights: Float32Array.from(weights, ([, , weight]) => weight),
  };
}

interface WorldLiteral {
  readonly together?: readonly LeadLiteral[];
  readonly fellows?: readonly LeadLiteral[];
  readonly next?: readonly LeadLiteral[];
  readonly beside?: readonly WeightLiteral[];
  readonly owned?: readonly WeightLiteral[];
}

/** A world with the calendar of these baskets, and what is said to lead to what. */
export function worldFrom(
  baskets: readonly BasketLiteral[],
  itemCount: number,
  { together = [], fellows = [], next = [], beside = [], owned = [] }: WorldLiteral,
): PurchaseWorld {
  return {
    ...purchaseWorld(shopFrom(baskets, itemCount)),
    together: pairListsFrom(together, itemCount),
    fellows: pairListsFrom(fellows, itemCount),
    next: pairListsFrom(next, itemCount),
    beside: regressedListsFrom(beside, itemCount),
    owned: regressedListsFrom(owned, itemCount),
  };
}
