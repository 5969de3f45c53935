import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transactionCount } from '../baskets/transactions.ts';
import { anyBaskets, basketsOf } from '../mining/testing/baskets.ts';
import { groceries } from '../mining/testing/groceries.ts';
import { fisherLess, fisherTwoSided } from '../stats/fisher.ts';
import { logUpperTail } from '../stats/hypergeometric.ts';
import { PairTallies } from './pair-tallies.ts';
import { type PairRelation, relationsOf } from './relations.ts';

/** A random source that gives the same numbers each time. */
function seeded(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return state / 2 ** 32;
  };
}

const all = (count: number): Int32Array => Int32Array.from({ length: count }, (_, item) => item);

function between(relations: readonly PairRelation[], a: number, b: number): PairRelation {
  const [first, second] = [Math.min(a, b), Math.max(a, b)];
  return relations.find((relation) => relation.a === first && relation.b === second)!;
}

describe('relations in Groceries', () => {
  const { baskets, products } = groceries();
  const tallies = new PairTallies(baskets, all(baskets.itemCount));
  const id = (name: string): number => products.intern(name);
  const relations = relationsOf(tallies, { categoryOf: new Int32Array(baskets.itemCount).fill(-1) });
  const milk = id('whole milk');

  const table = (a: number, b: number) => {
    const n11 = tallies.together(a, b);
    const [n10, n01] = [tallies.counts[a] - n11, tallies.counts[b] - n11];
    return { n11, n10, n01, n00: tallies.transactionCount - n11 - n10 - n01 };
  };

  it('sees who avoids whom, as the reference does', () => {
    const cannedBeer = between(relations, id('canned beer'), milk);
    expect(cannedBeer.lift).toBeCloseTo(0.445664, 6);
    expect(fisherLess(table(id('canned beer'), milk)) / 5.29e-24).toBeCloseTo(1, 2);
    expect(cannedBeer.logP).toBeLessThan(Math.log(1e-20));
  });

  it('sees that bottled beer and milk have nothing to do with each other', () => {
    const bottledBeer = between(relations, id('bottled beer'), milk);
    expect(bottledBeer.lift).toBeCloseTo(0.993, 3);
    expect(fisherTwoSided(table(id('bottled beer'), milk))).toBeCloseTo(0.932, 3);
    expect(bottledBeer.relation).toBe('unrelated');
  });

  it('finds complements beyond what large baskets hold anyway', () => {
    const vegetables = between(relations, id('root vegetables'), id('other vegetables'));
    expect(vegetables).toMatchObject({ relation: 'complement', together: 466 });
    expect(vegetables.confidence).toBeGreaterThan(0.999);
    const positive = relations.filter(({ lift, logP }) => lift > 1 && logP <= Math.log(0.01));
    const complements = relations.filter(({ relation }) => relation === 'complement');
    expect(complements.length).toBeLessThan(positive.length / 2);
  });
});

describe('relationsOf', () => {
  /** Two colas with the same snacks in the basket, and never with each other; and a detergent. */
  const random = seeded(7);
  const shop = basketsOf(
    ...Array.from({ length: 3_000 }, () => {
      const basket = [random() < 0.5 ? 0 : 1];
      if (random() < 0.6) basket.push(2);
      if (random() < 0.6) basket.push(3);
      if (random() < 0.05) basket.push(0, 1);
      return random() < 0.5 ? basket : random() < 0.5 ? [4] : [4, 5];
    }),
  );
  const tallies = new PairTallies(shop, all(6));

  it('tells substitutes by category and likeness', () => {
    const sameKind = relationsOf(tallies, { categoryOf: [0, 0, 1, 1, 2, 3] });
    expect(between(sameKind, 0, 1)).toMatchObject({ relation: 'substitute', sameCategory: true });
    expect(between(sameKind, 0, 1).similarity).toBeGreaterThan(0.9);
    // Bought by others, and apart from both: yet no substitute.
    expect(between(sameKind, 0, 4)).toMatchObject({ relation: 'unrelated', sameCategory: false });
    expect(between(sameKind, 0, 4).lift).toBeLessThan(0.1);
    const unknown = relationsOf(tallies, { categoryOf: [0, -1, 1, 1, 2, 3] });
    expect(between(unknown, 0, 1)).toMatchObject({ relation: 'unrelated', sameCategory: null });
  });

  it('does not take for a complement what a promotion brought together', () => {
    const options = { categoryOf: [0, 0, 1, 1, 2, 3] };
    expect(between(relationsOf(tallies, options), 4, 5).relation).toBe('complement');
    const made = relationsOf(tallies, { ...options, onlyInPromotion: (a, b) => a === 4 && b === 5 });
    expect(between(made, 4, 5).relation).toBe('unrelated');
  });

  it('is not taken in by large baskets', () => {
    const draw = seeded(11);
    const sizes = [2, 2, 2, 2, 20];
    const baskets = basketsOf(
      ...Array.from({ length: 4_000 }, (_, t) =>
        Array.from({ length: sizes[t % sizes.length] }, () => Math.floor(draw() * 40)),
      ),
    );
    const random = relationsOf(new PairTallies(baskets, all(40)), { categoryOf: new Int32Array(40).fill(0) });
    const crude = random.filter(({ lift, logP }) => lift > 1 && logP <= Math.log(0.01));
    expect(crude.length).toBeGreaterThan(700);
    expect(random.filter(({ relation }) => relation !== 'unrelated')).toEqual([]);
  });

  it('does not make a certainty of a few baskets, sizes held still', () => {
    // Of 20,000 baskets of two, 7 have both: by chance there would be one in seven such shops.
    const two = (count: number, ...basket: number[]): number[][] =>
      Array.from({ length: count }, () => basket);
    const baskets = basketsOf(...two(7, 0, 1), ...two(40, 0, 2), ...two(50, 1, 2), ...two(19_903, 2, 3));
    const rare = between(relationsOf(new PairTallies(baskets, all(4)), { categoryOf: [0, 0, 0, 0] }), 0, 1);
    // All baskets are of one size, so that both figures are of the same thing: a bound, and what it bounds.
    expect(rare.logPBeyondSize).toBeGreaterThan(rare.logP);
    expect(rare.logPBeyondSize / rare.logP).toBeCloseTo(1, 1);
    expect(rare.relation).toBe('complement');
  });

  it('keeps its figures where probabilities are too small for numbers', () => {
    const always = Array.from({ length: 20_000 }, (_, t) => (t % 2 === 0 ? [0, 1] : [2, 3]));
    const [together] = relationsOf(new PairTallies(basketsOf(...always), all(4)), {
      categoryOf: [0, 0, 0, 0],
    });
    // One way to draw the 10,000 baskets among 20,000 choose 10,000, on two sides; all pairs are as far from chance.
    const logChoose = logUpperTail(10_000, 20_000, 10_000, 10_000);
    expect(together).toMatchObject({ relation: 'complement', confidence: 1 });
    expect(together!.logP).toBeCloseTo(logChoose + Math.log(2), 6);
    expect(together!.logP).toBeLessThan(-13_000);
  });

  it('has nothing to say of nothing, and of one item', () => {
    expect(relationsOf(new PairTallies(basketsOf(), all(0)), { categoryOf: [] })).toEqual([]);
    expect(relationsOf(new PairTallies(basketsOf([0]), all(1)), { categoryOf: [0] })).toEqual([]);
    const alike = relationsOf(new PairTallies(basketsOf([0, 1], [0, 1]), all(2)), { categoryOf: [0, 0] });
    expect(alike).toMatchObject([{ relation: 'unrelated', together: 2, lift: 1, logP: 0, similarity: 0 }]);
  });
});

describe('PairTallies', () => {
  it('counts items and pairs as they are', () => {
    fc.assert(
      fc.property(anyBaskets(), fc.uniqueArray(fc.nat(7), { maxLength: 8 }), (baskets, items) => {
        const chosen = Int32Array.from(items.filter((item) => item < baskets.itemCount));
        const tallies = new PairTallies(baskets, chosen);
        const holds = (t: number, item: number): boolean =>
          baskets.items.subarray(baskets.offsets[t], baskets.offsets[t + 1]).includes(item);
        const count = (...wanted: number[]): number =>
          Array.from({ length: transactionCount(baskets) }, (_, t) => t).filter((t) =>
            wanted.every((item) => holds(t, item)),
          ).length;
        chosen.forEach((item, b) => {
          expect(tallies.counts[b]).toBe(count(item));
          for (let a = 0; a < b; a++) expect(tallies.together(a, b)).toBe(count(chosen[a], item));
        });
      }),
      { numRuns: 200 },
    );
  });

  it('refuses more items than memory allows', () => {
    expect(() => new PairTallies(basketsOf(), all(4_001))).toThrow('4000 items at most, not 4001');
  });
});
