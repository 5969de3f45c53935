import { offsetsOf } from '../baskets/offsets.ts';
import { itemParents } from '../taxonomy/levels.ts';
import type { OrderBlocks } from './order-blocks.ts';
import type { OrderContext } from './order-context.ts';

/** Lines that were bought on promotion. */
export type PromotedLines = Pick<OrderContext, 'promotedBaskets' | 'promotedItems'>;

/** The same lines for the categories of their products as well, so that with a product all of these are on promotion. */
export function withCategories({ promotedBaskets, promotedItems, tree }: OrderContext): PromotedLines {
  const parents = itemParents(tree);
  const baskets: number[] = [];
  const items: number[] = [];
  promotedItems.forEach((product, line) => {
    for (let item = product; item >= 0; item = parents[item]) {
      baskets.push(promotedBaskets[line]);
      items.push(item);
    }
  });
  return { promotedBaskets: Int32Array.from(baskets), promotedItems: Int32Array.from(items) };
}

/** In which blocks which items were on promotion: those in which any line of the item was. */
export class Promotions {
  readonly #blockCount: number;
  /** By item: its blocks are `#blocks[#offsets[item]] … #blocks[#offsets[item + 1] - 1]`, some more than once. */
  readonly #offsets: Int32Array;
  readonly #blocks: Int32Array;

  constructor(
    { promotedBaskets, promotedItems }: PromotedLines,
    { blockOf, sizes }: OrderBlocks,
    itemCount: number,
  ) {
    this.#blockCount = sizes.length;
    const lines = new Int32Array(itemCount);
    for (const item of promotedItems) lines[item]++;
    this.#offsets = offsetsOf(lines);
    this.#blocks = new Int32Array(promotedItems.length);
    const next = this.#offsets.slice();
    promotedItems.forEach((item, line) => {
      this.#blocks[next[item]++] = blockOf[promotedBaskets[line]];
    });
  }

  /** Whether nothing is known to have been on promotion. */
  get areNone(): boolean {
    return this.#blocks.length === 0;
  }

  /** By block: 1 where one of the items was on promotion, else 0. */
  of(items: Iterable<number>): Int32Array {
    const promoted = new Int32Array(this.#blockCount);
    for (const item of items) {
      for (let at = this.#offsets[item]; at < this.#offsets[item + 1]; at++) promoted[this.#blocks[at]] = 1;
    }
    return promoted;
  }
}
