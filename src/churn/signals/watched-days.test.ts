import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { ledgerOf } from '../../customers/testing/ledger.ts';
import { isCustomerOn } from '../rates/stays.ts';
import { endOn, signalHistory } from './history.ts';
import { anyContractLedger, drawnEnd } from './testing/any-contract-ledger.ts';
import {
  daysOf,
  entriesIn,
  isWatchedByOrders,
  nthDayIn,
  spansWithin,
  timeOf,
  watchedSpans,
} from './watched-days.ts';

const order = (day: number) => ({ day, lines: ['tea'] });

describe('watchedSpans', () => {
  const history = signalHistory(
    ledgerOf({
      customers: {
        orders: [order(100), order(150)],
        'one order': [order(100)],
        'one and a contract': [order(100)],
        'orders in a contract': [order(100), order(150)],
        'orders after one': [order(100), order(150)],
        contracts: [],
        nothing: [],
      },
      contracts: {
        'one and a contract': [{ start: 50, end: 120 }],
        'orders in a contract': [{ start: 50, end: 101 }],
        'orders after one': [{ start: 50, end: 100 }],
        contracts: [
          { start: 10, end: 20 },
          { start: 20, end: 30 },
          { start: 40, end: 300 },
          { start: 60, end: 60 },
        ],
      },
      today: 200,
    }),
  );
  const forever = Number.POSITIVE_INFINITY;

  it('begin with the first order or the first contract, and end with the last unless there are orders', () => {
    const spans = (c: number) => watchedSpans(history, c, 200, 'all').map(({ after, last }) => [after, last]);
    expect(Array.from({ length: 7 }, (_, c) => spans(c))).toEqual([
      [[100, forever]],
      [[100, forever]],
      [[50, 119]],
      [[50, forever]],
      [
        [50, 99],
        [100, forever],
      ],
      [
        [10, 29],
        [40, forever],
      ],
      [],
    ]);
  });

  it('are those of orders alone for what rests on them', () => {
    const spans = (c: number) => watchedSpans(history, c, 200, 'orders').map(({ after }) => after);
    expect(Array.from({ length: 7 }, (_, c) => spans(c))).toEqual([
      [100],
      [100],
      [100],
      [100],
      [100],
      [],
      [],
    ]);
  });

  it('are all the days after the first order, and those after the first on which a contract runs', () => {
    fc.assert(
      fc.property(anyContractLedger(), fc.integer({ min: 19_000, max: drawnEnd }), (ledger, today) => {
        const drawn = signalHistory(ledger);
        const { orders, contracts, serviceCalls } = drawn;
        for (let c = 0; c + 1 < orders.offsets.length; c++) {
          const first = orders.offsets[c];
          const byOrders = endOn(orders, c, today) > first && isWatchedByOrders(drawn, c, today);
          const begins = (day: number): boolean =>
            contracts.from.subarray(contracts.offsets[c], contracts.offsets[c + 1]).includes(day);
          const days: number[] = [];
          for (let day = 19_000; day <= today; day++) {
            const hasContract = isCustomerOn(contracts, c, day) && !begins(day);
            if (hasContract || (byOrders && day > orders.day[first])) days.push(day);
          }
          const spans = spansWithin(watchedSpans(drawn, c, today, 'all'), 0, today);
          expect(
            spans.flatMap(({ after, last }) => Array.from({ length: last - after }, (_, n) => after + 1 + n)),
          ).toEqual(days);
          expect([daysOf(spans), timeOf(spans, null)]).toEqual([days.length, days.length]);
          const calls = Array.from(
            serviceCalls.day.subarray(serviceCalls.offsets[c], serviceCalls.offsets[c + 1]),
          ).filter((day) => days.includes(day));
          expect(entriesIn(serviceCalls, c, spans)).toBe(calls.length);
          expect(calls.map((_, n) => nthDayIn(serviceCalls, c, spans, n + 1))).toEqual(calls);
        }
      }),
      { numRuns: 30 },
    );
  });
});
