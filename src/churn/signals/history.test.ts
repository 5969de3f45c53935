import { describe, expect, it } from 'vitest';
import { ledgerOf } from '../../customers/testing/ledger.ts';
import { endOn, signalHistory } from './history.ts';

const history = signalHistory(
  ledgerOf({
    products: { postage: { fee: true } },
    customers: {
      anna: [
        {
          day: 100,
          lines: [
            { product: 'tea', price: 10 },
            { product: 'postage', price: 5 },
          ],
        },
        { day: 100, lines: [{ product: 'jam', quantity: 3, price: 10, promoted: true }] },
        { day: 110, lines: [{ product: 'tea', quantity: -1, price: 10 }] },
        {
          day: 120,
          lines: [
            { product: 'tea', price: 10 },
            { product: 'jam', quantity: -1, price: 10 },
          ],
        },
        { day: 130, lines: [{ product: 'tea', price: null }] },
        { day: 140, lines: [{ product: 'postage', price: 5 }] },
      ],
      ben: [],
    },
    events: {
      anna: [
        { day: 99, kind: 'view' },
        { day: 99, kind: 'click' },
        { day: 101, kind: 'visit' },
        { day: 101, kind: 'complaint' },
        { day: 101, kind: 'complaint' },
        { day: 102, kind: 'satisfaction', value: 4 },
        { day: 103, kind: 'satisfaction' },
        { day: 104, kind: 'payment-failed' },
        { day: 105, kind: 'newsletter' },
      ],
      ben: [
        { day: 90, kind: 'satisfaction', value: 2 },
        { day: 91, kind: 'service-call' },
      ],
    },
    contracts: {
      ben: [
        { start: 80, end: 100 },
        { start: 100, end: 110 },
        { start: 120, end: 121 },
        { start: 130, end: 999 },
        { start: 125, end: 125 },
      ],
    },
  }),
);

describe('signalHistory', () => {
  it('takes the orders of a day together, without returns and fees', () => {
    const { orders } = history;
    expect([...orders.offsets]).toEqual([0, 4, 4]);
    expect([...orders.day]).toEqual([100, 120, 130, 140]);
    expect(Array.from(orders.logValue, Math.exp).map((value) => Number(value.toFixed(9)))).toEqual([
      40,
      10,
      Number.NaN,
      Number.NaN,
    ]);
    expect(Array.from(orders.logVariety, Math.exp).map((value) => Number(value.toFixed(9)))).toEqual([
      2,
      1,
      1,
      Number.NaN,
    ]);
    expect([...orders.isDiscounted]).toEqual([1, 0, -1, -1]);
    expect([...history.returns.day]).toEqual([110, 120]);
  });

  it('counts days with a visit of any kind once, and all that is said', () => {
    expect([...history.engagement.day]).toEqual([99, 101]);
    expect([...history.complaints.day]).toEqual([101, 101]);
    expect([...history.failedPayments.day]).toEqual([104]);
    expect([...history.serviceCalls.offsets]).toEqual([0, 0, 1]);
    expect([...history.satisfaction.offsets]).toEqual([0, 1, 2]);
    expect([...history.satisfaction.value]).toEqual([4, 2]);
  });

  it('takes contracts that follow each other together, and knows of no end to come', () => {
    const { offsets, from, left } = history.contracts;
    expect([...offsets]).toEqual([0, 0, 3]);
    expect([...from]).toEqual([80, 120, 130]);
    expect([...left]).toEqual([110, 121, -1]);
  });

  it('ends where the day does', () => {
    expect([99, 100, 125, 999].map((day) => endOn(history.orders, 0, day))).toEqual([0, 1, 2, 4]);
    expect(endOn(history.orders, 1, 999)).toBe(4);
  });
});
