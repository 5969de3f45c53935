import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../random.ts';
import { trainTrees } from '../boost.ts';
import type { BoostedTrees } from '../boosted-trees.ts';
import { plainScorer, type TreeScorer } from '../plain-scorer.ts';
import { mixedData } from './mixed-data.ts';

/** What each scorer must do, bit by bit as the plain one does. */
export function testTreeScorer(name: string, open: (model: BoostedTrees) => TreeScorer): void {
  describe(`the ${name} scorer of trees`, () => {
    const data = mixedData(2000);
    const models = [
      trainTrees(data, { seed: 1, trees: 20 }).model,
      trainTrees(data, { seed: 1, trees: 3, maxLeaves: 256, minLeafRows: 1 }).model,
      trainTrees({ ...data, target: data.target.map(() => 1) }, { seed: 1 }).model,
    ].map((model) => [plainScorer(model), open(model)] as const);
    const value = fc.oneof(
      fc.double({ min: -1, max: 101 }),
      fc.integer({ min: 0, max: 200 }).map((half) => half / 2),
      fc.constantFrom(Number.NaN, Infinity, -Infinity, -0),
    );

    it('gives the same bits for any values', () => {
      const rows = fc.array(fc.array(value, { minLength: 5, maxLength: 5 }), { maxLength: 12 });
      fc.assert(
        fc.property(rows, fc.boolean(), (some, isSingle) => {
          const values = isSingle ? Float32Array.from(some.flat()) : Float64Array.from(some.flat());
          for (const [plain, tested] of models) {
            const [expected, found] = [new Float64Array(some.length), new Float64Array(some.length)];
            plain.score(values, some.length, expected);
            tested.score(values, some.length, found);
            expect(found).toEqual(expected);
          }
        }),
      );
    });

    it('gives the same bits for any number of rows, and leaves the rest of the room alone', () => {
      const random = seededRandom(3);
      const values = Float64Array.from({ length: 300 * 5 }, () =>
        random() < 0.1 ? Number.NaN : 100 * random(),
      );
      for (const count of [
        0, 1, 15, 16, 17, 32, 33, 48, 49, 63, 64, 65, 80, 81, 96, 97, 112, 113, 160, 161, 299,
      ]) {
        const [plain, tested] = models[0];
        const [expected, found] = [new Float64Array(300).fill(7), new Float64Array(300).fill(7)];
        plain.score(values, count, expected);
        tested.score(values, count, found);
        expect(found).toEqual(expected);
      }
    });

    it('refuses too few values and too little room', () => {
      const [, tested] = models[0];
      expect(() => tested.score(new Float64Array(9), 2, new Float64Array(2))).toThrow(/take 10 values/);
      expect(() => tested.score(new Float64Array(10), 2, new Float64Array(1))).toThrow(/room for 1/);
    });
  });
}
