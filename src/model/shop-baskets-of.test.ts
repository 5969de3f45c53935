import { describe, expect, it } from 'vitest';
import { customerPurchases } from './purchases.ts';
import { shopBasketsOf } from './shop-baskets-of.ts';
import { contextOf, type OrderLiteral, orderTableOf } from './testing/model-of.ts';

describe('shopBasketsOf', () => {
  const literal: OrderLiteral[] = [
    { items: ['tea', 'jam'], day: 7, promoted: ['jam'] },
    { items: ['jam'], day: 5, customer: 'ann' },
    { items: ['ham', 'tea'], day: 3, promoted: ['ham', 'tea'] },
    { items: ['ham'], day: 5, customer: 'ann', promoted: ['ham'] },
  ];
  const { orders, baskets } = orderTableOf({ orders: literal });
  const context = contextOf({ orders: literal, itemCodes: orders.itemCodes });
  const days = customerPurchases(orders, baskets);

  it('has what customers bought by day, and the orders of nobody known in the order of time', () => {
    const { histories, anonymous } = shopBasketsOf(orders, baskets, days);
    expect(histories).toBe(days);
    expect([...anonymous.day]).toEqual([3, 7]);
    expect(Array.from(anonymous.transactions.items, (item) => orders.itemCodes[item])).toEqual([
      'tea',
      'ham',
      'tea',
      'jam',
    ]);
  });

  it('knows what was on promotion when', () => {
    const { items, days: on } = shopBasketsOf(orders, baskets, days, context).promoted!;
    const lines = Array.from(items, (item, n) => `${orders.itemCodes[item]} on ${on[n]}`);
    expect(lines).toEqual(['jam on 7', 'ham on 3', 'tea on 3', 'ham on 5']);
  });
});
