import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type EventLiteral, ledgerOf } from '../../customers/testing/ledger.ts';
import { deathDays } from '../deaths.ts';
import { staysOf } from '../rates/definition.ts';
import { sourcesOf } from '../rates/testing/shops.ts';
import { leavingReasons } from '../reasons/leaving-reasons.ts';
import { offersMade } from './offers-made.ts';

const ids = ['discount', 'upgrade'];
const today = 500;
const offer = (day: number, name = 'discount'): EventLiteral => ({ day, kind: 'winback-offer', offer: name });

/** Customers who leave by 30 days of silence: who ordered on day 100 is lost from day 131 on. */
function made(
  customers: Readonly<Record<string, readonly number[]>>,
  events: Readonly<Record<string, readonly EventLiteral[]>>,
  horizonDays = 60,
) {
  const ledger = ledgerOf({
    customers: Object.fromEntries(
      Object.entries(customers).map(([code, days]) => [code, days.map((day) => ({ day, lines: ['x'] }))]),
    ),
    events,
    today,
  });
  const stays = staysOf(sourcesOf(ledger), { kind: 'silence', days: 30 });
  const reasons = leavingReasons(stays, ledger.events, ledger.contracts);
  const died = deathDays(ledger);
  const result = offersMade({ stays, events: ledger.events, reasons, died }, ids, { today, horizonDays });
  return { ...result, stays };
}

const nothing = { made: 0, answered: 0, open: 0, reminders: 0, notLost: 0, died: 0, unknown: 0, others: [] };

describe('offersMade', () => {
  it('counts who is back within the horizon, by the reason that was known', () => {
    const { answers, offerOfStay, offeredOn, tally } = made(
      { in: [100, 210], late: [100, 211], never: [100], same: [100, 150] },
      {
        in: [{ day: 105, kind: 'cancellation', reason: 'price' }, offer(150)],
        late: [offer(150)],
        never: [offer(150, 'upgrade'), { day: 155, kind: 'cancellation', reason: 'price' }],
        same: [offer(150)],
      },
    );
    expect(answers).toEqual([
      { offer: 'discount', group: 'price', offered: 1, wonBack: 1 },
      { offer: 'discount', group: 'unknown', offered: 2, wonBack: 1 },
      { offer: 'upgrade', group: 'unknown', offered: 1, wonBack: 0 },
    ]);
    expect(tally).toEqual({ ...nothing, made: 4, answered: 4 });
    // Two stays each but for who never came back; the second began with the discount where it was in time.
    expect(Array.from(offerOfStay)).toEqual([-1, 0, -1, -1, -1, -1, 0]);
    expect(Array.from(offeredOn)).toEqual([150, -1, 150, -1, 150, 150, -1]);
  });

  it('waits for the horizon of those who are back, as of those who are not', () => {
    const { answers, offerOfStay, tally } = made(
      { back: [400, 460], away: [400], done: [400] },
      { back: [offer(450)], away: [offer(441)], done: [offer(440)] },
    );
    expect(answers).toEqual([{ offer: 'discount', group: 'unknown', offered: 1, wonBack: 0 }]);
    expect(tally).toEqual({ ...nothing, made: 3, answered: 1, open: 2 });
    expect(offerOfStay[1]).toBe(0);
  });

  it('gives a return to the last offer, and takes the same one again for a reminder', () => {
    const { answers, tally } = made(
      { ann: [100, 180] },
      { ann: [offer(140), offer(150), offer(160, 'upgrade')] },
    );
    expect(answers).toEqual([
      { offer: 'discount', group: 'unknown', offered: 1, wonBack: 0 },
      { offer: 'upgrade', group: 'unknown', offered: 1, wonBack: 1 },
    ]);
    expect(tally).toEqual({ ...nothing, made: 3, answered: 2, reminders: 1 });
  });

  it('learns nothing from offers to customers who were not lost, who died, or that nobody knows', () => {
    const { answers, offerOfStay, offeredOn, tally } = made(
      { early: [100], dead: [100], odd: [100, 190] },
      {
        early: [offer(90), offer(120), offer(900)],
        dead: [offer(150), { day: 170, kind: 'death' }],
        odd: [offer(150, 'free-month')],
        prospect: [offer(10)],
      },
    );
    expect(answers).toEqual([]);
    expect(tally).toEqual({
      ...{ ...nothing, made: 5, notLost: 3, died: 1, unknown: 1 },
      others: [{ offer: 'free-month', made: 1 }],
    });
    // Whoever had an offer since the last order does not come back by himself.
    expect(offeredOn[0]).toBe(120);
    // A life that began with an unknown offer is neither one without nor one of those known.
    expect(Array.from(offerOfStay)).toEqual([-1, -1, -1, 2]);
  });

  it('loses no offer, and knows nothing of later days', () => {
    const day = fc.integer({ min: 0, max: today });
    const sent = fc.record({ day, offer: fc.constantFrom('discount', 'upgrade', 'odd') });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.array(day, { maxLength: 5 }), fc.array(sent, { maxLength: 5 }), fc.boolean()), {
          maxLength: 5,
        }),
        fc.integer({ min: 1, max: 200 }),
        (customers, horizon) => {
          const result = made(
            Object.fromEntries(customers.map(([days], n) => [`c${n}`, days])),
            Object.fromEntries(
              customers.map(([, offers, dies], n) => [
                `c${n}`,
                [
                  ...offers.map(({ day: on, offer: name }) => offer(on, name)),
                  ...(dies ? [{ day: 300, kind: 'death' }] : []),
                ],
              ]),
            ),
            horizon,
          );
          const { made: all, answered, open, reminders, notLost, died, unknown, others } = result.tally;
          expect(all).toBe(customers.reduce((sum, [, offers]) => sum + offers.length, 0));
          expect(answered + open + reminders + notLost + died + unknown).toBe(all);
          expect(others.reduce((sum, other) => sum + other.made, 0)).toBe(unknown);
          expect(result.answers.reduce((sum, one) => sum + one.offered, 0)).toBe(answered);
          // A stay begins with an offer only where one was made in the silence before it.
          result.offerOfStay.forEach((known, stay) => {
            if (known >= 0) expect(result.offeredOn[stay - 1]).toBeGreaterThanOrEqual(0);
          });
        },
      ),
    );
  });
});
