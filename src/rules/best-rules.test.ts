import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { fpGrowth } from '../mining/fp-growth.ts';
import type { MineRequest } from '../mining/request.ts';
import { basketsOf } from '../mining/testing/baskets.ts';
import { groceries } from '../mining/testing/groceries.ts';
import { bestRules } from './best-rules.ts';
import { constrainRules, type RuleConstraint } from './constrain-rules.ts';
import type { BestRulesRequest, MiningEngine } from './engine.ts';
import { generateRules, type RuleOptions } from './generate.ts';
import { literalsOf, mined } from './testing/mined.ts';
import type { RuleLiteral } from './testing/rules.ts';

type RuleMiner = Pick<MiningEngine, 'mineRules'>;

/** Mines where it is called. */
const engine: RuleMiner = {
  async mineRules(transactions, { minSupport }, options) {
    const itemsets = fpGrowth(transactions, { minSupport });
    const rules = generateRules(itemsets, transactionCount(transactions), options);
    return { itemsets, rules, tied: false, algorithm: 'fpgrowth', threads: 1 };
  },
};

/** The same, and tells which minimum supports it was asked for. */
function watchedEngine(): RuleMiner & { tried: number[] } {
  const tried: number[] = [];
  return {
    tried,
    mineRules: (transactions, request, ...rest) => {
      tried.push(request.minSupport);
      return engine.mineRules(transactions, request, ...rest);
    },
  };
}

const any: MineRequest = { algorithm: 'auto', minSupport: 1 };
const anyRule: RuleOptions = { minConfidence: 0 };
const best = (k: number, by: BestRulesRequest['by'] = 'support', constraint: RuleConstraint = {}) => ({
  k,
  by,
  constraint,
});

/** Any few different baskets, each many times. */
function heavyBaskets(): fc.Arbitrary<Transactions> {
  const basket = fc.array(fc.nat(6), { maxLength: 7 });
  const repeated = fc.array(fc.tuple(basket, fc.integer({ min: 1, max: 40 })), { maxLength: 12 });
  return repeated.map((pairs) =>
    basketsOf(...pairs.flatMap(([items, times]) => Array.from({ length: times }, () => items))),
  );
}

/** By measure, support, size of the antecedent, then items; in whole numbers, so that ties are ties. */
function inOrder(rules: RuleLiteral[], by: BestRulesRequest['by'], count: number): RuleLiteral[] {
  const measure = ({ support, antecedent, consequent }: RuleLiteral): number =>
    by === 'support' ? support : support * count - antecedent * consequent;
  return rules.toSorted((a, b) => {
    const differences = [
      measure(b) - measure(a),
      b.support - a.support,
      a.from.length - b.from.length,
      ...a.from.map((item, i) => item - (b.from[i] ?? 0)),
      a.to - b.to,
    ];
    return differences.find((difference) => difference !== 0) ?? 0;
  });
}

describe('bestRules', () => {
  it('finds those that come first when all rules are sorted', async () => {
    const items = fc.option(
      fc.array(fc.nat(6)).map((ids) => Int32Array.from(ids)),
      { nil: undefined },
    );
    const wanted = fc.record({
      k: fc.integer({ min: 1, max: 60 }),
      by: fc.constantFrom('support', 'leverage'),
      constraint: fc.record({ left: items, right: items }),
    });
    const options = fc.record({ minConfidence: fc.constantFrom(0, 0.3, 1), minLift: fc.constantFrom(0, 1) });
    const least = fc.constantFrom(1, 1, 3, 20);
    await fc.assert(
      fc.asyncProperty(
        heavyBaskets(),
        wanted,
        options,
        least,
        async (baskets, wanted, options, minSupport) => {
          const count = transactionCount(baskets);
          const all = generateRules(fpGrowth(baskets, { minSupport }), count, options);
          const allowed = literalsOf(constrainRules(all, wanted.constraint));
          const { rules } = await bestRules(engine, baskets, { ...any, minSupport }, options, wanted);
          expect(literalsOf(rules)).toEqual(inOrder(allowed, wanted.by, count).slice(0, wanted.k));
          expect(rules.transactionCount).toBe(count);
        },
      ),
      { numRuns: 400 },
    );
  });

  it.each(['support', 'leverage'] as const)('finds the best by %s in Groceries', async (by) => {
    const { baskets } = groceries();
    const all = literalsOf(mined(baskets, 100).rules);
    const { rules } = await bestRules(engine, baskets, any, anyRule, best(20, by));
    expect(literalsOf(rules)).toEqual(inOrder(all, by, transactionCount(baskets)).slice(0, 20));
  });

  it('halves the minimum support until no rule of less support can be better', async () => {
    const { baskets } = groceries();
    const watched = watchedEngine();
    await bestRules(watched, baskets, any, anyRule, best(1));
    // The best pair is in 736 of 9835 baskets.
    expect(watched.tried).toEqual([984, 492]);
    await bestRules(watched, baskets, { ...any, minSupport: 300 }, anyRule, best(100));
    expect(watched.tried.slice(2)).toEqual([984, 492, 300]);
    await bestRules(watched, baskets, { ...any, minSupport: 5000 }, anyRule, best(100));
    expect(watched.tried.slice(5)).toEqual([5000]);
  });

  it('goes on while rules of less support may have a higher leverage than enough others', async () => {
    const common = Array.from({ length: 19 }, (_, n) => (n < 2 ? [n] : [0, 1]));
    const baskets = basketsOf(...common, [2, 3]);
    const sidesOf = async (by: BestRulesRequest['by']): Promise<number[][]> => {
      const { rules } = await bestRules(engine, baskets, any, anyRule, best(2, by));
      return literalsOf(rules).map(({ from, to }) => [...from, to]);
    };
    expect(await sidesOf('support')).toEqual([
      [0, 1],
      [1, 0],
    ]);
    expect(await sidesOf('leverage')).toEqual([
      [2, 3],
      [3, 2],
    ]);
  });

  it.each([
    ['fewer than asked for', basketsOf([0, 1], [0, 1], [2]), 2],
    ['one', basketsOf([0, 1], [1]), 2],
    ['no rule', basketsOf([0], [1], []), 0],
    ['nothing in any basket', basketsOf([], []), 0],
    ['no basket', basketsOf(), 0],
  ])('ends with all there are where there is %s', async (_, baskets, count) => {
    for (const by of ['support', 'leverage'] as const) {
      const watched = watchedEngine();
      const { rules } = await bestRules(watched, baskets, any, anyRule, best(100, by));
      expect(literalsOf(rules)).toEqual(
        inOrder(literalsOf(mined(baskets, 1).rules), by, transactionCount(baskets)),
      );
      expect(rules.consequent).toHaveLength(count);
      expect(watched.tried.at(-1)).toBe(1);
    }
  });

  it('returns the itemsets of the last round, and how it was mined', async () => {
    const baskets = basketsOf([0, 1], [0, 1], [2]);
    const { rules, ...rest } = await bestRules(engine, baskets, any, anyRule, best(1));
    const { rules: all, ...last } = await engine.mineRules(baskets, any, anyRule);
    expect(rest).toEqual(last);
    expect(rules.consequent.length).toBeLessThan(all.consequent.length);
  });

  it.each(['confidence', 'lift'] as const)('refuses %s, which support does not bound', async (by) => {
    const watched = watchedEngine();
    const wrong = bestRules(watched, basketsOf([0, 1]), any, anyRule, best(1, by));
    await expect(wrong).rejects.toMatchObject({ code: 'bad-input', message: /state a minimum support/ });
    expect(watched.tried).toEqual([]);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses to find the best %d', async (k) => {
    const wrong = bestRules(engine, basketsOf([0, 1]), any, anyRule, best(k));
    await expect(wrong).rejects.toMatchObject({ code: 'bad-input' });
  });

  it('ends with the error of the engine', async () => {
    const baskets = basketsOf([0, 1]);
    await expect(bestRules(engine, baskets, any, { minConfidence: 2 }, best(1))).rejects.toMatchObject({
      code: 'bad-input',
    });
    await expect(bestRules(engine, baskets, any, { ...anyRule, maxRules: 1 }, best(1))).rejects.toMatchObject(
      { code: 'limit-exceeded' },
    );
  });
});
