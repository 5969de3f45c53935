import { expect, it } from 'vitest';
import type { NextBasketRanker } from '../method.ts';
import { pastOf } from '../testing/histories.ts';
import { rankCustomers } from './rank-customers.ts';

/** Customer 0 had items 0 and 1, customer 1 had item 2; there are six baskets of nobody known. */
const past = pastOf([[[0, 1]], [[2]]], 6, [[2], [2], [2], [2], [2], [2]]);

/** Customer 0 gets 1, 3, 4, customer 1 gets 5; among what is new 3, 4 and 5. */
const lists: Readonly<Record<'all' | 'new', readonly number[][]>> = {
  all: [[1, 3, 4], [5]],
  new: [[3, 4], [5]],
};

const ranker: NextBasketRanker = {
  hasProbabilities: true,
  rank(customer, k, among, out) {
    const list = lists[among][customer].slice(0, k);
    out.items.set(list);
    out.probabilities.fill(0.5);
    return list.length;
  },
};

// Customer 0 wants 0 and 1 again and 4 for the first time, customer 1 wants 2 again.
const cases = {
  past,
  customers: Int32Array.of(0, 1),
  days: Int32Array.of(9, 9),
  targets: { itemCount: 6, offsets: Int32Array.of(0, 3, 4), items: Int32Array.of(0, 1, 4, 2) },
  values: {
    revenue: Float64Array.of(1, 10, 1, 1, Number.NaN, 4),
    profit: new Float64Array(6).fill(Number.NaN),
  },
};

it('works out figures that were worked by hand', () => {
  const { columns, figures, calibration } = rankCustomers(ranker, cases, [1, 3]);
  const table = Object.fromEntries([...columns].map(([name, column]) => [name, [...column]]));
  const none = Number.NaN;
  expect(table).toEqual({
    'recall@1': [expect.closeTo(1 / 3), 0],
    'recall@3': [expect.closeTo(2 / 3), 0],
    'ndcg@1': [1, 0],
    'ndcg@3': [expect.closeTo(1.5 / (1 + 1 / Math.log2(3) + 0.5)), 0],
    'phr@1': [1, 0],
    'phr@3': [1, 0],
    'recallOfRepeats@1': [0.5, 0],
    'recallOfRepeats@3': [0.5, 0],
    'recallOfNew@1': [0, none],
    'recallOfNew@3': [1, none],
    'recallAmongNew@1': [0, none],
    'recallAmongNew@3': [1, none],
    'ndcgAmongNew@1': [0, none],
    'ndcgAmongNew@3': [expect.closeTo(1 / Math.log2(3)), none],
    // All three items of the longer list are in one of eight baskets, or in none.
    'novelty@1': [3, 3],
    'novelty@3': [3, 3],
    // Item 4 is wanted, and of unknown value.
    'revenue@1': [10, 0],
    'revenue@3': [10, 0],
    'expectedRevenue@1': [5, 2],
    'expectedRevenue@3': [5.5, 2],
  });
  // Of the three items that were bought before, item 1 alone is on a list; 3, 4 and 5 never were in a basket.
  expect(figures).toEqual({ 'coverage@1': expect.closeTo(1 / 3), 'coverage@3': expect.closeTo(1 / 3) });
  expect(calibration).toMatchObject({ entries: 4, brier: 0.25, expectedCalibrationError: 0 });
});
