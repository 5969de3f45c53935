import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RuleColumns, ruleCount } from '../rules/rule-columns.ts';
import { anyRules, itemCount, rulesOf } from '../rules/testing/rules.ts';
import { type Proposal, type Proposing, RuleIndex } from './rule-index.ts';

const everything = (): boolean => true;

/** What `propose` must answer, by scoring every rule. */
function scoreAll(rules: RuleColumns, proposing: Proposing): Proposal[] {
  const { cart, history, historyWeight, limit, admits } = proposing;
  const best = new Map<number, Proposal>();
  for (let rule = 0; rule < ruleCount(rules); rule++) {
    const item = rules.consequent[rule];
    if (cart.includes(item) || history.includes(item) || !admits(item)) continue;
    const antecedent = rules.antecedentItems.subarray(
      rules.antecedentOffsets[rule],
      rules.antecedentOffsets[rule + 1],
    );
    if (!antecedent.every((needed) => cart.includes(needed) || history.includes(needed))) continue;
    const weight = antecedent.every((needed) => cart.includes(needed)) ? 1 : historyWeight;
    const score = weight * (rules.supportCount[rule] / rules.antecedentCount[rule]);
    if (score > (best.get(item)?.score ?? -1)) best.set(item, { item, rule, score });
  }
  return [...best.values()].sort((a, b) => b.score - a.score || a.item - b.item).slice(0, limit);
}

/** Any cart and, apart from it, any history. */
const anyContext = fc
  .tuple(fc.uniqueArray(fc.nat(itemCount - 1)), fc.nat(itemCount))
  .map(([items, inCart]) => ({ cart: items.slice(0, inCart), history: items.slice(inCart) }));

const anyRequest: fc.Arbitrary<Proposing> = fc
  .record({
    context: anyContext,
    // 0.5 makes many equal scores of bought and carted items; the others few.
    historyWeight: fc.constantFrom(0, 0.3, 0.5, 1),
    limit: fc.nat(itemCount),
    refused: fc.uniqueArray(fc.nat(itemCount - 1), { maxLength: 3 }),
  })
  .map(({ context, refused, ...request }) => ({
    ...context,
    ...request,
    admits: (item) => !refused.includes(item),
  }));

// Confidences: 0.5 (0 ⇒ 1), 1 (0 ⇒ 2), 0.25 (1 ⇒ 2), 0.8 (0, 1 ⇒ 3), 0.5 (4 ⇒ 1).
const index = new RuleIndex(
  rulesOf(20, [
    { from: [0], to: 1, support: 2, antecedent: 4, consequent: 8 },
    { from: [0], to: 2, support: 4, antecedent: 4, consequent: 9 },
    { from: [1], to: 2, support: 2, antecedent: 8, consequent: 9 },
    { from: [0, 1], to: 3, support: 4, antecedent: 5, consequent: 5 },
    { from: [4], to: 1, support: 3, antecedent: 6, consequent: 8 },
  ]),
  5,
);

const propose = (proposing: Partial<Proposing>): Proposal[] =>
  index.propose({ cart: [], history: [], historyWeight: 0.5, limit: 10, admits: everything, ...proposing });

describe('RuleIndex.propose', () => {
  it('proposes what the rules of the cart do, the most confident first', () => {
    expect(propose({ cart: [0] })).toEqual([
      { item: 2, rule: 1, score: 1 },
      { item: 1, rule: 0, score: 0.5 },
    ]);
  });

  it('fires a rule only when its whole antecedent is there', () => {
    expect(propose({ cart: [1] }).map(({ item }) => item)).toEqual([2]);
    expect(propose({ cart: [1, 0] }).map(({ item }) => item)).toEqual([2, 3]);
  });

  it('weighs rules that need bought items less', () => {
    expect(propose({ history: [0] })).toEqual([
      { item: 2, rule: 1, score: 0.5 },
      { item: 1, rule: 0, score: 0.25 },
    ]);
    expect(propose({ cart: [1], history: [0] })).toEqual([
      { item: 2, rule: 1, score: 0.5 },
      { item: 3, rule: 3, score: 0.4 },
    ]);
  });

  it('proposes nothing for nothing, and nothing on no room', () => {
    expect(propose({})).toEqual([]);
    expect(propose({ cart: [3] })).toEqual([]);
    expect(propose({ cart: [0], limit: 0 })).toEqual([]);
  });

  it('names the lowest of equally good rules, whatever the order of the cart', () => {
    expect(propose({ cart: [4, 0] })).toEqual(propose({ cart: [0, 4] }));
    expect(propose({ cart: [4, 0] })[1]).toEqual({ item: 1, rule: 0, score: 0.5 });
  });

  it('goes on to the next proposals where an item is not admitted', () => {
    expect(propose({ cart: [0], limit: 1, admits: (item) => item !== 2 })).toEqual([
      { item: 1, rule: 0, score: 0.5 },
    ]);
  });

  it('forgets a request before the next', () => {
    propose({ cart: [0, 1], history: [4] });
    expect(propose({ cart: [4] })).toEqual([{ item: 1, rule: 4, score: 0.5 }]);
  });

  it('works without any rule', () => {
    const none = new RuleIndex(rulesOf(1, []), 2);
    expect(none.propose({ cart: [0], history: [1], historyWeight: 1, limit: 5, admits: everything })).toEqual(
      [],
    );
  });

  it('agrees with scoring every rule, request after request', () => {
    fc.assert(
      fc.property(anyRules(), fc.array(anyRequest, { minLength: 1, maxLength: 5 }), (rules, requests) => {
        const index = new RuleIndex(rules, itemCount);
        for (const request of requests) expect(index.propose(request)).toEqual(scoreAll(rules, request));
      }),
      { numRuns: 2000 },
    );
  });

  it('says the same with what it remembers of a history, however little that is', () => {
    fc.assert(
      fc.property(anyRules(), anyRequest, fc.nat(itemCount), (rules, request, kept) => {
        // Without a weight all that is remembered scores the same, and no longer says which rule comes first.
        fc.pre(request.historyWeight > 0);
        const index = new RuleIndex(rules, itemCount);
        const remembered = index.remember(request.history, kept, everything);
        expect(index.propose({ ...request, remembered })).toEqual(scoreAll(rules, request));
      }),
      { numRuns: 2000 },
    );
  });
});
