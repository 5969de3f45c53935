import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { anyLedger, ledgerOf } from '../../customers/testing/ledger.ts';
import { earlyWarnings, fitWarnings } from './early-warnings.ts';
import { signalHistory } from './history.ts';
import { signalNames } from './signal-names.ts';
import { ledgerUpTo } from './testing/ledger-up-to.ts';
import { alarmsOf, every, orders, start, warn } from './testing/warned-shop.ts';

describe('earlyWarnings', () => {
  it('looks at nothing later than its day', () => {
    fc.assert(
      fc.property(anyLedger(), fc.integer({ min: 19_000, max: 19_050 }), (ledger, today) => {
        const whole = signalHistory(ledger);
        const found = earlyWarnings(whole, fitWarnings(whole, today), today);
        const known = signalHistory(ledgerUpTo(ledger, today));
        expect(found).toEqual(earlyWarnings(known, fitWarnings(known, today), today));
      }),
      { numRuns: 50 },
    );
  });

  it('watches the dead no longer, and all others as before', () => {
    const days = every(7, start, start + 200);
    const customers = { ann: orders(days.slice(0, 15)), ben: orders(days.slice(0, 15)), cid: orders(days) };
    const history = signalHistory(ledgerOf({ customers, today: start + 200 }));
    const model = fitWarnings(history, start + 200);
    const found = earlyWarnings(history, model, start + 200, { died: Int32Array.of(-1, start + 150, -1) });
    expect(alarmsOf(found, 0)).toContain('order-gap');
    expect(alarmsOf(found, 1)).toEqual([]);
    expect([found.due.dueDay[0] > 0, found.due.dueDay[1], found.due.isOverdue[1]]).toEqual([true, -1, 0]);
    expect(found.due.chance[1]).toBeNaN();
    const all = earlyWarnings(history, model, start + 200);
    expect(alarmsOf(all, 1)).toEqual(alarmsOf(found, 0));
  });

  it('gives plain data with figures that are known, and watches nobody who has not ordered twice', () => {
    fc.assert(
      fc.property(anyLedger(), (ledger) => {
        const history = signalHistory(ledger);
        const model = fitWarnings(history, ledger.today);
        expect(structuredClone(model)).toEqual(model);
        const found = earlyWarnings(history, model, ledger.today, { falseAlarms: 1 });
        expect(structuredClone(found)).toEqual(found);
        const { alarms, due } = found;
        for (const column of [alarms.expected, alarms.seen, alarms.chance, alarms.yearly])
          expect(column.every(Number.isFinite)).toBe(true);
        for (let c = 0; c < due.dueDay.length; c++) {
          const isWatched = history.orders.offsets[c + 1] - history.orders.offsets[c] > 1;
          expect(Number.isFinite(due.chance[c]) && Number.isFinite(due.left[c])).toBe(isWatched);
          expect(due.dueDay[c] >= 0).toBe(isWatched);
          if (!isWatched) expect(alarmsOf(found, c)).toEqual([]);
        }
      }),
      { numRuns: 50 },
    );
  });

  it('has nothing to say of an empty shop', () => {
    const { signals, alarms } = warn(ledgerOf({ customers: {}, today: start }), start);
    expect(alarms.signal).toHaveLength(0);
    expect(signals.map(({ name }) => name)).toEqual([...signalNames]);
    expect(signals.filter(({ isWatched }) => isWatched).map(({ name }) => name)).toEqual(['order-gap']);
  });

  it('shares its false alarms among the signals that the shop has', () => {
    const ledger = ledgerOf({ customers: { a: orders([start, start + 10, start + 30]) }, today: start + 40 });
    const { signals, falseAlarms } = warn(ledger, start + 40);
    expect(falseAlarms).toBe(0.1);
    expect(signals.reduce((sum, { allowance }) => sum + allowance, 0)).toBeCloseTo(0.1, 12);
    expect(signals[0].allowance).toBeGreaterThan(signals[1].allowance);
    const history = signalHistory(ledger);
    const model = fitWarnings(history, start + 40);
    for (const wrong of [0, -1, 1.1, Number.NaN])
      expect(() => earlyWarnings(history, model, start + 40, { falseAlarms: wrong })).toThrow(
        /above 0 and up to 1/,
      );
  });

  it('refuses segments of others', () => {
    const history = signalHistory(ledgerOf({ customers: { a: orders([start]) }, today: start }));
    for (const segments of [
      { segment: [0, 0], segments: 1 },
      { segment: [1], segments: 1 },
    ])
      expect(() => fitWarnings(history, start, { segments })).toThrow(
        /each of the 1 customers a segment below 1/,
      );
  });

  it('draws who has few gaps of their own to their segment', () => {
    const quick = Array.from({ length: 120 }, (_, c) => [
      `quick ${c}`,
      orders(every(5, start + c, start + 400)),
    ]);
    const slow = Array.from({ length: 120 }, (_, c) => [
      `slow ${c}`,
      orders(every(90, start + c, start + 600)),
    ]);
    const two = {
      'two, quick': orders([start + 500, start + 520]),
      'two, slow': orders([start + 500, start + 520]),
    };
    const ledger = ledgerOf({
      customers: { ...Object.fromEntries([...quick, ...slow]), ...two },
      today: start + 620,
    });
    const segments = {
      segment: Int8Array.from(ledger.customerCodes, (code) => (code.includes('quick') ? 0 : 1)),
      segments: 2,
    };
    const history = signalHistory(ledger);
    const found = earlyWarnings(history, fitWarnings(history, start + 620, { segments }), start + 620, {
      segments,
    });
    const [a, b] = Object.keys(two).map((code) => found.due.alarmDay[ledger.customerCodes.indexOf(code)]);
    expect(a).toBeGreaterThan(0);
    expect(b < 0 || b > a).toBe(true);
  });
});
