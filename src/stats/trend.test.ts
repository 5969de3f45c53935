import { describe, expect, it } from 'vitest';
import { mantelHaenszel } from './mantel-haenszel.ts';
import { berkeley } from './testing/strata.ts';
import { cochranArmitage, mantelTrend, type ScoredCounts } from './trend.ts';

/** Smokers among patients of four studies (Fleiss 1981, p. 139), as R's example of prop.trend.test has them. */
const smokers: ScoredCounts[] = [
  { score: 1, cases: 83, total: 86 },
  { score: 2, cases: 90, total: 93 },
  { score: 3, cases: 129, total: 136 },
  { score: 4, cases: 70, total: 82 },
];

describe('cochranArmitage', () => {
  it('finds fewer smokers from study to study', () => {
    // R: prop.trend.test(c(83, 90, 129, 70), c(86, 93, 136, 82)): X² = 8.2249, p = 0.004132; the digits by NumPy.
    const { z, p } = cochranArmitage(smokers);
    expect(z).toBeCloseTo(-2.867912530953076, 10);
    expect(p).toBeCloseTo(0.004131897477641559, 12);
  });

  it('does not care where scores begin', () => {
    const shifted = smokers.map((group) => ({ ...group, score: 1e6 + group.score }));
    expect(cochranArmitage(shifted).z).toBeCloseTo(cochranArmitage(smokers).z, 6);
  });

  it.each([
    ['no group', []],
    ['one score', [{ score: 2, cases: 3, total: 9 }]],
    ['all of them cases', [1, 2].map((score) => ({ score, cases: 4, total: 4 }))],
  ])('tells nothing from %s', (_, groups) => {
    expect(cochranArmitage(groups)).toEqual({ z: 0, p: 1 });
  });

  it.each([
    { score: 1, cases: 3, total: 2 },
    { score: 1, cases: -1, total: 2 },
    { score: 1, cases: 0.5, total: 2 },
    { score: Number.NaN, cases: 1, total: 2 },
  ])('refuses $cases of $total at $score', (group) => {
    expect(() => cochranArmitage([group])).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});

describe('mantelTrend', () => {
  it("is Mantel and Haenszel's test for two groups", () => {
    const { n11, n10, n01, n00 } = berkeley;
    const strata = Array.from(n11, (_, s) => [
      { score: 1, cases: n11[s]!, total: n11[s]! + n10[s]! },
      { score: 0, cases: n01[s]!, total: n01[s]! + n00[s]! },
    ]);
    const { association } = mantelHaenszel(berkeley);
    const { z, p } = mantelTrend(strata);
    expect(z ** 2).toBeCloseTo(association.statistic, 10);
    expect(p).toBeCloseTo(association.p, 12);
  });

  it('does not take a difference between strata for a trend', () => {
    // Within either stratum the share is the same at both scores; together it rises from 26 % to 74 %.
    const strata = [
      [
        { score: 1, cases: 18, total: 90 },
        { score: 2, cases: 2, total: 10 },
      ],
      [
        { score: 1, cases: 8, total: 10 },
        { score: 2, cases: 72, total: 90 },
      ],
    ];
    const together = [
      { score: 1, cases: 26, total: 100 },
      { score: 2, cases: 74, total: 100 },
    ];
    expect(mantelTrend(strata).z).toBeCloseTo(0, 12);
    expect(cochranArmitage(together).z).toBeGreaterThan(6);
  });
});
