import type { BasketHistories } from '../../baskets/basket-histories.ts';
import type { Among } from '../method.ts';
import { Marks } from './marks.ts';

/** What must not be on a list because the customer has it. */
export class OwnItems {
  readonly #histories: BasketHistories;
  readonly #none: Marks;
  readonly #own: Marks;

  constructor(histories: BasketHistories) {
    this.#histories = histories;
    this.#none = new Marks(histories.itemCount);
    this.#own = new Marks(histories.itemCount);
  }

  /** Good until it is asked for again. */
  barred(customer: number, among: Among): Marks {
    if (among === 'all') return this.#none;
    const { offsets, itemOffsets, items } = this.#histories;
    const [from, to] = [itemOffsets[offsets[customer]], itemOffsets[offsets[customer + 1]]];
    this.#own.set(items.subarray(from, to));
    return this.#own;
  }
}
