import { beforeAll, describe, expect, it } from 'vitest';
import { trainTrees } from '../../learn/trees/boost.ts';
import { plainScorer } from '../../learn/trees/plain-scorer.ts';
import {
  type LearntRanking,
  learningAlone,
  learnTogether,
  type TrainTrees,
} from '../../ranking/learn-ranking.ts';
import type { ShopBaskets } from '../../ranking/shop-baskets.ts';
import { plantedItems, plantedShop } from '../../ranking/testing/planted-shop.ts';
import { basketsIn, shopFrom } from '../../ranking/testing/shops.ts';
import type { PreviousRanking } from './previous-ranking.ts';
import { type HeldOutOutcome, rankHeldOut } from './rank-held-out.ts';
import { evaluationOf } from './ranking-evaluation.ts';

const trees: TrainTrees = async (data, options) => trainTrees(data, { ...options, trees: 15 });
const learn = (shop: ShopBaskets): Promise<LearntRanking> =>
  learnTogether(shop, learningAlone(shop, trees), { seed: 1, questions: 500 });

const answers = (
  shop: ShopBaskets,
  { ranking, exercises }: LearntRanking,
  previous: PreviousRanking | null = null,
): Promise<HeldOutOutcome[]> =>
  Promise.all(
    exercises.map(({ exercise, world }) =>
      rankHeldOut({ shop, exercise, ranking: { ...ranking, world }, previous }, plainScorer),
    ),
  );

/** The same shop with each item under the number of another: item n becomes `plantedItems - 1 - n`. */
const turned = (item: number): number => plantedItems - 1 - item;
const asIs = Int32Array.from({ length: plantedItems }, (_, item) => item);

describe('held-out questions', () => {
  const shop = plantedShop(400);
  let learnt: LearntRanking;
  beforeAll(async () => {
    learnt = await learn(shop);
  });

  it('are of customers, and of baskets of nobody known, that nothing is learnt from', async () => {
    const outcomes = await answers(shop, learnt);
    const learntFrom = (kind: string): Set<number> =>
      new Set(
        learnt.exercises.flatMap(({ exercise: { customers, baskets, isHeldOut, ...exercise } }) =>
          exercise.kind !== kind
            ? []
            : Array.from(isHeldOut, (out, n) =>
                out === 1 ? Number.NaN : customers[n]! < 0 ? -1 - baskets[n]! : customers[n]!,
              ),
        ),
      );
    for (const { kind, groups } of outcomes) {
      const others = learntFrom(kind);
      expect(groups.filter((group) => others.has(group))).toEqual([]);
    }
    const visits = outcomes.filter(({ kind }) => kind === 'visit').flatMap(({ groups }) => groups);
    expect([visits.length, new Set(visits).size]).toEqual([40, 40]);
  });

  it('are answered by what was learnt better than by baselines, and each method is told with an interval', async () => {
    const { visit, cart } = evaluationOf(await answers(shop, learnt));
    const value = (kind: typeof visit, name: string, metric: string): number =>
      kind!.methods.find((method) => method.name === name)!.metrics[metric]!.value;
    expect(visit!.methods.map(({ name }) => name)).toEqual([
      'popularity',
      'personal-frequency-recency-popularity',
      'rules-confidence-lift',
      'pairwell',
    ]);
    for (const metric of ['recall@10', 'ndcg@10'])
      expect(value(visit, 'pairwell', metric)).toBeGreaterThan(value(visit, 'popularity', metric) + 0.05);
    expect(value(cart, 'pairwell', 'hr@10')).toBeGreaterThan(value(cart, 'popularity', 'hr@10') + 0.1);
    for (const { metrics } of [...visit!.methods, ...cart!.methods]) {
      for (const { value, lower, upper, cases } of Object.values(metrics)) {
        expect(lower).toBeLessThanOrEqual(value);
        expect(value).toBeLessThanOrEqual(upper);
        expect(cases).toBeGreaterThan(30);
      }
    }
    expect(visit!.methods.at(-1)!.calibrationError).toBeLessThan(0.1);
    expect([visit!.againstPrevious, cart!.againstPrevious]).toEqual([null, null]);
  });

  it('are put to the ranking in service where they are of days that it knows nothing of', async () => {
    const { ranking } = learnt;
    for (const until of [79, 200]) {
      const previous = { ranking, formerItem: asIs, presentItem: asIs, until };
      const outcomes = await answers(shop, learnt, previous);
      const { visit } = evaluationOf(outcomes);
      const newer = outcomes
        .filter(({ kind }) => kind === 'visit')
        .flatMap(({ groups }) => groups.filter((customer) => lastDay(shop, customer) > until));
      expect(visit!.againstPrevious?.cases ?? 0).toBe(newer.length);
      expect(newer.length > 0).toBe(until === 79);
    }
  });

  it('are answered by it in the items of now, whatever numbers they had then', async () => {
    const former = shopFrom(
      basketsIn(shop).map((basket) => ({ ...basket, items: basket.items.map(turned) })),
      plantedItems,
    );
    const { ranking } = await learn(former);
    const formerItem = asIs.map(turned);
    const turnedBack = { ranking, formerItem, presentItem: formerItem, until: -1 };
    // It has seen what is asked about, so that it can hardly be worse than who has not.
    const { visit, cart } = evaluationOf(await answers(shop, learnt, turnedBack));
    expect(visit!.againstPrevious!.previous).toBeGreaterThan(visit!.againstPrevious!.ours - 0.02);
    expect(cart!.againstPrevious!.previous).toBeGreaterThan(cart!.againstPrevious!.ours - 0.02);
    expect(cart!.againstPrevious!.cases).toBe(cart!.cases);
    // With the numbers mixed up it says nothing of use.
    const mixedUp = { ...turnedBack, formerItem: asIs, presentItem: asIs };
    const wrong = evaluationOf(await answers(shop, learnt, mixedUp));
    expect(wrong.cart!.againstPrevious!.lower).toBeGreaterThan(0.1);
    // Of what it did not know, and of what is gone, nothing is said.
    const gone = new Int32Array(plantedItems).fill(-1);
    const silent = evaluationOf(
      await answers(shop, learnt, { ...turnedBack, formerItem: gone, presentItem: gone }),
    );
    expect(silent.visit!.againstPrevious!.previous).toBe(0);
  });
});

/** The day of the customer's newest basket. */
const lastDay = ({ histories: { offsets, day } }: ShopBaskets, customer: number): number =>
  day[offsets[customer + 1]! - 1]!;

it('has no figures of no questions', () => {
  expect(evaluationOf([])).toEqual({ visit: null, cart: null });
});
