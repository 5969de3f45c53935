import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withSharedFile } from '../../../test/support/shared-data.ts';
import { packageRoot } from '../../package-root.ts';
import { relativeError } from '../../stats/testing/exact.ts';
import { inLogarithms } from './fit-likelihood.ts';
import { expectedSpend, fitGammaGamma, gammaGammaLikelihood, type MeanSpends } from './gamma-gamma.ts';
import type { RepeatHistory } from './purchase-days.ts';
import { parseSummary, readGzip } from './testing/cdnow.ts';
import { gammaVariable, seededRandom } from './testing/simulate.ts';

/** Those who came back. */
const spendsOf = ({ spendDays, meanSpend }: RepeatHistory): MeanSpends => ({
  purchases: spendDays.filter((days) => days > 0),
  mean: meanSpend.filter((_, c) => spendDays[c] > 0),
});

const anySpends = fc
  .array(fc.tuple(fc.integer({ min: 1, max: 40 }), fc.integer({ min: 1, max: 100_000 })), {
    minLength: 1,
    maxLength: 8,
  })
  .map((rows) => ({ purchases: rows.map(([x]) => x), mean: rows.map(([, cents]) => cents / 100) }));

/** Customers whose purchases are gamma distributed about means of their own. */
function simulatedSpends(customers: number, p: number, q: number, v: number): MeanSpends {
  const random = seededRandom(3);
  const purchases = Array.from({ length: customers }, () => 1 + Math.floor(8 * random()));
  const mean = purchases.map((x) => {
    const inverseScale = gammaVariable(q, random) / v;
    return gammaVariable(p * x, random) / inverseScale / x;
  });
  return { purchases, mean };
}

describe('Gamma-Gamma', () => {
  it('has the slopes and curvatures that its differences show', () => {
    const anyLog = fc.double({ min: -1.5, max: 3, noNaN: true });
    fc.assert(
      fc.property(anySpends, fc.tuple(anyLog, anyLog, anyLog), (spends, logs) => {
        const objective = inLogarithms(gammaGammaLikelihood(spends), spends.mean.length, [1, 1, 1]);
        const at = (x: Float64Array) => {
          const gradient = new Float64Array(3);
          const hessian = new Float64Array(9);
          return { value: objective(x, gradient, hessian), gradient, hessian };
        };
        const here = at(Float64Array.from(logs));
        const step = 1e-5;
        const tolerance = 1e-6 * (1 + Math.abs(here.value));
        for (let i = 0; i < 3; i++) {
          const [before, after] = [-step, step].map((by) =>
            at(Float64Array.from(logs, (log, j) => (i === j ? log + by : log))),
          );
          expect(Math.abs(here.gradient[i] - (after.value - before.value) / (2 * step))).toBeLessThan(
            tolerance,
          );
          for (let j = 0; j < 3; j++) {
            const curvature = (after.gradient[j] - before.gradient[j]) / (2 * step);
            expect(Math.abs(here.hessian[3 * i + j] - curvature)).toBeLessThan(tolerance);
          }
        }
      }),
    );
  });

  // `lifetimes` 0.11.3 in Python on the same 124 customers (GammaGammaFitter), which stops at a tolerance of 1e-7.
  it('finds what lifetimes finds in the first 300 customers of CDNOW', () => {
    const text = readFileSync(join(packageRoot(), 'test', 'fixtures', 'cdnow-first-customers.csv'), 'utf8');
    const fit = fitGammaGamma(spendsOf(parseSummary(text)));
    expect(fit).toMatchObject({ converged: true, isDegenerate: false });
    [7.07495059, 4.250565765, 16.01246342].forEach((expected, i) => {
      expect(relativeError(fit.parameters[i], expected)).toBeLessThan(1e-5);
    });
    [3.802720799, 0.9096499393, 11.95124554].forEach((expected, i) => {
      expect(relativeError(fit.standardErrors![i], expected)).toBeLessThan(1e-4);
    });
    expect(fit.logLikelihood).toBeCloseTo(-526.039595664, 6);
  });

  it('finds again what customers were made with', () => {
    const truth = [3, 4, 20];
    const fit = fitGammaGamma(simulatedSpends(20_000, 3, 4, 20));
    truth.forEach((parameter, i) => {
      expect(Math.abs(fit.parameters[i] - parameter) / fit.standardErrors![i]).toBeLessThan(4);
    });
  });

  it('does not depend on the currency', () => {
    const spends = simulatedSpends(500, 3, 4, 20);
    const inCents = { ...spends, mean: Array.from(spends.mean, (mean) => 100 * mean) };
    const [one, hundred] = [spends, inCents].map((given) => fitGammaGamma(given).parameters);
    [1, 1, 100].forEach((factor, i) => {
      expect(relativeError(hundred[i], factor * one[i])).toBeLessThan(1e-8);
    });
  });

  it('expects a mean between the own and that of all, nearer to the own the more purchases there were', () => {
    const anyParameter = fc.double({ min: 1.1, max: 50, noNaN: true });
    fc.assert(
      fc.property(anyParameter, anyParameter, anyParameter, fc.integer({ min: 1, max: 50 }), (p, q, v, x) => {
        const ofAll = expectedSpend({ p, q, v }, 0, 0);
        const own = 10 * ofAll;
        const few = expectedSpend({ p, q, v }, x, own);
        const many = expectedSpend({ p, q, v }, 2 * x, own);
        expect(few).toBeGreaterThan(ofAll);
        expect(many).toBeGreaterThan(few);
        expect(many).toBeLessThan(own);
      }),
    );
  });

  it('has no mean of all where q is 1 or less', () => {
    const parameters = { p: 2, q: 0.9, v: 10 };
    expect(() => expectedSpend(parameters, 0, 0)).toThrow(expect.objectContaining({ code: 'bad-input' }));
    expect(expectedSpend(parameters, 3, 5)).toBeCloseTo((2 * (10 + 15)) / 5.9, 12);
  });

  it.each([
    ['all customers spend the same', { purchases: Array(60).fill(2), mean: Array(60).fill(5) }],
    ['there is one customer', { purchases: [3], mean: [10] }],
  ])('says so where %s', (_, spends) => {
    const { converged, isDegenerate, standardErrors } = fitGammaGamma(spends);
    expect(converged && !isDegenerate && standardErrors !== null).toBe(false);
  });
});

withSharedFile(
  'data/cdnow/cdnow_customers_summary_with_transactions.csv.gz',
  'Gamma-Gamma of CDNOW',
  (file) => {
    const history = parseSummary(readGzip(file));
    const fit = fitGammaGamma(spendsOf(history));

    // ../shared/reference/analytics.md; published (Fader and Hardie, 2013): p 6.25, q 3.74, v 15.44.
    describe('Gamma-Gamma of CDNOW', () => {
      it('has the likeliest parameters', () => {
        expect(spendsOf(history).purchases).toHaveLength(946);
        [6.248803, 3.744588, 15.447746].forEach((expected, i) => {
          expect(relativeError(fit.parameters[i], expected)).toBeLessThan(1e-6);
        });
        expect(fit.logLikelihood).toBeCloseTo(-4055.923244, 6);
      });

      it('expects of all and of the first ten customers what the published parameters do', () => {
        const parameters = { p: 6.25, q: 3.74, v: 15.44 };
        expect(expectedSpend(parameters, 0, 0)).toBeCloseTo(35.219, 3);
        const expected = [24.66, 18.92, 35.22, 35.22, 35.22, 71.47, 18.92, 35.22, 27.29, 35.22];
        expected.forEach((spend, c) => {
          expect(expectedSpend(parameters, history.spendDays[c], history.meanSpend[c])).toBeCloseTo(spend, 2);
        });
      });
    });
  },
);
