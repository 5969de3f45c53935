import { describe, expect, it } from 'vitest';
import type { LikelihoodFit } from './fit-likelihood.ts';
import { describeFit, refusalOfFit } from './lifetime-report.ts';

const fit: LikelihoodFit = {
  parameters: Float64Array.of(2, 5),
  standardErrors: Float64Array.of(0.2, 1),
  ...{ logLikelihood: -70, converged: true, iterations: 6, gradientNorm: 1e-12, isDegenerate: false },
};

describe('a fit', () => {
  it('is used only when it found a maximum that tells the parameters', () => {
    expect(refusalOfFit('the model', fit)).toBeUndefined();
    expect(refusalOfFit('the model', { ...fit, converged: false, gradientNorm: 0.1 })).toEqual({
      code: 'no-convergence',
      reason: 'The likelihood of the model has no maximum that could be found (6 steps).',
    });
    expect(refusalOfFit('the model', { ...fit, isDegenerate: true })?.code).toBe('degenerate-parameters');
  });

  it('is described with intervals that stay above 0', () => {
    const { parameters, customers } = describeFit(['p', 'q'], fit, 9);
    expect(customers).toBe(9);
    // 2 and 5 times and over e to the power of 1.96 × 0.1 and 1.96 × 0.2.
    expect(parameters.p).toMatchObject({ low: expect.closeTo(1.64403, 4), high: expect.closeTo(2.43304, 4) });
    expect(parameters.q).toMatchObject({ estimate: 5, standardError: 1, low: expect.closeTo(3.378545, 5) });
  });
});
