import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { FuzzyFeature } from './features.ts';
import { degreeOf, fiveSets, notStated, type Partition, partitionOf, setsOf } from './partition.ts';

const amount: FuzzyFeature = { name: 'amount', kind: 'money' };

function partitioned(values: readonly number[], feature = amount): Partition {
  return partitionOf(feature, Float64Array.from(values), Int32Array.from(values.keys()));
}

const degrees = (partition: Partition, value: number): number[] =>
  fiveSets.map((_, place) => degreeOf(partition, place, value));

describe('five fuzzy sets (analytics.md, "Self-organising fuzzy rule induction", step 1)', () => {
  it('lie around the mean of the distinct values but the ends, as worked out by hand', () => {
    // Distinct without 0 and 100: 10, 15, 35, of which the mean is 20; 0 is 20 away and 100 is 80.
    const partition = partitioned([0, 10, 15, 15, 15, 35, 100]);
    expect(partition).toEqual({ kind: 'five', zero: 20, reach: 20, hasNotStated: false });
    expect(degrees(partition, 0)).toEqual([1, 0, 0, 0, 0]);
    expect(degrees(partition, 5)).toEqual([0.5, 0.5, 0, 0, 0]);
    expect(degrees(partition, 10)).toEqual([0, 1, 0, 0, 0]);
    expect(degrees(partition, 20)).toEqual([0, 0, 1, 0, 0]);
    expect(degrees(partition, 22.5)).toEqual([0, 0, 0.75, 0.25, 0]);
    expect(degrees(partition, 35)).toEqual([0, 0, 0, 0.5, 0.5]);
    // Beyond the range the outer sets hold entirely.
    expect(degrees(partition, 100)).toEqual([0, 0, 0, 0, 1]);
    expect(degrees(partition, Number.NEGATIVE_INFINITY)).toEqual([1, 0, 0, 0, 0]);
  });

  it('give every value degrees that sum up to 1, in two neighbours at most', () => {
    const values = fc.uniqueArray(fc.double({ min: -1e300, max: 1e300, noNaN: true }), { minLength: 4 });
    fc.assert(
      fc.property(values, fc.double({ noNaN: true }), (some, value) => {
        const partition = partitioned(some);
        fc.pre(partition.kind === 'five');
        for (const at of [value, ...some]) {
          const own = degrees(partition, at);
          expect(own.reduce((sum, degree) => sum + degree)).toBeCloseTo(1, 12);
          const places = [...own.keys()].filter((place) => own[place] > 0);
          expect(places.at(-1)! - places[0]).toBeLessThanOrEqual(1);
        }
      }),
    );
  });
});

describe('crisp sets', () => {
  it('are of categories, each level that occurs', () => {
    const plan: FuzzyFeature = { name: 'plan', kind: 'category', levels: ['a', 'b', 'c', 'd'].map((name) => ({ name })) }; // biome-ignore format: one line
    const partition = partitioned([3, 0, 1, 0], plan);
    expect(setsOf(partition, 5)).toEqual([0, 1, 2].map((place) => ({ feature: 5, place })));
    expect([0, 1, 2].map((place) => degreeOf(partition, place, 3))).toEqual([0, 0, 1]);
    expect([0, 1, 2].map((place) => degreeOf(partition, place, 2))).toEqual([0, 0, 0]);
  });

  it('are one where two would say the same, and of a number that takes two values the nearest counts', () => {
    const partition = partitioned([4, 8, 8]);
    expect(setsOf(partition, 0)).toEqual([{ feature: 0, place: 1 }]);
    expect([1, 4, 5.9, 6, 99].map((value) => degreeOf(partition, 1, value))).toEqual([0, 0, 0, 1, 1]);
  });
});

describe('what is not stated', () => {
  it('is a set of its own, and in no other', () => {
    const partition = partitioned([0, 10, 15, 35, 100, Number.NaN]);
    expect(partition).toMatchObject({ zero: 20, reach: 20 });
    expect(setsOf(partition, 0)).toHaveLength(6);
    expect(degrees(partition, Number.NaN)).toEqual([0, 0, 0, 0, 0]);
    expect(degreeOf(partition, notStated, Number.NaN)).toBe(1);
    expect(degreeOf(partition, notStated, 12)).toBe(0);
  });

  it('is the only set of what has one value and is else not stated', () => {
    expect(setsOf(partitioned([7, Number.NaN]), 0)).toEqual([{ feature: 0, place: notStated }]);
  });

  it('is half of every set where training never saw it', () => {
    expect(degrees(partitioned([0, 10, 15, 35, 100]), Number.NaN)).toEqual([0.5, 0.5, 0.5, 0.5, 0.5]);
  });

  it('leaves nothing where it is all, as constants do', () => {
    expect(partitioned([Number.NaN, Number.NaN])).toEqual({ kind: 'none', reason: 'all-missing' });
    expect(partitioned([3, 3])).toEqual({ kind: 'none', reason: 'constant' });
    expect(setsOf(partitioned([3, 3]), 0)).toEqual([]);
  });
});
