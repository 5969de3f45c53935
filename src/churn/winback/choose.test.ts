import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../learn/random.ts';
import { type Choices, efficientSteps } from './choice-frontier.ts';
import { chooseExact } from './choose-exact.ts';
import { chooseGreedy } from './choose-greedy.ts';

type Option = readonly [cost: number, gain: number];

function choicesOf(customers: readonly (readonly Option[])[]): Choices {
  const offsets = new Int32Array(customers.length + 1);
  customers.forEach((options, c) => {
    offsets[c + 1] = offsets[c] + options.length;
  });
  const all = customers.flat();
  return {
    offsets,
    cost: Float64Array.from(all, ([cost]) => cost),
    gain: Float64Array.from(all, ([, gain]) => gain),
  };
}

/** The most that any choice gains. */
function brute(customers: readonly (readonly Option[])[], budget: number, at = 0): number {
  if (at === customers.length) return 0;
  let best = brute(customers, budget, at + 1);
  for (const [cost, gain] of customers[at])
    if (cost <= budget) best = Math.max(best, gain + brute(customers, budget - cost, at + 1));
  return best;
}

const option = fc.tuple(fc.nat(20), fc.integer({ min: -3, max: 30 }));
const problem = fc.array(fc.array(option, { maxLength: 4 }), { maxLength: 6 });

describe('chooseExact', () => {
  it('is as good as trying everything, within the budget', () => {
    fc.assert(
      fc.property(problem, fc.nat(60), (customers, budget) => {
        const choices = choicesOf(customers);
        const found = chooseExact(choices, budget)!;
        expect(found.gain).toBe(brute(customers, budget));
        expect(found.cost).toBeLessThanOrEqual(budget);
        found.option.forEach((chosen, c) => {
          const isOwn = chosen >= choices.offsets[c] && chosen < choices.offsets[c + 1];
          expect(chosen === -1 || isOwn).toBe(true);
        });
      }),
      { numRuns: 300 },
    );
  });

  it('gains no less with more money', () => {
    fc.assert(
      fc.property(problem, fc.nat(40), fc.nat(20), (customers, budget, more) => {
        const choices = choicesOf(customers);
        expect(chooseExact(choices, budget + more)!.gain).toBeGreaterThanOrEqual(
          chooseExact(choices, budget)!.gain,
        );
      }),
    );
  });

  it('gives up rather than go through too much', () => {
    const random = seededRandom(5);
    const customers = Array.from({ length: 60 }, () =>
      Array.from({ length: 4 }, (): Option => [1 + random(), 1 + random()]),
    );
    expect(chooseExact(choicesOf(customers), 30, { mostStates: 5 })).toBeNull();
    expect(chooseExact(choicesOf(customers), 30, { mostCustomers: 59 })).toBeNull();
  });
});

describe('chooseGreedy', () => {
  it('is within its bound, and by less than one option short of the best', () => {
    fc.assert(
      fc.property(problem, fc.nat(60), (customers, budget) => {
        const best = brute(customers, budget);
        const found = chooseGreedy(choicesOf(customers), budget);
        expect(found.cost).toBeLessThanOrEqual(budget);
        expect(found.gain).toBeLessThanOrEqual(best);
        expect(found.bound).toBeGreaterThanOrEqual(best - 1e-9);
        expect(2 * found.gain).toBeGreaterThanOrEqual(best);
        const largest = Math.max(0, ...customers.flat().map(([, gain]) => gain));
        expect(found.bound - found.gain).toBeLessThanOrEqual(largest);
        if (found.isBest) expect(found.gain).toBeCloseTo(best, 9);
      }),
      { numRuns: 300 },
    );
  });

  it('chooses for 100,000 customers to a ten-thousandth of what is possible', () => {
    const random = seededRandom(11);
    const customers = Array.from({ length: 100_000 }, () => {
      const worth = 50 + 500 * random();
      return [0.45, 0.41, 0.47].map(
        (rate, n): Option => [[12, 10, 22][n] * rate, worth * (rate - 0.2 * random()) - 10],
      );
    });
    const found = chooseGreedy(choicesOf(customers), 50_000);
    expect(found.cost).toBeLessThanOrEqual(50_000);
    expect((found.bound - found.gain) / found.bound).toBeLessThan(1e-4);
  });

  it('takes what costs nothing, and nothing that gains nothing', () => {
    const found = chooseGreedy(
      choicesOf([
        [[0, 5]],
        [
          [0, 0],
          [3, -1],
        ],
        [
          [4, 9],
          [0, 2],
        ],
      ]),
      0,
    );
    expect([...found.option]).toEqual([0, -1, 4]);
    expect(found).toMatchObject({ cost: 0, gain: 7 });
  });

  it('refuses what cannot be', () => {
    expect(() => chooseGreedy(choicesOf([[[-1, 2]]]), 5)).toThrow('Option 0 costs -1 and gains 2.');
    expect(() => chooseGreedy(choicesOf([[[1, Number.NaN]]]), 5)).toThrow('gains NaN');
    expect(() => chooseGreedy(choicesOf([]), Number.NaN)).toThrow('A budget is 0 or more, not NaN.');
  });
});

describe('efficientSteps', () => {
  it('keeps the corners of the upper hull alone', () => {
    // Over (2, 6) and (10, 14) the option (5, 8) is under the line, and (12, 14) is dearer for the same.
    const { option, cost, gain } = efficientSteps(
      choicesOf([
        [
          [2, 6],
          [5, 8],
          [10, 14],
          [12, 14],
        ],
      ]),
    );
    expect([...option]).toEqual([0, 2]);
    expect([...cost]).toEqual([2, 8]);
    expect([...gain]).toEqual([6, 8]);
  });
});
