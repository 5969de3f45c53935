import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { EvidenceGatherer, evidence, evidenceWidth } from './evidence.ts';
import { itemTrends, trend, trendWidth } from './item-trends.ts';
import type { PairLists } from './pair-lists.ts';
import { type PurchaseWorld, purchaseWorld } from './purchase-world.ts';
import type { RegressedLists } from './regressed-lists.ts';
import { guest, type Shopper } from './shopper.ts';
import { anyShop, anyShopper, shopperFrom } from './testing/shops.ts';
import { worldFrom } from './testing/worlds.ts';

type Kind = keyof typeof evidence;
const kinds = Object.keys(evidence) as Kind[];
type Row = Record<Kind, number>;
/** What is gathered of a cart, and what of the baskets before instead. */
const cartKinds = kinds.filter((kind) => kind.startsWith('cart'));
const visitKinds = kinds.filter((kind) => /^(together|fellows|next|beside)/.test(kind));

/** What is gathered for a shopper, from the definitions, one kind after the other. */
function byHand(world: PurchaseWorld, { items, starts, cart, today }: Shopper): Map<number, Row> {
  const rows = new Map<number, Row>();
  const row = (item: number): Row => {
    if (!rows.has(item)) rows.set(item, Object.fromEntries(kinds.map((kind) => [kind, 0])) as Row);
    return rows.get(item)!;
  };
  const baskets = Array.from({ length: starts.length - 1 }, (_, k) => [
    ...items.subarray(starts[k], starts[k + 1]),
  ]);
  const age = (k: number): number => baskets.length - 1 - k;
  baskets.forEach((basket, k) => {
    for (const item of basket) {
      const own = row(item);
      if (own.purchases++ === 0) own.firstBasket = k;
      own.lastBasket = k;
      own.fading += 0.8 ** age(k);
    }
  });
  const pairs = (lists: PairLists | RegressedLists, from: number): number[] =>
    Array.from(
      { length: lists.offsets[from + 1]! - lists.offsets[from]! },
      (_, n) => lists.offsets[from]! + n,
    );
  const follow = (
    lists: PairLists,
    from: number,
    weight: number,
    confidence: Kind,
    near: Kind,
    best?: Kind,
  ): void => {
    for (const p of pairs(lists, from)) {
      const to = row(lists.items[p]!);
      to[confidence] += weight * lists.confidences[p]!;
      to[near] += weight * lists.closenesses[p]!;
      if (best) to[best] = Math.max(to[best], lists.confidences[p]!);
    }
  };
  const weigh = (lists: RegressedLists, from: number, weight: number, kind: Kind): void => {
    for (const p of pairs(lists, from)) row(lists.items[p]!)[kind] += weight * lists.weights[p]!;
  };
  for (const item of [...rows.keys()]) weigh(world.owned, item, 1, 'ownedWeight');
  // The last 30 lines of the last five baskets.
  const leading = baskets
    .flatMap((basket, k) => basket.map((item) => ({ item, weight: 0.8 ** age(k), k })))
    .filter(({ k }) => age(k) < 5)
    .slice(-30);
  const total = leading.reduce((sum, { weight }) => sum + weight, 0);
  for (const { item, weight } of cart.length === 0 ? leading : []) {
    follow(world.together, item, weight / total, 'togetherConfidence', 'togetherCloseness', 'togetherBest');
    follow(world.fellows, item, weight / total, 'fellowsConfidence', 'fellowsCloseness');
    follow(world.next, item, weight / total, 'nextConfidence', 'nextCloseness');
    weigh(world.beside, item, weight / total, 'besideWeight');
  }
  const trends = itemTrends(world.calendar, today, 60);
  for (const item of Array.from(cart)) {
    follow(world.together, item, 1 / cart.length, 'cartConfidence', 'cartCloseness', 'cartBest');
    weigh(world.beside, item, 1, 'cartWeight');
    for (const p of pairs(world.together, item)) {
      const confidence = world.together.confidences[p]!;
      const share = trends.rows[world.together.items[p]! * trendWidth + trend.overall]! + 1e-4;
      row(world.together.items[p]!).cartLift += confidence * Math.log(1 + confidence / share);
    }
    for (const p of pairs(world.fellows, item))
      row(world.fellows.items[p]!).cartFellows += world.fellows.closenesses[p]! / cart.length;
  }
  for (const item of trends.popular) row(item);
  return rows;
}

function expectEvidence(gatherer: EvidenceGatherer, world: PurchaseWorld, shopper: Shopper): void {
  gatherer.gather(shopper);
  const expected = byHand(world, shopper);
  const candidates = [...gatherer.candidates.subarray(0, gatherer.count)];
  expect(candidates.toSorted((a, b) => a - b)).toEqual([...expected.keys()].sort((a, b) => a - b));
  const own = new Set(shopper.items.subarray(shopper.starts[0], shopper.starts.at(-1)));
  expect(new Set(candidates.slice(0, gatherer.owned))).toEqual(own);
  // Sums in single precision.
  const others = shopper.cart.length > 0 ? visitKinds : cartKinds;
  for (const item of candidates)
    for (const kind of kinds)
      if (!others.includes(kind))
        expect(gatherer.values[gatherer.rowOf(item) + evidence[kind]], `${kind} of ${item}`).toBeCloseTo(
          expected.get(item)![kind],
          5,
        );
  for (let item = 0; item < world.itemCount; item++) {
    const from = gatherer.rowOf(item);
    const place = candidates.indexOf(item);
    if (place >= 0) expect(from).toBe(place * evidenceWidth);
    else
      expect(gatherer.values.subarray(from, from + evidenceWidth)).toEqual(new Float32Array(evidenceWidth));
  }
  const cart = new Set(Array.from(shopper.cart));
  for (let item = 0; item < world.itemCount; item++) expect(gatherer.isInCart(item)).toBe(cart.has(item));
}

describe('EvidenceGatherer', () => {
  it('gathers what its definitions say, whatever was asked before', () => {
    fc.assert(
      fc.property(anyShop, fc.array(anyShopper, { minLength: 1, maxLength: 4 }), (shop, shoppers) => {
        const world = purchaseWorld(shop);
        const gatherer = new EvidenceGatherer(world);
        for (const shopper of shoppers) expectEvidence(gatherer, world, shopper);
      }),
    );
  });

  it('has nothing but what is popular for somebody of whom nothing is known', () => {
    const baskets = [{ customer: -1, day: 5, items: [2, 3] }];
    const gatherer = new EvidenceGatherer(worldFrom(baskets, 4, { owned: [[0, 1, 1]] }));
    gatherer.gather(guest([], 6));
    expect([...gatherer.candidates.subarray(0, gatherer.count)]).toEqual([2, 3]);
    // The baskets of the day itself are not known yet.
    gatherer.gather(guest([], 5));
    expect(gatherer.count).toBe(0);
  });

  it('weighs the hundred items that came last to somebody who has more', () => {
    // Item n < 130 leads to 130 with the weight 1, and to 131 if it came first.
    const owned = Array.from({ length: 130 }, (_, n) =>
      n < 30
        ? ([
            [n, 130, 1],
            [n, 131, 1],
          ] as const)
        : ([[n, 130, 1]] as const),
    ).flat();
    const gatherer = new EvidenceGatherer(worldFrom([], 132, { owned }));
    const history = Array.from({ length: 13 }, (_, k) => Array.from({ length: 10 }, (_, n) => 10 * k + n));
    gatherer.gather(shopperFrom(history, [...history.keys()], 50));
    expect(gatherer.values[gatherer.rowOf(130) + evidence.ownedWeight]).toBe(100);
    expect([...gatherer.candidates.subarray(0, gatherer.count)]).not.toContain(131);
  });

  it('lets purchases of more than 32 baskets ago fade away', () => {
    const gatherer = new EvidenceGatherer(worldFrom([], 2, {}));
    const history = Array.from({ length: 40 }, (_, k) => (k < 8 ? [0] : [1]));
    gatherer.gather(shopperFrom(history, [...history.keys()], 50));
    expect(gatherer.values[gatherer.rowOf(0) + evidence.fading]).toBe(0);
    expect(gatherer.values[gatherer.rowOf(1) + evidence.fading]).toBeCloseTo((1 - 0.8 ** 32) / 0.2, 5);
  });
});
