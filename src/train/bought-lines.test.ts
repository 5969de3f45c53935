import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transactionCount } from '../baskets/transactions.ts';
import { type BoughtLines, boughtLines } from './bought-lines.ts';
import { numbering } from './numbering.ts';

/** An order id and a product id, negative when bought on promotion. */
type Line = [order: number, product: number];

const read = (lines: readonly Line[], orders: readonly number[]): BoughtLines =>
  boughtLines(
    Int32Array.from(lines, ([order]) => order),
    Int32Array.from(lines, ([, product]) => product),
    numbering(Int32Array.from(orders)),
  );

/** The baskets and what is promoted in them, in ids again. */
function inIds({ baskets, basketIds, itemIds, promotedBaskets, promotedItems }: BoughtLines) {
  const bought: Line[] = [];
  for (let b = 0; b < transactionCount(baskets); b++)
    for (let at = baskets.offsets[b]; at < baskets.offsets[b + 1]; at++)
      bought.push([basketIds[b], itemIds[baskets.items[at]]]);
  const promoted = Array.from(
    promotedItems,
    (item, n): Line => [basketIds[promotedBaskets[n]], itemIds[item]],
  );
  return { bought, promoted };
}

const distinctPairs = (lines: readonly Line[]): Line[] =>
  [...new Map(lines.map((line) => [`${line}`, line])).values()].sort(([a, p], [b, q]) => a - b || p - q);

describe('boughtLines', () => {
  it('numbers orders and products by their ids', () => {
    const lines: Line[] = [
      [30, 5],
      [10, -9],
      [30, -2],
      [10, 9],
    ];
    const { baskets, basketIds, itemIds, promotedBaskets, promotedItems } = read(lines, [30, 20, 10]);
    expect([...basketIds]).toEqual([10, 30]);
    expect([...itemIds]).toEqual([2, 5, 9]);
    expect(baskets.itemCount).toBe(3);
    expect([...baskets.offsets]).toEqual([0, 1, 3]);
    expect([...baskets.items]).toEqual([2, 0, 1]);
    expect([...promotedBaskets]).toEqual([0, 1]);
    expect([...promotedItems]).toEqual([2, 0]);
  });

  it('puts baskets where threads read them without a copy', () => {
    expect(read([[1, 1]], [1]).baskets.items.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it('has no products that only orders bought which are gone', () => {
    const { basketIds, itemIds, promotedItems } = read(
      [
        [1, 4],
        [2, -6],
        [3, 5],
        [9, 7],
      ],
      [1, 3],
    );
    expect([...basketIds]).toEqual([1, 3]);
    expect([...itemIds]).toEqual([4, 5]);
    expect([...promotedItems]).toEqual([]);
  });

  it('holds what was bought by orders that are there, each product once', () => {
    const line = fc.tuple(
      fc.nat(12),
      fc.integer({ min: -8, max: 8 }).filter((id) => id !== 0),
    );
    fc.assert(
      fc.property(
        fc.array(line, { maxLength: 60 }),
        fc.uniqueArray(fc.nat(12)),
        (lines: Line[], orders: number[]) => {
          const kept = lines.filter(([order]) => orders.includes(order));
          const unsigned = (some: Line[]) => some.map(([order, id]): Line => [order, Math.abs(id)]);
          expect(inIds(read(lines, orders))).toEqual({
            bought: distinctPairs(unsigned(kept)),
            promoted: distinctPairs(unsigned(kept.filter(([, product]) => product < 0))),
          });
        },
      ),
    );
  });
});
