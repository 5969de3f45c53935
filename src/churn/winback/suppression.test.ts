import { describe, expect, it } from 'vitest';
import { type EventLiteral, ledgerOf } from '../../customers/testing/ledger.ts';
import { reasonCodes } from '../reasons/reason-codes.ts';
import { type Suppression, suppressed } from './suppression.ts';

const cases: readonly [Suppression | null, string | null, readonly EventLiteral[]][] = [
  [null, null, []],
  [null, 'too-expensive', [{ day: 70, kind: 'complaint' }]],
  ['complained', 'too-expensive', [{ day: 71, kind: 'complaint' }]],
  ['left-alone', null, [{ day: 5, kind: 'unsubscribe' }]],
  [
    null,
    null,
    [
      { day: 5, kind: 'unsubscribe' },
      { day: 6, kind: 'opt-in' },
    ],
  ],
  [
    null,
    null,
    [
      { day: 80, kind: 'complaint' },
      { day: 85, kind: 'complaint-solved' },
    ],
  ],
  [
    'complained',
    null,
    [
      { day: 80, kind: 'complaint-solved' },
      { day: 85, kind: 'complaint' },
    ],
  ],
  ['offered', null, [{ day: 71, kind: 'winback-offer', offer: 'discount' }]],
  [null, null, [{ day: 70, kind: 'winback-offer', offer: 'discount' }]],
  ['left-alone', 'too-many-messages', []],
  ['left-alone', 'ended-by-shop', [{ day: 5, kind: 'opt-out' }]],
  ['ended-by-shop', 'ended-by-shop', [{ day: 90, kind: 'complaint' }]],
  ['died', 'died', [{ day: 5, kind: 'opt-out' }]],
  ['died', 'too-many-messages', [{ day: 5, kind: 'death' }]],
];

describe('suppressed', () => {
  const { events } = ledgerOf({
    customers: Object.fromEntries(cases.map((_, n) => [`c${n}`, []])),
    events: Object.fromEntries(cases.map(([, , own], n) => [`c${n}`, own])),
    today: 100,
  });
  const customers = Int32Array.from(cases.keys());
  const reasons = Int32Array.from(cases, ([, reason]) =>
    reasonCodes.findIndex(({ code }) => code === reason),
  );

  it('leaves alone whom contact would hurt, by the weightiest cause', () => {
    expect(suppressed(customers, reasons, events, { today: 100 })).toEqual(cases.map(([why]) => why));
  });

  it('hears what the shop states, and how long it keeps quiet', () => {
    const leftAlone = Uint8Array.from(cases, (_, n) => Number(n === 0));
    expect(suppressed(customers, reasons, events, { today: 100, leftAlone })[0]).toBe('left-alone');
    expect(suppressed(customers, reasons, events, { today: 100, quietDays: 31 })[1]).toBe('complained');
    expect(() => suppressed(customers, reasons, events, { today: 100, quietDays: -1 })).toThrow(
      '0 or more, not -1',
    );
  });
});
