import { describe, expect, it } from 'vitest';
import { measureNames, measureOf } from './measures.ts';
import { type Counts, measureOfCounts } from './testing/tables.ts';

const { NaN: none, POSITIVE_INFINITY: infinite, NEGATIVE_INFINITY: belowAll } = Number;

/** What measures come to, by the case; those that are not listed are what their formula says. */
const cases: [text: string, counts: Counts, expected: Record<string, number>][] = [
  [
    'the rule always holds',
    [5, 5, 40, 100],
    {
      confidence: 1,
      conviction: infinite,
      sebag: infinite,
      counterexample: 1,
      oddsRatio: infinite,
      yuleQ: 1,
      yuleY: 1,
      RLD: 1,
      stdLift: 1,
      ralambondrainy: 0,
      // No transaction has X alone: P(XY) ln(1 / P(Y)) remains.
      jMeasure: 0.05 * Math.log(2.5),
      zhang: 1 - 35 / 95,
      relativeRisk: 95 / 35,
      lambda: 5 / 40,
      // All five in the consequent have a probability of 0.0087.
      hyperLift: 5 / 4,
    },
  ],
  [
    'the consequent never comes alone',
    [5, 40, 5, 100],
    {
      relativeRisk: infinite,
      oddsRatio: infinite,
      yuleQ: 1,
      yuleY: 1,
      zhang: 1,
      RLD: 1,
      stdLift: 1,
      doc: 0.125,
      jMeasure: 0.05 * Math.log(2.5) + 0.35 * Math.log(0.875 / 0.95),
    },
  ],
  [
    'both sides are always together',
    [20, 20, 20, 100],
    {
      phi: 1,
      chiSquared: 100,
      kappa: 1,
      mutualInformation: 1,
      lambda: 1,
      jaccard: 1,
      imbalance: 0,
      doc: 1,
      zhang: 1,
      gini: 0.32,
      relativeRisk: infinite,
      conviction: infinite,
      oddsRatio: infinite,
    },
  ],
  [
    'no transaction has neither',
    [10, 60, 50, 100],
    { oddsRatio: 0, yuleQ: -1, yuleY: -1, RLD: 1, stdLift: 0, liftLowerBound: 1 / 3, lambda: 4 / 5 },
  ],
  [
    'no transaction holds the rule',
    [0, 10, 20, 100],
    {
      lift: 0,
      counterexample: belowAll,
      sebag: 0,
      oddsRatio: 0,
      yuleQ: -1,
      yuleY: -1,
      zhang: -1,
      RLD: 1,
      stdLift: 0,
      fishersExactTest: 1,
      hyperConfidence: 0,
      hyperLift: 0,
      jMeasure: 0.1 * Math.log(1 / 0.8),
    },
  ],
  [
    'every transaction holds the consequent',
    [30, 30, 100, 100],
    {
      lift: 1,
      leverage: 0,
      conviction: none,
      oddsRatio: none,
      yuleQ: none,
      yuleY: none,
      chiSquared: 0,
      phi: 0,
      kappa: 0,
      lambda: 0,
      gini: 0,
      jMeasure: 0,
      mutualInformation: 0,
      implicationIndex: 0,
      RLD: 0,
      relativeRisk: 1,
      doc: 0,
      zhang: 0,
      stdLift: 1,
      fishersExactTest: 1,
      hyperConfidence: 0,
      hyperLift: 1,
    },
  ],
  [
    'every transaction holds the antecedent',
    [30, 100, 30, 100],
    {
      lift: 1,
      addedValue: 0,
      conviction: 1,
      doc: none,
      relativeRisk: none,
      oddsRatio: none,
      yuleQ: none,
      yuleY: none,
      chiSquared: 0,
      phi: 0,
      kappa: 0,
      lambda: 0,
      gini: 0,
      jMeasure: 0,
      mutualInformation: 0,
      implicationIndex: 0,
      RLD: 0,
      zhang: 0,
      stdLift: 1,
      importance: Math.log10(((31 / 102) * 2) / 1),
      fishersExactTest: 1,
      hyperLift: 1,
    },
  ],
  [
    'every transaction holds both',
    [7, 7, 7, 7],
    {
      lift: 1,
      leverage: 0,
      jaccard: 1,
      conviction: none,
      doc: none,
      relativeRisk: none,
      oddsRatio: none,
      phi: 0,
      kappa: 0,
      mutualInformation: 0,
      lambda: 0,
      gini: 0,
      RLD: 0,
      zhang: 0,
      stdLift: 1,
      fishersExactTest: 1,
    },
  ],
  [
    'there is one transaction',
    [1, 1, 1, 1],
    { support: 1, lift: 1, laplace: 2 / 3, liftLowerBound: 1, liftUpperBound: 1, hyperLift: 1 },
  ],
  [
    'the rule is a single transaction of a billion',
    [1, 1, 1, 1_000_000_000],
    {
      lift: 1_000_000_000,
      phi: 1,
      cosine: 1,
      leverage: 1e-9 - 1e-18,
      mutualInformation: 1,
      // Of so rare sides the quantile is 0.
      hyperLift: infinite,
      fishersExactTest: 1e-9,
      hyperConfidence: 1 - 1e-9,
    },
  ],
];

describe.each(cases)('where %s', (_, counts, expected) => {
  it.each(Object.entries(expected))('%s is %d', (name, value) => {
    const measured = measureOfCounts(name, counts);
    if (Number.isFinite(value) && value !== 0) expect(measured / value).toBeCloseTo(1, 12);
    else expect(measured).toBe(value);
  });

  it('only documented measures are no number', () => {
    const undocumented = measureNames.filter(
      (name) => Number.isNaN(measureOfCounts(name, counts)) && !measureOf(name).limits?.includes('NaN'),
    );
    expect(undocumented).toEqual([]);
  });
});

describe('hyper-lift', () => {
  it('is not a number where neither the rule nor its quantile has a transaction', () => {
    expect(measureOfCounts('hyperLift', [0, 1, 1, 1000])).toBeNaN();
  });
});
