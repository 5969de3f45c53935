import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../../learn/random.ts';
import type { ActionName } from './action-catalogue.ts';
import { type ActionOutcomes, actionEffects, measuredEffects } from './action-effects.ts';
import { armOf, arms } from './control-arm.ts';

const settings = { controlShare: 0.2, periodDays: 90, seed: 3 };

/** Customers of whom a third would leave, and a share `effect` of those do not if they are contacted. Who stays spends 40 ± 20. */
function simulated(
  customers: number,
  effects: Readonly<Partial<Record<ActionName, number>>>,
  random: Random,
): ActionOutcomes {
  const names = Object.keys(effects) as ActionName[];
  const action = Array.from({ length: customers }, (_, c) => names[c % names.length]);
  const arm = Uint8Array.from(action, () => 0);
  const stayed = Uint8Array.from(action, () => 0);
  for (let c = 0; c < customers; c++) {
    arm[c] = arms.indexOf(armOf(`${random()}`, 0, settings));
    const effect = arm[c] === 0 ? effects[action[c]]! : 0;
    stayed[c] = Number(random() >= (1 - effect) / 3);
  }
  return {
    action,
    arm,
    stayed,
    revenue: Float64Array.from(stayed, (is) => is * (20 + 40 * random())),
    spend: new Float64Array(customers).fill(1),
    controlShare: new Float64Array(customers).fill(settings.controlShare),
  };
}

describe('the effect of actions', () => {
  it('is found where there is one, within its interval, and told apart by action', () => {
    const outcomes = simulated(
      12_000,
      { 'update-payment': 0.4, 'due-reminder': 0, 'new-to-you': -0.3 },
      seededRandom(11),
    );
    const [all, ...each] = actionEffects(outcomes, { margin: 0.5 });
    expect(each.map(({ action, verdict }) => `${action}: ${verdict}`)).toEqual([
      'update-payment: more-stay',
      'new-to-you: fewer-stay',
      'due-reminder: not-enough',
    ]);
    expect(all).toMatchObject({ action: null, contacted: expect.any(Number) });
    expect(all.contacted + all.control).toBe(12_000);
    const { response, revenue, profitOfRevenue } = each[0].report!.effects[0];
    expect(response.low).toBeLessThan(0.4 / 3);
    expect(response.high).toBeGreaterThan(0.4 / 3);
    expect(revenue!.low).toBeLessThan((40 * 0.4) / 3);
    expect(revenue!.high).toBeGreaterThan((40 * 0.4) / 3);
    expect(profitOfRevenue!.moneyOut).toBe(each[0].contacted);
    expect(each[0].words.en).toMatch(/^It keeps customers\. Of \d+ contacted 8\d % stayed, of \d+ held out/);
    expect(each[1].words['zh-Hans']).toMatch(/应停止/);
  });

  it('is not claimed where there is none, and its interval holds as often as it says', () => {
    let [claimed, covered] = [0, 0];
    const trials = 200;
    for (let trial = 0; trial < trials; trial++) {
      const outcomes = simulated(1500, { 'due-reminder': 0, 'price-offer': 0 }, seededRandom(trial + 1));
      const [all, ...each] = actionEffects(outcomes);
      claimed += Number(each.some(({ verdict }) => verdict !== 'not-enough'));
      const { low, high } = all.report!.effects[0].response;
      covered += Number(low <= 0 && high >= 0);
    }
    // 5 % of 200, and three standard deviations more.
    expect(claimed).toBeLessThanOrEqual(19);
    expect(covered).toBeGreaterThanOrEqual(181);
  });

  it('teaches the beliefs', () => {
    const measured = measuredEffects(simulated(9000, { 'update-payment': 0.4 }, seededRandom(5)));
    const { contacted, contactedGone, control, controlGone } = measured['update-payment']!;
    expect(contacted + control).toBe(9000);
    expect(1 - contactedGone / contacted / (controlGone / control)).toBeCloseTo(0.4, 1);
  });

  it('is not enough to say while one arm has nobody', () => {
    const outcomes = simulated(50, { 'care-call': 0 }, seededRandom(2));
    const alone = { ...outcomes, arm: new Uint8Array(50) };
    for (const effect of actionEffects(alone))
      expect(effect).toMatchObject({ report: null, verdict: 'not-enough', contacted: 50, control: 0 });
    expect(actionEffects({ ...outcomes, ...empty })).toMatchObject([{ action: null, contacted: 0 }]);
    expect(measuredEffects(alone)).toEqual({});
  });

  it('is not to be trusted where the arms are not as they were dealt', () => {
    const outcomes = simulated(6000, { 'care-call': 0.5 }, seededRandom(9));
    // Who was held out and left was lost from the records.
    const kept = Int32Array.from(outcomes.action.keys()).filter(
      (c) => outcomes.arm[c] === 0 || outcomes.stayed[c] === 1,
    );
    const only = <T>(column: ArrayLike<T>) => Array.from(kept, (c) => column[c]);
    const lossy = {
      action: only(outcomes.action),
      arm: Uint8Array.from(only(outcomes.arm)),
      stayed: Uint8Array.from(only(outcomes.stayed)),
      revenue: Float64Array.from(only(outcomes.revenue)),
      spend: Float64Array.from(only(outcomes.spend)),
      controlShare: Float64Array.from(only(outcomes.controlShare)),
    };
    expect(actionEffects(lossy).map(({ verdict }) => verdict)).toEqual(['not-to-trust', 'not-to-trust']);
    expect(measuredEffects(lossy)).toEqual({});
  });
});

const empty = {
  action: [],
  arm: new Uint8Array(0),
  stayed: new Uint8Array(0),
  revenue: new Float64Array(0),
  spend: new Float64Array(0),
  controlShare: new Float64Array(0),
};
