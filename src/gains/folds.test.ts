import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../learn/random.ts';
import { stratifiedFolds } from './folds.ts';

describe('stratifiedFolds', () => {
  it('deal each class, and all rows, as evenly as can be', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 3 }), { minLength: 2, maxLength: 60 }),
        fc.integer({ min: 2, max: 7 }),
        fc.integer(),
        (classes, wanted, seed) => {
          const folds = Math.min(wanted, classes.length);
          const foldOf = stratifiedFolds(Uint8Array.from(classes), folds, seededRandom(seed));
          for (const own of [undefined, 0, 1, 2, 3]) {
            const counts = new Array<number>(folds).fill(0);
            for (const [row, fold] of foldOf.entries())
              if (own === undefined || classes[row] === own) counts[fold]++;
            expect(Math.max(...counts) - Math.min(...counts)).toBeLessThanOrEqual(1);
          }
        },
      ),
    );
  });

  it('are others for another seed, and need as many rows', () => {
    const classOf = new Uint8Array(100);
    const [first, second] = [1, 2].map((seed) => stratifiedFolds(classOf, 5, seededRandom(seed)));
    expect(first).not.toEqual(second);
    expect(stratifiedFolds(classOf, 5, seededRandom(1))).toEqual(first);
    expect(() => stratifiedFolds(new Uint8Array(3), 4, seededRandom(1))).toThrow(/3 rows .* 4 folds/);
    expect(() => stratifiedFolds(classOf, 1, seededRandom(1))).toThrow(/1 folds/);
  });
});
