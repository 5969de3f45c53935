import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { packageRoot } from '../../package-root.ts';
import { relativeError } from '../../stats/testing/exact.ts';
import { bgNbdLikelihood } from './bg-nbd-likelihood.ts';
import { inLogarithms } from './fit-likelihood.ts';
import { groupHistories, type HistoryGroups } from './history-groups.ts';
import { fitNbd, nbdLikelihood } from './nbd.ts';
import { parseSummary } from './testing/cdnow.ts';
import { simulatedHistory } from './testing/simulate.ts';

const anyGroups: fc.Arbitrary<HistoryGroups> = fc
  .array(
    fc.record({
      x: fc.integer({ min: 0, max: 30 }),
      part: fc.integer({ min: 1, max: 10 }),
      age: fc.integer({ min: 1, max: 100 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((customers) =>
    groupHistories({
      frequency: Int32Array.from(customers, ({ x }) => x),
      recency: Float64Array.from(customers, ({ x, part, age }) => (x > 0 ? (age * part) / 10 : 0)),
      age: Float64Array.from(customers, ({ age }) => age),
      spendDays: new Int32Array(customers.length),
      meanSpend: new Float64Array(customers.length),
    }),
  );

const anyLog = fc.double({ min: -2, max: 2, noNaN: true });

describe('likelihood without loss', () => {
  it('is that of BG/NBD where the probability of a loss is nothing', () => {
    fc.assert(
      fc.property(anyGroups, anyLog, anyLog, (groups, logR, logAlpha) => {
        const [r, alpha] = [Math.exp(logR), Math.exp(logAlpha)];
        const at = (likelihood: typeof nbdLikelihood, ...parameters: number[]): number =>
          likelihood(groups)(
            Float64Array.from(parameters),
            new Float64Array(parameters.length),
            new Float64Array(parameters.length ** 2),
          );
        const hardlyAny = at(bgNbdLikelihood, r, alpha, 1e-250, 1);
        expect(Math.abs(at(nbdLikelihood, r, alpha) - hardlyAny)).toBeLessThan(
          1e-11 * (1 + Math.abs(hardlyAny)),
        );
      }),
    );
  });

  it('has the slopes and curvatures that its differences show', () => {
    fc.assert(
      fc.property(anyGroups, anyLog, anyLog, (groups, ...logs) => {
        const objective = inLogarithms(nbdLikelihood(groups), groups.customers, [1, 1]);
        const at = (x: Float64Array) => {
          const gradient = new Float64Array(2);
          const hessian = new Float64Array(4);
          return { value: objective(x, gradient, hessian), gradient, hessian };
        };
        const here = at(Float64Array.from(logs));
        const step = 1e-5;
        const tolerance = 1e-6 * (1 + Math.abs(here.value));
        for (let i = 0; i < 2; i++) {
          const [before, after] = [-step, step].map((by) =>
            at(Float64Array.from(logs, (log, j) => (i === j ? log + by : log))),
          );
          const slope = (after.value - before.value) / (2 * step);
          expect(Math.abs(here.gradient[i] - slope)).toBeLessThan(tolerance);
          for (let j = 0; j < 2; j++) {
            const curvature = (after.gradient[j] - before.gradient[j]) / (2 * step);
            expect(Math.abs(here.hessian[2 * i + j] - curvature)).toBeLessThan(tolerance);
          }
        }
      }),
    );
  });
});

describe('fit without loss', () => {
  // By a search with Python's lgamma on the same 300 customers.
  it('is the likeliest of the first 300 customers of CDNOW', () => {
    const text = readFileSync(join(packageRoot(), 'test', 'fixtures', 'cdnow-first-customers.csv'), 'utf8');
    const fit = fitNbd(groupHistories(parseSummary(text)));
    expect(fit).toMatchObject({ converged: true, isDegenerate: false });
    expect(relativeError(fit.parameters[0], 0.3336517)).toBeLessThan(1e-6);
    expect(relativeError(fit.parameters[1], 10.260596)).toBeLessThan(1e-6);
    expect(fit.logLikelihood).toBeCloseTo(-1414.14487120046, 8);
  });

  it('finds again what customers were made with', () => {
    const truth = [0.8, 9];
    const history = simulatedHistory({ r: truth[0], alpha: truth[1], a: 1e-12, b: 1 }, 5000, 3);
    const { parameters, standardErrors } = fitNbd(groupHistories(history));
    truth.forEach((parameter, i) => {
      expect(Math.abs(parameters[i] - parameter) / standardErrors![i]).toBeLessThan(4);
    });
  });
});
