import { describe, expect, it } from 'vitest';
import { EvidenceGatherer } from './evidence.ts';
import { guest, type Shopper } from './shopper.ts';
import { type SignalName, signalCount, signalNames } from './signal-names.ts';
import { guestSignals, shopperTraits, writeGuestSignals, writeSignals } from './signals.ts';
import { shopperFrom } from './testing/shops.ts';
import { worldFrom } from './testing/worlds.ts';

const baskets = [
  { customer: 0, day: 1, items: [3] },
  { customer: 0, day: 15, items: [0, 3] },
  { customer: 1, day: 19, items: [1] },
  // Of the day of the question.
  { customer: -1, day: 20, items: [3] },
];
const world = worldFrom(baskets, 6, {
  together: [[0, 3, 0.5, 0.25]],
  fellows: [
    [0, 3, 0.125, 0.375],
    [1, 3, 0.4, 0.2],
  ],
  next: [[2, 3, 0.3, 0.1]],
  beside: [[0, 3, 0.7]],
  owned: [
    [0, 3, 0.05],
    [1, 3, 0.9],
  ],
});
const history = [[0, 1], [0, 2], [0]];
const days = [5, 9, 13];

function signalsOf(shopper: Shopper, item: number): Record<SignalName, number> {
  const gatherer = new EvidenceGatherer(world);
  gatherer.gather(shopper);
  const out = new Float32Array(2 * signalCount).fill(-9);
  writeSignals(gatherer, shopper, shopperTraits(shopper, gatherer.owned), item, out, signalCount);
  expect([...out.subarray(0, signalCount)]).toEqual(new Array(signalCount).fill(-9));
  return Object.fromEntries(signalNames.map((name, n) => [name, out[signalCount + n]!])) as Record<
    SignalName,
    number
  >;
}

function expectSignals(
  found: Partial<Record<SignalName, number>>,
  expected: Partial<Record<SignalName, number>>,
): void {
  for (const [name, value] of Object.entries(expected) as [SignalName, number][]) {
    if (Number.isNaN(value)) expect(found[name], name).toBeNaN();
    else expect(found[name], name).toBeCloseTo(value, 6);
  }
}

const none = Number.NaN;
const noCart = {
  cartConfidence: 0,
  cartCloseness: 0,
  cartBest: 0,
  cartLift: 0,
  cartFellows: 0,
  cartWeight: 0,
};
const shopperOfThree = {
  cartSize: 0,
  baskets: 3,
  basketSize: 5 / 3,
  distinctItems: 3,
  // Of the three lines after the first basket two are of what was bought before.
  repeatShare: 2 / 3,
  idleDays: 7,
  usualGap: 4,
  lastBasketSize: 1,
};

describe('signals', () => {
  const shopper = shopperFrom(history, days, 20);

  it('are all of them what their names say, of an item that is new to the shopper', () => {
    // The five lines weigh .64, .64, .8, .8 and 1.
    const total = 3.88;
    const expected: Record<SignalName, number> = {
      purchases: 0,
      purchaseShare: 0,
      fadingPurchases: 0,
      inLastBasket: 0,
      basketsAgo: none,
      daysAgo: none,
      due: none,
      togetherConfidence: (0.5 * 2.44) / total,
      togetherCloseness: (0.25 * 2.44) / total,
      togetherBest: 0.5,
      fellowsConfidence: (0.125 * 2.44 + 0.4 * 0.64) / total,
      fellowsCloseness: (0.375 * 2.44 + 0.2 * 0.64) / total,
      nextConfidence: (0.3 * 0.8) / total,
      nextCloseness: (0.1 * 0.8) / total,
      ownedWeight: 0.95,
      besideWeight: (0.7 * 2.44) / total,
      ...noCart,
      popularity: 2 / 3,
      recentPopularity: 2 / 3,
      latestPopularity: 2 / 3,
      seasonPopularity: none,
      trend: 1,
      // Its one known buyer came back for it: 1 / (1 + 3).
      again: 0.25,
      itemAge: 19,
      itemIdle: 5,
      ...shopperOfThree,
    };
    const found = signalsOf(shopper, 3);
    expect(Object.keys(expected)).toEqual([...signalNames]);
    expectSignals(found, expected);
  });

  it('tell how an item was bought before, and when it is due', () => {
    expectSignals(signalsOf(shopper, 0), {
      purchases: 3,
      purchaseShare: 1,
      fadingPurchases: 2.44,
      inLastBasket: 1,
      basketsAgo: 0,
      daysAgo: 7,
      // Seven days ago, every four days.
      due: 7 / 4,
    });
    expectSignals(signalsOf(shopper, 1), {
      purchases: 1,
      purchaseShare: 1 / 3,
      fadingPurchases: 0.64,
      inLastBasket: 0,
      basketsAgo: 2,
      daysAgo: 15,
      due: none,
    });
  });

  it('are missing of an item that has not sold', () => {
    expectSignals(signalsOf(shopper, 4), {
      popularity: 0,
      recentPopularity: 0,
      trend: none,
      again: 0,
      itemAge: none,
      itemIdle: none,
    });
  });

  it('tell what goes with a cart, and no longer what goes with the baskets before', () => {
    expectSignals(signalsOf({ ...shopper, cart: [0, 5] }, 3), {
      togetherConfidence: 0,
      fellowsConfidence: 0,
      nextConfidence: 0,
      besideWeight: 0,
      ownedWeight: 0.95,
      cartConfidence: 0.25,
      cartCloseness: 0.125,
      cartBest: 0.5,
      cartLift: 0.5 * Math.log(1 + 0.5 / (2 / 3 + 1e-4)),
      cartFellows: 0.375 / 2,
      cartWeight: 0.7,
      ...shopperOfThree,
      cartSize: 2,
    });
  });

  it('of a shopper are missing where there are too few baskets', () => {
    const unknown = {
      basketSize: none,
      distinctItems: none,
      repeatShare: none,
      idleDays: none,
      usualGap: none,
    };
    expectSignals(signalsOf(guest([0], 20), 3), {
      ...unknown,
      purchaseShare: 0,
      inLastBasket: 0,
      cartSize: 1,
      baskets: 0,
      lastBasketSize: none,
    });
    expectSignals(signalsOf(shopperFrom([[0, 1]], [13], 20), 3), {
      baskets: 1,
      basketSize: 2,
      distinctItems: 2,
      repeatShare: none,
      idleDays: 7,
      usualGap: none,
      lastBasketSize: 2,
    });
  });

  it('of a guest with a cart are those known beforehand and those written, the same as of anybody', () => {
    const gatherer = new EvidenceGatherer(world);
    for (const cart of [[0], [2, 0], [5]]) {
      const asked = guest(cart, 20);
      gatherer.gather(asked);
      const traits = shopperTraits(asked, gatherer.owned);
      for (let item = 0; item < world.itemCount; item++) {
        const [all, some] = [new Float32Array(signalCount), new Float32Array(signalCount).fill(-9)];
        writeSignals(gatherer, asked, traits, item, all, 0);
        writeGuestSignals(gatherer, asked, traits, item, some, 0);
        for (let n = 0; n < signalCount; n++) {
          const name = `${signalNames[n]} of ${item}`;
          expect(some[n], name).toBe(guestSignals.has(n) ? -9 : all[n]);
          if (guestSignals.has(n)) expect(all[n], name).toBe(guestSignals.get(n));
        }
      }
    }
  });

  it('are those of an item without evidence where nothing leads to it', () => {
    const gatherer = new EvidenceGatherer(worldFrom([], 70, {}));
    gatherer.gather(shopper);
    const out = new Float64Array(signalCount);
    writeSignals(gatherer, shopper, shopperTraits(shopper, 3), 60, out, 0);
    expect([...out.subarray(0, 7)]).toEqual([0, 0, 0, 0, none, none, none]);
    expect([...out.subarray(7, 22)]).toEqual(new Array(15).fill(0));
  });
});
