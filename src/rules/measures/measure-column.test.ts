import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { PairwellError } from '../../errors.ts';
import { rulesOf } from '../testing/rules.ts';
import type { CountMeasure } from './measure.ts';
import { measureColumn, measureColumns } from './measure-column.ts';
import { measureNames, measures } from './measures.ts';
import { anyCounts, type Counts, measureOfCounts } from './testing/tables.ts';

const rules = rulesOf(100, [
  { from: [0], to: 1, support: 10, antecedent: 20, consequent: 40 },
  { from: [0, 2], to: 3, support: 6, antecedent: 8, consequent: 60 },
]);

describe('measureColumn', () => {
  it('measures every rule, in their order', () => {
    expect([...measureColumn(rules, 'confidence')]).toEqual([0.5, 0.75]);
    expect([...measureColumn(rules, 'lift')]).toEqual([1.25, 1.25]);
  });

  it.each(measureNames)('has no value of %s without rules', (name) => {
    expect(measureColumn(rulesOf(0, []), name, { margins: new Float64Array() })).toHaveLength(0);
  });

  it.each(['Lift', '', 'toString', '__proto__'])(
    'refuses the measure "%s" and names those there are',
    (name) => {
      const refusal = catching(() => measureColumn(rules, name));
      expect(refusal).toMatchObject({ code: 'bad-input', details: { name, known: measureNames } });
      for (const known of measureNames) expect(refusal.message).toContain(known);
    },
  );

  it('refuses impossible counts where they are looked at', () => {
    const impossible = rulesOf(10, [{ from: [0], to: 1, support: 5, antecedent: 20, consequent: 5 }]);
    expect(catching(() => measureColumn(impossible, 'fishersExactTest')).code).toBe('bad-input');
  });
});

/** Counts of rules among the same transactions, each with both directions, some twice. */
const manyCounts = fc
  .tuple(anyCounts(), fc.array(fc.double({ min: 0, max: 1, noNaN: true }), { minLength: 3, maxLength: 30 }))
  .map(([[, x, y, n], parts]) =>
    parts.flatMap((part): Counts[] => {
      const least = Math.max(1, x + y - n);
      const xy = least + Math.round(part * (Math.min(x, y) - least));
      return [
        [xy, x, y, n],
        [xy, y, x, n],
      ];
    }),
  );

describe('measureColumns', () => {
  it.each([1, 7, measureNames.length])('has what measureColumn has, %d at a time', (atOnce) => {
    const context = { margins: Float64Array.of(1, 3, 1, -2), minSupport: 2 };
    for (let at = 0; at < measureNames.length; at += atOnce) {
      const names = measureNames.slice(at, at + atOnce);
      const oneByOne = names.map((name) => measureColumn(rules, name, context));
      expect(measureColumns(rules, names, context)).toEqual(oneByOne);
    }
  });

  it('takes a name twice, and none', () => {
    const columns = measureColumns(rules, ['lift', 'improvement', 'lift']);
    expect(columns[2]).toEqual(columns[0]);
    expect([...columns[0]!]).toEqual([1.25, 1.25]);
    expect(measureColumns(rules, [])).toEqual([]);
  });

  it.each(measureNames.filter((name) => 'of' in measures[name]))(
    'has the values of %s one by one',
    (name) => {
      const { of } = measures[name] as CountMeasure;
      fc.assert(
        fc.property(manyCounts, (all) => {
          const literals = all.map(([support, antecedent, consequent]) => ({
            ...{ from: [0], to: 1, support, antecedent, consequent },
          }));
          const column = measureColumn(rulesOf(all[0]![3], literals), name);
          all.forEach((counts, r) => {
            const expected = of(...counts);
            if (!Object.is(column[r], expected)) expect(column[r]! / expected).toBeCloseTo(1, 11);
          });
        }),
      );
    },
  );
});

describe('profitPerBasket', () => {
  it('is the profit on the consequent times the confidence', () => {
    const margins = Float64Array.of(1, 3, 1, -2);
    expect([...measureColumn(rules, 'profitPerBasket', { margins })]).toEqual([1.5, -1.5]);
  });

  it('is no number where a margin is not known', () => {
    const margins = Float64Array.of(1, Number.NaN);
    expect([...measureColumn(rules, 'profitPerBasket', { margins })]).toEqual([Number.NaN, Number.NaN]);
  });

  it('is unavailable without margins', () => {
    const refusal = catching(() => measureColumn(rules, 'profitPerBasket'));
    expect(refusal).toMatchObject({ code: 'bad-input', details: { needs: 'margins' } });
    expect(refusal.message).toContain('unavailable without margins');
    expect(measures.profitPerBasket.needs).toBe('margins');
  });
});

describe('standardised lift', () => {
  it('is lift between its bounds', () => {
    fc.assert(
      fc.property(anyCounts(), (counts) => {
        const of = (name: string): number => measureOfCounts(name, counts);
        const [low, high] = [of('liftLowerBound'), of('liftUpperBound')];
        expect(of('lift')).toBeGreaterThanOrEqual(low);
        expect(of('lift')).toBeLessThanOrEqual(high * (1 + 1e-15));
        const [, x, y, n] = counts;
        if (Math.min(x, y) === Math.max(1, x + y - n)) expect(of('stdLift')).toBe(1);
        else expect(of('stdLift')).toBeCloseTo((of('lift') - low) / (high - low), 8);
      }),
    );
  });

  it('takes the thresholds of mining into account (McNicholas, Murphy and O’Regan 2008, section 3)', () => {
    fc.assert(
      fc.property(anyCounts(), fc.double({ noNaN: true, min: 0, max: 1 }), ([xy, x, y, n], part) => {
        const context = { minSupport: Math.ceil(part * xy), minConfidence: (part * xy) / x };
        const s = context.minSupport / n;
        const [px, py] = [x / n, y / n];
        const bound = Math.max(
          Math.max(px + py - 1, 1 / n) / (px * py),
          (4 * s) / (1 + s) ** 2,
          s / (px * py),
          context.minConfidence / py,
        );
        const one = rulesOf(n, [{ from: [0], to: 1, support: xy, antecedent: x, consequent: y }]);
        fc.pre(context.minSupport > 0);
        expect(measureColumn(one, 'liftLowerBound', context)[0]! / bound).toBeCloseTo(1, 9);
        const value = measureColumn(one, 'stdLift', context)[0]!;
        expect(value).toBeGreaterThanOrEqual(0);
        expect(value).toBeLessThanOrEqual(1);
      }),
    );
  });

  it('is 0 for a rule right at a threshold', () => {
    // In doubles 0.07 * 100 > 7.
    const one = rulesOf(200, [{ from: [0], to: 1, support: 7, antecedent: 100, consequent: 50 }]);
    expect(measureColumn(one, 'stdLift', { minConfidence: 0.07 })[0]).toBe(0);
    expect(measureColumn(one, 'stdLift', { minSupport: 7 })[0]).toBe(0);
  });

  it.each([{ minSupport: 0 }, { minSupport: 1.5 }, { minConfidence: -0.1 }, { minConfidence: Number.NaN }])(
    'refuses %o',
    (context) => {
      expect(catching(() => measureColumn(rules, 'stdLift', context)).code).toBe('bad-input');
    },
  );
});

function catching(call: () => unknown): PairwellError {
  try {
    call();
  } catch (error) {
    if (error instanceof PairwellError) return error;
    throw error;
  }
  throw new Error('Nothing was thrown.');
}
