import { describe, expect, it } from 'vitest';
import { commonFeatures } from './features.ts';
import { ownTrait, tellingTraits } from './own-traits.ts';
import { behaviourSegments } from './segments.ts';
import { clusterer, documentsOf, twoSorts } from './testing/shop.ts';

const feature = (name: string, mean: number, prior: number) => ({
  ...commonFeatures.find((one) => one.name === name)!,
  ...{ mean, prior, middle: 0, spread: 1, weight: 1 },
});

describe('ownTrait', () => {
  it('is the own figure in its unit, and what it counts as beside the mean of the shop', () => {
    // Twice as much evidence as prior: 2/3 of 3 and 1/3 of 0 on a scale of logarithms of 1 + x.
    const found = ownTrait(feature('gap', 0, 1), 3, 2);
    expect(found.own).toBeCloseTo(Math.expm1(3), 12);
    expect(found.counted).toBeCloseTo(Math.expm1(2), 12);
    expect(found.evidence).toBe(2);
  });

  it('is not known without evidence, and counts as the mean of the shop', () => {
    expect(ownTrait(feature('evening', 0.25, 4), 0, 0)).toEqual({ own: null, evidence: 0, counted: 0.25 });
  });
});

describe('what is kept of customers', () => {
  it('are their own figures of the traits that tell why they are where they are', async () => {
    const ledger = twoSorts(40, 3);
    const { own, model, report } = await behaviourSegments(ledger, clusterer, {
      itemName: String,
      seed: 1,
      segments: 2,
    });
    const names = own.features.map((position) => model.features[position]!.name);
    for (const { traits } of report.segments) {
      const telling = tellingTraits(traits).map(({ name }) => name);
      expect(telling).toHaveLength(3);
      expect(names).toEqual(expect.arrayContaining(telling));
    }
    const evening = names.indexOf('evening');
    for (const customer of [0, 1, 17]) {
      const orders = documentsOf(ledger, customer);
      const late = orders.filter(({ minute }) => minute >= 17 * 60).length / orders.length;
      const at = customer * names.length + evening;
      expect(own.values[at]).toBeCloseTo(late, 6);
      expect(own.evidence[at]).toBe(orders.length);
    }
  });
});
