import { describe, expect, it } from 'vitest';
import { cautionsOf, lifetimeCautions } from './lifetime-cautions.ts';
import type { ParameterEstimate, PurchaseReport } from './lifetime-report.ts';

const parameter = (estimate: number, standardError: number): ParameterEstimate => ({
  ...{ estimate, standardError, low: estimate / 2, high: estimate * 2 },
});

const bgNbd = (a: ParameterEstimate, b: ParameterEstimate): PurchaseReport => ({
  method: 'bg-nbd',
  fit: {
    parameters: { r: parameter(1, 0.1), alpha: parameter(5, 0.1), a, b },
    ...{ logLikelihood: -10, customers: 9, iterations: 5, gradientNorm: 0 },
  },
  lossTest: { logLikelihood: -10, withoutLoss: -20, statistic: 20, p: 1e-5 },
});

const shrunk = (basis: 'without-loss' | 'common-loss' | 'assumed'): PurchaseReport => ({
  method: 'shrunk-rates',
  basis,
  refusal: { code: 'degenerate-parameters', reason: '' },
  lossTest: null,
  ...{ priorPurchases: 1, priorWeeks: 5, lossProbability: 0.1 },
});

const codesOf = (report: PurchaseReport, neverCameBack: number): string[] =>
  lifetimeCautions(report, neverCameBack).map(({ code }) => code);

describe('cautions of lifetime value', () => {
  it('are none where loss is told well, but of who never came back', () => {
    const fine = bgNbd(parameter(0.8, 0.2), parameter(2.4, 0.7));
    expect(codesOf(fine, 0)).toEqual([]);
    expect(lifetimeCautions(fine, 7)).toMatchObject([
      { code: 'never-came-back', text: expect.stringContaining('7 customers') },
    ]);
    expect(codesOf(shrunk('common-loss'), 0)).toEqual([]);
  });

  it('tell what is known only roughly, assumed, or not at all', () => {
    expect(lifetimeCautions(bgNbd(parameter(0.5, 0.9), parameter(2.4, 0.7)), 0)).toMatchObject([
      { code: 'loss-imprecise', text: expect.stringContaining('a (0.50 ± 0.90)') },
    ]);
    expect(codesOf(bgNbd(parameter(0.5, 0.4), parameter(2.4, 4.7)), 0)).toEqual(['loss-imprecise']);
    expect(lifetimeCautions(shrunk('assumed'), 1)).toMatchObject([
      { code: 'loss-assumed', text: expect.stringContaining('10 %') },
      { code: 'never-came-back', text: expect.stringContaining('1 customer)') },
    ]);
    // Nothing is told of anybody then, so those who never came back are no exception.
    expect(lifetimeCautions(shrunk('without-loss'), 7)).toMatchObject([
      { code: 'loss-not-told', text: expect.stringMatching(/rhythm/) },
    ]);
  });

  it('of one customer are those that concern this one', () => {
    const report = { cautions: lifetimeCautions(shrunk('assumed'), 1) };
    expect(cautionsOf(report, 1).map(({ code }) => code)).toEqual(['loss-assumed', 'never-came-back']);
    expect(cautionsOf(report, 2).map(({ code }) => code)).toEqual(['loss-assumed']);
  });
});
