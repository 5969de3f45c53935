import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { measureNames, measureOf } from './measures.ts';
import { anyCounts, type Counts, independentCounts, measureOfCounts } from './testing/tables.ts';

const withNeutral = measureNames.filter((name) => measureOf(name).neutral !== undefined);
const symmetric = measureNames.filter((name) => measureOf(name).isSymmetric);
const directed = measureNames.filter(
  (name) => !measureOf(name).isSymmetric && !['boost', 'LIC'].includes(name),
);

const swapped = ([xy, x, y, n]: Counts): Counts => [xy, y, x, n];

describe('measures', () => {
  it.each(measureNames)('%s stays in its range, and is a number unless its limits say otherwise', (name) => {
    const { range, limits = '' } = measureOf(name);
    fc.assert(
      fc.property(anyCounts(), (counts) => {
        const value = measureOfCounts(name, counts);
        if (Number.isNaN(value)) expect(limits).toMatch(/(?<!arules: )NaN/);
        else {
          expect(value).toBeGreaterThanOrEqual(range[0]);
          expect(value).toBeLessThanOrEqual(range[1]);
        }
      }),
      { numRuns: 500 },
    );
  });

  it.each(withNeutral)('%s has its neutral value exactly under independence', (name) => {
    const { neutral } = measureOf(name);
    fc.assert(
      fc.property(independentCounts(), (counts) => {
        const [, x, y, n] = counts;
        const value = measureOfCounts(name, counts);
        if (Number.isNaN(value)) expect(x === n || y === n).toBe(true);
        else expect(value).toBe(neutral);
      }),
    );
  });

  it.each(symmetric)('%s is symmetric', (name) => {
    fc.assert(
      fc.property(anyCounts(), (counts) => {
        const [there, back] = [measureOfCounts(name, counts), measureOfCounts(name, swapped(counts))];
        if (!Object.is(there, back)) expect(back / there).toBeCloseTo(1, 9);
      }),
    );
  });

  it.each(directed)('%s is not symmetric', (name) => {
    const counts: Counts = [3, 5, 40, 100];
    expect(measureOfCounts(name, counts)).not.toBe(measureOfCounts(name, swapped(counts)));
  });

  it('hold together', () => {
    fc.assert(
      fc.property(anyCounts(), (counts) => {
        const of = (name: string): number => measureOfCounts(name, counts);
        const near = (a: number, b: number): void => {
          if (!Object.is(a, b)) expect(Math.abs(a - b)).toBeLessThanOrEqual(1e-9 * Math.max(1, Math.abs(a)));
        };
        const [xy, x, y, n] = counts;
        near(of('lift'), of('confidence') / of('rhsSupport'));
        near(of('varyingLiaison'), of('lift') - 1);
        near(of('cosine') ** 2, of('confidence') * (xy / y));
        near(of('counterexample'), 1 - 1 / of('sebag'));
        near(of('fishersExactTest') + of('hyperConfidence'), 1);
        near(of('table.n11') + of('table.n10') + of('table.n01') + of('table.n00'), n);
        if (x === n || y === n || of('oddsRatio') === Number.POSITIVE_INFINITY) return;
        near(of('yuleQ'), (of('oddsRatio') - 1) / (of('oddsRatio') + 1));
        near(of('yuleY'), (Math.sqrt(of('oddsRatio')) - 1) / (Math.sqrt(of('oddsRatio')) + 1));
        near(of('conviction'), (1 - of('rhsSupport')) / (1 - of('confidence')));
        const [p, q] = [of('confidence'), of('confidence') - of('doc')];
        near(of('zhang'), (p - q) / Math.max(p, q));
        near(of('gini'), giniByDefinition(p, q, x / n, y / n));
        near(of('kappa'), kappaByDefinition(counts));
      }),
    );
  });
});

function giniByDefinition(p: number, q: number, left: number, right: number): number {
  const squares = (share: number): number => share ** 2 + (1 - share) ** 2;
  return left * squares(p) + (1 - left) * squares(q) - squares(right);
}

function kappaByDefinition([xy, x, y, n]: Counts): number {
  const agreed = (n - x - y + 2 * xy) / n;
  const expected = (x * y + (n - x) * (n - y)) / n ** 2;
  return (agreed - expected) / (1 - expected);
}
