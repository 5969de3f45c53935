import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CandidateRows } from './candidate-rows.ts';
import {
  cartExercises,
  type Exercise,
  exerciseWorld,
  questionCount,
  questionOf,
  visitExercises,
} from './exercises.ts';
import { purchaseWorld } from './purchase-world.ts';
import type { Question } from './questions.ts';
import { type ShopBaskets, withoutBaskets } from './shop-baskets.ts';
import { shortlistDefaults } from './shortlist.ts';
import { signalCount } from './signal-names.ts';
import { ofPromotion, promotionShop, promotionShopItems } from './testing/promotion-shop.ts';
import { anyShop, type BasketLiteral, basketsIn, shopFrom } from './testing/shops.ts';

const kinds = {
  visit: (shop: ShopBaskets, most = 100, seed = 1) => played(shop, visitExercises(shop, most, seed)),
  cart: (shop: ShopBaskets, most = 100, seed = 1) => played(shop, cartExercises(shop, most, seed)),
};

/** Exercises with their worlds and questions. */
const played = (shop: ShopBaskets, exercises: readonly Exercise[]) =>
  exercises.map((exercise) => ({
    ...exercise,
    world: () => exerciseWorld(shop, exercise),
    questions: Array.from({ length: questionCount(exercise) }, (_, n) => questionOf(shop, exercise, n)),
  }));

type Played = ReturnType<typeof played>[number];

const itemCount = 200;
/** Each basket with an item of its own, from 100 on; the others are even. */
const marked = (shop: ShopBaskets): BasketLiteral[] =>
  basketsIn(shop).map(({ items, ...basket }, n) => ({
    ...basket,
    items: [...items.map((item) => 2 * item), 100 + n],
  }));

const itemsOf = ({ shopper, bought }: Question): number[] => [...Array.from(shopper.cart), ...bought];
const marksIn = (items: readonly number[]): number[] => items.filter((item) => item >= 100);

/** What a question is ranked by: candidates and their signals. */
function signalsOf({ world }: Played, { shopper }: Question) {
  const candidates = new CandidateRows(world());
  const count = candidates.fill(shopper, shortlistDefaults, () => true);
  return {
    items: candidates.items.slice(0, count),
    rows: candidates.rows.slice(0, count * signalCount),
  };
}

describe('exercises', () => {
  it.each(['visit', 'cart'] as const)(
    'of kind %s have worlds of all baskets but those they ask about',
    (kind) => {
      fc.assert(
        fc.property(anyShop, (any) => {
          const baskets = marked(any);
          for (const { world, questions } of kinds[kind](shopFrom(baskets, itemCount, 7))) {
            const asked = new Set(questions.flatMap((question) => marksIn(itemsOf(question))));
            const left = baskets.filter(({ items }) => !items.some((item) => asked.has(item)));
            expect(left).toHaveLength(baskets.length - asked.size);
            expect(world()).toEqual(purchaseWorld(shopFrom(left, itemCount, 7)));
          }
        }),
      );
    },
  );

  it.each(['visit', 'cart'] as const)(
    'of kind %s have worlds that know no more of promotions than the baskets left tell',
    (kind) => {
      const shop = promotionShop();
      const [one, other] = ofPromotion;
      const exercises = kinds[kind](shop, 16_000);
      expect(exercises.length).toBeGreaterThan(0);
      for (const exercise of exercises) {
        const hidden = Array.from(exercise.customers, (customer, n) => ({
          customer,
          basket: exercise.baskets[n]!,
        }));
        const world = exercise.world();
        const left = shopFrom(basketsIn(withoutBaskets(shop, hidden)), promotionShopItems, 200);
        expect(world).toEqual(purchaseWorld({ ...left, promoted: shop.promoted }));
        const { offsets, items } = world.together;
        expect(items.subarray(offsets[one], offsets[one + 1])).not.toContain(other);
      }
    },
  );

  it.each(['visit', 'cart'] as const)('of kind %s have no signal that hangs on the answer', (kind) => {
    fc.assert(
      fc.property(anyShop, fc.nat(), (any, drawn) => {
        const baskets = marked(any).map((basket) => ({
          ...basket,
          items: basket.items.filter((item) => item < 100),
        }));
        const exercises = kinds[kind](shopFrom(baskets, itemCount, 7));
        const places = exercises.flatMap(({ questions }, e) => questions.map((_, q) => [e, q] as const));
        if (places.length === 0) return;
        const [e, q] = places[drawn % places.length]!;
        const { shopper, bought } = exercises[e]!.questions[q]!;
        // Odd items, which nobody else bought, in the place of those wanted: of the same basket, in the same order.
        const wanted = new Set(bought);
        const whole = new Set([...Array.from(shopper.cart), ...bought]);
        const isAsked = ({ day, items }: BasketLiteral): boolean =>
          day === shopper.today && items.length === whole.size && items.every((item) => whole.has(item));
        // Of several alike, which could be any, nothing is said.
        if (baskets.filter(isAsked).length !== 1) return;
        const others = baskets.map((basket) =>
          isAsked(basket)
            ? { ...basket, items: basket.items.map((item) => (wanted.has(item) ? item + 1 : item)) }
            : basket,
        );
        const changed = kinds[kind](shopFrom(others, itemCount, 7));
        const question = changed[e]!.questions[q]!;
        expect([...question.bought]).toEqual([...bought].map((item) => item + 1));
        expect(signalsOf(changed[e]!, question)).toEqual(
          signalsOf(exercises[e]!, exercises[e]!.questions[q]!),
        );
      }),
    );
  });

  it('ask about no more than is wanted, of a sample that the seed draws', () => {
    const baskets = Array.from({ length: 300 }, (_, n) => ({
      customer: n % 100,
      day: Math.floor(n / 100),
      items: [n % 7, 7 + (n % 100)],
    }));
    const shop = shopFrom(baskets, 107);
    for (const kind of ['visit', 'cart'] as const) {
      const count = (most: number): number =>
        kinds[kind](shop, most).reduce((sum, { questions }) => sum + questions.length, 0);
      expect([1, 4, 50].map(count)).toEqual([1, 4, 50]);
      const customers = (seed: number) =>
        kinds[kind](shop, 20, seed).flatMap(({ questions }) =>
          questions.map((question) => Math.max(...itemsOf(question))),
        );
      expect(customers(1)).toEqual(customers(1));
      expect(customers(1)).not.toEqual(customers(2));
    }
    // Each of the 300 baskets in three carts.
    expect(kinds.cart(shop, 1000).map(({ questions }) => questions.length)).toEqual(new Array(5).fill(180));
  });

  it('hide no more than two of five newest baskets at once, so that steps are left to learn from', () => {
    const baskets = Array.from({ length: 300 }, (_, n) => ({
      customer: n % 100,
      day: Math.floor(n / 100),
      items: [n % 7],
    }));
    const counts = (most: number): number[] =>
      kinds.visit(shopFrom(baskets, 7), most).map(({ questions }) => questions.length);
    expect(counts(1000)).toEqual([34, 33, 33]);
    expect(counts(41)).toEqual([21, 20]);
    expect(counts(40)).toEqual([40]);
  });

  it('ask about the newest carts alone where these are enough', () => {
    const baskets = Array.from({ length: 15_000 }, (_, n) => ({ customer: -1, day: n, items: [n % 7, 7] }));
    const [exercise, ...others] = kinds.cart(shopFrom(baskets, 8), 16_000);
    expect(others).toEqual([]);
    expect(exercise!.questions.map(({ shopper }) => shopper.today)).toEqual(
      Array.from({ length: 3000 }, (_, n) => 12_000 + n),
    );
  });

  it('come in the order of days', () => {
    fc.assert(
      fc.property(anyShop, (shop) => {
        for (const kind of ['visit', 'cart'] as const) {
          for (const { questions } of kinds[kind](shop)) {
            const days = questions.map(({ shopper }) => shopper.today);
            expect(days).toEqual(days.toSorted((a, b) => a - b));
          }
        }
      }),
    );
  });

  it('hold out all questions of one customer in ten, and of one basket of nobody known in ten', () => {
    const baskets = Array.from({ length: 400 }, (_, n) => ({
      customer: n < 200 ? n % 40 : -1,
      day: Math.floor(n / 40),
      items: [n % 7, 7 + (n % 100)],
    }));
    const shop = shopFrom(baskets, 107);
    const groups = (kind: 'visit' | 'cart', seed: number) => {
      const all = kinds[kind](shop, 16_000, seed).flatMap(({ customers, baskets, isHeldOut }) =>
        Array.from(
          isHeldOut,
          (one, n) => [customers[n]! >= 0 ? `${customers[n]}` : `b${baskets[n]}`, one] as const,
        ),
      );
      const out = new Set(all.flatMap(([group, one]) => (one === 1 ? [group] : [])));
      expect(all.filter(([group, one]) => one === 0 && out.has(group))).toEqual([]);
      return [...out].sort();
    };
    expect(groups('visit', 1)).toHaveLength(4);
    // 40 customers and 200 baskets.
    expect(groups('cart', 1)).toHaveLength(24);
    expect(groups('cart', 1)).toEqual(groups('cart', 1));
    expect(groups('cart', 2)).not.toEqual(groups('cart', 1));
  });

  it('are none where there is nothing to ask', () => {
    const alone = [{ customer: 0, day: 1, items: [0] }];
    for (const shop of [shopFrom([], 3), shopFrom(alone, 3)]) {
      expect(kinds.visit(shop)).toEqual([]);
      expect(kinds.cart(shop)).toEqual([]);
    }
  });
});
