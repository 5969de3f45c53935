import { describe, expect, it } from 'vitest';
import { relativeError } from '../../stats/testing/exact.ts';
import { expectedPurchases, probabilityAlive } from './bg-nbd.ts';
import type { RepeatHistory } from './purchase-days.ts';
import { purchaseModelOf } from './purchase-model.ts';
import { seededRandom, simulateCustomer } from './testing/simulate.ts';

/** Customers of 10 … 60 weeks who have this model. */
function simulated(
  parameters: Parameters<typeof simulateCustomer>[0],
  customers: number,
  seed = 11,
): RepeatHistory {
  const random = seededRandom(seed);
  const rows = Array.from({ length: customers }, () => {
    const age = 10 + 50 * random();
    const { purchases } = simulateCustomer(parameters, age, age, random);
    return { x: purchases.length, recency: purchases.at(-1) ?? 0, age };
  });
  return {
    frequency: Int32Array.from(rows, ({ x }) => x),
    recency: Float64Array.from(rows, ({ recency }) => recency),
    age: Float64Array.from(rows, ({ age }) => age),
    spendDays: new Int32Array(customers),
    meanSpend: new Float64Array(customers),
  };
}

const rateOf = (model: ReturnType<typeof purchaseModelOf>) => {
  if (model.report.method !== 'shrunk-rates') throw new Error('BG/NBD was not refused');
  return model.report;
};

describe('purchases where BG/NBD is refused', () => {
  it('go on without end where nobody is lost', () => {
    const model = purchaseModelOf(simulated({ r: 1.5, alpha: 10, a: 1e-9, b: 1 }, 3000, 5), 50);
    const { refusal, priorPurchases, priorWeeks, lossProbability } = rateOf(model);
    expect(refusal.code).toBe('degenerate-parameters');
    expect(lossProbability).toBeLessThan(1e-3);
    // What they were made with; the errors of such fits are about 5 %.
    expect(relativeError(priorPurchases, 1.5)).toBeLessThan(0.15);
    expect(relativeError(priorWeeks, 10)).toBeLessThan(0.15);
    expect(model.alive(3, 20, 21)).toBeGreaterThan(0.99);
    const rate = (3 + priorPurchases) / (21 + priorWeeks);
    expect(relativeError(model.whenAlive(3, 21, 10), rate * 10)).toBeLessThan(0.01);
  });

  it('have the loss probability of all where customers do not differ in it', () => {
    const model = purchaseModelOf(simulated({ r: 1.5, alpha: 4, a: 2e6, b: 8e6 }, 2000), 50);
    const { refusal, lossProbability } = rateOf(model);
    expect(refusal.code).toBe('degenerate-parameters');
    expect(relativeError(lossProbability, 0.2)).toBeLessThan(0.1);
  });

  it('are what BG/NBD expects of customers who hardly differ', () => {
    const history = { ...simulated({ r: 2, alpha: 10, a: 1, b: 3 }, 5) };
    const model = purchaseModelOf(history, 50);
    const { priorPurchases, priorWeeks, lossProbability } = rateOf(model);
    expect([priorPurchases, lossProbability]).toEqual([1, 0.1]);
    const rate = (4 + priorPurchases) / (30 + priorWeeks);
    // The rate and the probability are all but the same for everybody.
    const alike = { r: 1e5, alpha: 1e5 / rate, a: 1e5, b: 9e5 };
    expect(relativeError(model.whenAlive(4, 30, 25), expectedPurchases(alike, 25))).toBeLessThan(1e-4);
    expect(relativeError(model.alive(4, 18, 30), probabilityAlive(alike, 4, 18, 30))).toBeLessThan(1e-3);
    expect(model.alive(0, 0, 30)).toBe(1);
  });

  it('are none where nobody came back, and stay numbers after any silence', () => {
    const nobody = { ...simulated({ r: 1e-9, alpha: 1, a: 1, b: 1 }, 60) };
    const model = purchaseModelOf(nobody, 0);
    expect(rateOf(model).refusal.code).toBe('too-few-repeat-buyers');
    expect([model.alive(0, 0, 50), model.whenAlive(0, 50, 10)]).toEqual([1, 0]);
    const few = purchaseModelOf(simulated({ r: 2, alpha: 1, a: 1, b: 3 }, 5), 50);
    expect(few.alive(5000, 100, 1e6)).toBe(0);
  });
});
