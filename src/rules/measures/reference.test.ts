import { describe, expect, it } from 'vitest';
import { withSharedFile } from '../../../test/support/shared-data.ts';
import { measureColumn } from './measure-column.ts';
import { readReference } from './testing/reference.ts';
import { measureOfCounts } from './testing/tables.ts';

/** Where these would need 0 ln 0, or odds of ∞, arules has NaN and we the limit: see the tests of limits. */
const limitsInsteadOfNaN = ['jMeasure', 'mutualInformation', 'yuleQ', 'yuleY'];

describe('measures of twelve rules of Groceries', () => {
  agreesWithArules(new URL('../../../test/fixtures/groceries-measures.tsv', import.meta.url), 12);
});

withSharedFile('reference/groceries-measures.tsv', "arules' measures of sixty rules", (file) => {
  describe('measures of sixty rules of Groceries', () => agreesWithArules(file, 60));
});

describe('measures of two rules of Groceries', () => {
  // Computed by SciPy and by a second program.
  it.each([
    ['confidence', [69, 160, 1072, 9835], 0.43125],
    ['lift', [69, 160, 1072, 9835], 3.956477],
    ['fishersExactTest', [69, 160, 1072, 9835], 6.170028e-26],
    ['chiSquared', [466, 1072, 1903, 9835], 448.5699],
    ['oddsRatio', [466, 1072, 1903, 9835], 3.920337],
    ['fishersExactTest', [466, 1072, 1903, 9835], 1.657676e-83],
  ] as const)('%s of %j is %d', (name, counts, value) => {
    expect(measureOfCounts(name, counts) / value).toBeCloseTo(1, 6);
  });
});

function agreesWithArules(file: string | URL, size: number): void {
  const { rules, expected } = readReference(file);

  it('are there for all columns', () => {
    expect(expected.size).toBe(49);
    expect(rules.consequent).toHaveLength(size);
  });

  it.each([...expected])('%s is that of arules', (name, values) => {
    const column = measureColumn(rules, name);
    values.forEach((value, rule) => {
      const where = `${name} of rule ${rule}: ${column[rule]}, arules ${value}`;
      if (Number.isNaN(value)) {
        expect(limitsInsteadOfNaN).toContain(name);
        expect(column[rule], where).toSatisfy(Number.isFinite);
      } else if (column[rule] !== value) {
        expect(Math.abs(column[rule]! / value - 1), where).toBeLessThan(1e-9);
      }
    });
  });
}
