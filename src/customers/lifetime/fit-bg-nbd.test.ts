import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withSharedFile } from '../../../test/support/shared-data.ts';
import { packageRoot } from '../../package-root.ts';
import { relativeError } from '../../stats/testing/exact.ts';
import { conditionalPurchases, probabilityAlive } from './bg-nbd.ts';
import { bgNbdLikelihood } from './bg-nbd-likelihood.ts';
import { bgNbdParameters, fitBgNbd } from './fit-bg-nbd.ts';
import { inLogarithms } from './fit-likelihood.ts';
import { groupHistories } from './history-groups.ts';
import type { RepeatHistory } from './purchase-days.ts';
import { likeliest, parseSummary, published, readGzip } from './testing/cdnow.ts';
import { seededRandom, simulateCustomer } from './testing/simulate.ts';

const historyOf = (rows: readonly (readonly number[])[]): RepeatHistory => ({
  frequency: Int32Array.from(rows, ([x]) => x),
  recency: Float64Array.from(rows, ([, recency]) => recency),
  age: Float64Array.from(rows, ([, , age]) => age),
  spendDays: new Int32Array(rows.length),
  meanSpend: new Float64Array(rows.length),
});

const logLikelihood = (history: RepeatHistory, { r, alpha, a, b }: typeof published): number =>
  bgNbdLikelihood(groupHistories(history))(
    Float64Array.of(r, alpha, a, b),
    new Float64Array(4),
    new Float64Array(16),
  );

const anyHistory = fc
  .array(
    fc.record({
      x: fc.integer({ min: 0, max: 30 }),
      part: fc.integer({ min: 1, max: 10 }),
      age: fc.integer({ min: 1, max: 100 }),
    }),
    { minLength: 1, maxLength: 8 },
  )
  .map((customers) =>
    historyOf(customers.map(({ x, part, age }) => [x, x > 0 ? (age * part) / 10 : 0, age])),
  );

describe('likelihood of BG/NBD', () => {
  it('has the slopes and curvatures that its differences show', () => {
    const anyLog = fc.double({ min: -2, max: 2, noNaN: true });
    fc.assert(
      fc.property(anyHistory, fc.tuple(anyLog, anyLog, anyLog, anyLog), (history, logs) => {
        const objective = inLogarithms(
          bgNbdLikelihood(groupHistories(history)),
          history.age.length,
          [1, 1, 1, 1],
        );
        const at = (x: Float64Array) => {
          const gradient = new Float64Array(4);
          const hessian = new Float64Array(16);
          return { value: objective(x, gradient, hessian), gradient, hessian };
        };
        const here = at(Float64Array.from(logs));
        const step = 1e-5;
        for (let i = 0; i < 4; i++) {
          const [before, after] = [-step, step].map((by) =>
            at(Float64Array.from(logs, (log, j) => (i === j ? log + by : log))),
          );
          const slope = (after.value - before.value) / (2 * step);
          expect(Math.abs(here.gradient[i] - slope)).toBeLessThan(1e-6 * (1 + Math.abs(here.value)));
          for (let j = 0; j < 4; j++) {
            const curvature = (after.gradient[j] - before.gradient[j]) / (2 * step);
            expect(Math.abs(here.hessian[4 * i + j] - curvature)).toBeLessThan(
              1e-6 * (1 + Math.abs(here.value)),
            );
          }
        }
      }),
    );
  });

  it('is that of the customers one by one', () => {
    fc.assert(
      fc.property(anyHistory, (history) => {
        const alone = Array.from(history.frequency, (x, c) =>
          logLikelihood(historyOf([[x, history.recency[c], history.age[c]]]), published),
        );
        const twice = historyOf(
          [0, 1].flatMap(() =>
            Array.from(history.frequency, (x, c) => [x, history.recency[c], history.age[c]]),
          ),
        );
        const sum = alone.reduce((total, value) => total + value, 0);
        expect(relativeError(logLikelihood(history, published), sum)).toBeLessThan(1e-12);
        expect(relativeError(logLikelihood(twice, published), 2 * sum)).toBeLessThan(1e-12);
        expect(groupHistories(twice).weight.length).toBe(groupHistories(history).weight.length);
      }),
    );
  });

  // By Python's lgamma, with the larger of the two powers of formula 6 taken out.
  it('does not overflow for thousands of purchases', () => {
    expect(logLikelihood(historyOf([[5000, 10, 500]]), published)).toBeCloseTo(24227.2571061544, 8);
  });
});

describe('fit of BG/NBD', () => {
  // `lifetimes` 0.11.3 in Python on the same 300 customers (BetaGeoFitter, tol 1e-8).
  it('finds what lifetimes finds in the first 300 customers of CDNOW', () => {
    const text = readFileSync(join(packageRoot(), 'test', 'fixtures', 'cdnow-first-customers.csv'), 'utf8');
    const history = parseSummary(text);
    const fit = fitBgNbd(groupHistories(history));
    expect(fit).toMatchObject({ converged: true, isDegenerate: false });
    const parameters = [0.2224897451, 3.637053748, 0.3042229589, 0.6876905391];
    const errors = [0.0303793736, 0.8652082714, 0.1518942347, 0.421956198];
    parameters.forEach((expected, i) => {
      expect(relativeError(fit.parameters[i], expected)).toBeLessThan(1e-6);
      expect(relativeError(fit.standardErrors![i], errors[i])).toBeLessThan(1e-5);
    });
    expect(fit.logLikelihood).toBeCloseTo(-1383.1557415, 6);
  });

  it('finds again what customers were made with, and foresees what they do next', () => {
    const random = seededRandom(5);
    const truth = { r: 0.6, alpha: 5, a: 0.7, b: 2.5 };
    const customers = Array.from({ length: 20_000 }, () => {
      const age = 20 + 20 * random();
      const { purchases, isAlive } = simulateCustomer(truth, age + 30, age, random);
      const before = purchases.filter((at) => at <= age);
      return {
        row: [before.length, before.at(-1) ?? 0, age],
        next: purchases.length - before.length,
        isAlive,
      };
    });
    const fit = fitBgNbd(groupHistories(historyOf(customers.map(({ row }) => row))));
    const expected = [truth.r, truth.alpha, truth.a, truth.b];
    expected.forEach((parameter, i) => {
      expect(Math.abs(fit.parameters[i] - parameter) / fit.standardErrors![i]).toBeLessThan(4);
    });
    const parameters = bgNbdParameters(fit.parameters);
    const sum = (of: (customer: (typeof customers)[number]) => number): number =>
      customers.reduce((total, customer) => total + of(customer), 0);
    const alive = sum(({ row: [x, recency, age] }) => probabilityAlive(parameters, x, recency, age));
    expect(
      relativeError(
        alive,
        sum(({ isAlive }) => Number(isAlive)),
      ),
    ).toBeLessThan(0.02);
    const next = sum(({ row: [frequency, recency, age] }) =>
      conditionalPurchases(parameters, { frequency, recency, age }, 30),
    );
    expect(
      relativeError(
        next,
        sum((customer) => customer.next),
      ),
    ).toBeLessThan(0.03);
  });

  it('does not depend on the unit of time, nor on who never bought', () => {
    const random = seededRandom(1);
    const rows = Array.from({ length: 400 }, () => {
      const { purchases } = simulateCustomer(published, 30, 30, random);
      return [purchases.length, purchases.at(-1) ?? 0, 30];
    });
    const inWeeks = fitBgNbd(groupHistories(historyOf(rows)));
    const inSeconds = fitBgNbd(
      groupHistories(historyOf([[-1, 0, 0], ...rows.map(([x, t, age]) => [x, t * 604_800, age * 604_800])])),
    );
    [1, 604_800, 1, 1].forEach((factor, i) => {
      expect(relativeError(inSeconds.parameters[i], factor * inWeeks.parameters[i])).toBeLessThan(1e-6);
    });
  });

  it('tells that customers who are all alike have no distribution', () => {
    const { converged, isDegenerate } = fitBgNbd(groupHistories(historyOf(Array(100).fill([3, 20, 30]))));
    expect(converged && !isDegenerate).toBe(false);
  });
});

withSharedFile('data/cdnow/cdnow_customers_summary.csv.gz', 'BG/NBD of CDNOW', (file) => {
  const history = parseSummary(readGzip(file));

  // ../shared/reference/analytics.md.
  describe('BG/NBD of CDNOW', () => {
    it('has the likeliest parameters', () => {
      const fit = fitBgNbd(groupHistories({ ...history, meanSpend: new Float64Array(2357) }));
      [likeliest.r, likeliest.alpha, likeliest.a, likeliest.b].forEach((expected, i) => {
        expect(relativeError(fit.parameters[i], expected)).toBeLessThan(1e-6);
      });
      expect(fit.logLikelihood).toBeCloseTo(-9582.425561, 5);
      expect(fit.gradientNorm).toBeLessThan(1e-10);
    });

    it('has the published likelihood', () => {
      expect(logLikelihood(history, published)).toBeCloseTo(-9582.426831, 5);
      expect(history.frequency.reduce((sum, x) => sum + x, 0)).toBe(2457);
      expect(history.frequency.filter((x) => x === 0)).toHaveLength(1411);
    });

    it('expects 1653.4233 purchases in 39 weeks', () => {
      const parameters = bgNbdParameters(fitBgNbd(groupHistories(history)).parameters);
      const sum = history.frequency.reduce(
        (total, frequency, c) =>
          total +
          conditionalPurchases(
            parameters,
            { frequency, recency: history.recency[c], age: history.age[c] },
            39,
          ),
        0,
      );
      expect(sum).toBeCloseTo(1653.4233, 4);
    });
  });
});
