import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../learn/random.ts';
import { fitLevels, judgeLevel, type LevelPrior, tailPower } from './level-watch.ts';

const random = seededRandom(3);
const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
const figures = (count: number, level: number, spread: number): Float64Array =>
  Float64Array.from({ length: count }, () => level + spread * normal());

describe('judgeLevel', () => {
  it("is Student's t of a single figure where the others say nothing", () => {
    // Mean 0, variance 1 with 4 + 6 degrees of freedom; one new figure has a standard deviation of √(1 + 1/7).
    const before = Float64Array.of(-1, 1, -1, 1, -1, 1, 0);
    const prior: LevelPrior = { mean: 9, between: 1e9, within: 1, freedom: 4, power: 1 };
    const low = judgeLevel(before, Float64Array.of(-2.228139 * Math.sqrt(8 / 7)), prior);
    // t 2.228139 is the two-sided 5 % point of 10 degrees of freedom (any table).
    expect(low.chance).toBeCloseTo(0.025, 6);
    expect(low.expected).toBeCloseTo(0, 6);
    expect(judgeLevel(before, Float64Array.of(2.228139 * Math.sqrt(8 / 7)), prior).chance).toBeCloseTo(
      0.975,
      6,
    );
  });

  it('draws a short history to what is usual', () => {
    const prior: LevelPrior = { mean: 3, between: 0.5, within: 0.25, freedom: 100, power: 1 };
    const { expected } = judgeLevel(Float64Array.of(5), Float64Array.of(4, 4, 4), prior);
    // 5 with weight 1 / 0.25 and 3 with weight 1 / 0.5; no degree of freedom of the customer's own.
    expect(expected).toBeCloseTo((4 * 5 + 2 * 3) / 6, 12);
  });

  it('is as often low as it says, of three figures of customers who vary', () => {
    const prior: LevelPrior = { mean: 3, between: 0.5, within: 0.25, freedom: 100, power: 1 };
    let low = 0;
    const trials = 20_000;
    for (let n = 0; n < trials; n++) {
      const level = 3 + Math.sqrt(0.5) * normal();
      const { chance } = judgeLevel(figures(4, level, 0.5), figures(3, level, 0.5), prior);
      low += Number(chance < 0.02);
    }
    expect(Math.abs(low - 0.02 * trials)).toBeLessThan(4 * Math.sqrt(0.02 * 0.98 * trials));
  });
});

describe('fitLevels', () => {
  it('finds mean, variance between and within', () => {
    const customers = Array.from({ length: 3000 }, () => figures(6, 3 + 0.7 * normal(), 0.5));
    const { mean, between, within, freedom } = fitLevels(customers)!;
    expect(mean).toBeCloseTo(3, 1);
    expect(between).toBeCloseTo(0.49, 1);
    expect(within).toBeCloseTo(0.25, 1);
    expect(freedom).toBe(100);
  });

  it('sees that customers vary differently', () => {
    const customers = Array.from({ length: 3000 }, (_, c) => figures(6, 3, c % 2 === 0 ? 0.2 : 1));
    expect(fitLevels(customers)!.freedom).toBeLessThan(5);
  });

  it('says nothing where nobody has two figures, and keeps a spread where nobody varies', () => {
    expect(fitLevels([Float64Array.of(1), new Float64Array(0)])).toBeNull();
    const { within, between } = fitLevels([Float64Array.of(2, 2, 2), Float64Array.of(2, 2, 2)])!;
    expect(within).toBeGreaterThan(0);
    expect(between).toBeGreaterThan(0);
  });
});

describe('tailPower', () => {
  it('makes chances true in the tail', () => {
    const even = Array.from({ length: 1000 }, (_, n) => (n + 1) / 1000);
    expect(tailPower(even)).toBeCloseTo(1, 12);
    expect(tailPower(even.map((chance) => chance ** 2))).toBeCloseTo(0.5, 12);
  });

  it('never makes them smaller, and believes few looks', () => {
    const even = Array.from({ length: 1000 }, (_, n) => (n + 1) / 1000);
    expect(tailPower(even.map(Math.sqrt))).toBe(1);
    expect(tailPower(even.slice(0, 100))).toBe(1);
  });
});
