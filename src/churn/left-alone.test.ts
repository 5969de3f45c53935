import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type ContractLiteral, type EventLiteral, ledgerOf } from '../customers/testing/ledger.ts';
import { eventTypes } from '../offers/event-types.ts';
import { deathDays, endedByDeath } from './deaths.ts';
import { banOf, contactBans, leftAlone } from './left-alone.ts';
import { staysOf } from './rates/definition.ts';
import { anyDefinition, anyShop, halving, sourcesOf } from './rates/testing/shops.ts';

const ledgerWith = (events: readonly EventLiteral[], contracts: readonly ContractLiteral[] = []) =>
  ledgerOf({ customers: { ann: [] }, events: { ann: events }, contracts: { ann: contracts }, today: 100 });

/** Kinds on the days 1, 2, 3 … */
const inTurn = (...kinds: string[]): EventLiteral[] => kinds.map((kind, n) => ({ day: n + 1, kind }));

const banAfter = (events: readonly EventLiteral[], today = 100) =>
  banOf(leftAlone(ledgerWith(events).events, today), 0);

describe('leftAlone', () => {
  it.each([
    [null, []],
    [null, ['complaint', 'referral', 'subscribe', 'opt-in']],
    ['unsubscribed', ['unsubscribe']],
    [null, ['unsubscribe', 'subscribe']],
    ['unsubscribed', ['subscribe', 'unsubscribe']],
    ['opted-out', ['opt-out', 'subscribe']],
    [null, ['opt-out', 'opt-in']],
    ['opted-out', ['opt-out', 'opt-in', 'opt-out']],
    ['do-not-contact', ['unsubscribe', 'do-not-contact', 'opt-out']],
    ['opted-out', ['do-not-contact', 'opt-in', 'opt-out', 'unsubscribe']],
    ['died', ['death', 'opt-in']],
  ])('is for %s after %j', (ban, kinds) => {
    expect(banAfter(inTurn(...kinds))).toBe(ban);
  });

  it('knows nothing of later days, and of the day itself all', () => {
    const events = inTurn('opt-out', 'opt-in', 'death');
    expect([0, 1, 2, 3].map((today) => banAfter(events, today))).toEqual([null, 'opted-out', null, 'died']);
  });

  it('is what the events say when they are gone through one by one', () => {
    const kinds = ['unsubscribe', 'subscribe', 'opt-out', 'opt-in', 'do-not-contact', 'death', 'visit'];
    const lifts: Record<string, string[]> = {
      subscribe: ['unsubscribe'],
      'opt-in': ['unsubscribe', 'opt-out', 'do-not-contact'],
    };
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...kinds), { maxLength: 12 }), (drawn) => {
        // A ban stands unless something that lifts it comes after its last time.
        const stands = (ban: string): boolean => {
          const last = drawn.lastIndexOf(ban);
          return last >= 0 && !drawn.slice(last).some((kind) => lifts[kind]?.includes(ban));
        };
        const ban = banAfter(inTurn(...drawn));
        expect(ban === 'died').toBe(drawn.includes('death'));
        if (ban === 'died') return;
        const expected = stands('do-not-contact')
          ? 'do-not-contact'
          : stands('opt-out')
            ? 'opted-out'
            : stands('unsubscribe')
              ? 'unsubscribed'
              : null;
        expect(ban).toBe(expected);
      }),
    );
  });

  it('hears of death by the reason of a cancellation, and of the last contract', () => {
    expect(banAfter([{ day: 5, kind: 'cancellation', reason: 'Passed away' }])).toBe('died');
    expect(banAfter([{ day: 5, kind: 'complaint', reason: 'died' }])).toBe(null);
    const byContracts = (...contracts: ContractLiteral[]) => {
      const ledger = ledgerWith([], contracts);
      return banOf(leftAlone(ledger.events, 100, ledger.contracts), 0);
    };
    expect(byContracts({ start: 1, end: 50, reason: 'died' })).toBe('died');
    expect(byContracts({ start: 1, end: 120, reason: 'died' })).toBe('died');
    expect(byContracts({ start: 1, end: 50, reason: 'died' }, { start: 50 })).toBe(null);
    expect(byContracts({ start: 1, end: 50, reason: 'moved' })).toBe(null);
  });

  it('says so in a number from 1 on, for columns', () => {
    const { events } = ledgerOf({
      customers: { a: [], b: [], c: [] },
      events: { b: inTurn('death'), c: inTurn('do-not-contact') },
    });
    const column = leftAlone(events, 100);
    expect(column[0]).toBe(0);
    expect(contactBans[column[1] - 1]).toBe('died');
    expect(contactBans[column[2] - 1]).toBe('do-not-contact');
  });

  it('has its kinds among the known types of events, each of a customer', () => {
    for (const kind of ['unsubscribe', 'subscribe', 'opt-out', 'opt-in', 'do-not-contact', 'death'])
      expect(eventTypes[kind]).toEqual({ ofProduct: false, ofCustomer: true });
  });
});

describe('death', () => {
  it('ends a stay on its day by any definition, and nothing begins after it', () => {
    fc.assert(
      fc.property(anyShop(), anyDefinition(), fc.nat(200), fc.nat(10), (ledger, definition, back, who) => {
        const sources = sourcesOf(ledger, halving);
        const stays = staysOf(sources, definition);
        const died = deathDays(ledger);
        const customers = died.length;
        if (customers === 0) return;
        const [customer, day] = [who % customers, ledger.today - back];
        const one = died.map((known, c) => (c === customer && known < 0 ? day : known));
        const ended = endedByDeath(stays, one, ledger.today);
        for (let c = 0; c < customers; c++) {
          const of = ({ offsets, from, left }: typeof stays) =>
            Array.from(from.subarray(offsets[c], offsets[c + 1]), (start, n) => [
              start,
              left[offsets[c] + n],
            ]);
          if (c !== customer) {
            expect(of(ended)).toEqual(of(stays));
            continue;
          }
          const kept = of(stays).filter(([start]) => start <= one[c]);
          expect(of(ended)).toEqual(
            kept.map(([start, left]) => [start, left < 0 || left > one[c] ? one[c] : left]),
          );
        }
      }),
      { numRuns: 60 },
    );
  });

  it('is the first of several, and none that is later than today', () => {
    const { events } = ledgerWith(inTurn('visit', 'death', 'death'));
    expect(deathDays({ events, today: 100 })).toEqual(Int32Array.of(2));
    expect(deathDays({ events, today: 1 })).toEqual(Int32Array.of(-1));
  });
});
