import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { areaUnderCurve, logLoss, probabilityOf } from '../scores.ts';
import type { TrainingData } from '../training-data.ts';
import { trainTrees } from './boost.ts';
import { treeCount } from './boosted-trees.ts';
import { plainScorer } from './plain-scorer.ts';
import { mixedData, rowsOf } from './testing/mixed-data.ts';
import type { TreeOptions } from './tree-options.ts';

const first = (count: number): Int32Array => Int32Array.from({ length: count }, (_, n) => n);

function scored(data: TrainingData, options: Omit<TreeOptions, 'seed'> & { seed?: number }): Float64Array {
  const { model } = trainTrees(data, { seed: 1, ...options });
  const out = new Float64Array(data.table.rows);
  plainScorer(model).score(rowsOf(data), data.table.rows, out);
  return out;
}

/** One feature. */
const single = (
  values: readonly number[],
  target: readonly number[],
  weights?: readonly number[],
): TrainingData => ({
  table: { rows: values.length, columns: [Float64Array.from(values)] },
  target: Uint8Array.from(target),
  weights: weights && Float64Array.from(weights),
});

describe('boosted trees', () => {
  it('are what they are worked out to be by hand', () => {
    // p = 1/2 at first: gradients ±1/2, second derivatives 1/4. Three noughts below 3.5, then one nought among four ones.
    const data = single([1, 2, 3, 4, 5, 6, 7, 8], [0, 0, 0, 1, 1, 1, 0, 1]);
    const { model, importance } = trainTrees(data, { seed: 1, trees: 1, maxLeaves: 2, minLeafRows: 1, l2: 0.25, learningRate: 0.5 }); // biome-ignore format: one line
    expect(model.baseline).toBe(0);
    expect([...model.cuts]).toEqual([3.5]);
    // −G / (H + λ): −1.5 / (0.75 + 0.25) and 1.5 / (1.25 + 0.25), of which half counts.
    expect([...model.leaves]).toEqual([-0.75, 0.5]);
    // By second derivatives: (−0.75 · 0.75 + 0.5 · 1.25) / 2.
    expect([...model.means]).toEqual([0.03125]);
    expect([...importance]).toEqual([1]);
  });

  it('give what scikit-learn gives', () => {
    // HistGradientBoostingClassifier 1.9.1 (early_stopping=False) on the first 2,000 of these rows: AUC of the other 1,000,
    // decision_function of rows 0–2 and 2000–2002. Bins are the same, as there are only 100 values.
    const data = { ...mixedData(3000), trainingRows: first(2000) };
    const peer = [
      {
        options: { trees: 50 },
        auc: 0.68977,
        scores: [-0.70056397, 2.13150499, 1.87003578, -1.60234247, 1.06593341, 1.16009951],
      },
      {
        // max_leaf_nodes=8, l2_regularization=3, min_samples_leaf=5, max_depth=4
        options: { trees: 30, maxLeaves: 8, l2: 3, minLeafRows: 5, maxDepth: 4 },
        auc: 0.71391,
        scores: [-0.73300204, 1.12371611, 0.71727787, -1.06247072, 0.76262315, 0.58109112],
      },
    ];
    for (const { options, auc, scores } of peer) {
      const found = scored(data, options);
      for (const [n, score] of scores.entries()) expect(found[n < 3 ? n : 1997 + n]).toBeCloseTo(score, 7);
      expect(areaUnderCurve(found.slice(2000), data.target.slice(2000))).toBeCloseTo(auc, 3);
    }
  });

  it('do not change with a monotone change of a feature, nor with a constant one more', () => {
    const data = mixedData(800);
    const { rows, columns } = data.table;
    const changed = columns.map((column, feature) =>
      feature === 1 ? column.map((value) => value ** 3 - 7) : column,
    );
    const constant = [...columns, new Float64Array(rows).fill(4), new Float64Array(rows).fill(Number.NaN)];
    const plain = scored(data, { trees: 10 });
    expect(scored({ ...data, table: { rows, columns: changed } }, { trees: 10 })).toEqual(plain);
    expect(scored({ ...data, table: { rows, columns: constant } }, { trees: 10 })).toEqual(plain);
  });

  it('take a weight of 2 for two rows, one of 0 for none', () => {
    const { table, target } = mixedData(400);
    const times = target.map((_, row) => (row * 7) % 4);
    const each = [...times].flatMap((count, row) => new Array<number>(count).fill(row));
    const repeated = {
      table: {
        rows: each.length,
        columns: table.columns.map((column) => Float64Array.from(each, (row) => column[row])),
      },
      target: Uint8Array.from(each, (row) => target[row]),
    };
    const options = { seed: 1, trees: 10, minLeafRows: 1, minLeafHessian: 2, l2: 0.1 };
    const weighted = { table, target, weights: Float64Array.from(times) };
    const values = rowsOf(weighted);
    const [ours, theirs] = [weighted, repeated].map((data) => {
      const out = new Float64Array(400);
      plainScorer(trainTrees(data, options).model).score(values, 400, out);
      return out;
    });
    for (let row = 0; row < 400; row++) expect(ours[row]).toBeCloseTo(theirs[row], 6);
  });

  it('send what is missing where it belongs', () => {
    const missing = Number.NaN;
    const values = [...new Array<number>(30).fill(1), ...new Array<number>(30).fill(2), ...new Array<number>(30).fill(missing)]; // biome-ignore format: one line
    const options = { trees: 1, learningRate: 1, minLeafRows: 1 };
    for (const [targets, isHigh] of [
      [
        [0, 1, 1],
        [false, true, true],
      ],
      [
        [0, 1, 0],
        [false, true, false],
      ],
      [
        [0, 0, 1],
        [false, false, true],
      ],
    ] as const) {
      const scores = scored(single(values, values.map((_, n) => targets[Math.floor(n / 30)])), options); // biome-ignore format: one line
      expect([scores[0], scores[30], scores[60]].map((score) => score > 0)).toEqual(isHigh);
    }
    // Where nothing was missing it goes where most went.
    const { model } = trainTrees(single([1, 1, 2, 2, 2], [0, 0, 1, 1, 1]), { ...options, seed: 1 });
    expect([...model.missingLeft]).toEqual([0]);
  });

  it('are none where there is one class only, or nothing to tell rows apart', () => {
    for (const target of [0, 1]) {
      const { model } = trainTrees(single([1, 2, 3], [target, target, target]), { seed: 1 });
      expect(treeCount(model)).toBe(0);
      expect(probabilityOf(model.baseline)).toBeCloseTo(target === 1 ? 3.5 / 4 : 0.5 / 4, 12);
    }
    const same = trainTrees(single([1, 1, 1, 1], [0, 1, 1, 1]), { seed: 1, minLeafRows: 1 });
    expect(treeCount(same.model)).toBe(0);
    expect(probabilityOf(same.model.baseline)).toBeCloseTo(0.75, 12);
  });

  it('stop when the validation rows do not gain any more, and keep the best', () => {
    const data = { ...mixedData(1500), validationRows: first(500) };
    const { model, validationLoss } = trainTrees(data, {
      seed: 1,
      trees: 500,
      patience: 5,
      learningRate: 0.3,
    });
    const best = validationLoss.indexOf(Math.min(...validationLoss));
    expect(treeCount(model)).toBe(best);
    expect(validationLoss.length - 1).toBe(best + 5);
    const out = new Float64Array(500);
    plainScorer(model).score(rowsOf(data), 500, out);
    expect(logLoss(out.map(probabilityOf), data.target.slice(0, 500))).toBeCloseTo(validationLoss[best], 12);
    // What is for validation teaches nothing.
    const few = { seed: 1, trees: 3, learningRate: 0.01 };
    const others = { ...mixedData(1500), trainingRows: first(1000).map((n) => n + 500) };
    expect(trainTrees(data, few).model).toEqual(trainTrees(others, few).model);
  });

  it('rise with a feature that they must rise with', () => {
    const data = mixedData(1500);
    const { model } = trainTrees(data, { seed: 1, trees: 40, minLeafRows: 5, monotone: [1, 0, -1, 0, 0] });
    const scorer = plainScorer(model);
    const line = new Float64Array(100);
    const value = fc.integer({ min: 0, max: 99 });
    fc.assert(
      fc.property(fc.array(value, { minLength: 5, maxLength: 5 }), fc.constantFrom(0, 2), (row, feature) => {
        const values = Float64Array.from(
          Array.from({ length: 100 }, (_, n) => row.map((at, f) => (f === feature ? n : at))).flat(),
        );
        scorer.score(values, 100, line);
        for (let n = 1; n < 100; n++) {
          if (feature === 0) expect(line[n]).toBeGreaterThanOrEqual(line[n - 1]);
          else expect(line[n]).toBeLessThanOrEqual(line[n - 1]);
        }
      }),
    );
  });

  it('draw rows and features by the seed', () => {
    const data = mixedData(1000);
    const drawn = { trees: 10, rowShare: 0.5, featureShare: 0.4 };
    expect(scored(data, drawn)).toEqual(scored(data, drawn));
    expect(scored(data, { ...drawn, seed: 2 })).not.toEqual(scored(data, drawn));
    const { model } = trainTrees(data, { seed: 1, ...drawn });
    for (let tree = 0; tree < treeCount(model); tree++) {
      const used = model.feature.subarray(model.treeStarts[tree], model.treeStarts[tree + 1]);
      expect(new Set(used).size).toBeLessThanOrEqual(2);
    }
    expect(areaUnderCurve(scored(data, drawn), data.target)).toBeGreaterThan(0.7);
  });

  it('draw features among those that vary: any number of constant ones changes nothing', () => {
    const data = { ...mixedData(1200), validationRows: first(300) };
    const { rows, columns } = data.table;
    const drawn = { seed: 3, trees: 30, featureShare: 0.4, patience: 30 };
    const plain = trainTrees(data, drawn);
    expect(plain.validationLoss).toHaveLength(31);
    const constant = Array.from({ length: 40 }, (_, n) =>
      new Float64Array(rows).fill(n % 2 === 0 ? n : Number.NaN),
    );
    const among = trainTrees({ ...data, table: { rows, columns: [...columns, ...constant] } }, drawn);
    expect(among.validationLoss).toEqual(plain.validationLoss);
    expect(among.model.leaves).toEqual(plain.model.leaves);
    // A feature that is known or missing tells something.
    const half = Float64Array.from({ length: rows }, (_, row) => (row % 2 === 0 ? 7 : Number.NaN));
    const target = Uint8Array.from({ length: rows }, (_, row) => (row % 6 === 0 ? 1 : row % 2));
    const missing = trainTrees(
      { table: { rows, columns: [...constant, half] }, target },
      { seed: 1, trees: 3, featureShare: 0.02 },
    );
    expect(treeCount(missing.model)).toBe(3);
  });

  it('go on after a draw that no tree can be grown from, which counts as one that was no gain', () => {
    const { table, target } = mixedData(1200);
    // Of twenty features eighteen tell one row from the others: fewer than a leaf needs.
    const useless = Array.from({ length: 18 }, (_, n) =>
      Float64Array.from({ length: table.rows }, (_, row) => (row === n ? 1 : 0)),
    );
    const data = { table: { rows: table.rows, columns: [...useless, ...table.columns.slice(0, 2)] }, target };
    const drawn = { seed: 1, trees: 60, featureShare: 0.05 };
    const { model } = trainTrees(data, drawn);
    // One draw in ten; four standard deviations of 60 draws are 9.
    expect(treeCount(model)).toBeGreaterThan(0);
    expect(treeCount(model)).toBeLessThan(16);
    const watched = trainTrees(
      { ...data, validationRows: first(300).map((n) => 900 + n) },
      { ...drawn, patience: 3 },
    );
    expect(watched.validationLoss.length - 1).toBeLessThan(treeCount(model));
    // Where nothing is drawn the next tree would be the same.
    const alone = { table: { rows: table.rows, columns: useless }, target };
    expect(treeCount(trainTrees(alone, { seed: 1, trees: 60 }).model)).toBe(0);
  });

  it('refuse what they cannot learn from', () => {
    const data = mixedData(100);
    const train =
      (change: Partial<TrainingData>, options: Partial<TreeOptions> = {}) =>
      () =>
        trainTrees({ ...data, ...change }, { seed: 1, ...options });
    for (const [attempt, message] of [
      [train({ table: { rows: 100, columns: [] } }), /0 columns/],
      [train({ table: { rows: 100, columns: [new Float64Array(99)] } }), /Column 0 has 99 values/],
      [train({ target: new Uint8Array(99) }), /99 targets/],
      [train({ target: new Uint8Array(100).fill(2) }), /Row 0 has the target 2/],
      [train({ weights: new Float64Array(100).fill(-1) }), /Row 0 has the weight -1/],
      [train({ weights: new Float64Array(100) }), /no rows of any weight/],
      [train({ trainingRows: Int32Array.of(3), validationRows: Int32Array.of(3) }), /Row 3 is listed twice/],
      [train({ validationRows: Int32Array.of(100) }), /no row 100/],
      [train({}, { maxLeaves: 257 }), /maxLeaves: a whole number from 2 to 256, not 257/],
      [train({}, { learningRate: 0 }), /learningRate/],
      [train({}, { monotone: [1] }), /each of the 5 features/],
    ] as const)
      expect(attempt).toThrow(expect.objectContaining({ code: 'bad-input', message: expect.stringMatching(message) })); // biome-ignore format: one line
  });
});
