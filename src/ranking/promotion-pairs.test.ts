import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../learn/random.ts';
import { promotionInfluence } from '../rules/influences.ts';
import { promotionPairs } from './promotion-pairs.ts';
import type { PromotedDays, ShopBaskets } from './shop-baskets.ts';
import { ofPreference, ofPromotion, promotionShop } from './testing/promotion-shop.ts';
import { type BasketLiteral, basketsIn, shopFrom } from './testing/shops.ts';

const itemCount = 6;
const dayCount = 12;

/** By counting: the table of a pair on days without promotion of either, and on the others. */
function counted(shop: ShopBaskets, { items, days }: PromotedDays, a: number, b: number) {
  const inside = new Set(days.filter((_, n) => items[n] === a || items[n] === b));
  const [n11, n10, n01, n00] = [0, 0, 0, 0].map(() => new Int32Array(2));
  for (const basket of basketsIn(shop)) {
    const cells = basket.items.includes(a) ? [n10, n11] : [n00, n01];
    cells[basket.items.includes(b) ? 1 : 0]![inside.has(basket.day) ? 1 : 0]!++;
  }
  return { n11: n11!, n10: n10!, n01: n01!, n00: n00! };
}

interface Drawn {
  readonly seed: number;
  readonly baskets: number;
  readonly together: number;
  readonly alone: number;
  readonly lines: readonly (readonly [item: number, day: number])[];
}

const anyDays = fc.uniqueArray(fc.nat(dayCount - 1), { maxLength: 6 });
const anyDrawn: fc.Arbitrary<Drawn> = fc.record({
  seed: fc.nat(),
  baskets: fc.integer({ min: 0, max: 600 }),
  together: fc.constantFrom(0.1, 0.4, 0.7),
  alone: fc.constantFrom(0, 0.1, 0.3),
  // Days without baskets, too; some lines twice.
  lines: fc
    .tuple(anyDays, fc.array(fc.tuple(fc.nat(itemCount - 1), fc.nat(dayCount + 1)), { maxLength: 6 }))
    .map(([days, others]) => [...days.map((day) => [0, day] as const), ...others, ...others.slice(2)]),
});

/** Items 0 and 1 together on days of promotion of the first, each for itself on others; the other items by chance. */
function shopOf({ seed, baskets, together, alone, lines }: Drawn) {
  const random = seededRandom(seed);
  const literal = Array.from({ length: baskets }, (_, n): BasketLiteral => {
    const day = n % dayCount;
    const isInside = lines.some(([item, promoted]) => item === 0 && promoted === day);
    const pair = isInside ? [0, 1].slice(random() < together ? 0 : 2) : [0, 1].filter(() => random() < alone);
    return { customer: (n % 40) - 1, day, items: [...pair, ...[2, 3, 4, 5].filter(() => random() < 0.3)] };
  });
  const promoted = {
    items: Int32Array.from(lines, ([item]) => item),
    days: Int32Array.from(lines, ([, day]) => day),
  };
  return { ...shopFrom(literal, itemCount, 40), promoted };
}

describe('promotionPairs', () => {
  it('are those of which the influence of promotions says so, however they are asked about', () => {
    let made = 0;
    const anyPair = fc.tuple(fc.nat(itemCount - 1), fc.nat(itemCount - 1));
    fc.assert(
      fc.property(anyDrawn, fc.array(anyPair, { maxLength: 40 }), (drawn, asked) => {
        const shop = shopOf(drawn);
        const isPair = promotionPairs(shop);
        for (const [a, b] of [...asked, [0, 1], [1, 0]] as const) {
          const expected =
            a !== b &&
            promotionInfluence(counted(shop, shop.promoted, a, b), Int32Array.of(0, 1)).verdict ===
              'only-in-promotion';
          expect(isPair?.(a, b) ?? false).toBe(expected);
          made += expected ? 1 : 0;
        }
      }),
      { numRuns: 300 },
    );
    // Not all the same.
    expect(made).toBeGreaterThan(20);
  });

  it('are not those that are bought together without a promotion as well', () => {
    const isPair = promotionPairs(promotionShop())!;
    expect(isPair(...ofPromotion)).toBe(true);
    expect(isPair(...ofPreference)).toBe(false);
  });

  it('are not asked for where nothing was on promotion', () => {
    const { histories, anonymous } = promotionShop();
    expect(promotionPairs({ histories, anonymous })).toBeUndefined();
    const promoted = { items: new Int32Array(0), days: new Int32Array(0) };
    expect(promotionPairs({ histories, anonymous, promoted })).toBeUndefined();
  });

  it('are none where nothing was sold on days of promotion, or on others', () => {
    const shop = promotionShop();
    const on = (days: Int32Array): PromotedDays => ({ items: days.map(() => ofPromotion[0]), days });
    for (const days of [Int32Array.of(-1, 200), Int32Array.from({ length: 100 }, (_, day) => day)])
      expect(promotionPairs({ ...shop, promoted: on(days) })!(...ofPromotion)).toBe(false);
  });
});
