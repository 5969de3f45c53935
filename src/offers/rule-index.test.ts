import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RuleColumns, ruleCount } from '../rules/rule-columns.ts';
import { anyRules, itemCount, rulesOf } from '../rules/testing/rules.ts';
import { type Proposal, type Proposing, RuleIndex, type RuleStanding } from './rule-index.ts';
import { terms } from './rule-terms.ts';
import { plainStanding, scoreAll } from './testing/score-all.ts';

const everything = (): boolean => true;

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
    holding: fc.array(fc.boolean(), { minLength: 1, maxLength: 7 }),
  })
  .map(({ context, refused, holding, ...request }) => ({
    ...context,
    ...request,
    admits: (item) => !refused.includes(item),
    holds: (rule) => holding[rule % holding.length]!,
  }));

/** Any few rules, of which some are shown, some serve in promotions and some never. */
const anyStandingRules: fc.Arbitrary<[RuleColumns, RuleStanding]> = anyRules().chain((rules) => {
  const column = (value: fc.Arbitrary<number>) =>
    fc
      .array(value, { minLength: ruleCount(rules), maxLength: ruleCount(rules) })
      .map((values) => Uint8Array.from(values));
  const { always, inPromotion, never } = terms;
  const standing = fc.record({
    terms: fc.oneof(
      fc.constant(plainStanding(rules).terms),
      column(fc.constantFrom(always, inPromotion, never)),
    ),
    isShown: column(fc.constantFrom(0, 1)),
  });
  return standing.map((standing) => [rules, standing]);
});

// Confidences: 0.5 (0 ⇒ 1), 1 (0 ⇒ 2), 0.25 (1 ⇒ 2), 0.8 (0, 1 ⇒ 3), 0.5 (4 ⇒ 1).
const rules = rulesOf(20, [
  { from: [0], to: 1, support: 2, antecedent: 4, consequent: 8 },
  { from: [0], to: 2, support: 4, antecedent: 4, consequent: 9 },
  { from: [1], to: 2, support: 2, antecedent: 8, consequent: 9 },
  { from: [0, 1], to: 3, support: 4, antecedent: 5, consequent: 5 },
  { from: [4], to: 1, support: 3, antecedent: 6, consequent: 8 },
]);
const plain = plainStanding(rules);
const index = new RuleIndex(rules, 5, plain);

const anything = {
  cart: [],
  history: [],
  historyWeight: 0.5,
  limit: 10,
  admits: everything,
  holds: everything,
} satisfies Proposing;

const propose = (proposing: Partial<Proposing>): Proposal[] => index.propose({ ...anything, ...proposing });

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

  it('prefers a shown rule to an equally confident one, for an item and between items', () => {
    const shown = (...numbers: number[]) =>
      new RuleIndex(rules, 5, {
        ...plain,
        isShown: plain.isShown.map((_, r) => Number(numbers.includes(r))),
      });
    expect(shown(4).propose({ ...anything, cart: [0, 4] })[1]).toEqual({ item: 1, rule: 4, score: 0.5 });
    // From 0 with 4 bought: 2 by rule 1 at 0.5; from 4 in the cart: 1 by rule 4 at 0.5.
    const request = { ...anything, cart: [4], history: [0] };
    expect(
      shown()
        .propose(request)
        .map(({ item }) => item),
    ).toEqual([1, 2]);
    expect(
      shown(1)
        .propose(request)
        .map(({ item }) => item),
    ).toEqual([2, 1]);
  });

  it('asks of a rule that serves in a promotion alone, and never fires one that never serves', () => {
    const { always, inPromotion, never } = terms;
    const standing = { ...plain, terms: Uint8Array.of(inPromotion, never, inPromotion, always, inPromotion) };
    const index = new RuleIndex(rules, 5, standing);
    const ruled = (holds: (rule: number) => boolean) =>
      index.propose({ ...anything, cart: [0, 4], holds }).map(({ rule }) => rule);
    expect(ruled(everything)).toEqual([0]);
    expect(ruled((rule) => rule === 4)).toEqual([4]);
    expect(ruled(() => false)).toEqual([]);
  });

  it('forgets a request before the next', () => {
    propose({ cart: [0, 1], history: [4] });
    expect(propose({ cart: [4] })).toEqual([{ item: 1, rule: 4, score: 0.5 }]);
  });

  it('works without any rule', () => {
    const none = new RuleIndex(rulesOf(1, []), 2, plainStanding(rulesOf(1, [])));
    expect(none.propose({ ...anything, cart: [0], history: [1] })).toEqual([]);
  });

  it('agrees with scoring every rule, request after request', () => {
    const requests = fc.array(anyRequest, { minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(anyStandingRules, requests, ([rules, standing], requests) => {
        const index = new RuleIndex(rules, itemCount, standing);
        for (const request of requests)
          expect(index.propose(request)).toEqual(scoreAll(rules, standing, request));
      }),
      { numRuns: 2000 },
    );
  });

  it('says the same with what it remembers of a history, however little that is and whatever holds since', () => {
    fc.assert(
      fc.property(anyStandingRules, anyRequest, fc.nat(itemCount), ([rules, standing], request, kept) => {
        // Without a weight all that is remembered scores the same, and no longer says which rule comes first.
        fc.pre(request.historyWeight > 0);
        const index = new RuleIndex(rules, itemCount, standing);
        const remembered = index.remember(request.history, kept, everything);
        expect(index.propose({ ...request, remembered })).toEqual(scoreAll(rules, standing, request));
      }),
      { numRuns: 2000 },
    );
  });
});
