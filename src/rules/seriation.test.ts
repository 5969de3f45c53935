import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { groceries } from '../mining/testing/groceries.ts';
import { countPairs, mostFrequentItems, type PairMatrix, pairMatrix, reordered } from './matrix.ts';
import { dissimilarities, maxSeriationItems, optimalLeafOrder, seriate } from './seriation.ts';
import { averageLinkage, type Dendrogram, layoutOf } from './seriation-tree.ts';
import { anyDistances } from './testing/distances.ts';

function lengthOf(order: ArrayLike<number>, distances: Float64Array): number {
  const n = order.length;
  let length = 0;
  for (let i = 1; i < n; i++) length += distances[order[i - 1]! * n + order[i]!]!;
  return length;
}

/** All orders of the leaves of a node. */
function ordersOf(tree: Dendrogram, node: number): number[][] {
  if (node < tree.leafCount) return [[node]];
  const [lefts, rights] = [tree.left, tree.right].map((side) => ordersOf(tree, side[node - tree.leafCount]!));
  return lefts!.flatMap((left) =>
    rights!.flatMap((right) => [
      [...left, ...right],
      [...right, ...left],
    ]),
  );
}

function matrixOf(n: number, figure: (row: number, column: number) => number): PairMatrix {
  const values = Float64Array.from({ length: n * n }, (_, at) => figure(Math.floor(at / n), at % n));
  return { items: Int32Array.from({ length: n }, (_, item) => item), values };
}

/** 0 … n − 1 in an order that the seed decides (Fisher–Yates). */
function shuffled(n: number, seed: number): Int32Array {
  const order = Int32Array.from({ length: n }, (_, i) => i);
  let state = seed;
  for (let i = n - 1; i > 0; i--) {
    state = Math.imul(state ^ (state >>> 15), 0x2c1b3c6d) + 0x9e3779b9;
    const j = ((state ^ (state >>> 13)) >>> 0) % (i + 1);
    [order[i], order[j]] = [order[j]!, order[i]!];
  }
  return order;
}

describe('optimalLeafOrder', () => {
  it('is as short as the shortest of all orders that the tree allows', () => {
    fc.assert(
      fc.property(anyDistances(8), ({ n, distances }) => {
        const tree = averageLinkage(distances, n);
        const order = [...optimalLeafOrder(tree, distances)];
        const orders = n === 0 ? [[]] : ordersOf(tree, 2 * n - 2);
        expect(orders.map(String)).toContain(String(order));
        const shortest = Math.min(...orders.map((other) => lengthOf(other, distances)));
        expect(lengthOf(order, distances)).toBeCloseTo(shortest, 9);
      }),
      { numRuns: 300 },
    );
  });

  it('is never longer than the order in which the tree was made', () => {
    fc.assert(
      fc.property(anyDistances(30), ({ n, distances }) => {
        const tree = averageLinkage(distances, n);
        const plain = lengthOf(layoutOf(tree).leaves, distances);
        expect(lengthOf(optimalLeafOrder(tree, distances), distances)).toBeLessThanOrEqual(plain + 1e-9);
      }),
    );
  });

  it('turns clusters towards what they are near to', () => {
    // Places on a line: the best order is along the line.
    const places = [5, 0, 7, 2, 11, 10, 1];
    const { values } = matrixOf(7, (row, column) => Math.abs(places[row]! - places[column]!));
    const order = [...optimalLeafOrder(averageLinkage(values, 7), values)].map((leaf) => places[leaf]!);
    const along = places.toSorted((a, b) => a - b);
    expect([along, along.toReversed()]).toContainEqual(order);
  });
});

describe('dissimilarities', () => {
  it('are one less the similarity, the mean of both directions', () => {
    const directed = matrixOf(2, (row, column) => (row === column ? 9 : row === 0 ? 0.5 : 0.25));
    expect([...dissimilarities(directed)]).toEqual([0, 0.625, 0.625, 0]);
  });

  it('take infinity for the highest similarity, NaN and minus infinity for the lowest', () => {
    const { NaN: no, POSITIVE_INFINITY: most, NEGATIVE_INFINITY: least } = Number;
    const odd = [no, 1, 3, 1, no, most, 3, most, no];
    expect([...dissimilarities(matrixOf(3, (row, column) => odd[row * 3 + column]!))]).toEqual([
      0, 0, -2, 0, 0, -2, -2, -2, 0,
    ]);
    for (const low of [no, least]) {
      const values = odd.map((value) => (value === most ? low : value));
      expect(dissimilarities(matrixOf(3, (row, column) => values[row * 3 + column]!))[5]).toBe(0);
    }
    expect(new Set(dissimilarities(matrixOf(3, () => no)))).toEqual(new Set([0, 1]));
  });
});

describe('seriate', () => {
  it('brings shuffled blocks back together', () => {
    const sizes = fc.array(fc.integer({ min: 1, max: 8 }), { minLength: 1, maxLength: 6 });
    const noise = fc.infiniteStream(fc.double({ min: 0, max: 0.2, noNaN: true }));
    fc.assert(
      fc.property(sizes, fc.integer(), noise, (sizes, seed, noise) => {
        const blockOf = sizes.flatMap((size, block) => Array<number>(size).fill(block));
        const n = blockOf.length;
        const blocks = matrixOf(n, (row, column) =>
          row === column ? Number.NaN : (blockOf[row] === blockOf[column] ? 0.7 : 0.1) + noise.next().value,
        );
        const matrix = reordered(blocks, shuffled(n, seed));
        const found = Array.from(seriate(matrix), (row) => blockOf[matrix.items[row]!]);
        const changes = found.filter((block, i) => i > 0 && block !== found[i - 1]).length;
        expect(changes).toBe(sizes.length - 1);
      }),
    );
  });

  it.each([0, 1, 2, 3])('orders %d items that are never together', (n) => {
    const order = seriate(matrixOf(n, (row, column) => (row === column ? Number.NaN : 0)));
    expect([...order].sort()).toEqual(Array.from({ length: n }, (_, i) => i));
  });

  it('places every row once, whatever the measure gives', () => {
    const value = fc.oneof(
      fc.double({ min: -5, max: 5 }),
      fc.constantFrom(Number.NaN, 1 / 0, -1 / 0, 1e308, -1e308),
    );
    const matrix = fc
      .nat(10)
      .chain((n) =>
        fc
          .array(value, { minLength: n * n, maxLength: n * n })
          .map((values) => matrixOf(n, (row, column) => values[row * n + column]!)),
      );
    fc.assert(
      fc.property(matrix, (matrix) => {
        const order = seriate(matrix);
        expect([...order].sort((a, b) => a - b)).toEqual([...matrix.items]);
        expect(seriate(matrix)).toEqual(order);
      }),
    );
  });

  it('puts the vegetables of Groceries side by side', () => {
    const { baskets, products } = groceries();
    const counts = countPairs(baskets, mostFrequentItems(baskets, 40));
    const matrix = pairMatrix(counts, (count, row, column) => count / (row + column - count));
    const ordered = reordered(matrix, seriate(matrix));
    const names = [...ordered.items].map((item) => products.nameOf(item));
    expect(Math.abs(names.indexOf('root vegetables') - names.indexOf('other vegetables'))).toBe(1);
    const distances = dissimilarities(ordered);
    const straight = Int32Array.from(names, (_, i) => i);
    expect(lengthOf(straight, distances)).toBeLessThan(lengthOf(straight, dissimilarities(matrix)));
  });

  it('refuses more items than it can order in good time', () => {
    const n = maxSeriationItems + 1;
    const matrix = { items: new Int32Array(n), values: new Float64Array(0) };
    expect(() => seriate(matrix)).toThrow(expect.objectContaining({ code: 'limit-exceeded' }));
  });
});
