import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { anyBaskets, basketsOf } from '../mining/testing/baskets.ts';
import { groceries } from '../mining/testing/groceries.ts';
import { confirmRules, mineAndConfirm, type SplitTransactions, splitAt, splitByShare } from './hold-out.ts';
import { recount } from './recount.ts';
import { ruleCount } from './rule-columns.ts';
import { fisherLogP, significantRules } from './significance.ts';
import { mined } from './testing/mined.ts';
import { rulesOf } from './testing/rules.ts';

function rowsOf({ offsets, items }: Transactions): string[] {
  return Array.from({ length: offsets.length - 1 }, (_, t) =>
    items.subarray(offsets[t], offsets[t + 1]).join(' '),
  );
}

/** Baskets of one item each, the number of the basket. */
const numbered = (count: number): Transactions => basketsOf(...Array.from({ length: count }, (_, t) => [t]));
const numbersIn = (part: Transactions): number[] => rowsOf(part).map(Number);

describe('splitByShare', () => {
  it('puts each transaction into one part, in their order', () => {
    const share = fc.double({ min: 0, max: 1, noNaN: true });
    fc.assert(
      fc.property(fc.nat(200), share, fc.maxSafeInteger(), (count, share, seed) => {
        const { exploratory, holdOut } = splitByShare(numbered(count), share, seed);
        const [first, second] = [numbersIn(exploratory), numbersIn(holdOut)];
        expect(second).toHaveLength(Math.round(share * count));
        expect([...first, ...second].sort((a, b) => a - b)).toEqual(
          Array.from({ length: count }, (_, t) => t),
        );
        for (const part of [first, second]) expect(part).toEqual(part.toSorted((a, b) => a - b));
      }),
    );
  });

  it('keeps all items of a transaction, and the number of items', () => {
    fc.assert(
      fc.property(anyBaskets(), fc.nat(), (baskets, seed) => {
        const parts = Object.values(splitByShare(baskets, 0.5, seed));
        expect(parts.flatMap(rowsOf).sort()).toEqual(rowsOf(baskets).sort());
        for (const part of parts) expect(part.itemCount).toBe(baskets.itemCount);
      }),
    );
  });

  it('makes the same parts of the same seed, and others of another', () => {
    const parts = (seed: number): number[] => numbersIn(splitByShare(numbered(100), 0.3, seed).holdOut);
    expect(parts(7)).toEqual(parts(7));
    expect(parts(8)).not.toEqual(parts(7));
  });

  it('takes each transaction about as often', () => {
    const times = new Array(20).fill(0);
    for (let seed = 0; seed < 4000; seed++) {
      for (const t of numbersIn(splitByShare(numbered(20), 0.25, seed).holdOut)) times[t]++;
    }
    // A thousand each but for chance, whose standard deviation is 27.
    for (const count of times) expect(Math.abs(count - 1000)).toBeLessThan(130);
  });

  it.each([
    [-0.1, 1],
    [1.1, 1],
    [Number.NaN, 1],
    [0.5, 0.5],
    [0.5, Number.NaN],
  ])('refuses a share of %f and a seed of %f', (share, seed) => {
    expect(() => splitByShare(numbered(3), share, seed)).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  });
});

describe('splitAt', () => {
  it('holds the transactions from the boundary on out', () => {
    for (let boundary = 0; boundary <= 4; boundary++) {
      const { exploratory, holdOut } = splitAt(numbered(4), boundary);
      expect(numbersIn(exploratory)).toEqual([0, 1, 2, 3].slice(0, boundary));
      expect(numbersIn(holdOut)).toEqual([0, 1, 2, 3].slice(boundary));
    }
  });

  it.each([-1, 5, 1.5, Number.NaN])('refuses a boundary of %f', (boundary) => {
    expect(() => splitAt(numbered(4), boundary)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});

describe('confirmRules', () => {
  it('tests rules by their counts in the other transactions', () => {
    const { baskets } = groceries();
    const { exploratory, holdOut } = splitByShare(baskets, 0.5, 1);
    const { rules } = mined(exploratory, 10, 0.5);
    const tested = confirmRules(rules, holdOut, { alpha: 0.01 });
    expect(tested.rules).toBe(rules);
    expect(tested.recounted).toEqual(recount(rules, holdOut));
    expect(tested.logP).toEqual(fisherLogP(tested.recounted));
    expect(tested.confirmed).toEqual(significantRules(tested.recounted, { alpha: 0.01 }));
    expect(tested.confirmed.length).toBeGreaterThan(50);
    expect(tested.confirmed.length).toBeLessThan(ruleCount(rules) / 2);
  });

  it('confirms no rule in no transactions, nor one that is in none of them', () => {
    const rules = rulesOf(9, [{ from: [0], to: 1, support: 3, antecedent: 3, consequent: 4 }]);
    for (const holdOut of [basketsOf(), basketsOf([2], [1])]) {
      const { logP, confirmed } = confirmRules(rules, holdOut, { alpha: 0.9, adjust: 'none' });
      expect([[...logP], [...confirmed]]).toEqual([[0], []]);
    }
  });

  it('takes no rules', () => {
    expect(confirmRules(rulesOf(9, []), numbered(3)).confirmed).toHaveLength(0);
  });
});

describe('mineAndConfirm', () => {
  /** Two halves of 2,000 baskets that each hold each item with a probability of one in five, whatever else they hold. */
  const parts = (items: number, seed: number): SplitTransactions => {
    let state = seed;
    const isIn = (): boolean => {
      // A linear congruential generator, of which the high bits count.
      state = (Math.imul(state, 1664525) + 1013904223) | 0;
      return state >>> 0 < 2 ** 32 / 5;
    };
    const basket = (): number[] => Array.from({ length: items }, (_, item) => item).filter(isIn);
    return splitByShare(basketsOf(...Array.from({ length: 2000 }, basket)), 0.5, seed);
  };

  it('mines from one part alone', async () => {
    const split = parts(6, 1);
    const seen: Transactions[] = [];
    const tested = await mineAndConfirm(split, async (transactions) => {
      seen.push(transactions);
      return mined(transactions, 20).rules;
    });
    expect(seen).toEqual([split.exploratory]);
    expect(tested).toEqual(confirmRules(mined(split.exploratory, 20).rules, split.holdOut));
    expect(tested.recounted.transactionCount).toBe(transactionCount(split.holdOut));
  });

  it('rarely confirms rules between items that have nothing to do with each other', async () => {
    let wrong = 0;
    for (let seed = 1; seed <= 20; seed++) {
      const { confirmed } = await mineAndConfirm(parts(8, seed), (part) => mined(part, 5).rules);
      if (confirmed.length > 0) wrong++;
    }
    // One in twenty at most, but for chance.
    expect(wrong).toBeLessThan(5);
  });
});
