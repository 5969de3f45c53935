import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../learn/random.ts';
import { logGamma } from '../../stats/log-gamma.ts';
import { type CountPrior, dispersion, drawnClump, fitCounts, judgeCount } from './count-watch.ts';

const oneByOne: CountPrior = { shape: 2, days: 100, clump: 1 };

/** ∫ f(λ) of a gamma distribution, by the midpoint rule. */
function overRates(shape: number, days: number, figure: (rate: number) => number): number {
  const steps = 20_000;
  const top = (shape + 12 * Math.sqrt(shape) + 12) / days;
  let sum = 0;
  for (let n = 0; n < steps; n++) {
    const rate = ((n + 0.5) * top) / steps;
    const logDensity = shape * Math.log(days) + (shape - 1) * Math.log(rate) - days * rate - logGamma(shape);
    sum += figure(rate) * Math.exp(logDensity) * (top / steps);
  }
  return sum;
}

const poisson = (k: number, mean: number): number => Math.exp(k * Math.log(mean) - mean - logGamma(k + 1));

describe('judgeCount', () => {
  it('is the mean over all rates of what a Poisson process would do', () => {
    const base = { count: 3, days: 400, clump: 1 };
    const window = 91;
    const rise = judgeCount('rise', 4, window, base, oneByOne);
    const fall = judgeCount('fall', 0, window, base, oneByOne);
    const crossing = (k: number): number =>
      overRates(5, 500, (rate) => 365.25 * rate * poisson(k, rate * window));
    expect(rise.expected).toBeCloseTo((5 * 91) / 500, 12);
    expect(rise.yearly).toBeCloseTo(crossing(3), 6);
    expect(fall.yearly).toBeCloseTo(crossing(0), 6);
    expect(fall.chance).toBeCloseTo((500 / 591) ** 5, 12);
    const fewer = [0, 1, 2, 3].reduce(
      (sum, k) => sum + overRates(5, 500, (rate) => poisson(k, rate * window)),
      0,
    );
    expect(rise.chance).toBeCloseTo(1 - fewer, 6);
  });

  it('says how often a window that moves on comes up to a number', () => {
    const random = seededRandom(5);
    const rate = 0.03;
    const days: number[] = [];
    for (let at = 0; at < 4_000_000; ) {
      at -= Math.log(1 - random()) / rate;
      days.push(at);
    }
    let times = 0;
    let first = 0;
    for (let n = 0; n < days.length; n++) {
      while (days[first] <= days[n] - 91) first++;
      // It came up to seven if there were six just before this one.
      times += Number(n - first === 6);
    }
    const known = { count: rate * 1e9, days: 1e9, clump: 1 };
    const { yearly } = judgeCount('rise', 7, 91, known, oneByOne);
    const years = days[days.length - 1] / 365.25;
    expect(Math.abs(times - yearly * years)).toBeLessThan(4 * Math.sqrt(yearly * years));
  });

  it('gives no alarm on the side that was expected', () => {
    const base = { count: 40, days: 400, clump: 1 };
    expect(judgeCount('fall', 20, 91, base, oneByOne).yearly).toBe(Number.POSITIVE_INFINITY);
    expect(judgeCount('rise', 2, 91, base, oneByOne).chance).toBe(1);
  });

  it('asks for more where things come in clumps', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 5, max: 40 }), (expected, more) => {
        const known = { count: expected * 1e6, days: 91e6 };
        const seen = expected + Math.ceil(Math.sqrt(expected)) + more;
        const [single, clumped] = [1, 2].map((clump) =>
          judgeCount('rise', seen, 91, { ...known, clump }, oneByOne),
        );
        expect(clumped.expected).toBeCloseTo(single.expected, 3);
        expect(clumped.chance).toBeGreaterThan(single.chance);
      }),
    );
  });

  it('asks for less of who is known for longer', () => {
    const [shorter, longer] = [1, 10].map((times) =>
      judgeCount(
        'rise',
        4,
        91,
        { count: 3 * times, days: 365 * times, clump: 1 },
        { shape: 3, days: 365, clump: 1 },
      ),
    );
    expect(longer.expected).toBeCloseTo(shorter.expected, 12);
    expect(longer.chance).toBeLessThan(shorter.chance);
  });
});

describe('fitCounts', () => {
  it('finds the rate, and how much it varies', () => {
    const bases = Array.from({ length: 2000 }, (_, c) => ({
      count: c % 2 === 0 ? 2 : 10,
      days: 1000,
      clump: 1,
    }));
    const { shape, days, clump } = fitCounts(bases)!;
    expect(shape / days).toBeCloseTo(0.006, 12);
    // Variance 16 of which 6 are chance, about a mean of 6.
    expect(1 / shape).toBeCloseTo(10 / 36, 12);
    expect(clump).toBe(1);
  });

  it('knows nothing of nobody, and little of what never happened', () => {
    expect(fitCounts([])).toBeNull();
    expect(fitCounts([{ count: 0, days: 0, clump: 1 }])).toBeNull();
    const { shape, days } = fitCounts([{ count: 0, days: 1000, clump: 1 }])!;
    expect(shape / days).toBeCloseTo(0.0005, 12);
  });
});

describe('dispersion', () => {
  it("is Fisher's index times its degrees of freedom", () => {
    // Fisher, Statistical Methods for Research Workers, § 16: Σ (n − mean)² / mean.
    expect(dispersion([2, 4, 6])).toBe(2);
    expect(dispersion([0, 0, 0])).toBe(0);
    expect(drawnClump(0, 1, 1)).toBe(1);
    expect(drawnClump(70, 1, 1)).toBeCloseTo(76 / 13, 12);
  });
});
