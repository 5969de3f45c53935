import { describe, expect, it } from 'vitest';
import { rulesOf } from '../rules/testing/rules.ts';
import { popularReason, ruleReason, sellingReason } from './explain.ts';

const rules = rulesOf(100, [
  { from: [0], to: 1, support: 4, antecedent: 16, consequent: 20 },
  { from: [0, 2], to: 1, support: 1, antecedent: 16, consequent: 20 },
]);
const bread = { code: 'B1', name: 'Bread' };
const nameless = { code: 'X9', name: null };

describe('ruleReason', () => {
  it('says which product it rests on, and how sure it is', () => {
    expect(ruleReason(rules, 0, [bread])).toEqual({
      text: 'Goes with Bread: 25% of orders with it have this too.',
      because: [{ productId: 'B1', name: 'Bread' }],
      support: 0.04,
      confidence: 0.25,
      lift: 1.25,
    });
  });

  it('names several products, by their id where there is no name', () => {
    const { text, because } = ruleReason(rules, 1, [bread, nameless]);
    expect(text).toBe('Goes with Bread and X9: 6.3% of orders with these have this too.');
    expect(because).toEqual([
      { productId: 'B1', name: 'Bread' },
      { productId: 'X9', name: null },
    ]);
    expect(ruleReason(rules, 1, [bread, nameless, { code: 'J', name: 'Jam' }]).text).toMatch(
      /^Goes with Bread, X9 and Jam: /,
    );
  });

  it.each([
    [1, 1, '100%'],
    [999, 1000, '99%'],
    [1, 10, '10%'],
    [1, 32, '3.1%'],
  ])('rounds %i of %i to %s', (support, antecedent, share) => {
    const rules = rulesOf(2000, [{ from: [0], to: 1, support, antecedent, consequent: 1000 }]);
    expect(ruleReason(rules, 0, [bread]).text).toContain(`: ${share} of orders`);
  });

  it('takes an empty name for none', () => {
    expect(ruleReason(rules, 0, [{ code: 'X9', name: '' }]).text).toMatch(/^Goes with X9: /);
  });
});

describe('popularReason', () => {
  it('names the segment whose list it is from', () => {
    expect(popularReason(12, 'France')).toEqual({
      text: 'Popular with customers of France right now.',
      because: [],
      orders: 12,
    });
  });

  it('names the shop without a segment', () => {
    expect(popularReason(3, undefined).text).toBe('Popular in the shop right now.');
  });
});

describe('sellingReason', () => {
  it('says how many orders had the product of late', () => {
    expect(sellingReason(1)).toEqual({
      text: 'Bought in 1 order of the last four weeks.',
      because: [],
      orders: 1,
    });
    expect(sellingReason(43).text).toBe('Bought in 43 orders of the last four weeks.');
  });
});
