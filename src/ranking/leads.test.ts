import { describe, expect, it } from 'vitest';
import { basketHistories } from '../baskets/basket-histories.ts';
import { leadTo } from './leads.ts';
import { purchaseWorld } from './purchase-world.ts';
import { guest, shopperOf } from './shopper.ts';

/** [customer, day, item] of each purchase. */
const rows = [
  // Three customers buy 0 and 1 on a day, 2 on the next; two of them 3 later on.
  ...[0, 1, 2].flatMap((c) => [
    [c, 1, 0],
    [c, 1, 1],
    [c, 2, 2],
  ]),
  [0, 9, 3],
  [1, 9, 3],
  // Two buy 0 alone, on two days.
  [3, 1, 0],
  [3, 3, 0],
  [4, 1, 0],
] as const;

const column = (at: number) => Int32Array.from(rows, (row) => row[at]);
const histories = basketHistories({ customer: column(0), day: column(1), item: column(2) }, 5, 5);
const anonymous = {
  transactions: { itemCount: 5, offsets: new Int32Array(1), items: new Int32Array(0) },
  day: new Int32Array(0),
};
const world = purchaseWorld({ histories, anonymous });

describe('leadTo', () => {
  it('counts the baskets of what is in the cart', () => {
    // Item 0 is in six baskets, three of which hold 1.
    expect(leadTo(world, guest([0], 10), 1)).toEqual({
      kind: 'together',
      from: 0,
      to: 1,
      both: 3,
      left: 6,
      right: 3,
      confidence: 0.5,
    });
  });

  it('takes the surest of a cart', () => {
    expect(leadTo(world, guest([0, 3], 10), 1)).toMatchObject({ from: 0 });
    expect(leadTo(world, guest([1, 2], 10), 0)).toMatchObject({ from: 1, confidence: 1 });
  });

  it('goes from the newest purchases to what comes next', () => {
    // Of the steps from a basket with 1 all three lead to 2; of those from one with 0 three of four.
    expect(leadTo(world, shopperOf(histories, 0, 1, 2), 2)).toEqual({
      kind: 'next',
      from: 1,
      to: 2,
      both: 3,
      left: 3,
      right: 3,
      confidence: 1,
    });
  });

  it('goes by the same customers where no basket leads there', () => {
    // Of the three with 1 two have 3, though never in the next basket.
    expect(leadTo(world, shopperOf(histories, 2, 1, 5), 3)).toMatchObject({
      kind: 'fellows',
      from: 1,
      both: 2,
      left: 3,
    });
  });

  it('knows of no lead where there is none', () => {
    expect(leadTo(world, guest([4], 10), 0)).toBeUndefined();
    expect(leadTo(world, guest([], 10), 0)).toBeUndefined();
    expect(leadTo(world, shopperOf(histories, 4, 1, 5), 4)).toBeUndefined();
  });
});
