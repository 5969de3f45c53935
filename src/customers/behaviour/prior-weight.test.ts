import { describe, expect, it } from 'vitest';
import { randomNumbers } from '../../mining/testing/random.ts';
import { priorWeight, usualPrior } from './prior-weight.ts';

/** Customers with a habit each, seen through 1 … 30 orders; one column beside their evidence. */
function drawn(between: number, within: number, seed: number, customers = 20_000) {
  const random = randomNumbers(seed);
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const evidence = Float32Array.from({ length: customers }, () => 1 + Math.floor(30 * random()));
  const estimates = evidence.map((n) => 0.4 + between * normal() + (within * normal()) / Math.sqrt(n));
  return { estimates, width: 1, column: 0, evidence, evidenceWidth: 1, at: 0 };
}

describe('priorWeight', () => {
  it('is the variance of one order over that between customers', () => {
    for (const [between, within] of [
      [0.2, 0.4],
      [0.1, 0.1],
      [0.1, 0.5],
    ] as const) {
      const estimate = priorWeight(drawn(between, within, 17), 20_000);
      const truth = (within / between) ** 2;
      expect(estimate / truth).toBeGreaterThan(0.8);
      expect(estimate / truth).toBeLessThan(1.25);
    }
  });

  it('is large for what is chance from order to order, small for what never changes', () => {
    expect(priorWeight(drawn(0, 0.4, 3), 20_000)).toBeGreaterThan(50);
    expect(priorWeight(drawn(0.3, 0, 3), 20_000)).toBe(0.5);
  });

  it('is the usual one where all are known equally well, or nobody is', () => {
    const column = { width: 1, column: 0, evidenceWidth: 1, at: 0 };
    const once = { ...column, estimates: Float32Array.of(0, 1, 0), evidence: Float32Array.of(1, 1, 1) };
    expect(priorWeight(once, 3)).toBe(usualPrior);
    const unknown = { ...column, estimates: Float32Array.of(0, 0), evidence: Float32Array.of(0, 0) };
    expect(priorWeight(unknown, 2)).toBe(usualPrior);
  });
});
