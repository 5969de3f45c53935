import { describe, expect, it } from 'vitest';
import { probabilityOf } from '../../learn/scores.ts';
import { returnFeatures } from './return-features.ts';
import { checkReturns, fitReturns, returnScores } from './return-model.ts';
import { lostToday, pastReturns, returnScaleOf } from './return-rows.ts';
import { lostWorld } from './testing/lost-world.ts';

const planted = { base: -1, referred: 1.2, complained: -1, price: 0.8, service: -0.8 };
const at = (id: string): number => returnFeatures.findIndex((feature) => feature.id === id);

describe('fitReturns', () => {
  const sources = lostWorld(6000, planted, 9);
  const scale = returnScaleOf(sources, 800);
  const rows = pastReturns(sources, scale, { today: 800, horizonDays: 180, daysAfter: [0] });
  const model = fitReturns(rows, 180);

  it('finds what was planted', () => {
    const of = (id: string): number => Math.log(model.drivers[at(id)].oddsRatio);
    expect(of('referred')).toBeCloseTo(1.2, 0);
    expect(of('complaint-unsolved')).toBeCloseTo(-1, 0);
    expect(of('reason-price')).toBeCloseTo(0.8, 0);
    expect(of('reason-service')).toBeCloseTo(-0.8, 0);
    for (const [id, truth] of Object.entries({
      referred: 1.2,
      'complaint-unsolved': -1,
      'reason-price': 0.8,
      'reason-service': -0.8,
    })) {
      // Four standard errors: one in 16,000.
      const { interval } = model.drivers[at(id)];
      const deviation = Math.log(interval.high / interval.low) / 3.92;
      expect(Math.abs(of(id) - truth)).toBeLessThan(4 * deviation);
    }
    expect(model).toMatchObject({ evidence: 'enough', caution: null, leavings: 6000 });
    const check = checkReturns(rows, 180, 440);
    expect(check.trainingRows).toBeGreaterThan(200);
    expect(check.auc!).toBeGreaterThan(check.aucOfRecency! + 0.1);
    expect(check.logLoss!).toBeLessThan(check.logLossOfShare!);
  });

  it('expects as many back as come back, looked at once or again and again', () => {
    for (const daysAfter of [[0], [0, 60, 120]]) {
      const looks = pastReturns(sources, scale, { today: 800, horizonDays: 180, daysAfter });
      const scores = returnScores(fitReturns(looks, 180), looks);
      for (const after of daysAfter) {
        const chosen = [...looks.day.keys()].filter((row) => looks.silence[row] === 60 + after);
        const expected = chosen.reduce((sum, row) => sum + probabilityOf(scores[row]), 0) / chosen.length;
        const share = chosen.reduce((sum, row) => sum + looks.target[row], 0) / chosen.length;
        expect(Math.abs(expected - share)).toBeLessThan(0.05);
      }
    }
  });

  it('says so where there are few, and believes what is stated without any', () => {
    const few = lostWorld(40, planted, 1);
    const some = fitReturns(pastReturns(few, scale, { today: 800, horizonDays: 180, daysAfter: [0] }), 180);
    expect(some.evidence).toBe('few');
    expect(some.caution!.en).toContain('rest on stated beliefs too');
    const none = fitReturns(pastReturns(few, scale, { today: 300, horizonDays: 180, daysAfter: [0] }), 180);
    expect(none).toMatchObject({ evidence: 'none', leavings: 0, share: null, interval: null });
    for (const { oddsRatio, believed } of none.drivers) expect(oddsRatio).toBeCloseTo(believed, 12);
    // Silent for 180 days after two orders, nothing else known: one in ten, less what a silence against the rhythm takes.
    const lost = lostToday(few, scale, 799);
    expect(returnScores(none, lost).every(Number.isFinite)).toBe(true);
  });
});

describe('pastReturns', () => {
  const world = {
    stays: {
      offsets: Int32Array.of(0, 2, 3),
      from: Int32Array.of(0, 400, 0),
      left: Int32Array.of(300, -1, 350),
      lastSeen: Int32Array.of(200, 690, 300),
    },
    days: {
      offsets: Int32Array.of(0, 4, 5),
      day: Int32Array.of(0, 100, 200, 400, 300),
      spend: Float64Array.of(10, 20, 30, 1000, 5),
    },
    events: {
      offsets: Int32Array.of(0, 3, 3),
      day: Int32Array.of(290, 310, 420),
      kind: Int32Array.of(0, 1, 2),
      kinds: ['complaint', 'complaint-solved', 'referral'],
      value: new Float64Array(3).fill(Number.NaN),
      reason: Int32Array.of(-1, -1, -1),
      reasons: [],
      offer: Int32Array.of(-1, -1, -1),
      offers: [],
    },
    reasons: {
      customer: Int32Array.of(0, 1),
      stay: Int32Array.of(0, 2),
      day: Int32Array.of(300, 350),
      reason: Int32Array.of(0, -1),
      knownOn: Int32Array.of(320, -1),
      isVoluntary: Int8Array.of(1, -1),
      unread: [],
      unreadLeavings: 0,
    },
  };
  const options = { today: 700, horizonDays: 90, daysAfter: [0, 30, 120] };
  const scale = { spend: 60, gap: 50 };

  it('looks at each who left while they stay away, with what was known then', () => {
    const rows = pastReturns(world, scale, options);
    expect([...rows.stay]).toEqual([0, 0, 2, 2, 2]);
    expect([...rows.day]).toEqual([300, 330, 350, 380, 470]);
    expect([...rows.target]).toEqual([0, 1, 0, 0, 0]);
    // The third look at the first was to come on day 420; that he was back by then makes the others count no more.
    expect([...rows.weights]).toEqual(Array(5).fill(1 / 3));
    expect([...rows.silence]).toEqual([100, 130, 50, 80, 170]);
    // What the return brought, and the later referral, are not known; the solution and the reason are from day 310 and 320 on.
    expect([...rows.spend].slice(0, 2)).toEqual([60, 60]);
    const column = (id: string): number[] => [...rows.columns[at(id)]].slice(0, 2);
    expect(column('complaint-unsolved')).toEqual([1, 0]);
    expect(column('complaint-solved')).toEqual([0, 1]);
    expect(column('reason-service')).toEqual([0, 1]);
    expect(column('referred')).toEqual([0, 0]);
    expect(column('silence-in-gaps')[0]).toBeCloseTo(0, 12);
    expect(column('orders')[0]).toBeCloseTo(Math.log2(1.5), 12);
  });

  it('leaves out who was made an offer, and horizons that are not over', () => {
    const daysWith = (offered: number): number[] => [
      ...pastReturns({ ...world, offeredOn: Int32Array.of(offered, -1, -1) }, scale, options).day,
    ];
    expect(daysWith(391)).toEqual([300, 350, 380, 470]);
    expect(daysWith(390)).toEqual([350, 380, 470]);
    const early = pastReturns(world, scale, { ...options, today: 420 });
    expect([...early.day]).toEqual([300, 330]);
    expect(() => pastReturns(world, scale, { ...options, horizonDays: 0 })).toThrow('whole days from 1 on');
  });

  it('leaves out who died before the horizon’s end without coming back, and never counts the dead as lost', () => {
    const daysWith = (...died: number[]): number[] => [
      ...pastReturns({ ...world, died: Int32Array.from(died) }, scale, options).day,
    ];
    expect(daysWith(-1, 440)).toEqual([300, 330]);
    expect(daysWith(-1, 441)).toEqual([300, 330, 350]);
    // Who came back first did come back.
    expect(daysWith(410, -1)).toEqual([300, 330, 350, 380, 470]);
    expect([...lostToday({ ...world, died: Int32Array.of(-1, 900) }, scale, 390).customer]).toEqual([0]);
  });

  it('knows who is lost today', () => {
    expect([...lostToday(world, scale, 700).customer]).toEqual([1]);
    expect([...lostToday(world, scale, 390).customer]).toEqual([0, 1]);
    expect(returnScaleOf(world, 700)).toEqual({ spend: 60, gap: 100 });
  });
});
