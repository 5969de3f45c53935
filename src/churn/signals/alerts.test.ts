import { describe, expect, it } from 'vitest';
import { type Stays, StaysBuilder } from '../rates/stays.ts';
import { AlarmsBuilder } from './alarms.ts';
import { alertPage, rankAlerts } from './alerts.ts';
import { DueColumnsBuilder } from './due-days.ts';
import type { EarlyWarnings } from './early-warnings.ts';
import type { SignalHistory } from './history.ts';
import { signalNames } from './signal-names.ts';
import { signalRecord, stayAwayChances } from './signal-record.ts';
import { warningWords } from './warning-words.ts';

const today = 15_126; // 2011-06-01

const gap = {
  name: 'order-gap',
  since: today - 3,
  expected: 14,
  seen: 41,
  windowDays: 0,
  chance: 0.00503,
  yearly: 0.05,
} as const;

const calls = {
  name: 'service-calls',
  since: today - 8,
  expected: 0.51,
  seen: 4,
  windowDays: 91,
  chance: 0.0021,
  yearly: 0.004,
} as const;

/** Five customers: silent, calling, both, quiet, and one who never came back. */
function warnings(): EarlyWarnings {
  const alarms = new AlarmsBuilder(5);
  const due = new DueColumnsBuilder(5);
  [[gap], [calls], [calls, gap], [], []].forEach((own, c) => {
    for (const alarm of own) alarms.add(alarm);
    alarms.endCustomer();
    if (c === 4) return;
    due.set(c, {
      dueDay: today - 27,
      dueFrom: today - 30,
      dueTo: today - 20,
      alarmDay: today - 3,
      isOverdue: Number(own.includes(gap as never)),
      chance: 0.1,
      left: [0.8, 0.1, 0.9, 0.05][c],
      yearly: 0,
    });
  });
  return {
    today,
    falseAlarms: 0.1,
    signals: [],
    knowsSeason: false,
    due: due.build(),
    alarms: alarms.build(),
  };
}

/** One customer with a contract who calls, and orders nothing. */
function unordered(): EarlyWarnings {
  const alarms = new AlarmsBuilder(1);
  alarms.add(calls);
  alarms.endCustomer();
  return { ...warnings(), due: new DueColumnsBuilder(1).build(), alarms: alarms.build() };
}

const value = [100, 500, Number.NaN, 1000, 1000];

describe('rankAlerts', () => {
  it('puts the most value at risk first, and keeps those without one', () => {
    const { customer, valueAtRisk, leaving } = rankAlerts(warnings(), value);
    expect([...customer]).toEqual([0, 1, 2]);
    expect([...valueAtRisk].map((risk) => Number(risk.toFixed(4)))).toEqual([80, 50, 0]);
    expect(leaving[2]).toBeCloseTo(0.9, 6);
  });

  it('takes the chance of a prediction where there is one', () => {
    const { customer, leaving } = rankAlerts(warnings(), value, { leaving: [0.1, Number.NaN, 0.2, 1, 1] });
    expect([...customer]).toEqual([1, 0, 2]);
    expect(leaving[1]).toBe(0.1);
  });

  it('keeps to the signals that are asked for', () => {
    expect([...rankAlerts(warnings(), value, { signals: ['service-calls'] }).customer]).toEqual([1, 2]);
  });

  it('learns from what alarms came to before', () => {
    const record = signalRecord(history, warnings(), 90);
    const { leaving, customer } = rankAlerts(warnings(), value, { record });
    expect([...customer]).toEqual([1, 0, 2]);
    expect(leaving[0]).toBeCloseTo(stayAwayChances(record)[signalNames.indexOf('service-calls')], 12);
  });

  it('is a chance for who has no rhythm: of the prediction, or the record, or none', () => {
    const found = unordered();
    expect(rankAlerts(found, [100]).leaving[0]).toBe(0);
    expect(rankAlerts(found, [100]).valueAtRisk[0]).toBe(0);
    const record = signalRecord(history, warnings(), 90);
    const expected = stayAwayChances(record)[signalNames.indexOf('service-calls')];
    expect(rankAlerts(found, [100], { record }).leaving[0]).toBe(expected);
    expect(rankAlerts(found, [100], { record, leaving: [0.3] }).valueAtRisk[0]).toBeCloseTo(30, 9);
    expect(alertPage(found, rankAlerts(found, [100]), 0, 1).items[0].due).toBeNull();
  });

  it('asks for a value of every customer', () => {
    expect(() => rankAlerts(warnings(), [1])).toThrow(/5 customers, and values or chances of 1/);
    expect(() => rankAlerts(warnings(), value, { leaving: [1] })).toThrow(/give one for each/);
  });
});

/** By customer: from, and the first day after it or −1. */
function staysOf(all: readonly (readonly (readonly [number, number])[])[]): Stays {
  const stays = new StaysBuilder();
  for (const own of all) {
    for (const [from, left] of own) stays.add(from, left, left - 1);
    stays.endCustomer();
  }
  return stays.build();
}

/** Customers 0 and 3 order again within 90 days, customer 4 has ordered once. */
const empty = { offsets: new Int32Array(6), day: new Int32Array(0) };
const history: SignalHistory = {
  orders: {
    offsets: Int32Array.of(0, 2, 3, 5, 6, 7),
    day: Int32Array.of(today - 41, today + 90, today, today - 9, today + 91, today + 1, today - 5),
    logValue: new Float64Array(7),
    logVariety: new Float64Array(7),
    isDiscounted: new Int8Array(7),
  },
  engagement: empty,
  satisfaction: { ...empty, value: new Float64Array(0) },
  complaints: empty,
  serviceCalls: empty,
  failedPayments: empty,
  returns: empty,
  contracts: staysOf([[], [], [], [], []]),
};

describe('signalRecord', () => {
  const record = signalRecord(history, warnings(), 90);

  it('counts who stayed away, of those who were watched', () => {
    expect(record.watched).toEqual({ customers: 4, stayedAway: 2 });
    expect(record.alarmed).toEqual({ customers: 3, stayedAway: 2 });
    expect(record.quiet).toEqual({ customers: 1, stayedAway: 0 });
    expect(record.bySignal[signalNames.indexOf('order-gap')]).toEqual({ customers: 2, stayedAway: 1 });
    expect(record.bySignal[signalNames.indexOf('service-calls')]).toEqual({ customers: 2, stayedAway: 2 });
  });

  it('goes by contracts with those who have one on the day', () => {
    const contracts = staysOf([
      // Customer 0 has one no more when the horizon ends, 1 has another by then, and 3 had one before.
      [[today - 50, today + 90]],
      [
        [today - 50, today + 10],
        [today + 20, -1],
      ],
      [],
      [[today - 50, today]],
      [[today, today + 91]],
    ]);
    const found = signalRecord({ ...history, contracts }, warnings(), 90);
    // Besides 0 only 2 is away, who orders too late; 4 has ordered once, and is watched for the contract.
    expect(found.watched).toEqual({ customers: 5, stayedAway: 2 });
    expect(found.quiet).toEqual({ customers: 2, stayedAway: 0 });
    expect(found.bySignal[signalNames.indexOf('order-gap')]).toEqual({ customers: 2, stayedAway: 2 });
    expect(found.bySignal[signalNames.indexOf('service-calls')]).toEqual({ customers: 2, stayedAway: 1 });
  });

  it('draws the share of few to that of all', () => {
    // 2 of 2, and as if 10 more at one in two.
    expect(stayAwayChances(record)[signalNames.indexOf('service-calls')]).toBeCloseTo(7 / 12, 12);
    expect(stayAwayChances(record)[signalNames.indexOf('discount')]).toBe(0.5);
  });
});

describe('alertPage', () => {
  it('leads from page to page', () => {
    const found = warnings();
    const ranked = rankAlerts(found, value);
    const first = alertPage(found, ranked, 0, 2);
    expect([first.total, first.next, first.items.map(({ customer }) => customer)]).toEqual([3, 2, [0, 1]]);
    const last = alertPage(found, ranked, first.next!, 2);
    expect([last.next, last.items.map(({ customer }) => customer)]).toEqual([null, [2]]);
    expect(last.items[0].reasons.map(({ name }) => name)).toEqual(['order-gap', 'service-calls']);
    expect(last.items[0].due).toEqual({
      ...{ day: today - 27, from: today - 30, to: today - 20 },
      ...{ alarmDay: today - 3, isOverdue: true },
    });
    expect(alertPage(found, ranked, 9, 2)).toEqual({ total: 3, items: [], next: null });
  });

  it.each([
    [-1, 1],
    [0, 0],
    [0.5, 1],
    [0, Number.NaN],
  ])('refuses a page from %s of %s', (from, limit) => {
    const found = warnings();
    expect(() => alertPage(found, rankAlerts(found, value), from, limit)).toThrow(/whole number from 0 on/);
  });
});

describe('warningWords', () => {
  it('says what is usual, what was seen, and how often that comes by chance', () => {
    expect(warningWords(gap, today)).toEqual({
      en: 'Usually orders again after 14 days, so that an order was due about 2011-05-05; silent for 41 days. So long a silence happens by chance once in 200.',
      'zh-Hans':
        '通常约14天后再次下单，预计下单日期约为2011-05-05；至今已有41天未下单。如此长的沉默纯属偶然的概率约为200分之一。',
      'zh-Hant':
        '通常約 14 天後再次下單，預計下單日期約為 2011-05-05；至今已有 41 天未下單。如此長的沉默純屬偶然的機率約為 200 分之一。',
    });
    expect(warningWords(calls, today).en).toBe(
      'Service calls in the last 91 days: 4, where 0.51 would be usual. This happens by chance once in 480.',
    );
  });

  it('has words for every signal in every language', () => {
    for (const name of signalNames) {
      const words = warningWords({ ...calls, name, recent: 3 }, today);
      for (const text of Object.values(words)) expect(text).not.toMatch(/undefined|NaN|\{/);
      expect(words['zh-Hans']).not.toBe(words['zh-Hant']);
    }
  });

  it('does not tell more than is known of what is very rare', () => {
    expect(warningWords({ ...gap, chance: 0 }, today).en).toMatch(/less than once in 1,000,000\.$/);
  });
});
