import { describe, expect, it } from 'vitest';
import { type EventLiteral, ledgerOf } from '../../customers/testing/ledger.ts';
import { seededRandom } from '../../learn/random.ts';
import type { Stays } from '../rates/stays.ts';
import { leavingAfter, solvedDifference } from './leaving-after.ts';
import { warningEvents } from './warning-events.ts';

/** One stay each: from day 0 to the day given, −1 for who stays. */
const staysUntil = (...left: number[]): Stays => ({
  offsets: Int32Array.from({ length: left.length + 1 }, (_, n) => n),
  from: new Int32Array(left.length),
  left: Int32Array.from(left),
  lastSeen: Int32Array.from(left, (day) => (day < 0 ? 1000 : day - 10)),
});

const eventsOf = (byCustomer: readonly (readonly EventLiteral[])[]) =>
  ledgerOf({
    customers: Object.fromEntries(byCustomer.map((_, n) => [`c${n}`, []])),
    events: Object.fromEntries(byCustomer.map((events, n) => [`c${n}`, events])),
  }).events;

describe('leavingAfter', () => {
  it('compares with who was a customer in the same month and had no such event', () => {
    // All in January 1970. Complaints on day 10: c0 leaves on day 60, c1 stays, c2 left before. Others: c3 leaves on day 80,
    // c4 and c5 stay, c6 leaves too late to count, c7 has gone by then.
    const events = eventsOf([
      [
        { day: 10, kind: 'complaint' },
        { day: 12, kind: 'complaint' },
      ],
      [{ day: 10, kind: 'complaint' }],
      [{ day: 10, kind: 'complaint' }],
      ...Array.from({ length: 5 }, () => []),
    ]);
    const stays = staysUntil(60, -1, 9, 80, -1, -1, 101, 10);
    const [after] = leavingAfter(stays, warningEvents(events), { today: 400, withinDays: 90 });
    expect(after).toMatchObject({ id: 'complaint', exposed: 2, exposedLeft: 1, others: 4, othersLeft: 1 });
    // The interval: ln 2 ± 1.96 √(1 − 1/2 + 1 − 1/4) = .693 ± 2.191.
    expect(after.riskRatio).toBeCloseTo(0.5 / 0.25, 12);
    expect(after.sentence.en).toBe(
      'Complaint: 50 % left within 90 days after it, of others in the same months 25 %: 2 times the risk (0.224 to 17.9), which may be chance.',
    );
    const short = leavingAfter(stays, warningEvents(events), { today: 99, withinDays: 90 });
    expect(short[0]).toMatchObject({ exposed: 0, others: 0, riskRatio: null });
    expect(short[0].sentence['zh-Hans']).toBe('投诉：无可比较的客户。');
  });

  it('finds a planted risk, and none in a month in which everybody leaves', () => {
    // 4,000 customers over two years. A complaint triples the chance to leave within 90 days; failed payments come only in the
    // spring of the second year, when everybody leaves more often, and do nothing themselves.
    const random = seededRandom(7);
    const left: number[] = [];
    const events: EventLiteral[][] = [];
    for (let c = 0; c < 4000; c++) {
      const own: EventLiteral[] = [];
      let until = 0;
      let gone = -1;
      for (let day = 0; day < 700 && gone < 0; day++) {
        if (random() < 0.001) {
          own.push({ day, kind: 'complaint' });
          until = day + 90;
        }
        const isSpring = day >= 450 && day < 540;
        if (random() < (isSpring ? 0.004 : 0.0002)) own.push({ day, kind: 'payment-failed' });
        if (random() < (isSpring ? 0.004 : 0.0005) * (day < until ? 3 : 1)) gone = day + 1;
      }
      left.push(gone);
      events.push(own);
    }
    const found = leavingAfter(staysUntil(...left), warningEvents(eventsOf(events)), { today: 700 });
    const [complaint, payment] = found;
    expect(complaint.riskRatio!).toBeGreaterThan(2.2);
    expect(complaint.riskRatio!).toBeLessThan(3.2);
    expect(complaint.adjustedP!).toBeLessThan(1e-6);
    expect(payment.low!).toBeLessThan(1);
    expect(payment.high!).toBeGreaterThan(1);
    // Without the months the failed payments would look like a cause.
    const crude = payment.exposedLeft / payment.exposed / (payment.othersLeft / payment.others);
    expect(crude).toBeGreaterThan(1.1);
  });

  it('covers what is true as often as it says, though customers are looked at again and again', () => {
    // Events at random do nothing; 300 shops of 150 customers, each looked at in up to twelve months that overlap.
    let covered = 0;
    const shops = 300;
    for (let shop = 0; shop < shops; shop++) {
      const random = seededRandom(shop + 1);
      const left = Array.from({ length: 150 }, () => (random() < 0.7 ? 20 + Math.floor(random() * 440) : -1));
      const events = left.map((): EventLiteral[] =>
        Array.from({ length: 3 }, () => ({ day: Math.floor(random() * 360), kind: 'complaint' })),
      );
      const [risk] = leavingAfter(staysUntil(...left), warningEvents(eventsOf(events)), { today: 460 });
      if (risk.low! <= 1 && risk.high! >= 1) covered++;
    }
    // 95 % of 300 is 285; five standard deviations are 19.
    expect(covered).toBeGreaterThan(266);
  });

  it('reads low scores and cancellations with a reason', () => {
    const events = eventsOf([
      [
        { day: 1, kind: 'satisfaction', value: 2 },
        { day: 2, kind: 'satisfaction', value: 9 },
      ],
      [
        { day: 1, kind: 'satisfaction', value: 8 },
        { day: 3, kind: 'satisfaction', value: 7 },
        { day: 3, kind: 'satisfaction' },
      ],
      [
        { day: 4, kind: 'cancellation', reason: 'price' },
        { day: 5, kind: 'cancellation' },
        { day: 6, kind: 'cancellation', reason: 'no idea' },
      ],
    ]);
    const sizes = (low?: number) =>
      Object.fromEntries(
        warningEvents(events, { lowSatisfaction: low }).map(({ id, day }) => [id, [...day]]),
      );
    expect(sizes()).toEqual({ 'low-satisfaction': [1], cancellation: [4, 6], 'cancellation-price': [4] });
    expect(sizes(7)['low-satisfaction']).toEqual([1, 3]);
  });

  it('refuses days that cannot be', () => {
    const wish = { today: 400, withinDays: 0 };
    expect(() => leavingAfter(staysUntil(1), [], wish)).toThrow(
      'withinDays: a whole number of days above 0, not 0.',
    );
  });
});

describe('solvedDifference', () => {
  it('follows both from the day on which an answer was due', () => {
    const complaint = { day: 10, kind: 'complaint' };
    const events = eventsOf([
      // Solved in time: one leaves, two stay.
      [complaint, { day: 15, kind: 'complaint-solved' }],
      [complaint, { day: 24, kind: 'complaint-solved' }],
      [complaint, { day: 10, kind: 'complaint-solved' }],
      // Not, or too late: two leave, one stays; the last left before an answer was due and tells nothing.
      [complaint, { day: 25, kind: 'complaint-solved' }],
      [complaint],
      [complaint],
      [complaint],
    ]);
    const result = solvedDifference(staysUntil(100, -1, 115, 100, 30, -1, 24), events, { today: 400 });
    expect(result).toMatchObject({ exposed: 3, exposedLeft: 1, others: 3, othersLeft: 2 });
    expect(result.riskRatio).toBeCloseTo(0.5, 12);
    expect(result.sentence['zh-Hant']).toBe(
      '投訴在 14 天內解決的客戶有 33% 流失，其餘為 67%；可能出於偶然。',
    );
  });

  it('says what is missing', () => {
    const events = eventsOf([[{ day: 10, kind: 'complaint' }]]);
    expect(solvedDifference(staysUntil(-1), events, { today: 400 }).sentence.en).toContain(
      'send the event complaint-solved',
    );
    expect(solvedDifference(staysUntil(-1), events, { today: 50 }).sentence.en).toContain('long enough');
  });
});
