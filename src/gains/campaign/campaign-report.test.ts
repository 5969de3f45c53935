import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { proportionDifference } from '../../stats/proportion-difference.ts';
import { type CampaignData, campaignReport } from './campaign-report.ts';

/** So many customers by arm, of whom the first respond and spend 10 each. */
function campaign(arms: Record<string, readonly [customers: number, responses: number]>): CampaignData {
  const rows = Object.values(arms).flatMap(([customers, responses], arm) =>
    Array.from({ length: customers }, (_, n) => ({ arm, yes: n < responses ? 1 : 0 })),
  );
  return {
    armOf: Uint8Array.from(rows, ({ arm }) => arm),
    names: Object.keys(arms),
    control: 0,
    outcome: Uint8Array.from(rows, ({ yes }) => yes),
    revenue: Float64Array.from(rows, ({ yes }) => 10 * yes),
  };
}

describe('campaignReport', () => {
  const held = campaign({ 'held out': [200, 20], call: [400, 80], letter: [400, 44] });

  it('is the one worked out by hand', () => {
    const found = campaignReport(held, { contactCost: 1, value: 12, margin: 0.5, planned: [1, 2, 2] });
    expect(found.control).toBe('held out');
    expect(found.arms.map(({ name, rate }) => [name, rate])).toEqual([
      ['held out', 0.1],
      ['call', 0.2],
      ['letter', 0.11],
    ]);
    // ../shared/reference/analytics.md, "Experiments": Wilson for 10 of 50.
    const [, { rateInterval }] = campaignReport(campaign({ none: [50, 1], all: [50, 10] })).arms;
    expect(rateInterval.low).toBeCloseTo(0.112438, 6);
    expect(rateInterval.high).toBeCloseTo(0.330371, 6);
    const [call, letter] = found.effects;
    expect(call.response).toEqual(
      proportionDifference({ successes: 80, trials: 400 }, { successes: 20, trials: 200 }),
    );
    expect(call.relative).toBeCloseTo(1, 12);
    expect(call.incremental).toBeCloseTo(40, 9);
    // 40 responses of 12 for 400 contacts.
    expect(call.profitOfResponses).toMatchObject({ moneyOut: 400 });
    expect(call.profitOfResponses!.profit).toBeCloseTo(80, 9);
    // A tenth more spend 10, half of which is earned.
    expect(call.revenue!.difference).toBeCloseTo(1, 12);
    expect(call.profitOfRevenue!.profit).toBeCloseTo(200 - 400, 9);
    expect(letter.profitOfResponses!.profit).toBeCloseTo(4 * 12 - 400, 9);
    expect(letter.profitOfResponses!.high).toBeGreaterThan(letter.profitOfResponses!.profit);
    expect(letter.p).toBeGreaterThan(0.5);
    expect(call.p).toBeLessThan(0.01);
    expect(call.pAdjusted).toBeCloseTo(2 * call.p, 12);
    expect(found.sampleRatio).toMatchObject({ statistic: 0, isMismatch: false });
    expect(structuredClone(found)).toEqual(found);
  });

  it('finds no profit in responses that would have come anyhow', () => {
    const [{ profitOfResponses, incremental }] = campaignReport(
      campaign({ 'held out': [100, 50], call: [100, 50] }),
      { contactCost: 2, value: 100 },
    ).effects;
    expect(incremental).toBe(0);
    expect(profitOfResponses!.profit).toBe(-200);
  });

  it('leaves out what is not known', () => {
    const { revenue, ...bare } = held;
    const found = campaignReport(bare, { planned: undefined, level: undefined });
    expect(found).toMatchObject({ level: 0.95, sampleRatio: null });
    expect(found.effects[0]).toMatchObject({ revenue: null, profitOfResponses: null, profitOfRevenue: null });
    const silent = campaignReport(campaign({ a: [3, 0], b: [1, 1] }));
    expect(silent.effects[0]).toMatchObject({ relative: null, revenue: null, profitOfRevenue: null });
  });

  it('has figures, in order, for any arms', () => {
    const arm = fc
      .tuple(fc.integer({ min: 1, max: 60 }), fc.double({ min: 0, max: 1, noNaN: true }))
      .map(([customers, share]) => [customers, Math.round(share * customers)] as const);
    fc.assert(
      fc.property(fc.array(arm, { minLength: 2, maxLength: 4 }), (arms) => {
        const data = campaign(Object.fromEntries(arms.map((own, n) => [`arm ${n}`, own])));
        const found = campaignReport(data, { contactCost: 3, value: -2, planned: arms.map(() => 1) });
        for (const { response, profitOfResponses, p, pAdjusted } of found.effects) {
          expect(p).toBeGreaterThanOrEqual(0);
          expect(pAdjusted).toBeGreaterThanOrEqual(p);
          expect(pAdjusted).toBeLessThanOrEqual(1);
          const { low, profit, high } = profitOfResponses!;
          expect(low).toBeLessThanOrEqual(profit + 1e-9);
          expect(high).toBeGreaterThanOrEqual(profit - 1e-9);
          expect(response.low).toBeLessThanOrEqual(response.high);
        }
        const numbers = JSON.stringify(found, (_, value) =>
          typeof value === 'number' && !Number.isFinite(value) ? 'not finite' : value,
        );
        expect(numbers).not.toContain('not finite');
      }),
    );
  });

  it('refuses what is no campaign', () => {
    const wrong = (changes: Partial<CampaignData>) => () => campaignReport({ ...held, ...changes });
    expect(wrong({ names: ['all'] })).toThrow(/two at least/);
    expect(wrong({ control: 3 })).toThrow(/number 3/);
    expect(wrong({ names: [...held.names, 'nobody'] })).toThrow(/Nobody is in the arm "nobody"/);
    expect(wrong({ outcome: new Uint8Array(3) })).toThrow(/one length/);
    expect(wrong({ outcome: held.outcome.map(() => 2) })).toThrow(/outcome 2/);
    expect(wrong({ armOf: held.armOf.map(() => 7) })).toThrow(/arm 7/);
    expect(wrong({ revenue: held.revenue!.map(() => Number.NaN) })).toThrow(/NaN/);
    expect(() => campaignReport(held, { contactCost: -1 })).toThrow(/0 or more/);
    expect(() => campaignReport(held, { margin: 2 })).toThrow(/margin/);
    expect(() => campaignReport(held, { planned: [1] })).toThrow(/3 arms and 1 planned/);
  });
});
