import { describe, expect, it } from 'vitest';
import { withSharedFile } from '../../../test/support/shared-data.ts';
import { type HoldOutOptions, holdOutForecast } from './hold-out.ts';
import { PurchaseDaysBuilder } from './purchase-days.ts';
import { dayOf, parseTransactions, readGzip } from './testing/cdnow.ts';
import { seededRandom, simulateCustomer } from './testing/simulate.ts';

function daysOf(...customers: readonly (readonly number[])[]) {
  const builder = new PurchaseDaysBuilder(customers.length, customers.flat().length);
  for (const days of customers) {
    for (const day of days) builder.add(day, 1);
    builder.endCustomer();
  }
  return builder.build();
}

describe('holdOutForecast', () => {
  it('compares customers of the time before with what they did after', () => {
    const days = daysOf([0, 7, 21, 35], [14], [30, 33], [], [60]);
    const report = holdOutForecast(days, { splitDay: 28, lastDay: 42 });
    // Rates: 2 in 4 weeks, 0 in 2; together a third a week. Two weeks, in which one purchase came of the first.
    expect(report).toMatchObject({
      ...{ weeks: 2, customers: 2, cameLater: 1, actual: 1, isMethodInService: true },
      purchases: { method: 'shrunk-rates', basis: 'assumed', refusal: { code: 'too-few-repeat-buyers' } },
      errors: {
        sameRate: { expected: 1, meanAbsolute: 0, rootMeanSquare: 0, bias: 0 },
        meanRate: {
          expected: expect.closeTo(4 / 3, 12),
          meanAbsolute: expect.closeTo(1 / 2, 12),
          bias: expect.closeTo(1 / 3, 12),
        },
      },
    });
    expect(
      report.classes.map(({ frequency, customers, actual, sameRate }) => [
        frequency,
        customers,
        actual,
        sameRate,
      ]),
    ).toEqual([
      [0, 1, 0, 0],
      [2, 1, 1, 1],
    ]);
  });

  it('tracks the simpler estimate as well', () => {
    const days = daysOf([0, 7, 21, 35], [14]);
    const { tracking } = holdOutForecast(days, { splitDay: 28, lastDay: 40 });
    // A purchase in three weeks: before loss (0.1 a purchase) the first has 28 / 21 of it by day 28, the second 14 / 21.
    const by = (days: number): number => (1 - Math.exp(-0.1 * (days / 21))) / 0.1;
    expect(tracking).toHaveLength(6);
    expect(tracking[3]).toEqual({
      ...{ week: 4, day: 27, isHoldOut: false, actual: 2 },
      expected: expect.closeTo(by(27) + by(13), 12),
    });
    expect(tracking[5]).toEqual({
      ...{ week: 6, day: 40, isHoldOut: true, actual: 3 },
      expected: expect.closeTo(by(40) + by(26), 12),
    });
  });

  it('is of the method that all the time leads to, or says that it is not', () => {
    const random = seededRandom(4);
    const shop = (splitDay: number) => {
      const customers = Array.from({ length: 400 }, () => {
        const { purchases } = simulateCustomer({ r: 1, alpha: 6, a: 0.6, b: 2 }, 50, 50, random);
        return [0, ...purchases.map((weeks) => Math.ceil(7 * weeks))];
      });
      return holdOutForecast(daysOf(...customers), { splitDay, lastDay: 350 });
    };
    const fitted = shop(260);
    expect(fitted.isMethodInService).toBe(true);
    expect(fitted.purchases.method).toBe('bg-nbd');
    expect(fitted.sentence).toMatch(/^In the last 12.9 weeks the 400 customers.*The method in service/);
    // Hardly anybody has come back in two days.
    const early = shop(2);
    expect(early.isMethodInService).toBe(false);
    expect(early.purchases).toMatchObject({ basis: 'assumed', refusal: { code: 'too-few-repeat-buyers' } });
    expect(early.sentence).toMatch(/too short for the method in service/);
  });

  it('has something to say where nobody was, or nothing came', () => {
    const nobody = holdOutForecast(daysOf([50]), { splitDay: 28, lastDay: 42 });
    expect(nobody).toMatchObject({ customers: 0, cameLater: 0, actual: 0, classes: [], tracking: [] });
    expect(nobody.errors.model).toEqual({ expected: 0, meanAbsolute: 0, rootMeanSquare: 0, bias: null });
    const nothing = holdOutForecast(daysOf([28], [28]), { splitDay: 28, lastDay: 42 });
    expect(nothing.errors.sameRate).toEqual({ expected: 0, meanAbsolute: 0, rootMeanSquare: 0, bias: null });
    expect(JSON.parse(JSON.stringify(nothing))).toEqual(nothing);
  });

  it.each<[HoldOutOptions]>([
    [{ splitDay: 10, lastDay: 10 }],
    [{ splitDay: 10.5, lastDay: 20 }],
    [{ splitDay: 10, lastDay: Number.NaN }],
  ])('refuses %j', (options) => {
    expect(() => holdOutForecast(daysOf([1]), options)).toThrow(
      expect.objectContaining({ code: 'bad-input' }),
    );
  });
});

// Figures by pandas and `lifetimes` 0.11.3 in Python (BetaGeoFitter, tol 1e-8), from the same file.
withSharedFile('data/cdnow/CDNOW_sample.txt.gz', 'hold-out of CDNOW', (file) => {
  const report = holdOutForecast(parseTransactions(readGzip(file)), {
    splitDay: dayOf('19970930'),
    lastDay: dayOf('19980630'),
  });

  describe('hold-out of CDNOW', () => {
    it('expects 1653 purchases in 39 weeks, and 1882 came', () => {
      expect(report).toMatchObject({ weeks: 39, customers: 2357, cameLater: 0, actual: 1882 });
      const { model, sameRate, meanRate } = report.errors;
      const figures = [model, sameRate, meanRate].map((error) => [
        error.expected,
        error.meanAbsolute,
        error.rootMeanSquare,
      ]);
      expect(figures).toEqual([
        [expect.closeTo(1653.4087, 3), expect.closeTo(0.785454, 5), expect.closeTo(1.607982, 5)],
        [expect.closeTo(2930.101126, 5), expect.closeTo(1.0236691633, 8), expect.closeTo(2.2119180886, 8)],
        [expect.closeTo(2928.946248, 5), expect.closeTo(1.3820768355, 8), expect.closeTo(2.1042326881, 8)],
      ]);
      expect(model.bias).toBeCloseTo(1653.4087 / 1882 - 1, 6);
    });

    it('by frequency class', () => {
      const found = report.classes.map(({ frequency, customers, actual, model }) => [
        ...[frequency, customers],
        ...[actual.toFixed(6), model.toFixed(5)],
      ]);
      expect(found).toEqual([
        [0, 1411, '0.236712', '0.22509'],
        [1, 439, '0.697039', '0.52313'],
        [2, 214, '1.392523', '1.04413'],
        [3, 100, '1.560000', '1.52028'],
        [4, 62, '2.532258', '2.16387'],
        [5, 38, '2.947368', '2.65385'],
        [6, 29, '3.862069', '3.50404'],
        [7, 64, '6.359375', '6.15719'],
      ]);
      expect(report.classes.map(({ orMore }) => orMore)).toEqual([...Array(7).fill(false), true]);
    });

    it('week by week', () => {
      const { tracking } = report;
      expect(tracking).toHaveLength(78);
      const at = [10, 39, 52, 78].map((week) => tracking[week - 1]);
      expect(at).toEqual([
        {
          week: 10,
          day: dayOf('19970311'),
          isHoldOut: false,
          actual: 504,
          expected: expect.closeTo(427.12141, 3),
        },
        {
          week: 39,
          day: dayOf('19970930'),
          isHoldOut: false,
          actual: 2457,
          expected: expect.closeTo(2493.95685, 2),
        },
        {
          week: 52,
          day: dayOf('19971230'),
          isHoldOut: true,
          actual: 3183,
          expected: expect.closeTo(3127.67847, 2),
        },
        {
          week: 78,
          day: dayOf('19980630'),
          isHoldOut: true,
          actual: 4339,
          expected: expect.closeTo(4160.60911, 2),
        },
      ]);
    });
  });
});
