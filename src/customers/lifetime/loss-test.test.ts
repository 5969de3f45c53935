import { describe, expect, it } from 'vitest';
import { fitBgNbd } from './fit-bg-nbd.ts';
import { groupHistories } from './history-groups.ts';
import { lossLevel, lossTest } from './loss-test.ts';
import { fitNbd } from './nbd.ts';
import { simulatedHistory } from './testing/simulate.ts';

describe('lossTest', () => {
  // ½ erfc(√(s / 2)) + ½ exp(−s / 2), by Python.
  it.each([
    [1, 0.46192058378777373],
    [5.138, 0.05000985941229999],
    [10, 0.004151674628544008],
  ])('takes %d for half χ² with one degree of freedom and half with two', (statistic, p) => {
    const test = lossTest(-100, -100 - statistic / 2);
    expect(test).toMatchObject({ logLikelihood: -100, statistic: expect.closeTo(statistic, 12) });
    expect(test.p).toBeCloseTo(p, 12);
  });

  it('is not put off by the rounding of equals', () => {
    expect(lossTest(-100.0000001, -100)).toMatchObject({ statistic: 0, p: 1 });
  });

  it('finds loss where nobody is lost in no more than its level of shops', () => {
    const shops = 100;
    let found = 0;
    for (let seed = 1; seed <= shops; seed++) {
      const groups = groupHistories(simulatedHistory({ r: 0.8, alpha: 10, a: 1e-12, b: 1 }, 150, seed));
      if (lossTest(fitBgNbd(groups).logLikelihood, fitNbd(groups).logLikelihood).p <= lossLevel) found++;
    }
    expect(found).toBeLessThanOrEqual(lossLevel * shops);
  });
});
