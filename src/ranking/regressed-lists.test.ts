import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Transactions } from '../baskets/transactions.ts';
import { type PairLists, pairLists } from './pair-lists.ts';
import { type RegressedLists, regressedLists } from './regressed-lists.ts';
import { transactionsFrom } from './testing/shops.ts';

const itemCount = 9;
const anyBag = fc.uniqueArray(fc.integer({ min: 0, max: itemCount - 1 }), { maxLength: 6 });
const anyBags = fc.array(anyBag, { maxLength: 30 });

/** By target, then source; no entry where there is none. */
function weightsIn({ offsets, items, weights }: RegressedLists): Map<string, number> {
  const found = new Map<string, number>();
  for (let source = 0; source + 1 < offsets.length; source++)
    for (let p = offsets[source]!; p < offsets[source + 1]!; p++)
      found.set(`${source} → ${items[p]}`, weights[p]!);
  return found;
}

/** Gauss and Jordan, with pivots. */
function solved(matrix: number[][], vector: number[]): number[] {
  const rows = matrix.map((row, n) => [...row, vector[n]!]);
  for (let k = 0; k < rows.length; k++) {
    const pivot = rows.slice(k).reduce((best, row) => (Math.abs(row[k]!) > Math.abs(best[k]!) ? row : best));
    rows.splice(rows.indexOf(pivot), 1);
    rows.splice(k, 0, pivot);
    for (const row of rows) {
      if (row === pivot) continue;
      const factor = row[k]! / pivot[k]!;
      for (let c = k; c < row.length; c++) row[c] = row[c]! - factor * pivot[c]!;
    }
  }
  return rows.map((row, n) => row.at(-1)! / row[n]!);
}

/** Ridge regression of each item's column on those of the items that lead to it most closely, with dense matrices. */
function dense(left: number[][], right: number[][], lists: PairLists, neighbours: number, ridge: number) {
  const column = (bags: number[][], item: number): number[] =>
    bags.map((bag) => (bag.includes(item) ? 1 : 0));
  const dot = (a: number[], b: number[]): number => a.reduce((sum, one, n) => sum + one * b[n]!, 0);
  const weights = new Map<string, number>();
  for (let target = 0; target < itemCount; target++) {
    const leading: { source: number; closeness: number }[] = [];
    for (let source = 0; source < itemCount; source++)
      for (let p = lists.offsets[source]!; p < lists.offsets[source + 1]!; p++)
        if (lists.items[p] === target) leading.push({ source, closeness: lists.closenesses[p]! });
    const sources = leading
      .sort((a, b) => b.closeness - a.closeness || a.source - b.source)
      .slice(0, neighbours)
      .map(({ source }) => source);
    const columns = sources.map((source) => column(left, source));
    const gram = columns.map((a, m) => columns.map((b, n) => dot(a, b) + (m === n ? ridge : 0)));
    const solution = solved(
      gram,
      columns.map((one) => dot(one, column(right, target))),
    );
    for (const [n, source] of sources.entries()) weights.set(`${source} → ${target}`, solution[n]!);
  }
  return weights;
}

function expectAlike(found: Map<string, number>, expected: Map<string, number>): void {
  expect(new Set(found.keys())).toEqual(new Set(expected.keys()));
  for (const [pair, weight] of expected) expect(found.get(pair), pair).toBeCloseTo(weight, 5);
}

const anyOptions = fc.record({
  neighbours: fc.integer({ min: 1, max: 8 }),
  ridge: fc.constantFrom(0.5, 3, 200),
  atOnce: fc.constantFrom(1, 2, 4, 9, 100),
});
const listOptions = { longest: 6, minCount: 1 };

describe('regressedLists', () => {
  it('solves the ridge regression of each item on its neighbours, so many items at once or fewer', () => {
    fc.assert(
      fc.property(anyBags, anyOptions, (bags, options) => {
        const same: Transactions = transactionsFrom(bags, itemCount);
        const lists = pairLists({ left: same, right: same }, listOptions);
        const found = regressedLists({ left: same, right: same }, lists, options);
        expectAlike(weightsIn(found), dense(bags, bags, lists, options.neighbours, options.ridge));
      }),
    );
  });

  it('does so for steps, where an item may explain itself', () => {
    fc.assert(
      fc.property(fc.array(fc.tuple(anyBag, anyBag), { maxLength: 30 }), anyOptions, (steps, options) => {
        const sides = [steps.map(([left]) => left), steps.map(([, right]) => right)] as const;
        const [left, right] = sides.map((side) => transactionsFrom(side, itemCount)) as [
          Transactions,
          Transactions,
        ];
        const lists = pairLists({ left, right }, listOptions);
        const found = regressedLists({ left, right }, lists, options);
        expectAlike(weightsIn(found), dense(...sides, lists, options.neighbours, options.ridge));
      }),
    );
  });

  it('counts once what two items say alike', () => {
    // 0 and 1 are always bought together, and 2 with them half the time: each takes half of the weight.
    const bags = Array.from({ length: 100 }, (_, n) => (n % 2 === 0 ? [0, 1, 2] : [0, 1]));
    const same = transactionsFrom(bags, 3);
    const lists = pairLists({ left: same, right: same }, listOptions);
    const weights = weightsIn(
      regressedLists({ left: same, right: same }, lists, { neighbours: 8, ridge: 1e-3 }),
    );
    expect(weights.get('0 → 2')).toBeCloseTo(0.25, 4);
    expect(weights.get('1 → 2')).toBeCloseTo(0.25, 4);
  });
});
