import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../src/learn/random.ts';
import { generateShop } from './generate-shop.ts';
import { splitByTime } from './segment-split.ts';
import { hitDifference, runTrial } from './segment-trial.ts';

const lateSummer = Math.floor(Date.parse('2024-09-01') / 86_400_000);
const shop = generateShop({ customers: 150, sorts: 2 }, seededRandom(1));
const split = splitByTime(shop.lines, lateSummer, seededRandom(1));

describe('splitByTime', () => {
  it('trains on what was before, and hides only what the customer never had', () => {
    const { ledger, customerCodes, productCodes } = split.training;
    expect(Math.max(...ledger.documents.day)).toBeLessThan(lateSummer);
    const before = new Set(
      shop.lines
        .filter(({ time }) => time < lateSummer * 86_400_000)
        .map(({ customer, product }) => `${customer} ${product}`),
    );
    const after = new Set(
      shop.lines
        .filter(({ time }) => time >= lateSummer * 86_400_000)
        .map(({ customer, product }) => `${customer} ${product}`),
    );
    for (const cases of Object.values(split.cases)) {
      expect(cases.length).toBeGreaterThan(100);
      for (const { customer, cart, hidden } of cases) {
        const pairs = hidden.map((item) => `${customerCodes[customer]} ${productCodes[item]}`);
        expect(pairs.every((pair) => !before.has(pair) && after.has(pair))).toBe(true);
        expect(hidden.some((item) => cart.includes(item))).toBe(false);
      }
    }
  });
});

describe('runTrial', () => {
  it('offers the same with one segment of everybody as with the shop', () => {
    const options = { minSupport: 5, minConfidence: 0.1, maxLength: 2, limit: 5, recentDays: 300 };
    const everybody = new Int8Array(split.training.customerCodes.length);
    const { hits, rules } = runTrial(
      split.training.ledger,
      everybody,
      1,
      split.cases['half of the cart'],
      options,
    );
    expect(rules).toBeGreaterThan(50);
    expect(hits.shop.reduce((sum, n) => sum + n, 0)).toBeGreaterThan(50);
    expect(hits['segment both']).toEqual(hits.shop);
  });
});

describe('hitDifference', () => {
  const casesOf = (...customers: number[]) =>
    customers.map((customer) => ({ customer, cart: [], hidden: [1] }));

  it('is the difference of the shares of cases with a hit, within an interval', () => {
    const cases = casesOf(...Array.from({ length: 400 }, (_, n) => n));
    const arm = Int32Array.from(cases, (_, n) => Number(n % 4 < 2));
    const base = Int32Array.from(cases, (_, n) => (n % 4 === 0 ? 3 : 0));
    const { rate, base: before, difference, from, to } = hitDifference(cases, arm, base, seededRandom(1));
    expect([rate, before, difference]).toEqual([0.5, 0.25, 0.25]);
    // A quarter of 400 independent cases: a standard error of √(.25 × .75 / 400), 2,000 resamples.
    expect(from).toBeCloseTo(0.25 - 1.96 * Math.sqrt(0.1875 / 400), 2);
    expect(to).toBeCloseTo(0.25 + 1.96 * Math.sqrt(0.1875 / 400), 2);
  });

  it('takes all cases of a customer together', () => {
    const one = hitDifference(
      casesOf(5, 5, 5),
      Int32Array.of(1, 0, 0),
      Int32Array.of(0, 0, 0),
      seededRandom(1),
    );
    expect([one.from, one.to]).toEqual([1 / 3, 1 / 3]);
  });
});
