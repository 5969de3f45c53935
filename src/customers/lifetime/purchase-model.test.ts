import { describe, expect, it } from 'vitest';
import { relativeError } from '../../stats/testing/exact.ts';
import { expectedPurchases, probabilityAlive } from './bg-nbd.ts';
import { purchaseMethodOf } from './lifetime-report.ts';
import { purchaseModelOf } from './purchase-model.ts';
import { simulatedHistory } from './testing/simulate.ts';

const rateOf = (model: ReturnType<typeof purchaseModelOf>) => {
  if (model.report.method !== 'shrunk-rates') throw new Error('BG/NBD was not refused');
  return model.report;
};

const withoutLoss = { r: 1.5, alpha: 10, a: 1e-9, b: 1 };
const withLoss = { r: 1.5, alpha: 10, a: 0.8, b: 2.4 };

describe('purchases where customers are lost', () => {
  it('are by BG/NBD, which makes them far likelier than none being lost', () => {
    const model = purchaseModelOf(simulatedHistory(withLoss, 1000), 50);
    if (model.report.method !== 'bg-nbd') throw new Error('BG/NBD was refused');
    const { fit, lossTest } = model.report;
    expect(lossTest!.logLikelihood).toBe(fit.logLikelihood);
    expect(lossTest!.statistic).toBeCloseTo(2 * (fit.logLikelihood - lossTest!.withoutLoss), 9);
    expect(lossTest!.p).toBeLessThan(1e-6);
    // Of who never came back BG/NBD says 1 whatever the data.
    expect([model.tellsAlive(1), model.tellsAlive(0)]).toEqual([true, false]);
  });
});

describe('purchases where BG/NBD is refused', () => {
  it('go on without end where nobody is lost, and nothing is told of who is alive', () => {
    const model = purchaseModelOf(simulatedHistory(withoutLoss, 3000, 5), 50);
    const { refusal, basis, lossTest, priorPurchases, priorWeeks, lossProbability } = rateOf(model);
    expect(refusal).toMatchObject({
      code: 'loss-not-told',
      reason: expect.stringContaining(`p = ${lossTest!.p.toFixed(2)}`),
    });
    expect(lossTest!.p).toBeGreaterThan(0.05);
    expect([basis, lossProbability]).toEqual(['without-loss', 0]);
    // What they were made with; the errors of such fits are about 5 %.
    expect(relativeError(priorPurchases, 1.5)).toBeLessThan(0.15);
    expect(relativeError(priorWeeks, 10)).toBeLessThan(0.15);
    expect([model.alive(3, 1, 60), model.tellsAlive(3)]).toEqual([1, false]);
    const rate = (3 + priorPurchases) / (21 + priorWeeks);
    expect(relativeError(model.whenAlive(3, 21, 10), rate * 10)).toBeLessThan(1e-12);
  });

  it('have the loss probability of all where customers do not differ in it', () => {
    const model = purchaseModelOf(simulatedHistory({ r: 1.5, alpha: 4, a: 2e6, b: 8e6 }, 2000), 50);
    const { refusal, basis, lossProbability, lossTest } = rateOf(model);
    expect([refusal.code, basis]).toEqual(['degenerate-parameters', 'common-loss']);
    expect(relativeError(lossProbability, 0.2)).toBeLessThan(0.1);
    expect(lossTest!.p).toBeLessThan(1e-6);
    expect(model.tellsAlive(1)).toBe(true);
  });

  it('are what BG/NBD expects of customers who hardly differ', () => {
    const history = simulatedHistory({ r: 2, alpha: 10, a: 1, b: 3 }, 5);
    const model = purchaseModelOf(history, 50);
    const { basis, priorPurchases, priorWeeks, lossProbability, lossTest } = rateOf(model);
    expect([basis, priorPurchases, lossProbability, lossTest]).toEqual(['assumed', 1, 0.1, null]);
    const rate = (4 + priorPurchases) / (30 + priorWeeks);
    // The rate and the probability are all but the same for everybody.
    const alike = { r: 1e5, alpha: 1e5 / rate, a: 1e5, b: 9e5 };
    expect(relativeError(model.whenAlive(4, 30, 25), expectedPurchases(alike, 25))).toBeLessThan(1e-4);
    expect(relativeError(model.alive(4, 18, 30), probabilityAlive(alike, 4, 18, 30))).toBeLessThan(1e-3);
    expect(model.alive(0, 0, 30)).toBe(1);
  });

  it('are none where nobody came back, and stay numbers after any silence', () => {
    const nobody = simulatedHistory({ r: 1e-9, alpha: 1, a: 1, b: 1 }, 60);
    const model = purchaseModelOf(nobody, 0);
    expect(rateOf(model).refusal.code).toBe('too-few-repeat-buyers');
    expect([model.alive(0, 0, 50), model.whenAlive(0, 50, 10)]).toEqual([1, 0]);
    const few = purchaseModelOf(simulatedHistory({ r: 2, alpha: 1, a: 1, b: 3 }, 5), 50);
    expect(few.alive(5000, 100, 1e6)).toBe(0);
  });
});

describe('purchases by the method of a longer time', () => {
  const lost = simulatedHistory(withLoss, 1000);

  it('are by that where it can be fitted, and say so', () => {
    const plain = rateOf(purchaseModelOf(lost, 50, 'without-loss'));
    expect(plain).toMatchObject({ basis: 'without-loss', refusal: { code: 'as-in-service' } });
    expect(plain.lossTest!.p).toBeLessThan(1e-6);
    const common = rateOf(purchaseModelOf(lost, 50, 'common-loss'));
    expect(common).toMatchObject({ basis: 'common-loss', refusal: { code: 'as-in-service' } });
    expect(common.lossProbability).toBeGreaterThan(0.1);
    expect(rateOf(purchaseModelOf(lost, 50, 'assumed')).lossProbability).toBe(0.1);
    // A p above the level keeps BG/NBD from being chosen, not from being fitted.
    const weak = simulatedHistory({ ...withLoss, a: 0.02 }, 200, 1);
    const own = purchaseModelOf(weak, 50).report;
    expect(purchaseMethodOf(own)).toBe('without-loss');
    expect(purchaseMethodOf(purchaseModelOf(weak, 50, 'bg-nbd').report)).toBe('bg-nbd');
    expect(purchaseModelOf(weak, 50, 'without-loss').report).toEqual(own);
  });

  it('are by what can be had where it cannot', () => {
    const degenerate = simulatedHistory({ r: 1.5, alpha: 4, a: 2e6, b: 8e6 }, 2000);
    expect(purchaseMethodOf(purchaseModelOf(degenerate, 50, 'bg-nbd').report)).toBe('common-loss');
    expect(purchaseMethodOf(purchaseModelOf(lost, 1001, 'bg-nbd').report)).toBe('assumed');
  });
});
