import type { PairLists } from './pair-lists.ts';
import type { PurchaseWorld } from './purchase-world.ts';
import type { RegressedLists } from './regressed-lists.ts';

/**
 * The world for who asks about a few items alone: all its lists lead to these and to nothing else, in the same order, so that the
 * evidence of these is the same to the last bit and costs a shopper no more than what the shopper bought.
 *
 * @param items the items asked about, in any order
 */
export function narrowedWorld(world: PurchaseWorld, items: Int32Array): PurchaseWorld {
  const isWanted = new Uint8Array(world.itemCount);
  for (const item of items) isWanted[item] = 1;
  return {
    ...world,
    together: narrowedPairs(world.together, isWanted),
    fellows: narrowedPairs(world.fellows, isWanted),
    next: narrowedPairs(world.next, isWanted),
    beside: narrowedWeights(world.beside, isWanted),
    owned: narrowedWeights(world.owned, isWanted),
  };
}

function narrowedPairs(lists: PairLists, isWanted: Uint8Array): PairLists {
  const { offsets, places } = leadingTo(lists, isWanted);
  return {
    ...lists,
    offsets,
    items: places.map((p) => lists.items[p]),
    confidences: Float32Array.from(places, (p) => lists.confidences[p]),
    closenesses: Float32Array.from(places, (p) => lists.closenesses[p]),
  };
}

function narrowedWeights(lists: RegressedLists, isWanted: Uint8Array): RegressedLists {
  const { offsets, places } = leadingTo(lists, isWanted);
  return {
    offsets,
    items: places.map((p) => lists.items[p]),
    weights: Float32Array.from(places, (p) => lists.weights[p]),
  };
}

/** Where in the lists the wanted items are, and how far each list reaches without the others. */
function leadingTo(
  { offsets, items }: { readonly offsets: Int32Array; readonly items: Int32Array },
  isWanted: Uint8Array,
): { offsets: Int32Array; places: Int32Array } {
  const kept = new Int32Array(offsets.length);
  const places: number[] = [];
  for (let from = 0; from + 1 < offsets.length; from++) {
    for (let p = offsets[from]; p < offsets[from + 1]; p++) if (isWanted[items[p]] === 1) places.push(p);
    kept[from + 1] = places.length;
  }
  return { offsets: kept, places: Int32Array.from(places) };
}
