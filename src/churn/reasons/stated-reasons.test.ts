import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ContractLiteral, type EventLiteral, ledgerOf } from '../../customers/testing/ledger.ts';
import { readReason } from './read-reason.ts';
import { statedReasons } from './stated-reasons.ts';

interface Person {
  readonly events?: readonly EventLiteral[];
  readonly contracts?: readonly ContractLiteral[];
}

/** Of days 100 to 464, the last of which is today. */
function newestOf(people: readonly Person[]) {
  const named = <Value>(pick: (one: Person) => Value) =>
    Object.fromEntries(people.map((one, n) => [`c${n}`, pick(one)]));
  const { events, contracts } = ledgerOf({
    customers: named(() => []),
    events: named(({ events = [] }) => events),
    contracts: named(({ contracts = [] }) => contracts),
    today: 464,
  });
  const { codes, newest } = statedReasons(events, contracts, { from: 100, to: 464 });
  expect(new Set(codes).size).toBe(codes.length);
  return [...newest].map((at) => codes[at] ?? null);
}

const said = (day: number, reason?: string, kind = 'cancellation'): EventLiteral => ({
  day,
  kind,
  ...(reason !== undefined && { reason }),
});
const until = (end: number | undefined, reason?: string): ContractLiteral => ({
  start: 0,
  ...(end !== undefined && { end }),
  ...(reason !== undefined && { reason }),
});

describe('statedReasons', () => {
  it('are the newest that can be read, of any kind of event', () => {
    expect(
      newestOf([
        { events: [said(200, 'Too expensive'), said(201, 'moved')] },
        { events: [said(200, 'moved'), said(201, 'price', 'complaint'), said(202, undefined, 'visit')] },
        { events: [said(200, 'price'), said(300, 'whatever')] },
        { events: [said(300, 'whatever')] },
        {},
      ]),
    ).toEqual(['moved', 'too-expensive', 'too-expensive', null, null]);
  });

  it('are not older than asked', () => {
    expect(newestOf([{ events: [said(99, 'price')] }, { events: [said(100, 'price')] }])).toEqual([
      null,
      'too-expensive',
    ]);
    expect(newestOf([{ contracts: [until(99, 'price')] }, { contracts: [until(100, 'price')] }])).toEqual([
      null,
      'too-expensive',
    ]);
  });

  it('are those of contracts that ended as well, or of which notice is given', () => {
    expect(
      newestOf([
        { contracts: [until(300, 'cheaper elsewhere')], events: [said(299, 'moved')] },
        { contracts: [until(300, 'cheaper elsewhere')], events: [said(300, 'moved')] },
        { contracts: [until(700, 'price raised')], events: [said(463, 'moved')] },
        { contracts: [until(700, 'price raised')], events: [said(464, 'moved')] },
        { contracts: [until(undefined, 'price raised')] },
        { contracts: [until(300, 'price'), { ...until(250, 'moved'), start: 200 }] },
      ]),
    ).toEqual(['cheaper-elsewhere', 'moved', 'price-raised', 'moved', null, 'too-expensive']);
  });

  it('are the last ones of all that somebody said in these days', () => {
    const reasons = ['price', 'moved', 'rude staff', 'whatever'];
    const spoken = fc.record({ day: fc.integer({ min: 90, max: 464 }), reason: fc.constantFrom(...reasons) });
    const person = fc.record({
      events: fc.uniqueArray(spoken, { selector: ({ day }) => day, maxLength: 5 }),
      ends: fc.uniqueArray(spoken, { selector: ({ day }) => day, maxLength: 3 }),
    });
    fc.assert(
      fc.property(fc.array(person, { minLength: 1, maxLength: 4 }), (people) => {
        const expected = people.map(({ events, ends }) => {
          const all = [...ends, ...events].filter(({ day, reason }) => day >= 100 && reason !== 'whatever');
          const last = all.toSorted((a, b) => a.day - b.day).at(-1);
          return last ? readReason(last.reason).reason!.code : null;
        });
        const literals = people.map(({ events, ends }) => ({
          events: events.map(({ day, reason }) => said(day, reason)),
          contracts: ends.map(({ day, reason }) => until(day, reason)),
        }));
        expect(newestOf(literals)).toEqual(expected);
      }),
    );
  });
});
