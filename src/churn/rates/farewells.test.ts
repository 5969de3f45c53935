import { describe, expect, it } from 'vitest';
import { type ContractLiteral, type EventLiteral, ledgerOf } from '../../customers/testing/ledger.ts';
import { staysOf } from './definition.ts';
import { causes, type FarewellOptions, farewellsOf } from './farewells.ts';
import { sourcesOf } from './testing/shops.ts';

/** Why each stay of one customer ended: whose doing, and the reason. */
function whys(
  sent: { orders?: number[]; contracts?: ContractLiteral[]; events?: EventLiteral[] },
  options?: FarewellOptions,
) {
  const ledger = ledgerOf({
    customers: { anna: (sent.orders ?? []).map((day) => ({ day, lines: ['x'] })) },
    contracts: { anna: sent.contracts ?? [] },
    events: { anna: sent.events ?? [] },
    today: 500,
  });
  const isByContracts = sent.contracts !== undefined;
  const definition = isByContracts
    ? ({ kind: 'contracts', graceDays: 5 } as const)
    : ({ kind: 'silence', days: 30 } as const);
  const { cause, reason, reasons } = farewellsOf(
    ledger,
    staysOf(sourcesOf(ledger), definition),
    isByContracts,
    options,
  );
  return Array.from(cause, (each, s) => [causes[each], reasons[reason[s]]]);
}

describe('why contracts ended', () => {
  it('is what the one says that ended last', () => {
    const contracts = [
      { start: 10, end: 50, reason: 'moved', voluntary: true },
      { start: 20, end: 50 },
      { start: 15, end: 40, reason: 'too dear' },
    ];
    expect(whys({ contracts })).toEqual([['voluntary', 'moved']]);
    expect(whys({ contracts: [{ start: 10, end: 50, voluntary: false }] })).toEqual([
      ['involuntary', undefined],
    ]);
    expect(whys({ contracts: [{ start: 10, end: 50 }] })).toEqual([['unknown', undefined]]);
    expect(whys({ contracts: [{ start: 10 }] })).toEqual([[undefined, undefined]]);
  });

  it('is told by events where contracts say nothing, also from before the end', () => {
    const events = [{ day: 20, kind: 'cancellation', reason: 'moved' }];
    expect(whys({ contracts: [{ start: 10, end: 50 }], events })).toEqual([['voluntary', 'moved']]);
    expect(whys({ contracts: [{ start: 10, end: 50, voluntary: false }], events })).toEqual([
      ['involuntary', undefined],
    ]);
    // It was of another contract.
    expect(whys({ contracts: [{ start: 30, end: 50 }], events })).toEqual([['unknown', undefined]]);
  });

  it('may be told by the reason, where the data do not say whose doing it was', () => {
    const isVoluntary = (reason: string) => (reason === 'died' ? false : undefined);
    expect(whys({ contracts: [{ start: 1, end: 9, reason: 'died' }] }, { isVoluntary })).toEqual([
      ['involuntary', 'died'],
    ]);
    expect(
      whys({ contracts: [{ start: 1, end: 9, reason: 'died', voluntary: true }] }, { isVoluntary }),
    ).toEqual([['voluntary', 'died']]);
    expect(whys({ contracts: [{ start: 1, end: 9, reason: 'odd' }] }, { isVoluntary })).toEqual([
      ['unknown', 'odd'],
    ]);
  });
});

describe('who died', () => {
  const death = { day: 110, kind: 'death' };

  it('left for that and by nobody’s will, on that day, whatever else was said', () => {
    const cancellation = { day: 108, kind: 'cancellation', reason: 'price' };
    expect(whys({ orders: [100], events: [cancellation, death] })).toEqual([['involuntary', 'died']]);
    expect(whys({ contracts: [{ start: 10 }], events: [death] })).toEqual([['involuntary', 'died']]);
    // What was ordered before does not come after death.
    expect(whys({ orders: [100, 120], events: [death] })).toEqual([['involuntary', 'died']]);
    // Gone long before: that is not why.
    expect(whys({ orders: [50], events: [death] })).toEqual([['unknown', undefined]]);
  });
});

describe('a reason by another name', () => {
  it('is told by its code, and tells whose doing a cancellation was', () => {
    const options: FarewellOptions = {
      codeOf: (text) => (text === 'relocated' ? 'moved' : text),
      isVoluntary: (code) => (code === 'moved' ? false : undefined),
    };
    const cancelled = (reason?: string) =>
      whys(
        { orders: [100], events: [{ day: 101, kind: 'cancellation', ...(reason && { reason }) }] },
        options,
      );
    expect(cancelled('relocated')).toEqual([['involuntary', 'moved']]);
    expect(cancelled('odd')).toEqual([['voluntary', 'odd']]);
    expect(cancelled()).toEqual([['voluntary', undefined]]);
    expect(whys({ contracts: [{ start: 1, end: 9, reason: 'relocated' }] }, options)).toEqual([
      ['involuntary', 'moved'],
    ]);
  });
});

describe('why customers fell silent', () => {
  it('is the last cancellation or failed payment since the last order', () => {
    const orders = [100, 200];
    expect(
      whys({
        orders,
        events: [
          { day: 99, kind: 'cancellation', reason: 'too early' },
          { day: 101, kind: 'payment-failed' },
          { day: 110, kind: 'cancellation', reason: 'price' },
          { day: 112, kind: 'complaint', reason: 'quality' },
          { day: 132, kind: 'cancellation', reason: 'too late' },
          { day: 200, kind: 'payment-failed' },
        ],
      }),
    ).toEqual([
      ['voluntary', 'price'],
      ['involuntary', 'payment-failed'],
    ]);
    expect(
      whys({
        orders,
        events: [
          { day: 150, kind: 'cancellation', reason: 'price' },
          { day: 210, kind: 'payment-failed', reason: 'card expired' },
        ],
      }),
    ).toEqual([
      // Known later than the day of leaving, and undone by the order after.
      ['unknown', undefined],
      ['involuntary', 'card expired'],
    ]);
    expect(whys({ orders, events: [{ day: 205, kind: 'cancellation' }] })[1]).toEqual([
      'voluntary',
      undefined,
    ]);
  });

  it('is not known from longer ago than the window', () => {
    const sent = { orders: [100], events: [{ day: 110, kind: 'cancellation', reason: 'price' }] };
    // Left on the day 131.
    expect(whys(sent, { windowDays: 21 })).toEqual([['voluntary', 'price']]);
    expect(whys(sent, { windowDays: 20 })).toEqual([['unknown', undefined]]);
  });
});
