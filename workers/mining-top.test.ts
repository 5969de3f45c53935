import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import { type Transactions, transactionCount } from '../src/baskets/transactions.ts';
import { select } from '../src/mining/condense.ts';
import { type Itemsets, itemsetCount } from '../src/mining/itemsets.ts';
import { basketsOf } from '../src/mining/testing/baskets.ts';
import { groceries } from '../src/mining/testing/groceries.ts';
import { linesOf } from '../src/mining/testing/itemsets.ts';
import { randomNumbers, range } from '../src/mining/testing/random.ts';
import { frequentSets, sift } from '../src/mining/testing/searching.ts';
import { mined } from '../src/rules/testing/mined.ts';
import { topRules } from '../src/rules/top-rules.ts';
import { createComputePool, createMiningEngine } from './mining.ts';

/** 66 to 125 baskets of 13 to 18 items, of which some may be everywhere, and some alike. */
function anyBaskets(): fc.Arbitrary<Transactions> {
  const shape = fc.record({
    seed: fc.nat(),
    items: fc.integer({ min: 13, max: 18 }),
    baskets: fc.integer({ min: 66, max: 125 }),
    everywhere: fc.constantFrom(0, 0, 1, 4),
    density: fc.constantFrom(0.1, 0.3, 0.6, 0.9),
    repeats: fc.constantFrom(0, 0.5),
  });
  return shape.map(({ seed, items, baskets, everywhere, density, repeats }) => {
    const random = randomNumbers(seed);
    const made: number[][] = [];
    for (let n = 0; n < baskets; n++) {
      if (n > 0 && random() < repeats) made.push(made[Math.floor(random() * n)]!);
      else made.push(range(items).filter((item) => item < everywhere || random() < density));
    }
    return basketsOf(...made);
  });
}

/** The sets of highest support, of these the smaller ones, of these those of lower item ids. */
function best(inCanonicalOrder: Itemsets, k: number): string[] {
  const { supports } = inCanonicalOrder;
  const order = range(itemsetCount(inCanonicalOrder)).sort((a, b) => supports[b]! - supports[a]! || a - b);
  const lines = linesOf(inCanonicalOrder);
  return order.slice(0, k).map((s) => lines[s]!);
}

describe('the best itemsets', () => {
  const pools = [1, 2, 3].map((size) => createComputePool({ size, queueLimit: 2 * size }));
  const engines = pools.map((pool, n) => createMiningEngine(pool, n + 1));
  afterAll(() => Promise.all(pools.map((pool) => pool.close())));

  describe.each(['fpgrowth', 'eclat'] as const)('%s', (algorithm) => {
    it.each(['all', 'closed', 'generator'] as const)(
      'are the %s sets that come first when all are sorted, on any number of threads',
      async (target) => {
        const lengths = fc.record({
          minLength: fc.constantFrom(1, 1, 2, 4),
          more: fc.constantFrom(0, 2, 100),
        });
        await fc.assert(
          fc.asyncProperty(
            anyBaskets(),
            fc.integer({ min: 1, max: 400 }),
            lengths,
            fc.boolean(),
            async (baskets, k, { minLength, more }, isStated) => {
              const { minSupport, all } = frequentSets(baskets, 1, 8000);
              const maxLength = minLength + more;
              const wanted = ofLength(sift(all, transactionCount(baskets), target), minLength, maxLength);
              // Of sets below the minimum support that was stated here nothing is known.
              const top = isStated ? k : Math.min(k, itemsetCount(wanted));
              if (top === 0) return;
              const least = isStated ? minSupport : 1;
              const request = { algorithm, target, minSupport: least, minLength, maxLength, top };
              for (const engine of engines) {
                const { itemsets } = await engine.mine(baskets, request);
                expect(linesOf(itemsets)).toEqual(best(wanted, top));
              }
            },
          ),
          { numRuns: 30 },
        );
      },
    );
  });

  it.each(['support', 'leverage'] as const)('make the best rules by %s', async (by) => {
    const { baskets } = groceries();
    const all = mined(baskets, 100).rules;
    const request = { algorithm: 'auto', minSupport: 1 } as const;
    for (const engine of engines) {
      const best = { k: 20, by, constraint: {} };
      const { rules, threads } = await engine.bestRules(baskets, request, { minConfidence: 0 }, best);
      expect(threads).toBe(engines.indexOf(engine) + 1);
      expect(rules).toEqual(topRules(all, 20, by));
    }
  });
});

function ofLength(found: Itemsets, min: number, max: number): Itemsets {
  const { offsets } = found;
  return select(found, (s) => {
    const length = offsets[s + 1]! - offsets[s]!;
    return length >= min && length <= max;
  });
}
