import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { fpGrowth } from '../mining/fp-growth.ts';
import { anyBaskets, basketsOf } from '../mining/testing/baskets.ts';
import { groceries } from '../mining/testing/groceries.ts';
import { generateRules, type RuleOptions } from './generate.ts';
import { confidence, lift } from './measures/support-confidence-lift.ts';
import { type RuleColumns, ruleBuffers, ruleCount } from './rule-columns.ts';
import { listedRules } from './testing/rules.ts';

function rulesOf(baskets: Transactions, minSupport: number, options: RuleOptions): RuleColumns {
  return generateRules(fpGrowth(baskets, { minSupport }), transactionCount(baskets), options);
}

/** Every rule by counting, for a handful of items. */
function bruteForceRules(baskets: Transactions, minSupport: number, options: RuleOptions): string[] {
  const { itemCount, offsets, items } = baskets;
  const count = transactionCount(baskets);
  const rows = Array.from({ length: count }, (_, t) => [...items.subarray(offsets[t], offsets[t + 1])]);
  const holding = (set: number[]): number =>
    rows.filter((row) => set.every((item) => row.includes(item))).length;
  const lines: string[] = [];
  for (let subset = 1; subset < 2 ** itemCount; subset++) {
    const antecedent = Array.from({ length: itemCount }, (_, i) => i).filter((i) => (subset >> i) & 1);
    for (let consequent = 0; consequent < itemCount; consequent++) {
      if (antecedent.includes(consequent)) continue;
      const [whole, left, right] = [[...antecedent, consequent], antecedent, [consequent]].map(
        holding,
      ) as number[];
      if (whole! < minSupport || whole! / left! < options.minConfidence) continue;
      if ((whole! * count) / (left! * right!) < (options.minLift ?? 0)) continue;
      lines.push(`${antecedent.join(' ')} > ${consequent}: ${whole} of ${left}, ${right}`);
    }
  }
  return lines.sort();
}

describe('generateRules', () => {
  it('counts the rule, its antecedent and its consequent', () => {
    const baskets = basketsOf([0, 1], [0, 1], [0], [1, 2], []);
    const rules = rulesOf(baskets, 1, { minConfidence: 0.5 });
    expect(listedRules(rules)).toEqual(['0 > 1: 2 of 3, 3', '1 > 0: 2 of 3, 3', '2 > 1: 1 of 1, 3']);
    expect(rules.transactionCount).toBe(5);
  });

  it('makes no rule from nothing, nor from single items', () => {
    expect(ruleCount(rulesOf(basketsOf(), 1, { minConfidence: 0 }))).toBe(0);
    expect(ruleCount(rulesOf(basketsOf([0], [1]), 1, { minConfidence: 0 }))).toBe(0);
  });

  it('includes a rule exactly at the minimum confidence', () => {
    // 7 of 100; in doubles 0.07 * 100 > 7.
    const baskets = basketsOf(...Array.from({ length: 100 }, (_, t) => (t < 7 ? [0, 1] : [0])));
    expect(listedRules(rulesOf(baskets, 1, { minConfidence: 0.07 }))).toContain('0 > 1: 7 of 100, 7');
    expect(listedRules(rulesOf(baskets, 1, { minConfidence: 0.0701 }))).not.toContain('0 > 1: 7 of 100, 7');
  });

  it('includes a rule exactly at the minimum lift', () => {
    const independent = basketsOf([0, 1], [0], [1], []);
    expect(ruleCount(rulesOf(independent, 1, { minConfidence: 0, minLift: 1 }))).toBe(2);
    expect(ruleCount(rulesOf(independent, 1, { minConfidence: 0, minLift: 1.01 }))).toBe(0);
  });

  it('agrees with brute force on any baskets', () => {
    const tenths = fc.integer({ min: 0, max: 10 }).map((n) => n / 10);
    fc.assert(
      fc.property(
        anyBaskets(),
        fc.integer({ min: 1, max: 4 }),
        tenths,
        tenths,
        (baskets, minSupport, conf, l) => {
          const options = { minConfidence: conf, minLift: 2 * l };
          expect(listedRules(rulesOf(baskets, minSupport, options))).toEqual(
            bruteForceRules(baskets, minSupport, options),
          );
        },
      ),
    );
  });

  it('makes all rules where nothing is asked of them', () => {
    fc.assert(
      fc.property(anyBaskets(), (baskets) => {
        const options = { minConfidence: 0 };
        expect(listedRules(rulesOf(baskets, 1, options))).toEqual(bruteForceRules(baskets, 1, options));
      }),
    );
  });

  it('takes itemsets cut at a length', () => {
    const baskets = basketsOf([0, 1, 2], [0, 1, 2]);
    const pairs = fpGrowth(baskets, { minSupport: 1, maxLength: 2 });
    expect(ruleCount(generateRules(pairs, 2, { minConfidence: 1 }))).toBe(6);
  });

  it('refuses itemsets that lack a subset', () => {
    const closed = { offsets: Int32Array.of(0, 2), items: Int32Array.of(0, 1), supports: Int32Array.of(3) };
    expect(() => generateRules(closed, 3, { minConfidence: 0 })).toThrow(
      expect.objectContaining({
        code: 'bad-input',
        message: expect.stringContaining('all frequent itemsets'),
      }),
    );
  });

  it('refuses to return fewer rules than there are', () => {
    const baskets = basketsOf([0, 1], [0, 1]);
    expect(ruleCount(rulesOf(baskets, 1, { minConfidence: 0, maxRules: 2 }))).toBe(2);
    for (const minConfidence of [0, 0.5]) {
      expect(() => rulesOf(baskets, 1, { minConfidence, maxRules: 1 })).toThrow(
        expect.objectContaining({ code: 'limit-exceeded', details: { reached: 1, maxRules: 1 } }),
      );
    }
  });

  it.each([
    { minConfidence: -0.1 },
    { minConfidence: 1.1 },
    { minConfidence: Number.NaN },
    { minConfidence: 0, minLift: -1 },
    { minConfidence: 0, minLift: Number.NaN },
    { minConfidence: 0, maxRules: 0 },
  ])('refuses %o', (options) => {
    expect(() => rulesOf(basketsOf([0, 1]), 1, options)).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  });

  // Counts that arules and Borgelt's programs agree on.
  it.each([
    { minSupport: 99, minConfidence: 0.5, rules: 15 },
    { minSupport: 99, minConfidence: 0.25, rules: 170 },
    { minSupport: 50, minConfidence: 0.5, rules: 120 },
    { minSupport: 50, minConfidence: 0.25, rules: 662 },
    { minSupport: 10, minConfidence: 0.8, rules: 410 },
    { minSupport: 10, minConfidence: 0.5, rules: 5668 },
    { minSupport: 5, minConfidence: 0.8, rules: 9778 },
    { minSupport: 5, minConfidence: 0.5, rules: 42_278 },
  ])('finds $rules rules in Groceries at $minSupport baskets and confidence $minConfidence', (expected) => {
    const { baskets } = groceries();
    expect(ruleCount(rulesOf(baskets, expected.minSupport, expected))).toBe(expected.rules);
  });

  it('knows that herbs go with root vegetables', () => {
    const { baskets, products } = groceries();
    const rules = rulesOf(baskets, 69, { minConfidence: 0.4 });
    const [herbs, roots] = ['herbs', 'root vegetables'].map((name) => products.idOf(name));
    const r = rules.consequent.findIndex((item, at) => {
      const [from, to] = [rules.antecedentOffsets[at], rules.antecedentOffsets[at + 1]];
      return item === roots && to - from === 1 && rules.antecedentItems[from] === herbs;
    });
    const [count, left, right] = [rules.supportCount[r], rules.antecedentCount[r], rules.consequentCount[r]];
    expect(count).toBe(69);
    expect(confidence(count, left)).toBe(0.43125);
    expect(lift(count, left, right, rules.transactionCount)).toBeCloseTo(3.956477, 6);
  });
});

describe('ruleBuffers', () => {
  it('are apart where there are no rules', () => {
    for (let time = 0; time < 2; time++) {
      const rules = rulesOf(basketsOf([0], [1]), 1, { minConfidence: 0 });
      expect(ruleCount(structuredClone(rules, { transfer: ruleBuffers(rules) }))).toBe(0);
    }
  });

  it('are those of all columns', () => {
    const rules = rulesOf(basketsOf([0, 1]), 1, { minConfidence: 0 });
    const before = listedRules(rules);
    const moved = structuredClone(rules, { transfer: ruleBuffers(rules) });
    expect(listedRules(moved)).toEqual(before);
    expect(ruleCount(rules)).toBe(0);
    expect(rules.antecedentItems).toHaveLength(0);
  });
});
