import fc from 'fast-check';
import { expect, it } from 'vitest';
import { anyHistories, historiesFrom, itemCountOfAny, pastOf } from '../testing/histories.ts';
import { listOf } from '../testing/test-rankers.ts';
import { decayedHistories } from './decayed-histories.ts';
import { tifuKnn } from './tifuknn.ts';

const decay = { groups: 3, withinDecay: 0.5, groupDecay: 0.1 };

/** Each customer's vector in full. */
const spelledOut = (histories: number[][][]): number[][] => {
  const { offsets, items, weights } = decayedHistories(historiesFrom(histories, itemCountOfAny), decay);
  return histories.map((_, customer) => {
    const vector = new Array<number>(itemCountOfAny).fill(0);
    for (let i = offsets[customer]; i < offsets[customer + 1]; i++) vector[items[i]] = weights[i];
    return vector;
  });
};

/** With the groups cut out of the list of baskets, larger ones last. */
function vectorOf(baskets: number[][]): number[] {
  const vector = new Array<number>(itemCountOfAny).fill(0);
  const count = Math.min(decay.groups, baskets.length);
  const groups: number[][] = [];
  const left = [...baskets.keys()];
  for (let group = 0; group < count; group++)
    groups.push(left.splice(0, Math.floor(left.length / (count - group))));
  for (const [group, members] of groups.entries()) {
    for (const basket of members) {
      const weight =
        decay.groupDecay ** (decay.groups - 1 - group) * decay.withinDecay ** (baskets.length - 1 - basket);
      for (const item of baskets[basket]) vector[item] += weight / members.length / count;
    }
  }
  return vector;
}

it('weighs baskets as the authors’ program does', () => {
  // Five baskets in groups of one, two and two: by hand.
  const [vector] = spelledOut([[[0], [1], [2], [3], [4, 0]]]);
  const group = (number: number): number => 0.1 ** (2 - number) / 3;
  expect(vector.slice(0, 5)).toEqual(
    [
      group(0) * 0.5 ** 4 + group(2) / 2,
      (group(1) * 0.5 ** 3) / 2,
      (group(1) * 0.5 ** 2) / 2,
      (group(2) * 0.5) / 2,
      group(2) / 2,
    ].map((weight) => expect.closeTo(weight, 12)),
  );
  // Fewer baskets than groups: each its own, but the last is not in the last group.
  expect(spelledOut([[[0], [1]]])[0].slice(0, 2)).toEqual([
    expect.closeTo((0.01 * 0.5) / 2),
    expect.closeTo(0.1 / 2),
  ]);
});

it('mixes the customer’s vector with those of the nearest others', async () => {
  await fc.assert(
    fc.asyncProperty(anyHistories, fc.integer({ min: 1, max: 4 }), async (histories, neighbours) => {
      const vectors = histories.map(vectorOf);
      for (const [customer, vector] of spelledOut(histories).entries())
        expect(vector).toEqual(vectors[customer].map((weight) => expect.closeTo(weight, 12)));
      const ranker = await tifuKnn({ ...decay, neighbours, alpha: 0.7 }).prepare(
        pastOf(histories, itemCountOfAny),
      );
      const distance = (a: number, b: number): number =>
        vectors[a].reduce((sum, weight, item) => sum + (weight - vectors[b][item]) ** 2, 0);
      for (const customer of histories.keys()) {
        const others = [...histories.keys()]
          .filter((other) => other !== customer && histories[other].length > 0)
          .sort((a, b) => distance(customer, a) - distance(customer, b) || a - b);
        const nearest = others.slice(0, neighbours);
        const next = others[neighbours];
        // Distances worked out in two ways may break a tie differently.
        const last = nearest.at(-1);
        if (last !== undefined && next !== undefined)
          fc.pre(distance(customer, next) - distance(customer, last) > 1e-9);
        const score = (item: number): number =>
          0.7 * vectors[customer][item] +
          nearest.reduce((sum, other) => sum + (0.3 * vectors[other][item]) / nearest.length, 0);
        const scored = Array.from({ length: itemCountOfAny }, (_, item) => score(item)).filter(
          (one) => one > 0,
        );
        const list = listOf(ranker, customer, itemCountOfAny).slice(0, scored.length);
        expect(list.map(score)).toEqual(scored.sort((a, b) => b - a).map((one) => expect.closeTo(one, 12)));
      }
    }),
  );
});
