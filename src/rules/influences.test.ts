import { describe, expect, it } from 'vitest';
import { influenceOf, promotionInfluence } from './influences.ts';

/** Admissions to Berkeley in 1973 by department: men and women, admitted and rejected (Bickel, Hammel and O'Connell, Science 1975). */
const departments = ['A', 'B', 'C', 'D', 'E', 'F'];
const berkeley = {
  n11: Int32Array.of(512, 353, 120, 138, 53, 22),
  n10: Int32Array.of(313, 207, 205, 279, 138, 351),
  n01: Int32Array.of(89, 17, 202, 131, 94, 24),
  n00: Int32Array.of(19, 8, 391, 244, 299, 317),
};
const byDepartment = { names: departments, of: Int32Array.from(departments, (_, d) => d) };

/** Tables [n11, n10, n01, n00] as columns. */
const blocks = (...tables: [number, number, number, number][]) => ({
  n11: Int32Array.from(tables, ([n11]) => n11),
  n10: Int32Array.from(tables, ([, n10]) => n10),
  n01: Int32Array.from(tables, ([, , n01]) => n01),
  n00: Int32Array.from(tables, ([, , , n00]) => n00),
});
const twoGroups = { names: ['one', 'other'], of: Int32Array.of(0, 1) };

describe('influenceOf', () => {
  it('sees that what looks like an association is made by something else', () => {
    const found = influenceOf(berkeley, byDepartment);
    expect(found.crude.estimate).toBeCloseTo(1.84108, 5);
    expect(found.common.estimate).toBeCloseTo(0.9046968, 6);
    expect(found.verdict).toBe('vanishes');
    expect(found.differsP).toBeLessThan(0.05);
    expect(found.groups[0]).toMatchObject({ name: 'A', n11: 512, n00: 19 });
  });

  it('calls a rule by what is left of it', () => {
    const even = [400, 600, 600, 2400] as [number, number, number, number];
    expect(influenceOf(blocks(even, even), twoGroups).verdict).toBe('holds');
    // Both items are common in one group and rare in the other, which adds to what they have in common.
    expect(influenceOf(blocks([900, 300, 300, 200], [20, 180, 180, 3000]), twoGroups).verdict).toBe(
      'weakens',
    );
    expect(influenceOf(blocks([640, 260, 260, 40], [2, 100, 100, 2000]), twoGroups).verdict).toBe('reverses');
  });

  it('says so when the groups have too little to find what is seen over all', () => {
    const apart = influenceOf(blocks([5, 0, 0, 5], [0, 1, 1, 0]), twoGroups);
    expect(apart.crude.estimate).toBe(25);
    expect(apart.verdict).not.toBe('vanishes');
    const thin = influenceOf(blocks([2, 2, 2, 6], [3, 2, 2, 5]), twoGroups);
    expect(thin.association.p).toBeGreaterThan(0.05);
    expect(thin.verdict).toBe('too-few-to-tell');
  });

  it.each([
    ['the one never comes without the other', blocks([9, 0, 0, 200], [7, 0, 5, 200])],
    ['the two never meet', blocks([0, 9, 30, 20], [0, 7, 40, 10])],
  ])('says nothing of an odds ratio without an interval, as %s', (_, tables) => {
    const found = influenceOf(tables, twoGroups);
    expect([found.common.low, found.common.high]).toEqual([0, Number.POSITIVE_INFINITY]);
    expect(found.association.p).toBeLessThan(0.05);
    expect(found.verdict).toBe('too-few-to-tell');
    expect(found.differsP).toBeNaN();
  });

  it('does not test whether one group differs', () => {
    const found = influenceOf(blocks([10, 20, 30, 400], [0, 5, 0, 9]), twoGroups);
    expect(found.strata).toBe(1);
    expect(found.differsP).toBeNaN();
  });

  it('leaves out what is in no group', () => {
    const half = { names: ['one'], of: Int32Array.of(0, -1) };
    const found = influenceOf(blocks([10, 20, 30, 400], [0, 1, 1, 0]), half);
    expect(found.groups).toHaveLength(1);
    expect(found.common.estimate).toBeCloseTo(found.crude.estimate, 12);
  });

  it('refuses a group of one basket, and groups that tell nothing', () => {
    expect(() => influenceOf(blocks([9, 9, 9, 9], [1, 0, 0, 0]), twoGroups)).toThrow(
      '"other" has one basket',
    );
    expect(() => influenceOf(blocks([9, 0, 0, 0], [5, 0, 3, 0]), twoGroups)).toThrow('None of the 2 strata');
  });
});

describe('promotionInfluence', () => {
  const promoted = Int32Array.of(0, 1);
  const strong: [number, number, number, number] = [60, 40, 40, 860];
  const none: [number, number, number, number] = [10, 90, 90, 810];

  it.each([
    ['holds', strong, strong],
    ['only-in-promotion', none, strong],
    ['not-in-promotion', strong, none],
    ['nowhere', none, none],
    ['holds', strong, [0, 1, 1, 3]],
    ['too-few-to-tell', [0, 1, 1, 3], strong],
    // Significant on one side alone, but no difference that could not be chance.
    ['holds', [14, 86, 90, 810], [18, 82, 90, 810]],
  ] as const)('%s', (verdict, outside, inside) => {
    const found = promotionInfluence(blocks([...outside], [...inside]), promoted);
    expect(found.verdict).toBe(verdict);
  });
});
