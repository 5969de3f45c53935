import { expect, it } from 'vitest';
import { basketHistories } from '../../baskets/basket-histories.ts';
import { isFavour, segmentFavours } from './segment-favour.ts';
import { StepCounter } from './step-counts.ts';

it('segmentFavours compares buyers of either, and leaves out segments with few buyers of the upgrade', () => {
  // Customers 0 … 9 are of segment 0 and bought the upgrade, 10 … 39 of segment 1: 6 of them did, the others the product; 40 … 43
  // of segment 2 did, and so did 44 of none.
  const upgrades = [...Array.from({ length: 16 }, (_, c) => c), 40, 41, 42, 43, 44];
  const customer = Int32Array.from({ length: 45 }, (_, c) => c);
  const item = customer.map((c) => Number(upgrades.includes(c)));
  const histories = basketHistories({ customer, day: new Int32Array(45), item }, 45, 2);
  const segmentOf = customer.map((c) => (c < 10 ? 0 : c < 40 ? 1 : c < 44 ? 2 : -1));
  const favours = segmentFavours(new StepCounter(histories), { segmentOf, ids: ['a', 'b', 'c'] }, 0, 1);
  const share = 20 / 44;
  expect(favours).toEqual([
    { segment: 'a', buyers: 10, ofEither: 10, lift: expect.closeTo((10 + 20 * share) / 30 / share, 12) },
    { segment: 'b', buyers: 6, ofEither: 30, lift: expect.closeTo((6 + 20 * share) / 50 / share, 12) },
  ]);
  expect(favours.map(isFavour)).toEqual([true, false]);
});
