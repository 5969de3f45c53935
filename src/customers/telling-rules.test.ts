import { describe, expect, it } from 'vitest';
import { basketsOf } from '../mining/testing/baskets.ts';
import { mined } from '../rules/testing/mined.ts';
import { segmentShares } from './segment-shares.ts';
import { tellingRules } from './telling-rules.ts';

const [tea, sugar, milk] = [0, 1, 2];

/** Thirty orders of each of two customers: one takes sugar with tea, the other milk, now and then both. */
const orders = Array.from({ length: 60 }, (_, n) =>
  n < 30 ? [tea, n % 5 === 0 ? milk : sugar] : [tea, n % 5 === 0 ? sugar : milk],
);
/** Orders of nobody known, who always takes sugar. */
const anonymous = Array.from({ length: 40 }, () => [tea, sugar]);
const baskets = basketsOf(...[...orders, ...anonymous].map((order) => order.toSorted()));
const { rules } = mined(baskets, 1);
const ruleNumbers = Int32Array.from(rules.consequent, (_, r) => r);
const shares = segmentShares(
  {
    baskets,
    rules,
    ruleNumbers,
    day: new Int32Array(100),
    customer: Int32Array.from({ length: 100 }, (_, n) => (n < 30 ? 0 : n < 60 ? 1 : -1)),
    recentDays: 9,
    listLength: 9,
  },
  Int16Array.of(0, 1),
  2,
  0,
);
const named = (segment: number, isMore: boolean, limit = 9) =>
  tellingRules(shares, segment, { isMore, limit }).map((found) => ({
    ...found,
    from: [
      ...rules.antecedentItems.subarray(
        rules.antecedentOffsets[found.rule],
        rules.antecedentOffsets[found.rule + 1],
      ),
    ],
    to: rules.consequent[found.rule],
  }));

describe('tellingRules', () => {
  it('are what a segment does more than all customers, with its own counts', () => {
    const [first, ...others] = named(0, true);
    // Sugar with tea in 24 of 30, and in 30 of the 60 orders of customers; in 70 of all 100.
    expect(first).toMatchObject({ from: [tea], to: sugar, support: 24, antecedent: 30, shopConfidence: 0.5 });
    expect(first!.confidence).toBeGreaterThan(0.5);
    expect(first!.confidence).toBeLessThanOrEqual(0.8);
    expect(first!.deviation).toBeCloseTo((first!.confidence - 0.5) / Math.sqrt(0.25 / 30), 12);
    expect(others.map(({ to }) => to)).not.toContain(milk);
  });

  it('are what it does less, the most first, as many as are asked for', () => {
    const [first] = named(0, false);
    expect(first).toMatchObject({ from: [tea], to: milk, support: 6, antecedent: 30 });
    expect(first!.deviation).toBeCloseTo(-named(0, true)[0]!.deviation, 12);
    expect(named(1, true)[0]).toMatchObject({ from: [tea], to: milk, support: 24 });
    expect(named(0, true, 1)).toHaveLength(1);
  });

  it('leave out rules that always hold', () => {
    expect(named(0, true).some(({ from }) => from[0] !== tea)).toBe(false);
  });
});
