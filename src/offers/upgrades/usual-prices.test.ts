import { expect, it } from 'vitest';
import { type PricedTerms, usualPrices } from './usual-prices.ts';

const words = (...terms: number[]): PricedTerms => ({
  terms: Int32Array.from(terms),
  amounts: new Float64Array(terms.length).fill(1),
});

it('usualPrices is ridge regression on the terms: here by hand', () => {
  // One word, on two products of price e², beside two of price 1: the mean is 1; the effect is 2 / (2 + 6).
  const products = [words(0), words(0), words(), words()];
  const usual = usualPrices(products, [Math.exp(2), Math.exp(2), 1, 1], 1);
  expect([...usual]).toEqual([1.25, 1.25, 1, 1].map((price) => expect.closeTo(price, 12)));
});

it('usualPrices tells what makes dearer from what is only another colour', () => {
  const [large, red, blue] = [0, 1, 2];
  const products: PricedTerms[] = [];
  const prices: number[] = [];
  for (let n = 0; n < 40; n++) {
    products.push(words(red), words(blue), words(large, red), words(large, blue));
    const noise = n % 2 === 0 ? 1.5 : 1;
    prices.push(2 * noise, (2 * 1.5) / noise, 4, 4);
  }
  const usual = usualPrices(products, prices, 3);
  // In the mean of the logarithms 1.633 times as much: hardly drawn, with so many products.
  expect(Math.exp(usual[2] - usual[0])).toBeGreaterThan(1.45);
  expect(Math.exp(usual[2] - usual[0])).toBeLessThan(1.633);
  expect(Math.exp(usual[1] - usual[0])).toBeCloseTo(1, 1);
});

it('usualPrices leaves out what has no price, and says of it what its words say', () => {
  const products = [words(0), words(0), words()];
  const [known, unknown, none] = usualPrices(products, [10, Number.NaN, 1], 1);
  expect(unknown).toBe(known);
  expect(none).toBeCloseTo(Math.log(10) / 2, 12);
  expect([...usualPrices([words(0)], [0], 1)]).toEqual([0]);
});
