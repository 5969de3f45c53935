import { describe, expect, it } from 'vitest';
import { type DocumentLiteral, ledgerOf } from '../../customers/testing/ledger.ts';
import { seededRandom } from '../../learn/random.ts';
import { alarmAt } from './alarms.ts';
import { type EarlyWarnings, earlyWarnings, fitWarnings } from './early-warnings.ts';
import { signalHistory } from './history.ts';
import { alarmsOf, every, orders, start, warn } from './testing/warned-shop.ts';

const dayOf = (date: string): number => Date.parse(date) / 86_400_000;

/** Some who order by chance, some every two weeks, and some every April, up to 2021-12-31. */
function shop(): Record<string, DocumentLiteral[]> {
  const random = seededRandom(1);
  const customers: Record<string, DocumentLiteral[]> = {};
  for (let c = 0; c < 60; c++) {
    const days: number[] = [];
    for (let at = start + 300 * random(); at < start + 1096; at += 1 - 30 * Math.log(1 - random()))
      days.push(Math.floor(at));
    customers[`chance ${c}`] = orders(days);
    customers[`even ${c}`] = orders(every(14, start + (c % 14), start + 1096));
    if (c % 2 === 0)
      customers[`april ${c}`] = orders(
        ['2019', '2020', '2021'].map((year) => dayOf(`${year}-04-10`) + Math.floor(11 * random())),
      );
  }
  return customers;
}

describe('the silence of customers', () => {
  const literal = { customers: shop(), today: dayOf('2022-06-30') };
  const ledger = ledgerOf(literal);
  const learnt = dayOf('2021-12-31');
  const at = (customer: string): number => ledger.customerCodes.indexOf(customer);

  it('is no alarm of who orders every April in January, and is one by the end of May', () => {
    const [january, may] = ['2022-01-20', '2022-05-31'].map((date) => warn(ledger, dayOf(date), learnt));
    const april = ledger.customerCodes.flatMap((code, c) => (code.startsWith('april') ? c : []));
    expect(april).toHaveLength(30);
    for (const c of april) {
      expect(alarmsOf(january, c)).toEqual([]);
      expect(alarmsOf(may, c)).toEqual(['order-gap']);
      expect(may.due.yearly[c]).toBeGreaterThan(0.9);
      for (const { due } of [january, may]) {
        expect(due.dueDay[c]).toBeGreaterThan(dayOf('2022-03-31'));
        expect(due.dueDay[c]).toBeLessThan(dayOf('2022-05-01'));
        expect(due.dueFrom[c]).toBeLessThan(due.dueDay[c]);
        expect(due.dueTo[c]).toBeGreaterThan(due.dueDay[c]);
        expect(due.alarmDay[c]).toBeGreaterThan(due.dueTo[c]);
      }
    }
  });

  it('is an alarm of who orders every two weeks after three, and of who orders by chance much later', () => {
    const soon = warn(ledger, dayOf('2022-01-25'), learnt);
    expect(alarmsOf(soon, at('even 3'))).toEqual(['order-gap']);
    expect(soon.due.dueDay[at('even 3')] - 14).toBe(literal.customers['even 3'].at(-1)!.day);
    const left = soon.due.left[at('even 3')];
    expect(left).toBeGreaterThan(soon.due.left[at('chance 3')]);
    const byChance = ledger.customerCodes.flatMap((code, c) => (code.startsWith('chance') ? c : []));
    const alarmed = (on: EarlyWarnings): number => byChance.filter((c) => on.due.isOverdue[c] === 1).length;
    expect(alarmed(soon)).toBeLessThan(5);
    // By then nobody has ordered for half a year.
    expect(alarmed(warn(ledger, dayOf('2022-06-30'), learnt))).toBeGreaterThan(50);
  });

  it('begins on the day that was foretold', () => {
    const before = warn(ledger, learnt);
    const c = at('even 5');
    const alarmDay = before.due.alarmDay[c];
    const history = signalHistory(ledger);
    const model = fitWarnings(history, learnt);
    expect(alarmsOf(earlyWarnings(history, model, alarmDay - 1), c)).toEqual([]);
    const { alarms } = earlyWarnings(history, model, alarmDay + 4);
    expect(alarmAt(alarms, alarms.offsets[c]).since).toBe(alarmDay);
  });
});
