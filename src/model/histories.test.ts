import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { customerHistories } from './histories.ts';
import { anyOrders, anySegments, type ModelLiteral, orderTableOf } from './testing/model-of.ts';

/** What each customer bought, as `item × orders`, by customer. */
function historiesOf(literal: Pick<ModelLiteral, 'orders' | 'segments'>): Record<string, string[]> {
  const { orders, baskets } = orderTableOf(literal);
  const { offsets, items, counts } = customerHistories(orders, baskets);
  expect(offsets).toHaveLength(orders.customerCodes.length + 1);
  return Object.fromEntries(
    orders.customerCodes.map((code, c) => [
      code,
      Array.from(
        items.subarray(offsets[c], offsets[c + 1]),
        (item, n) => `${orders.itemCodes[item]} × ${counts[offsets[c] + n]}`,
      ),
    ]),
  );
}

describe('customerHistories', () => {
  it('lists what each customer bought in how many orders, the most recently bought first', () => {
    const orders = [
      { customer: 'ann', day: 3, items: ['tea'] },
      { customer: 'ben', day: 1, items: ['bread', 'jam'] },
      { customer: 'ann', day: 1, items: ['jam', 'tea'] },
      { day: 9, items: ['soap'] },
      { customer: 'ben', day: 1, items: ['jam'] },
    ];
    expect(historiesOf({ orders })).toEqual({ ann: ['tea × 2', 'jam × 1'], ben: ['jam × 2', 'bread × 1'] });
  });

  it('is empty for customers without orders', () => {
    expect(historiesOf({ orders: [], segments: { ann: 'FR' } })).toEqual({ ann: [] });
  });

  it('agrees with going through the orders one by one', () => {
    fc.assert(
      fc.property(anyOrders(), anySegments(), (orders, segments) => {
        const expected: Record<string, string[]> = {};
        for (const customer of Object.keys(segments)) expected[customer] = [];
        // Newest first; of one day the later in the table. Within an order by item number.
        const codes = [...new Set(orders.flatMap(({ items }) => items))];
        const newestFirst = orders.map((order, n) => ({ ...order, n }));
        newestFirst.sort((a, b) => b.day! - a.day! || b.n - a.n);
        for (const customer of new Set(newestFirst.flatMap(({ customer }) => customer ?? []))) {
          const own = newestFirst.filter((order) => order.customer === customer);
          const bought = new Set(
            own.flatMap(({ items }) => [...items].sort((a, b) => codes.indexOf(a) - codes.indexOf(b))),
          );
          expected[customer] = [...bought].map(
            (code) => `${code} × ${own.filter(({ items }) => items.includes(code)).length}`,
          );
        }
        expect(historiesOf({ orders, segments })).toEqual(expected);
      }),
      { numRuns: 300 },
    );
  });
});
