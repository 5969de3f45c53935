import { describe, expect, it } from 'vitest';
import { type ContractLiteral, type EventLiteral, ledgerOf } from '../../customers/testing/ledger.ts';
import type { Stays } from '../rates/stays.ts';
import { leavingReasons } from './leaving-reasons.ts';
import { reasonCodes } from './reason-codes.ts';
import { reasonReport } from './reason-report.ts';

const cancelled = (day: number, reason?: string): EventLiteral => ({
  day,
  kind: 'cancellation',
  ...(reason && { reason }),
});

/** Each stays from day 0, is last seen on day 100 and has left on day 150. */
function reasonsOf(
  people: readonly { events?: EventLiteral[]; contracts?: ContractLiteral[] }[],
  stays: Partial<Stays> = {},
  options = {},
) {
  const named = <Value>(pick: (one: (typeof people)[number]) => Value) =>
    Object.fromEntries(people.map((one, n) => [`c${n}`, pick(one)]));
  const { events, contracts } = ledgerOf({
    customers: named(() => []),
    events: named(({ events = [] }) => events),
    contracts: named(({ contracts = [] }) => contracts),
    today: 1000,
  });
  const all = {
    offsets: Int32Array.from({ length: people.length + 1 }, (_, n) => n),
    from: new Int32Array(people.length),
    left: new Int32Array(people.length).fill(150),
    lastSeen: new Int32Array(people.length).fill(100),
    ...stays,
  };
  const found = leavingReasons(all, events, contracts, options);
  return { ...found, codes: [...found.reason].map((at) => reasonCodes[at]?.code ?? null) };
}

describe('leavingReasons', () => {
  it('takes the last word, of the days about the leaving', () => {
    const { codes, knownOn, isVoluntary, unread, unreadLeavings } = reasonsOf([
      { events: [cancelled(99, 'price'), cancelled(120, 'Moved away')] },
      { events: [cancelled(99, 'price'), cancelled(120)] },
      { events: [cancelled(69, 'price'), cancelled(181, 'price')] },
      { events: [cancelled(70, 'price')] },
      { events: [cancelled(180, 'quality')] },
      { events: [cancelled(120, 'whatever')] },
      { events: [cancelled(90, 'price'), cancelled(120, 'whatever')] },
      { events: [{ day: 110, kind: 'payment-failed' }] },
      { events: [{ day: 110, kind: 'payment-failed' }, cancelled(105, 'rude staff')] },
      {},
    ]);
    expect(codes).toEqual([
      'moved',
      'too-expensive',
      null,
      'too-expensive',
      'poor-quality',
      null,
      'too-expensive',
      'payment-failed',
      'rude-staff',
      null,
    ]);
    expect([...isVoluntary]).toEqual([0, 1, -1, 1, 1, -1, 1, 0, 1, -1]);
    expect([...knownOn]).toEqual([120, 99, -1, 70, 180, -1, 90, 110, 105, -1]);
    expect(unread).toEqual(['whatever']);
    expect(unreadLeavings).toBe(1);
  });

  it('asks the contract where nobody said it, and who ended it', () => {
    const contract = (end: number, more: object = {}): ContractLiteral => ({ start: 0, end, ...more });
    const { codes, isVoluntary } = reasonsOf([
      { contracts: [contract(101, { reason: 'price', voluntary: true })] },
      {
        contracts: [contract(101, { reason: 'price', voluntary: false })],
        events: [cancelled(100, 'quality')],
      },
      { contracts: [contract(300, { reason: 'price' })] },
    ]);
    expect(codes).toEqual(['too-expensive', 'poor-quality', null]);
    expect([...isVoluntary]).toEqual([1, 0, -1]);
  });

  it('knows who died then, whatever else was said', () => {
    const death: EventLiteral = { day: 110, kind: 'death' };
    const { codes, knownOn, isVoluntary } = reasonsOf([
      { events: [cancelled(105, 'price'), death, cancelled(130, 'not needed')] },
      { events: [death], contracts: [{ start: 0, end: 120, reason: 'price', voluntary: true }] },
      { events: [{ ...death, day: 181 }] },
      { events: [{ ...death, day: 69 }] },
    ]);
    expect(codes).toEqual(['died', 'died', null, null]);
    expect([...knownOn]).toEqual([110, 110, -1, -1]);
    expect([...isVoluntary]).toEqual([0, 0, -1, -1]);
  });

  it('does not mistake what is said after a return for a reason of before, nor look ahead', () => {
    const twice = {
      offsets: Int32Array.of(0, 2),
      from: Int32Array.of(0, 160),
      left: Int32Array.of(150, 300),
      lastSeen: Int32Array.of(100, 250),
    };
    const people = [{ events: [cancelled(165, 'price')] }];
    expect(reasonsOf(people, twice).codes).toEqual([null, null]);
    expect(reasonsOf([{ events: [cancelled(240, 'price')] }], twice).codes).toEqual([null, 'too-expensive']);
    expect(reasonsOf([{ events: [cancelled(170, 'price')] }], {}, { until: 160 }).codes).toEqual([null]);
    expect(reasonsOf(people, {}, { until: 149 }).codes).toEqual([]);
  });
});

describe('reasonReport', () => {
  const leavings = {
    customer: Int32Array.of(0, 1, 2, 3, 4),
    stay: Int32Array.of(0, 1, 2, 3, 4),
    day: Int32Array.of(5, 40, 41, 42, 400),
    reason: Int32Array.from(['late-delivery', 'too-expensive', 'died', '', 'moved'], (code) =>
      reasonCodes.findIndex((reason) => reason.code === code),
    ),
    knownOn: Int32Array.of(5, 40, 41, -1, 400),
    isVoluntary: Int8Array.of(1, 1, 0, -1, 0),
    unread: ['because'],
    unreadLeavings: 1,
  };

  it('adds up, with the unknown told as such', () => {
    const revenue = Float64Array.of(100, 300, Number.NaN, 50, 9);
    const report = reasonReport(leavings, { from: 0, to: 100, revenue });
    expect(report).toMatchObject({
      left: 4,
      known: 3,
      unknown: 1,
      voluntary: 2,
      involuntary: 1,
      voluntaryUnknown: 1,
      revenueLost: 450,
      revenueLostUnknownReason: 50,
      withoutRevenue: 1,
      months: [
        { month: '1970-01', left: 1, unknown: 0, byFamily: [1, 0, 0, 0, 0] },
        { month: '1970-02', left: 3, unknown: 1, byFamily: [0, 0, 1, 0, 1] },
      ],
    });
    expect(report.families.map(({ left }) => left)).toEqual([1, 0, 1, 0, 1]);
    expect(report.families[2]).toMatchObject({ share: 0.25, shareOfKnown: 1 / 3, revenueLost: 300 });
    // Wilson's interval for 1 of 4.
    expect(report.families[2].interval!.low).toBeCloseTo(0.0456, 4);
    expect(report.families[2].interval!.high).toBeCloseTo(0.6994, 4);
    expect(report.codes.map(({ code }) => code).sort()).toEqual(['died', 'late-delivery', 'too-expensive']);
    expect(report.causes.find(({ cause }) => cause === 'involuntary')!.left).toBe(1);
    expect(report.sentences.map(({ en }) => en)).toEqual([
      '4 left; the reason is known for 3 of them (75 %), and unknown for 1.',
      'The commonest known reason is “Late delivery”: 1 of them, 33 % of the known.',
      '“Too expensive” cost most: 300 a year, 67 % of the revenue that left.',
      '1 of them did not decide it themselves.',
      'Reasons that there are not: because.',
    ]);
  });

  it('sees a reason grow from month to month, and says so once it is no chance', () => {
    const grow = (perMonth: readonly (readonly [price: number, other: number])[]) => {
      const rows = perMonth.flatMap(([price, other], month) =>
        [...Array(price + other).keys()].map((n) => ({
          day: month * 31 + 3,
          at: n < price ? 'too-expensive' : 'moved',
        })),
      );
      const columns = {
        customer: Int32Array.from(rows.keys()),
        stay: Int32Array.from(rows.keys()),
        day: Int32Array.from(rows, ({ day }) => day),
        reason: Int32Array.from(rows, ({ at }) => reasonCodes.findIndex(({ code }) => code === at)),
        knownOn: Int32Array.from(rows, ({ day }) => day),
        isVoluntary: new Int8Array(rows.length),
        unread: [],
        unreadLeavings: 0,
      };
      return reasonReport(columns, { from: 0, to: 1000 });
    };
    const growing = grow([
      [5, 45],
      [15, 35],
      [30, 20],
    ]);
    expect(growing.families[2].trend!.z).toBeGreaterThan(4);
    expect(growing.sentences.map((told) => told['zh-Hans'])).toContain('“价格”在流失客户中的占比逐月上升。');
    const flat = grow([
      [10, 40],
      [11, 39],
      [10, 40],
    ]);
    expect(flat.families[2].trend!.adjustedP).toBe(1);
    expect(flat.sentences.some(({ en }) => en.includes('grows'))).toBe(false);
  });

  it('has no shares of nobody', () => {
    const report = reasonReport(leavings, { from: 50, to: 60 });
    expect(report).toMatchObject({ left: 0, known: 0, codes: [], months: [] });
    expect(report.families[0]).toMatchObject({
      share: null,
      interval: null,
      shareOfKnown: null,
      trend: null,
    });
    expect(report.sentences).toHaveLength(1);
    expect(() => reasonReport(leavings, { from: 9, to: 8 })).toThrow('from day 9 to 8');
  });
});
