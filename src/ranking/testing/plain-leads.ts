import type { Lead, LeadKind } from '../lead-finder.ts';
import { bagsWithBoth, type PairLists } from '../pair-lists.ts';
import type { PurchaseWorld } from '../purchase-world.ts';
import type { Shopper } from '../shopper.ts';

/** How many of the items bought last are looked at. */
const lookedAt = 40;

/** What `LeadFinder` finds, by looking through all that leads anywhere. */
export function plainLeadTo(world: PurchaseWorld, shopper: Shopper, to: number): Lead | undefined {
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
