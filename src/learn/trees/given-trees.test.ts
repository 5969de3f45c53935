import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { trainTrees } from './boost.ts';
import { treesGiven } from './given-trees.ts';
import { plainScorer } from './plain-scorer.ts';
import { mixedData } from './testing/mixed-data.ts';

const model = trainTrees(mixedData(2000), { seed: 1, trees: 20 }).model;
const features = 5;
const value = fc.oneof(
  fc.double({ min: -1, max: 101 }),
  fc.integer({ min: 0, max: 200 }).map((half) => half / 2),
  fc.constantFrom(Number.NaN, Infinity, -Infinity, -0),
);
const row = fc.array(value, { minLength: features, maxLength: features });

describe('treesGiven', () => {
  it('scores as the whole trees do, and does not look at what is known', () => {
    const anyKnown = fc.uniqueArray(fc.nat(features - 1));
    fc.assert(
      fc.property(row, row, anyKnown, (values, others, known) => {
        const given = treesGiven(model, new Map(known.map((feature) => [feature, values[feature]!])));
        const [expected, found] = [new Float64Array(1), new Float64Array(1)];
        plainScorer(model).score(Float64Array.from(values), 1, expected);
        const rest = values.map((one, feature) => (known.includes(feature) ? others[feature]! : one));
        plainScorer(given).score(Float64Array.from(rest), 1, found);
        expect(found).toEqual(expected);
        expect([...given.feature].filter((feature) => known.includes(feature))).toEqual([]);
      }),
    );
  });

  it('leaves a leaf of each tree where everything is known', () => {
    const given = treesGiven(model, new Map([0, 1, 2, 3, 4].map((feature) => [feature, 50])));
    expect(given.feature).toHaveLength(0);
    expect(given.leaves).toHaveLength(20);
  });
});
