import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { RuleBrowser, type RuleFilter } from './browse.ts';
import type { MeasureName } from './measures/measures.ts';
import { ruleCount } from './rule-columns.ts';
import { anyRules, itemCount, rulesOf } from './testing/rules.ts';

const browser = new RuleBrowser(
  rulesOf(10, [
    { from: [0], to: 1, support: 2, antecedent: 4, consequent: 5 },
    { from: [1], to: 0, support: 2, antecedent: 5, consequent: 4 },
    { from: [0, 2], to: 1, support: 1, antecedent: 2, consequent: 5 },
    { from: [0], to: 2, support: 4, antecedent: 4, consequent: 8 },
    { from: [1, 2, 3], to: 0, support: 1, antecedent: 1, consequent: 4 },
  ]),
);

const found = (filter: RuleFilter, sort: MeasureName = 'confidence') =>
  browser.page(filter, sort, 0, 100).rules;

const ruleMeasures = ['support', 'confidence', 'lift', 'count'] as const;

describe('RuleBrowser', () => {
  it('works out the measures of a rule', () => {
    expect(ruleMeasures.map((name) => browser.measure(name, 1))).toEqual([0.2, 0.4, 1, 2]);
  });

  it('tells the antecedent of a rule', () => {
    expect([...browser.antecedent(4)]).toEqual([1, 2, 3]);
  });

  it.each([
    ['support', [3, 0, 1, 2, 4]],
    ['confidence', [3, 4, 0, 2, 1]],
    ['lift', [4, 3, 0, 1, 2]],
    ['count', [3, 0, 1, 2, 4]],
  ] as const)('sorts by %s, highest first, ties by rule number', (sort, rules) => {
    expect(found({}, sort)).toEqual(rules);
  });

  it('finds rules with all the items asked for on the left side', () => {
    expect(found({ antecedent: [0] })).toEqual([3, 0, 2]);
    expect(found({ antecedent: [2, 1] })).toEqual([4]);
    expect(found({ antecedent: [0, 3] })).toEqual([]);
    expect(found({ antecedent: [] })).toHaveLength(5);
  });

  it('finds rules with the item asked for on the right side', () => {
    expect(found({ consequent: 0 })).toEqual([4, 1]);
    expect(found({ consequent: 3 })).toEqual([]);
  });

  it('finds nothing for an item that the model does not know', () => {
    expect(found({ antecedent: [-1] })).toEqual([]);
    expect(found({ consequent: -1 })).toEqual([]);
  });

  it.each([
    [{ support: 0.2 }, [3, 0, 1]],
    [{ confidence: 0.5 }, [3, 4, 0, 2]],
    [{ lift: 1.25 }, [3, 4]],
    [{ count: 2 }, [3, 0, 1]],
    [{ count: 2, confidence: 0.5 }, [3, 0]],
  ])('keeps rules that reach %o', (least, rules) => {
    expect(found({ least })).toEqual(rules);
  });

  it('keeps rules that pass what else is asked, after all other conditions', () => {
    const asked: number[] = [];
    const also = (rule: number): boolean => {
      asked.push(rule);
      return rule !== 3;
    };
    expect(found({ antecedent: [0], also })).toEqual([0, 2]);
    expect(asked).toEqual([3, 0, 2]);
  });

  it('gives a measure of all rules, worked out once', () => {
    expect([...browser.column('count')]).toEqual([2, 2, 1, 4, 1]);
    expect(browser.column('count')).toBe(browser.column('count'));
  });

  it('puts all rules on one page when there is no limit', () => {
    expect(browser.page({}, 'count', 0, Number.POSITIVE_INFINITY)).toEqual({
      rules: [3, 0, 1, 2, 4],
      next: undefined,
    });
  });

  it('counts the rules that match', () => {
    expect(browser.count({})).toBe(5);
    expect(browser.count({ antecedent: [0], least: { confidence: 0.5 } })).toBe(3);
    expect(browser.count({ also: () => false })).toBe(0);
  });

  it('lists the rules from a single item by confidence', () => {
    expect(browser.pairsFrom(0)).toEqual([3, 0]);
    expect(browser.pairsFrom(1)).toEqual([1]);
    expect(browser.pairsFrom(3)).toEqual([]);
  });

  it('says that there is no next page when the last one is exactly full', () => {
    expect(browser.page({}, 'count', 0, 5)).toEqual({ rules: [3, 0, 1, 2, 4], next: undefined });
    expect(browser.page({ consequent: 0 }, 'count', 0, 2).next).toBeUndefined();
  });

  it('works out profit for margins, and the rest only once', () => {
    expect(() => browser.column('profitPerBasket')).toThrow('unavailable without margins');
    const margins = Float64Array.of(2, 4, Number.NaN);
    const priced = browser.priced(margins);
    // Confidence by the margin of what is on the right: 0.5 × 4, 0.4 × 2, 0.5 × 4, 1 × ?, 1 × 2.
    expect([...priced.column('profitPerBasket')]).toEqual([2, 0.8, 2, Number.NaN, 2]);
    expect(priced.page({ least: { profitPerBasket: 1 } }, 'profitPerBasket', 0, 10).rules).toEqual([0, 2, 4]);
    expect(priced.column('lift')).toBe(browser.column('lift'));
    expect(browser.priced(margins.slice())).toBe(priced);
    const dearer = browser.priced(Float64Array.of(3, 4, Number.NaN));
    expect(dearer.page({}, 'profitPerBasket', 0, 2).rules).toEqual([4, 0]);
    expect(priced.page({}, 'profitPerBasket', 0, 2).rules).toEqual([0, 2]);
  });

  it('visits every rule that matches exactly once, in order, page by page', () => {
    const filter = fc.record(
      {
        antecedent: fc.uniqueArray(fc.nat(itemCount - 1), { maxLength: 2 }),
        consequent: fc.nat(itemCount - 1),
        least: fc.record(
          { count: fc.integer({ min: 1, max: 3 }), lift: fc.double({ min: 0, max: 2, noNaN: true }) },
          { requiredKeys: [] },
        ),
      },
      { requiredKeys: [] },
    );
    const sort = fc.constantFrom(...ruleMeasures);
    fc.assert(
      fc.property(anyRules(), filter, sort, fc.integer({ min: 1, max: 7 }), (rules, filter, sort, limit) => {
        const browser = new RuleBrowser(rules);
        const visited: number[] = [];
        for (let at: number | undefined = 0; at !== undefined; ) {
          const page = browser.page(filter, sort, at, limit);
          visited.push(...page.rules);
          at = page.next;
          if (at !== undefined) expect(page.rules).toHaveLength(limit);
        }
        const matching = Array.from({ length: ruleCount(rules) }, (_, rule) => rule)
          .filter((rule) =>
            (filter.antecedent ?? []).every((item) => browser.antecedent(rule).includes(item)),
          )
          .filter((rule) => filter.consequent === undefined || rules.consequent[rule] === filter.consequent)
          .filter((rule) => browser.measure('count', rule) >= (filter.least?.count ?? 0))
          .filter((rule) => browser.measure('lift', rule) >= (filter.least?.lift ?? 0))
          .sort((a, b) => browser.measure(sort, b) - browser.measure(sort, a) || a - b);
        expect(visited).toEqual(matching);
      }),
    );
  });
});
