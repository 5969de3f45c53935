import { describe, expect, it } from 'vitest';
import type { ChurnInsights } from '../churn/churn-insights.ts';
import { AlarmsBuilder } from '../churn/signals/alarms.ts';
import { type ModelLiteral, modelOf } from '../model/testing/model-of.ts';
import type { OfferRequest } from './offer-request.ts';
import { customer, type Given, recommenderWith, requestOf } from './testing/recommender-of.ts';

/** Ann and Ben bought tents; Eva is in the model and has bought nothing that it counts. */
const camping: ModelLiteral = {
  orders: [
    ...Array.from({ length: 6 }, () => ({ items: ['tent', 'mat'] })),
    { customer: 'ann', items: ['mat', 'lamp'] },
    { customer: 'ben', items: ['mat', 'lamp'] },
  ],
};
const category = ['camping', 'tents'];
const catalogue: Given = {
  tent: { name: 'Tent Basic 2 persons', category, price: 100 },
  'tent-4': { name: 'Tent Basic 4 persons', category, price: 150 },
};
const settings = { ...requestOf().settings, kinds: { 'cross-sell': 1, 'up-sell': 1 } };

/** What a study says in which there is alarm of Ann and Ben, and Ann has said that it was too expensive. */
function studied(): ChurnInsights {
  const builder = new AlarmsBuilder(2);
  for (let n = 0; n < 2; n++) {
    builder.add({
      ...{ name: 'order-gap', since: 0, expected: 1, seen: 9, windowDays: 0 },
      ...{ chance: 0.01, yearly: 0.01 },
    });
    builder.endCustomer();
  }
  return {
    warnings: { alarms: builder.build() },
    outlook: { forecast: null, lack: 'Too few.' },
    reasons: { stated: { codes: ['too-expensive'], newest: Int32Array.of(0, -1) } },
  } as unknown as ChurnInsights;
}

const model = modelOf(camping);
const shop = (churn: ChurnInsights | null, given: Given = {}) =>
  recommenderWith({ ...model, churn }, { ...catalogue, ...given });
const asked = (code: string | undefined, more: Partial<OfferRequest> = {}) => ({
  ...{ cart: ['tent'], settings, explain: true, ...more },
  ...(code !== undefined && { customer: customer(code) }),
});
type Answer = ReturnType<ReturnType<typeof shop>['recommend']>;
const shown = ({ offers }: Answer) =>
  offers.map(({ candidate }) => `${candidate.product.code}: ${candidate.kind}`);
const kept = ({ removed }: Answer) =>
  removed.map(({ candidate, reason, details }) => [candidate.product.code, reason, details.because]);

describe('Recommender, of customers who are about to leave over price', () => {
  it('keeps the dearer one from them alone, and all else as it is', () => {
    const plain = shop(null);
    const { recommend } = shop(studied());
    const free = plain.recommend(asked('ann'));
    expect(shown(free)).toContain('tent-4: up-sell');
    const spared = recommend(asked('ann'));
    expect(shown(spared)).toEqual(shown(free).filter((one) => one !== 'tent-4: up-sell'));
    expect(kept(spared)).toContainEqual(['tent-4', 'leaving-over-price', ['stated-reason']]);
    // Ben is about to leave, and nobody knows why; the others are not, or not known.
    for (const who of ['ben', 'zoe', undefined])
      expect(recommend(asked(who))).toEqual(plain.recommend(asked(who)));
  });

  it('offers it while it is on promotion, and where the placement does not mind', () => {
    const { recommend, put } = shop(studied());
    const free = shop(null).recommend(asked('ann'));
    const heedless = { ...settings, spareLeavingOverPrice: false };
    expect(shown(recommend(asked('ann', { settings: heedless })))).toEqual(shown(free));
    put('tent-4', { ...catalogue['tent-4'], attributes: { promotion: 'May' } });
    expect(shown(recommend(asked('ann')))).toContain('tent-4: up-sell');
    put('tent-4', { ...catalogue['tent-4'], price: 140 });
    expect(shown(recommend(asked('ann')))).not.toContain('tent-4: up-sell');
  });

  it('does not offer it as something else that is popular instead', () => {
    const { recommend } = shop(studied());
    const { offers, empty } = recommend(asked('ann', { kinds: ['up-sell'] }));
    expect(offers).toEqual([]);
    expect(empty).toEqual({ 'leaving-over-price': 1 });
    expect(shown(recommend(asked('ann'))).join()).not.toContain('tent-4');
  });
});
