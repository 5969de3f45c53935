import fc from 'fast-check';
import { expect, it } from 'vitest';
import { type Among, type NextBasketMethod, type NextBasketRanker, roomFor } from '../method.ts';
import { anyAnonymous, anyHistories, type HistoryLiteral, itemCountOfAny, pastOf } from './histories.ts';

/** Later than all that happens in tests. */
const dayAfter = 30_000;

/** The best items, by a ranker. */
export function listOf(
  ranker: NextBasketRanker,
  customer: number,
  k: number,
  among: Among = 'all',
): number[] {
  const room = roomFor(k);
  const count = ranker.rank(customer, k, among, room, dayAfter);
  return [...room.items.subarray(0, count)];
}

/** Items by score, the best first, ties by item number; those without a score left out. */
export const byScore = (scores: ReadonlyMap<number, number>): number[] =>
  [...scores.keys()].sort((a, b) => scores.get(b)! - scores.get(a)! || a - b);

/**
 * What every way to foretell next baskets keeps to.
 *
 * @param numRuns so many pasts are tried
 */
export function testNextBasketMethod(method: NextBasketMethod, numRuns = 100): void {
  const anyPast = fc.record({ histories: anyHistories, anonymous: anyAnonymous });
  const rankers = async (histories: HistoryLiteral, anonymous: readonly number[][]) =>
    method.prepare(pastOf(histories, itemCountOfAny, anonymous));

  it(`${method.name}: lists hold items once, new ones where asked for, and shorter lists are their starts`, async () => {
    await fc.assert(
      fc.asyncProperty(anyPast, async ({ histories, anonymous }) => {
        const ranker = await rankers(histories, anonymous);
        for (const [customer, baskets] of histories.entries()) {
          const own = new Set(baskets.flat());
          for (const among of ['all', 'new'] as const) {
            const list = listOf(ranker, customer, itemCountOfAny, among);
            expect(new Set(list).size).toBe(list.length);
            if (among === 'new') expect(list.filter((item) => own.has(item))).toEqual([]);
            for (const k of [1, 3]) expect(listOf(ranker, customer, k, among)).toEqual(list.slice(0, k));
          }
        }
      }),
      { numRuns },
    );
  });

  it(`${method.name}: a list does not hang on what was asked before`, async () => {
    await fc.assert(
      fc.asyncProperty(anyPast, async ({ histories, anonymous }) => {
        const [once, again] = await Promise.all([
          rankers(histories, anonymous),
          rankers(histories, anonymous),
        ]);
        const customers = [...histories.keys()];
        const lists = customers.map((customer) => listOf(once, customer, 5));
        for (const customer of customers.toReversed()) {
          listOf(again, customer, 2, 'new');
          expect(listOf(again, customer, 5)).toEqual(lists[customer]);
        }
      }),
      { numRuns },
    );
  });
}
