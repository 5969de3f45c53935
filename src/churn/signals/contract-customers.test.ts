import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type ContractLiteral,
  type DocumentLiteral,
  type EventLiteral,
  ledgerOf,
} from '../../customers/testing/ledger.ts';
import { isCustomerOn } from '../rates/stays.ts';
import { alarmAt } from './alarms.ts';
import { contractAllowances, earlyWarnings, fitWarnings } from './early-warnings.ts';
import { endOn, signalHistory } from './history.ts';
import { scoresPerYear } from './level-signals.ts';
import { orderSignals } from './signal-names.ts';
import { anyContractLedger, drawnEnd } from './testing/any-contract-ledger.ts';
import { ledgerUpTo } from './testing/ledger-up-to.ts';
import { alarmsOf, every, orders, start, warn } from './testing/warned-shop.ts';

const end = start + 1096;

/** Two years and more of a customer who calls twice a year, and does the rest in the same measured way. */
const events = (n: number): EventLiteral[] => [
  ...every(7, start + (n % 7), end).map((day) => ({ day, kind: 'visit' })),
  ...every(60, start + n, end).map((day, s) => ({ day, kind: 'satisfaction', value: 4 + (s % 2) })),
  ...every(180, start + 7 * n, end).map((day) => ({ day, kind: 'service-call' })),
  ...every(400, start + 9 * n, end).map((day) => ({ day, kind: 'complaint' })),
  ...every(500, start + 9 * n, end).map((day) => ({ day, kind: 'payment-failed' })),
];

const crowd = Array.from({ length: 40 }, (_, n) => `c${n}`);

/** The alarms of one customer of a shop whose others have contracts and order nothing. */
function alarmsOfOne(
  own: readonly EventLiteral[],
  contracts: readonly ContractLiteral[],
  documents: readonly DocumentLiteral[] = [],
): string[] {
  const ledger = ledgerOf({
    customers: { one: documents },
    contracts: {
      one: contracts,
      ...Object.fromEntries(crowd.map((code, n) => [code, [{ start: start - n }]])),
    },
    events: { one: own, ...Object.fromEntries(crowd.map((code, n) => [code, events(n)])) },
    today: end,
  });
  return alarmsOf(warn(ledger, end), 0);
}

const burst = (kind: string, last = end): EventLiteral[] => [
  ...events(3).filter(({ day }) => day < last),
  ...[40, 30, 20, 12, 5].map((ago) => ({ day: last - ago, kind })),
];

describe('customers of contracts who order nothing', () => {
  const runs = [{ start }];

  it('give no alarm where nothing changes', () => {
    expect(alarmsOfOne(events(3), runs)).toEqual([]);
  });

  it.each([
    ['service-calls', 'service-call'],
    ['complaints', 'complaint'],
    ['failed-payments', 'payment-failed'],
  ])('give alarm of %s that rise', (signal, kind) => {
    expect(alarmsOfOne(burst(kind), runs)).toEqual([signal]);
  });

  it('give alarm of visits that end and of a score that falls', () => {
    const fewer = events(3).filter(({ day, kind }) => kind !== 'visit' || day < end - 120);
    expect(alarmsOfOne(fewer, runs)).toEqual(['engagement']);
    expect(alarmsOfOne([...events(3), { day: end - 1, kind: 'satisfaction', value: 1 }], runs)).toEqual([
      'satisfaction',
    ]);
  });

  it('are watched with one order as without', () => {
    expect(alarmsOfOne(burst('service-call'), runs, orders([start + 900]))).toEqual(['service-calls']);
    expect(alarmsOfOne(burst('service-call'), [], orders([start]))).toEqual([]);
  });

  it('give none when the last contract has ended, nor in the first months of one', () => {
    const calls = burst('service-call', end);
    expect(alarmsOfOne(calls, [{ start, end }])).toEqual([]);
    expect(alarmsOfOne(calls, [{ start, end: end + 1 }])).toEqual(['service-calls']);
    expect(alarmsOfOne(calls, [{ start, end: end - 30 }, { start: end - 30 }])).toEqual(['service-calls']);
    expect(alarmsOfOne(calls, [{ start: end - 100 }])).toEqual([]);
  });

  it('are not held against what happened while there was no contract', () => {
    const back = end - 200;
    const contracts = [{ start, end: start + 400 }, { start: back }];
    // A call a month while there is a contract, and none in the year and more between.
    const monthly = every(30, start + 5, end).map((day) => ({ day, kind: 'service-call' }));
    const own = monthly.filter(({ day }) => day < start + 400 || day >= back);
    expect(alarmsOfOne(own, contracts)).toEqual([]);
    // Calls within the window, though before the contract begins, are none of a customer's.
    expect(
      alarmsOfOne(burst('service-call', end - 20), [{ start, end: end - 70 }, { start: end - 15 }]),
    ).toEqual([]);
    // Many calls after the end of one, before the other begins, are no habit either.
    const between = every(3, start + 420, back - 20).map((day) => ({ day, kind: 'service-call' }));
    expect(alarmsOfOne([...events(3), ...between], contracts)).toEqual([]);
    const later = [...events(3), ...between, ...burst('service-call').slice(-5)];
    expect(
      alarmsOfOne(
        later.sort((a, b) => a.day - b.day),
        contracts,
      ),
    ).toEqual(['service-calls']);
  });

  it('are expected to be asked as often as they were while contracts ran', () => {
    const scores = [start + 10, start + 100, end - 10].map((day) => ({
      day,
      kind: 'satisfaction',
      value: 4,
    }));
    const looks = (contracts: readonly ContractLiteral[]) => {
      const ledger = ledgerOf({
        customers: {},
        contracts: { a: contracts },
        events: { a: scores },
        today: end,
      });
      return scoresPerYear(signalHistory(ledger), 0, end);
    };
    expect(looks([{ start }])).toBeCloseTo(4 / (1 + 1086 / 365.25), 9);
    // From the day after the first score on: 90 days of the one contract, and 20 of the other.
    expect(looks([{ start, end: start + 101 }, { start: end - 20 }])).toBeCloseTo(4 / (1 + 110 / 365.25), 9);
  });

  it('are compared with each other by rates of the time that contracts ran', () => {
    const rateOf = (contract: ContractLiteral) => {
      const ledger = ledgerOf({
        customers: {},
        contracts: Object.fromEntries(crowd.map((code) => [code, [contract]])),
        events: Object.fromEntries(
          crowd.map((code, n) => [
            code,
            every(50, start + n + 1, start + 401).map((day) => ({ day, kind: 'service-call' })),
          ]),
        ),
        today: end,
      });
      const { counts } = fitWarnings(signalHistory(ledger), end);
      const [{ shape, days, clump }] = counts.find((model) => model !== null)!.priors;
      return (shape * clump) / days;
    };
    // Eight calls in 400 days, though 1,096 have gone by since; a contract that runs has all of them.
    expect(rateOf({ start, end: start + 401 })).toBeCloseTo(8 / 400, 3);
    expect(rateOf({ start })).toBeCloseTo(8 / 1095, 3);
  });
});

describe('what contracts change', () => {
  it('is nothing for who only orders, by the same model', () => {
    fc.assert(
      fc.property(anyContractLedger(), fc.integer({ min: 19_700, max: drawnEnd }), (ledger, today) => {
        const history = signalHistory(ledger);
        const { contracts } = history;
        const nobody = { ...contracts, offsets: contracts.offsets.map(() => 0) };
        const model = fitWarnings(history, today);
        const [found, without] = [history, { ...history, contracts: nobody }].map((own) =>
          earlyWarnings(own, model, today, { falseAlarms: 1 }),
        );
        expect(found.due).toEqual(without.due);
        for (let c = 0; c + 1 < contracts.offsets.length; c++) {
          if (contracts.offsets[c] < contracts.offsets[c + 1]) continue;
          const [own, same] = [found, without].map(({ alarms }) =>
            Object.entries(alarms).flatMap(([name, column]) =>
              name === 'offsets' ? [] : [[name, [...column.slice(alarms.offsets[c], alarms.offsets[c + 1])]]],
            ),
          );
          expect(own).toEqual(same);
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is known by the day and not before', () => {
    fc.assert(
      fc.property(anyContractLedger(), fc.integer({ min: 19_300, max: drawnEnd }), (ledger, today) => {
        const [whole, known] = [ledger, ledgerUpTo(ledger, today)].map((own) => signalHistory(own));
        const [found, expected] = [whole, known].map((own) => {
          const model = fitWarnings(own, today);
          return { model, warnings: earlyWarnings(own, model, today, { falseAlarms: 1 }) };
        });
        expect(found).toEqual(expected);
      }),
      { numRuns: 60 },
    );
  });

  it('is that who has one is watched while it runs, by what does not rest on orders', () => {
    fc.assert(
      fc.property(anyContractLedger(), fc.integer({ min: 19_300, max: drawnEnd }), (ledger, today) => {
        const history = signalHistory(ledger);
        const found = earlyWarnings(history, fitWarnings(history, today), today, { falseAlarms: 1 });
        const { alarms, due } = found;
        for (const column of [alarms.expected, alarms.seen, alarms.since, alarms.chance, alarms.yearly])
          expect(column.every((figure) => Number.isFinite(figure))).toBe(true);
        expect(alarms.since.every((day) => day <= today)).toBe(true);
        for (let c = 0; c + 1 < alarms.offsets.length; c++) {
          const { offsets } = history.orders;
          if (endOn(history.orders, c, today) - offsets[c] > 1) continue;
          expect([due.dueDay[c], due.chance[c]]).toEqual([-1, Number.NaN]);
          const own = alarmsOf(found, c);
          if (!isCustomerOn(history.contracts, c, today)) expect(own).toEqual([]);
          expect(own.filter((name) => orderSignals.has(name as never))).toEqual([]);
        }
      }),
      { numRuns: 100 },
    );
  });

  it('is that the season of orders says nothing of the visits of who orders nothing', () => {
    const twoYears = every(1, start, start + 730);
    // Every second day, and each day from November on.
    const isOpen = (day: number, n: number): boolean => (day - start) % 365 >= 304 || (day + n) % 2 === 0;
    const sellers = crowd.map((code, n) => [code, orders(twoYears.filter((day) => isOpen(day, n)))]);
    const visits = every(3, start, start + 700).map((day) => ({ day, kind: 'visit' }));
    const ledger = ledgerOf({
      customers: Object.fromEntries(sellers),
      contracts: { one: [{ start }] },
      events: { one: visits },
      today: start + 729,
    });
    const history = signalHistory(ledger);
    const model = fitWarnings(history, ledger.today);
    expect(model.rhythms.clock).not.toBeNull();
    const unclocked = { ...model, rhythms: { ...model.rhythms, clock: null } };
    const [found, expected] = [model, unclocked].map((own) => {
      const { alarms } = earlyWarnings(history, own, ledger.today);
      const at = alarms.offsets[ledger.customerCodes.indexOf('one')];
      return alarmAt(alarms, at);
    });
    expect(found).toEqual(expected);
    expect(found.name).toBe('engagement');
  });

  it('is whom the false alarms are shared for: fewer signals, each with more', () => {
    const ledger = ledgerOf({
      customers: { a: orders([start, start + 10]) },
      contracts: { b: [{ start }] },
      events: { b: events(1) },
      today: end,
    });
    const warnings = warn(ledger, end);
    const allowed = contractAllowances(warnings);
    expect(allowed.reduce((sum, own) => sum + own, 0)).toBeCloseTo(0.1, 12);
    warnings.signals.forEach(({ name, isWatched, allowance }, n) => {
      if (orderSignals.has(name) || !isWatched) expect(allowed[n]).toBe(0);
      else expect(allowed[n]).toBeGreaterThan(allowance);
    });
    // Once in 77 years: too often for who orders as well, and not for who does not.
    const twice = [12, 5].map((ago) => ({ day: end - ago, kind: 'payment-failed' }));
    expect(alarmsOfOne([...events(3), ...twice], [{ start }])).toEqual(['failed-payments']);
    expect(alarmsOfOne([...events(3), ...twice], [{ start }], orders(every(30, start, end)))).toEqual([]);
  });
});
