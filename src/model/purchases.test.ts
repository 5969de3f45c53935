import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { itemsOfBasket } from '../baskets/basket-histories.ts';
import { customerPurchases, itemsBought } from './purchases.ts';
import { anyOrders, anySegments, type ModelLiteral, orderTableOf } from './testing/model-of.ts';

type Literal = Pick<ModelLiteral, 'orders' | 'segments'>;

/** What each customer bought, as days with items, by customer. */
function purchasesOf(literal: Literal): Record<string, [day: number, ...items: string[]][]> {
  const { orders, baskets } = orderTableOf(literal);
  const purchases = customerPurchases(orders, baskets);
  const { offsets, day } = purchases;
  expect(offsets).toHaveLength(orders.customerCodes.length + 1);
  return Object.fromEntries(
    orders.customerCodes.map((code, c) => [
      code,
      Array.from({ length: offsets[c + 1] - offsets[c] }, (_, n) => {
        const items = itemsOfBasket(purchases, offsets[c] + n);
        return [day[offsets[c] + n], ...Array.from(items, (item) => orders.itemCodes[item])];
      }),
    ]),
  );
}

describe('customerPurchases', () => {
  it('puts the orders of a day together, in the order of time', () => {
    const orders = [
      { customer: 'ann', day: 3, items: ['tea'] },
      { customer: 'ben', day: 1, items: ['bread', 'jam'] },
      { customer: 'ann', day: 1, items: ['jam', 'tea'] },
      { day: 9, items: ['soap'] },
      { customer: 'ben', day: 1, items: ['jam'] },
    ];
    expect(purchasesOf({ orders })).toEqual({
      ann: [
        [1, 'tea', 'jam'],
        [3, 'tea'],
      ],
      ben: [[1, 'bread', 'jam']],
    });
  });

  it('is empty for customers without orders', () => {
    expect(purchasesOf({ orders: [], segments: { ann: 'FR' } })).toEqual({ ann: [] });
  });
});

describe('itemsBought', () => {
  it('agrees with going through the orders one by one', () => {
    fc.assert(
      fc.property(anyOrders(), anySegments(), (orders, segments) => {
        const table = orderTableOf({ orders, segments });
        const { itemCodes, customerCodes } = table.orders;
        const purchases = customerPurchases(table.orders, table.baskets);
        customerCodes.forEach((code, customer) => {
          const own = orders.filter((order) => order.customer === code).sort((a, b) => b.day! - a.day!);
          const days = [...new Set(own.map(({ day }) => day))];
          const expected = new Set(
            days.flatMap((day) =>
              own
                .filter((order) => order.day === day)
                .flatMap(({ items }) => items.map((item) => itemCodes.indexOf(item)))
                .sort((a, b) => a - b),
            ),
          );
          expect([...itemsBought(purchases, customer)]).toEqual([...expected]);
        });
      }),
      { numRuns: 300 },
    );
  });
});
