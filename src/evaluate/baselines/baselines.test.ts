import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { basketsOf } from '../../mining/testing/baskets.ts';
import { roomFor } from '../method.ts';
import { anyHistories, itemCountOfAny, pastOf } from '../testing/histories.ts';
import { byScore, listOf, testNextBasketMethod } from '../testing/test-rankers.ts';
import { cartBaselines, nextBasketBaselines } from './baselines.ts';

describe('baselines of next baskets', () => {
  for (const method of nextBasketBaselines) testNextBasketMethod(method);
});

const named = (name: string) => nextBasketBaselines.find((method) => method.name === name)!;

/** Item 2 is in four baskets, 0 and 1 in three, 3 in one; of the last baskets 3 and 0 are in one each. */
const shop = [
  [
    [0, 1],
    [1, 2],
    [2, 3],
  ],
  [[1, 2], [0]],
  [[0, 2]],
];

describe('popularity', () => {
  it('counts baskets, of customers and of nobody known', async () => {
    expect(listOf(await named('popularity').prepare(pastOf(shop, 5)), 1, 9)).toEqual([2, 0, 1, 3]);
    const past = pastOf(shop, 5, [[4], [4], [4], [4], [4]]);
    expect(listOf(await named('popularity').prepare(past), 1, 9)).toEqual([4, 2, 0, 1, 3]);
  });

  it('counts the last basket of each customer', async () => {
    const ranker = await named('popularity-last-baskets').prepare(pastOf(shop, 5, [[4]]));
    expect(listOf(ranker, 0, 9)).toEqual([0, 2, 3]);
  });

  it('counts the newest tenth of the baskets, and all of the day that it begins in', async () => {
    // Nine baskets of day 0, one of day 1, one of day 2: the newest tenth begins with day 1.
    const histories = [...Array.from({ length: 8 }, () => [[0]]), [[0], [1], [1, 2]]];
    expect(listOf(await named('popularity-newest-baskets').prepare(pastOf(histories, 5)), 0, 9)).toEqual([
      1, 2,
    ]);
  });

  it('states the share of the baskets as probability', async () => {
    const room = roomFor(4);
    (await named('popularity').prepare(pastOf(shop, 5))).rank(0, 4, 'all', room, 30_000);
    expect([...room.probabilities]).toEqual([4 / 6, 3 / 6, 3 / 6, 1 / 6]);
  });
});

describe('personal frequency', () => {
  it('puts first what is in most of the customer’s baskets, ties by number, by recency, by popularity behind', async () => {
    const past = pastOf(shop, 5, [[4]]);
    expect(listOf(await named('personal-frequency').prepare(past), 0, 9)).toEqual([1, 2, 0, 3]);
    const recent = await named('personal-frequency-recency-popularity').prepare(past);
    expect(listOf(recent, 0, 9)).toEqual([2, 1, 3, 0, 4]);
    expect(listOf(recent, 1, 9)).toEqual([0, 1, 2, 3, 4]);
    expect(listOf(await named('personal-frequency').prepare(past), 0, 9, 'new')).toEqual([]);
  });

  it('states the share of the customer’s baskets as probability', async () => {
    const room = roomFor(3);
    (await named('personal-frequency-recency-popularity').prepare(pastOf(shop, 5))).rank(
      0,
      3,
      'all',
      room,
      30_000,
    );
    expect([...room.probabilities]).toEqual([2 / 3, 2 / 3, 1 / 3]);
  });
});

describe('rules', () => {
  const confidences = (histories: number[][][], last: number[], least: number) => {
    const baskets = histories.flat();
    const holding = (...items: number[]): number =>
      baskets.filter((basket) => items.every((item) => basket.includes(item))).length;
    const fired: { to: number; confidence: number; lift: number }[] = [];
    for (const from of last) {
      for (let to = 0; to < itemCountOfAny; to++) {
        const together = to === from ? 0 : holding(from, to);
        if (together < least) continue;
        const confidence = together / holding(from);
        fired.push({ to, confidence, lift: (confidence * baskets.length) / holding(to) });
      }
    }
    return fired;
  };

  it.each([
    ['rules-confidence', (sum: number, { confidence }: { confidence: number }) => Math.max(sum, confidence)],
    ['rules-confidence-sum', (sum: number, { confidence }: { confidence: number }) => sum + confidence],
    [
      'rules-confidence-lift',
      (sum: number, { confidence, lift }: { confidence: number; lift: number }) =>
        sum + confidence * Math.log1p(lift),
    ],
  ] as const)('%s agrees with counting by hand', async (name, add) => {
    await fc.assert(
      fc.asyncProperty(anyHistories, async (histories) => {
        const ranker = await named(name).prepare(pastOf(histories, itemCountOfAny));
        for (const [customer, baskets] of histories.entries()) {
          const scores = new Map<number, number>();
          for (const rule of confidences(histories, baskets.at(-1) ?? [], 3))
            scores.set(rule.to, add(scores.get(rule.to) ?? 0, rule));
          const list = listOf(ranker, customer, itemCountOfAny);
          const ranked = list.slice(0, scores.size);
          expect(new Set(ranked)).toEqual(new Set(scores.keys()));
          // Sums of the same numbers in another order may differ in the last bit.
          for (const [n, item] of ranked.entries())
            expect(scores.get(item)!).toBeCloseTo(scores.get(byScore(scores)[n])!, 12);
        }
      }),
    );
  });
});

describe('item-knn', () => {
  it('adds up cosines shrunk by 10 over all that the customer bought, as often as it was', async () => {
    await fc.assert(
      fc.asyncProperty(anyHistories, async (histories) => {
        const baskets: number[][] = histories.flat();
        const holding = (...items: number[]): number =>
          baskets.filter((basket) => items.every((item) => basket.includes(item))).length;
        const ranker = await named('item-knn').prepare(pastOf(histories, itemCountOfAny));
        for (const [customer, own] of histories.entries()) {
          const scores = new Map<number, number>();
          for (const from of own.flat()) {
            for (let to = 0; to < itemCountOfAny; to++) {
              const together = to === from ? 0 : holding(from, to);
              if (together === 0) continue;
              const cosine = together / Math.sqrt(holding(from) * holding(to));
              scores.set(to, (scores.get(to) ?? 0) + (cosine * together) / (together + 10));
            }
          }
          const ranked = listOf(ranker, customer, itemCountOfAny).slice(0, scores.size);
          expect(new Set(ranked)).toEqual(new Set(scores.keys()));
          for (const [n, item] of ranked.entries())
            expect(scores.get(item)!).toBeCloseTo(scores.get(byScore(scores)[n])!, 12);
        }
      }),
    );
  });
});

describe('baselines of carts', () => {
  const baskets = basketsOf([0, 1], [0, 1], [0, 1, 2], [2, 3], [2, 3], [2, 3], [3]);
  const past = {
    baskets,
    customer: Int32Array.of(0, -1, -1, 0, -1, -1, 0),
    customerCount: 1,
    day: new Int32Array(7),
  };
  const ask = async (name: string, cart: number[], customer = -1) => {
    const ranker = await cartBaselines(true)
      .find((method) => method.name === name)!
      .prepare(past);
    const room = roomFor(9);
    return [...room.items.subarray(0, ranker.rank(Int32Array.from(cart), customer, 9, room, 30_000))];
  };

  it.each(['rules-confidence', 'rules-confidence-sum', 'rules-confidence-lift', 'item-knn'])(
    '%s puts first what goes with the cart, and nothing of it',
    async (name) => {
      expect(await ask(name, [0])).toEqual([1, 2, 3]);
      expect(await ask(name, [3])).toEqual([2, 0, 1]);
      expect(await ask(name, [])).toEqual([2, 3, 0, 1]);
    },
  );

  it('adds how often the customer bought an item', async () => {
    // Of three baskets 0 holds item 3 twice, 0, 1 and 2 once: 2/3 for 3, 1 + 1/3 for 1 of the rule 0 → 1.
    expect(await ask('rules-confidence-own-frequency', [0], 0)).toEqual([1, 3, 2]);
    expect(await ask('rules-confidence-own-frequency', [0])).toEqual([1, 2, 3]);
  });

  it('has popularity for all carts, and personal baselines where customers are known alone', async () => {
    expect(await ask('popularity', [2])).toEqual([3, 0, 1]);
    expect(cartBaselines(false).map(({ name }) => name)).not.toContain('rules-confidence-own-frequency');
  });
});
