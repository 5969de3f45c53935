import { describe, expect, it } from 'vitest';
import { type DocumentLiteral, type EventLiteral, ledgerOf } from '../../customers/testing/ledger.ts';
import { alarmsOf, every, orders, start, warn } from './testing/warned-shop.ts';

describe('other signals', () => {
  const twoWeekly = every(14, start, start + 1096);
  const end = start + 1096;
  const crowd = Object.fromEntries(
    Array.from({ length: 40 }, (_, c) => [`c${c}`, orders(every(14, start + (c % 14), end))]),
  );
  const visits = (days: readonly number[]): EventLiteral[] => days.map((day) => ({ day, kind: 'visit' }));
  const crowdEvents: Record<string, EventLiteral[]> = Object.fromEntries(
    Object.keys(crowd).map((code, n) => [
      code,
      [
        ...visits(every(5, start + n, end)),
        ...every(40, start + n, end).map((day, s) => ({ day, kind: 'satisfaction', value: 4 + (s % 2) })),
        ...every(300, start + 5 * n, end).map((day) => ({ day, kind: 'complaint' })),
        ...every(200, start + 7 * n, end).map((day) => ({ day, kind: 'service-call' })),
        ...every(500, start + 9 * n, end).map((day) => ({ day, kind: 'payment-failed' })),
      ],
    ]),
  );
  const signalsOf = (
    own: readonly DocumentLiteral[],
    events: readonly EventLiteral[] = crowdEvents.c0,
  ): string[] => {
    const ledger = ledgerOf({
      customers: {
        ...crowd,
        c1: [
          ...crowd.c1,
          {
            day: start + 20,
            lines: [
              { product: 'tea', quantity: -1, price: 20 },
              { product: 'jam', promoted: true },
            ],
          },
        ],
        one: own,
      },
      events: { ...crowdEvents, one: events },
      today: end,
    });
    return alarmsOf(warn(ledger, end), ledger.customerCodes.indexOf('one'));
  };
  const burst = (kind: string): EventLiteral[] => [
    ...crowdEvents.c0,
    ...[40, 30, 20, 12, 5].map((ago) => ({ day: end - ago, kind })),
  ];

  it('say nothing where nothing changes', () => {
    expect(signalsOf(orders(twoWeekly))).toEqual([]);
  });

  it.each([
    ['complaints', 'complaint'],
    ['service-calls', 'service-call'],
    ['failed-payments', 'payment-failed'],
  ])('tell of %s that rise', (signal, kind) => {
    expect(signalsOf(orders(twoWeekly), burst(kind))).toEqual([signal]);
  });

  it('tell of visits that end and of a score that falls', () => {
    const fewer = crowdEvents.c0.filter(({ day, kind }) => kind !== 'visit' || day < end - 120);
    expect(signalsOf(orders(twoWeekly), fewer)).toEqual(['engagement']);
    const angry = [...crowdEvents.c0, { day: end - 1, kind: 'satisfaction', value: 1 }];
    expect(signalsOf(orders(twoWeekly), angry)).toEqual(['satisfaction']);
  });

  it('tell of orders that get rarer, smaller, cheaper, and come back', () => {
    const early = twoWeekly.filter((day) => day < end - 200);
    const rare = orders([...early, end - 150, end - 100, end - 50, end - 3]);
    expect(signalsOf(rare)).toContain('order-frequency');
    const last = twoWeekly.slice(-8);
    const before = orders(twoWeekly.slice(0, -8));
    expect(signalsOf([...before, ...orders(last, { product: 'tea', price: 0.5 })])).toEqual(['basket-value']);
    const promoted = last.map((day) => ({ day, lines: [{ product: 'tea', price: 20, promoted: true }] }));
    expect(signalsOf([...before, ...promoted])).toEqual(['discount']);
    const back = last.map((day) => ({ day: day + 1, lines: [{ product: 'tea', quantity: -1, price: 20 }] }));
    expect(signalsOf([...orders(twoWeekly), ...back].sort((a, b) => a.day - b.day))).toEqual(['returns']);
  });

  it('tell of baskets with less in them', () => {
    const wide = twoWeekly.slice(0, -4).map((day) => ({
      day,
      lines: ['tea', 'jam', 'mug', 'soap', 'bread', 'salt'].map((product) => ({ product, price: 20 })),
    }));
    expect(signalsOf([...wide, ...orders(twoWeekly.slice(-4), { product: 'tea', price: 120 })])).toEqual([
      'basket-variety',
    ]);
  });
});
