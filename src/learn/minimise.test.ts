import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { minimise, type Objective } from './minimise.ts';

/** Rosenbrock's valley (The Computer Journal 3, 1960): least at (1, 1), where it is 0. */
const valley: Objective = ([x, y], gradient, hessian) => {
  gradient.set([-400 * x * (y - x * x) - 2 * (1 - x), 200 * (y - x * x)]);
  hessian.set([1200 * x * x - 400 * y + 2, -400 * x, -400 * x, 200]);
  return 100 * (y - x * x) ** 2 + (1 - x) ** 2;
};

/** Two hollows, at −1 and at 2, the latter the deeper one. */
const hollows: Objective = ([x], gradient, hessian) => {
  gradient[0] = 12 * (x + 1) * x * (x - 2);
  hessian[0] = 12 * (3 * x * x - 2 * x - 2);
  return 3 * x ** 4 - 4 * x ** 3 - 12 * x ** 2;
};

describe('minimise', () => {
  it('follows a curved valley to its end from anywhere', () => {
    const anywhere = fc.double({ min: -5, max: 5, noNaN: true });
    fc.assert(
      fc.property(anywhere, anywhere, (x, y) => {
        const found = minimise(valley, [[x, y]]);
        expect(found.converged).toBe(true);
        expect(found.gradientNorm).toBeLessThanOrEqual(1e-10);
        expect(found.x[0]).toBeCloseTo(1, 9);
        expect(found.x[1]).toBeCloseTo(1, 9);
        expect(found.value).toBeLessThan(1e-18);
      }),
    );
  });

  it('takes the lowest of what several starts lead to', () => {
    expect(minimise(hollows, [[-2]]).x[0]).toBeCloseTo(-1, 10);
    const best = minimise(hollows, [[-2], [1], [-0.5]]);
    expect(best.x[0]).toBeCloseTo(2, 10);
    expect(best.value).toBeCloseTo(-32, 10);
    expect(best.hessian[0]).toBeCloseTo(72, 8);
  });

  it('leaves a top that is as flat as a bottom: it is no minimum', () => {
    const found = minimise(hollows, [[0]]);
    expect([found.converged, found.gradientNorm, found.x[0]]).toEqual([false, 0, 0]);
    expect(minimise(hollows, [[1e-6]]).x[0]).toBeCloseTo(2, 10);
  });

  it('keeps within where the function exists', () => {
    // x − ln x, least at 1; below 0 it is not a number.
    const found = minimise(
      ([x], gradient, hessian) => {
        gradient[0] = 1 - 1 / x;
        hessian[0] = 1 / (x * x);
        return x - Math.log(x);
      },
      [[-3], [1.99]],
    );
    expect(found.converged).toBe(true);
    expect(found.x[0]).toBeCloseTo(1, 10);
  });

  it('says so when it did not come to an end', () => {
    const stopped = minimise(valley, [[-1.2, 1]], { maxIterations: 3 });
    expect([stopped.converged, stopped.iterations]).toEqual([false, 3]);
    expect(stopped.value).toBeLessThan(24.2);
    const nowhere = minimise(() => Number.NaN, [[1], [2]]);
    expect([nowhere.converged, nowhere.value]).toEqual([false, Number.POSITIVE_INFINITY]);
    const slope: Objective = ([x], gradient, hessian) => {
      gradient[0] = 1;
      hessian[0] = 0;
      return x;
    };
    expect(minimise(slope, [[0]]).converged).toBe(false);
  });
});
