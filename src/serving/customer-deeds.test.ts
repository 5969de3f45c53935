import { describe, expect, it } from 'vitest';
import { StringTable } from '../model/string-table.ts';
import type { ActivityEvent } from '../offers/activity.ts';
import { DeedCollector, DeedReader } from './customer-deeds.ts';

const codes = StringTable.from(['ann', 'ben', 'eva']);

const event = (id: number, given: Partial<ActivityEvent>): ActivityEvent => ({
  id,
  type: 'view',
  customer: 'ann',
  product: 'tea',
  placement: null,
  at: 1_700_000_000_123.5 + id,
  ...given,
});

describe('deeds of customers', () => {
  it('come back as they were, those of strangers and of no account left out', () => {
    const orders = [
      { id: 2 ** 40, customer: 'ben', products: ['tea', 'jam', 'tea'] },
      { id: 2 ** 40 + 1, customer: 'ben', products: ['söap'] },
      { id: 2 ** 40 + 2, customer: 'stranger', products: ['tea'] },
      { id: 2 ** 40 + 3, customer: 'ann', products: ['jam'] },
    ];
    const events = [
      event(1, { type: 'impression', placement: 'email' }),
      event(2, { type: 'complaint', product: null }),
      event(3, { customer: 'ben', type: 'dismiss', product: 'söap', placement: 'home' }),
      event(4, { customer: 'stranger' }),
      event(5, { type: 'accept', product: 'jam' }),
    ];
    const collector = new DeedCollector(codes);
    for (const order of orders) collector.addOrder(order);
    for (const one of [...events, event(6, { type: 'visit' })]) collector.addEvent(one);
    const reader = new DeedReader(codes, collector.collected());
    for (const [number, customer] of ['ann', 'ben', 'eva'].entries()) {
      expect(reader.ordersOf(number)).toEqual(orders.filter((one) => one.customer === customer));
      expect(reader.eventsOf(number)).toEqual(events.filter((one) => one.customer === customer));
    }
  });

  it('tell an unknown place as none', () => {
    const collector = new DeedCollector(codes);
    collector.addEvent(event(1, { placement: 'moon' }));
    expect(new DeedReader(codes, collector.collected()).eventsOf(0)).toEqual([event(1, { placement: null })]);
  });
});
