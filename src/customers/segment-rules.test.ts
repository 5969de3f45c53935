import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { transactionCount } from '../baskets/transactions.ts';
import { fpGrowth } from '../mining/fp-growth.ts';
import { anyBaskets } from '../mining/testing/baskets.ts';
import { randomNumbers } from '../mining/testing/random.ts';
import { generateRules } from '../rules/generate.ts';
import { transactionsWhere } from '../rules/hold-out.ts';
import { recount } from '../rules/recount.ts';
import { ruleCount } from '../rules/rule-columns.ts';
import {
  confidenceStrength,
  countsTogether,
  segmentRuleCounts,
  shopConfidence,
  shrunkConfidence,
} from './segment-rules.ts';
import { segmentPopularity } from './segment-rules-popularity.ts';
import { estimateStrength, mostStrength } from './segment-rules-shrinkage.ts';

describe('segmentRuleCounts', () => {
  it('counts what each segment bought, and shrinks between its own share and the shop’s', () => {
    fc.assert(
      fc.property(anyBaskets(), fc.infiniteStream(fc.integer({ min: -1, max: 2 })), (baskets, stream) => {
        const count = transactionCount(baskets);
        const orderCustomer = Int32Array.from({ length: count }, () => stream.next().value as number);
        const customerSegment = [1, 0, 1];
        const itemsets = fpGrowth(baskets, { minSupport: 1, maxLength: 3 });
        const rules = generateRules(itemsets, count, { minConfidence: 0 });
        const counts = segmentRuleCounts(baskets, orderCustomer, customerSegment, 2, rules);
        const rows = Array.from({ length: count }, (_, t) => [
          ...baskets.items.subarray(baskets.offsets[t], baskets.offsets[t + 1]),
        ]);
        const shop = shopConfidence(rules);
        const shrunk = shrunkConfidence(counts, shop, 5);
        for (const segment of [0, 1]) {
          const own = rows.filter((_, t) => customerSegment[orderCustomer[t]!] === segment);
          expect(counts.orders[segment]).toBe(own.length);
          for (let r = 0; r < ruleCount(rules); r++) {
            const antecedent = [
              ...rules.antecedentItems.subarray(rules.antecedentOffsets[r], rules.antecedentOffsets[r + 1]),
            ];
            const fired = own.filter((row) => antecedent.every((item) => row.includes(item)));
            const both = fired.filter((row) => row.includes(rules.consequent[r]!)).length;
            const at = segment * ruleCount(rules) + r;
            expect([counts.antecedentCount[at], counts.supportCount[at]]).toEqual([fired.length, both]);
            expect(shrunk[at]).toBeCloseTo((both + 5 * shop[r]!) / (fired.length + 5), 12);
          }
        }
      }),
    );
  });
});

describe('estimateStrength', () => {
  /** Segments whose shares are beta distributed about the shop's with a strength of 20: as many coins as trials. */
  function drawn(strength: number, seed: number) {
    const random = randomNumbers(seed);
    const shares = Float64Array.from({ length: 200 }, () => 0.1 + 0.5 * random());
    const groups = 6;
    const trials = new Int32Array(groups * 200).fill(60);
    // Pólya's urn: each success makes the next one likelier, which is the beta-binomial distribution.
    const successes = Int32Array.from(trials, (n, at) => {
      let hits = 0;
      for (let t = 0; t < n; t++) {
        const chance = (shares[at % 200]! * strength + hits) / (strength + t);
        if (random() < chance) hits++;
      }
      return hits;
    });
    return { groups, shares, successes, trials };
  }

  it('finds the strength that counts were drawn with', () => {
    // 1,200 cells of 60 trials: four seeds lie within a tenth.
    for (const strength of [5, 20, 80]) {
      const estimate = estimateStrength(drawn(strength, 100 + strength));
      expect(estimate / strength).toBeGreaterThan(0.9);
      expect(estimate / strength).toBeLessThan(1.1);
    }
  });

  it('has the greatest likelihood, as SciPy’s betabinom has it', () => {
    // The sum of scipy.stats.betabinom.logpmf(x, n, share * M, (1 - share) * M), maximised by minimize_scalar over ln M.
    const successes = Int32Array.of(9, 2, 1, 5, 4, 0);
    const counts = {
      groups: 3,
      shares: Float64Array.of(0.4, 0.2),
      successes,
      trials: Int32Array.of(12, 10, 9, 11, 10, 8),
    };
    expect(estimateStrength(counts)).toBeCloseTo(5.1945, 3);
  });

  it('is as great as can be where chance alone explains the differences, or nothing was counted', () => {
    const alike = {
      groups: 2,
      shares: Float64Array.of(0.5),
      successes: Int32Array.of(50, 50),
      trials: Int32Array.of(100, 100),
    };
    expect(estimateStrength(alike)).toBe(mostStrength);
    expect(estimateStrength({ ...alike, trials: new Int32Array(2), successes: new Int32Array(2) })).toBe(
      mostStrength,
    );
    expect(
      estimateStrength({
        groups: 0,
        shares: new Float64Array(0),
        successes: new Int32Array(0),
        trials: new Int32Array(0),
      }),
    ).toBe(mostStrength);
  });
});

describe('countsTogether', () => {
  it('are those of the orders that are in a segment', () => {
    fc.assert(
      fc.property(anyBaskets(), fc.infiniteStream(fc.integer({ min: -1, max: 2 })), (baskets, stream) => {
        const count = transactionCount(baskets);
        const orderCustomer = Int32Array.from({ length: count }, () => stream.next().value as number);
        const rules = generateRules(fpGrowth(baskets, { minSupport: 1, maxLength: 3 }), count, {
          minConfidence: 0,
        });
        const segmentOf = [1, 0, -1];
        const together = countsTogether(segmentRuleCounts(baskets, orderCustomer, segmentOf, 2, rules));
        const isIn = (order: number): boolean => (segmentOf[orderCustomer[order]!] ?? -1) >= 0;
        const { supportCount, antecedentCount } = recount(rules, transactionsWhere(baskets, isIn));
        expect(together).toEqual({ supportCount, antecedentCount });
      }),
    );
  });
});

describe('confidenceStrength', () => {
  it('keeps a segment that is unlike the shop to itself, and draws a small one to the shop', () => {
    const rules = {
      transactionCount: 4000,
      antecedentOffsets: Int32Array.of(0, 1),
      antecedentItems: Int32Array.of(0),
      consequent: Int32Array.of(1),
      supportCount: Int32Array.of(500),
      antecedentCount: Int32Array.of(1010),
      consequentCount: Int32Array.of(700),
    };
    const shop = shopConfidence(rules);
    const counts = {
      rules: 1,
      orders: Int32Array.of(2000, 1990, 10),
      supportCount: Int32Array.of(450, 45, 5),
      antecedentCount: Int32Array.of(500, 505, 5),
    };
    const shrunk = shrunkConfidence(counts, shop, confidenceStrength(counts, shop));
    expect(shrunk[0]).toBeGreaterThan(0.88);
    expect(shrunk[1]).toBeLessThan(0.11);
    expect(shrunk[2]).toBeLessThan(0.95);
    expect(shrunk[2]).toBeGreaterThan(shop[0]!);
  });
});

describe('segmentPopularity', () => {
  it('lists what a segment buys most, and the list of all where it bought nothing, whatever nobody known did', () => {
    const rows = [[0, 1], [0], [0], [1], [1], [0, 2]];
    const baskets = {
      itemCount: 4,
      offsets: Int32Array.of(0, 2, 3, 4, 5, 6, 7),
      items: Int32Array.from(rows.flat()),
    };
    const orderCustomer = Int32Array.of(0, 0, 0, 1, 1, -1);
    const { offsets, items, counts, shares, strength } = segmentPopularity(
      baskets,
      orderCustomer,
      [0, 1],
      3,
      {
        listLength: 2,
        counts: (order) => order < 6,
      },
    );
    expect([...offsets]).toEqual([0, 2, 4, 6]);
    expect([...items]).toEqual([0, 1, 1, 0, 0, 1]);
    expect([...counts]).toEqual([3, 1, 2, 0, 0, 0]);
    const share = (own: number, orders: number, ofAll: number): number =>
      (own + (strength * ofAll) / 5) / (orders + strength);
    [share(3, 3, 3), share(1, 3, 3), share(2, 2, 3), share(0, 2, 3), 0.6, 0.6].forEach((expected, n) => {
      expect(shares[n]).toBeCloseTo(expected, 12);
    });
  });

  it('counts only the orders that are to count', () => {
    const baskets = { itemCount: 2, offsets: Int32Array.of(0, 1, 2), items: Int32Array.of(0, 1) };
    const options = { listLength: 5, counts: (order: number) => order === 1 };
    const { items, counts } = segmentPopularity(baskets, Int32Array.of(0, 0), [0], 1, options);
    expect([[...items], [...counts]]).toEqual([[1], [1]]);
  });
});
