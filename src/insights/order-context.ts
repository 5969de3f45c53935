import type { CategoryTree } from '../taxonomy/category-tree.ts';

/** What is known of orders and products besides what is in which basket. Plain data, so that it can go to a thread. */
export interface OrderContext {
  /** By basket: days since 1970-01-01, in the shop's clock. */
  readonly day: Int32Array;
  /** By basket: the position of its channel in `channelNames`, or −1. */
  readonly channel: Int32Array;
  readonly channelNames: readonly string[];
  /** Lines that were bought on promotion: the item `promotedItems[n]` in the basket `promotedBaskets[n]`. */
  readonly promotedBaskets: Int32Array;
  readonly promotedItems: Int32Array;
  /** The products of the tree are the items. */
  readonly tree: CategoryTree;
}
