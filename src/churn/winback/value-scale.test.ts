import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../learn/random.ts';
import { elasticityOf, relativeValues } from './value-scale.ts';

describe('elasticityOf', () => {
  it('is the belief without customers, and what they show with many', () => {
    expect(elasticityOf(new Float64Array(0), new Float64Array(0))).toBe(0.5);
    const random = seededRandom(4);
    const first = Float64Array.from({ length: 5000 }, () => Math.exp(3 * random()));
    const second = first.map((money) => money ** 0.8 * Math.exp(random() - 0.5));
    expect(elasticityOf(first, second)).toBeCloseTo(0.8, 1);
    expect(elasticityOf(first.slice(0, 10), second.slice(0, 10))).toBeLessThan(0.7);
    expect(
      elasticityOf(
        first,
        first.map((money) => 1 / money),
      ),
    ).toBe(0);
    expect(elasticityOf(Float64Array.of(2, 2), Float64Array.of(1, 5))).toBe(0.5);
  });
});

describe('relativeValues', () => {
  it('has a mean of 1 among those who come back, and better customers worth more', () => {
    const money = fc.array(fc.double({ min: -50, max: 1e6, noNaN: true }), { minLength: 1, maxLength: 20 });
    fc.assert(
      fc.property(money, (spent) => {
        const chance = Float64Array.from(spent, (_, n) => 0.1 + (n % 5) / 10);
        const values = relativeValues(Float64Array.from(spent), chance, 0.5);
        const weight = chance.reduce((sum, one) => sum + one, 0);
        expect(values.reduce((sum, value, n) => sum + value * chance[n], 0) / weight).toBeCloseTo(1, 9);
        spent.forEach((one, a) => {
          spent.forEach((other, b) => {
            if (one >= other) expect(values[a]).toBeGreaterThanOrEqual(values[b]);
          });
        });
      }),
    );
  });
});
