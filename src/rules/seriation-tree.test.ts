import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { averageLinkage, type Dendrogram, layoutOf } from './seriation-tree.ts';
import { anyDistances, distancesOf } from './testing/distances.ts';

/** The leaves under each node, inner ones included. */
function leavesOf({ leafCount, left, right }: Dendrogram): number[][] {
  const leaves = Array.from({ length: leafCount }, (_, leaf) => [leaf]);
  for (let m = 0; m < left.length; m++) leaves.push([...leaves[left[m]!]!, ...leaves[right[m]!]!]);
  return leaves;
}

const meanBetween = (distances: Float64Array, n: number, one: number[], other: number[]): number => {
  const sum = one.flatMap((a) => other.map((b) => distances[a * n + b]!)).reduce((a, b) => a + b, 0);
  return sum / (one.length * other.length);
};

/** By definition: the two clusters that are nearest, over and over. */
function heightsOneByOne(distances: Float64Array, n: number): number[] {
  let clusters = Array.from({ length: n }, (_, leaf) => [leaf]);
  const heights: number[] = [];
  while (clusters.length > 1) {
    const pairs = clusters.flatMap((one, i) => clusters.slice(i + 1).map((other) => ({ one, other })));
    const means = pairs.map(({ one, other }) => meanBetween(distances, n, one, other));
    const height = Math.min(...means);
    const { one, other } = pairs[means.indexOf(height)]!;
    clusters = [...clusters.filter((cluster) => cluster !== one && cluster !== other), [...one, ...other]];
    heights.push(height);
  }
  return heights;
}

describe('averageLinkage', () => {
  it('joins what is near first', () => {
    // 0 and 2 at a distance of 1, 1 and 3 at 2, all others at 6.
    const distances = distancesOf(4, [6, 1, 6, 6, 2, 6]);
    const { left, right, heights } = averageLinkage(distances, 4);
    expect([...heights].sort()).toEqual([1, 2, 6]);
    expect(leavesOf({ leafCount: 4, left, right, heights }).map((leaves) => leaves.join(' '))).toEqual(
      expect.arrayContaining(['0 2', '1 3', '0 2 1 3']),
    );
  });

  it.each([0, 1])('makes no cluster of %d items', (n) => {
    expect(averageLinkage(new Float64Array(n * n), n)).toMatchObject({ leafCount: n, left: { length: 0 } });
  });

  it('joins clusters at the mean distance of their items', () => {
    fc.assert(
      fc.property(anyDistances(12), ({ n, distances }) => {
        const tree = averageLinkage(distances, n);
        const leaves = leavesOf(tree);
        expect(leaves.at(-1)?.toSorted((a, b) => a - b) ?? []).toEqual(
          Array.from({ length: n }, (_, i) => i),
        );
        tree.heights.forEach((height, m) => {
          const [one, other] = [leaves[tree.left[m]!]!, leaves[tree.right[m]!]!];
          expect(height).toBeCloseTo(meanBetween(distances, n, one, other), 9);
        });
      }),
    );
  });

  it('finds the same clusters as joining the nearest two over and over', () => {
    // Whole numbers far apart: equal means, between which either choice is right, hardly occur.
    const distance = fc.noBias(fc.nat(2 ** 20));
    fc.assert(
      fc.property(fc.uniqueArray(distance, { minLength: 66, maxLength: 66 }), fc.nat(12), (pairs, n) => {
        const distances = distancesOf(n, pairs);
        const heights = [...averageLinkage(distances, n).heights].sort((a, b) => a - b);
        heightsOneByOne(distances, n).forEach((height, m) => {
          expect(heights[m]).toBeCloseTo(height, 6);
        });
      }),
    );
  });

  it('comes to an end whatever distances are equal', () => {
    const few = fc.integer({ min: 2, max: 40 });
    fc.assert(
      fc.property(few, fc.infiniteStream(fc.constantFrom(0.1, 0.2, 0.3)), (n, stream) => {
        const pairs = Array.from({ length: (n * (n - 1)) / 2 }, () => stream.next().value);
        const { leaves } = layoutOf(averageLinkage(distancesOf(n, pairs), n));
        expect(new Set(leaves).size).toBe(n);
      }),
    );
  });
});

describe('layoutOf', () => {
  it('puts the leaves of a node side by side, those of its left child first', () => {
    const tree = {
      leafCount: 4,
      left: Int32Array.of(2, 0, 5),
      right: Int32Array.of(3, 4, 1),
      heights: new Float64Array(3),
    };
    expect(layoutOf(tree)).toEqual({
      leaves: Int32Array.of(0, 2, 3, 1),
      starts: Int32Array.of(0, 3, 1, 2, 1, 0, 0),
      ends: Int32Array.of(1, 4, 2, 3, 3, 3, 4),
    });
  });
});
