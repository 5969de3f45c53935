import { describe, expect, it } from 'vitest';
import { studySettings, trainSettings } from './settings.ts';

describe('trainSettings', () => {
  it('has a default for everything', () => {
    expect(trainSettings.parse({})).toEqual({
      algorithm: 'fpgrowth',
      minSupport: 0.005,
      minConfidence: 0.1,
      minLift: 1,
      maxLength: 3,
      maxItemsets: 5_000_000,
      recentDays: 90,
      popularItems: 100,
      minSegmentOrders: 50,
      alpha: 0.05,
      laterShare: 0.2,
      maxStudied: 20_000,
      periods: [],
      halfLifeDays: null,
      relatedItems: 500,
      matrixItems: 500,
      minCategorySupport: 0.01,
      customers: {
        seed: 1,
        costs: {},
        tiers: {},
        horizonWeeks: 52,
        monthlyDiscount: 0.01,
        holdOutShare: 0.25,
        bestShare: 0.1,
      },
      churn: {
        period: 'month',
        revenueDays: 180,
        falseAlarms: 0.1,
        winback: { budget: 1000, horizonDays: 180 },
        outlook: { horizonDays: 90, activeDays: 365, mostRows: 40_000, withoutAttributes: [], seed: 1 },
      },
      ranking: { learner: 'trees', gate: true },
    });
  });

  it('takes what is given', () => {
    const given = { algorithm: 'apriori', minSupport: 12, minLift: 0, maxLength: 20 };
    expect(trainSettings.parse(given)).toMatchObject(given);
  });

  it.each([
    { algorithm: 'magic' },
    { customers: { segments: 0 } },
    { customers: { seed: -1 } },
    { customers: { asOf: '2024-02-30' } },
    { customers: { costs: { goodsCostShare: 1.1 } } },
    { customers: { costs: { drivers: [{ id: 'packing-per-order', rate: -1 }] } } },
    { customers: { costs: { drivers: [{ id: 'desk', rate: 1, basis: { per: 'channel' } }] } } },
    { customers: { costs: { drivers: [{ id: 'desk', rate: 1 }] } } },
    { customers: { tiers: { minRevenue: 0 } } },
    { customers: { tiers: { minRevenue: 10, largeRevenueShare: 0.5 } } },
    { customers: { rfmCutoffs: { recency: [3, 2], frequency: [1, 2], monetary: [1, 2] } } },
    { customers: { horizonWeeks: 0 } },
    { customers: { loyal: true } },
    { minSupport: 0 },
    { minSupport: -0.1 },
    { minSupport: 1.5 },
    { minSupport: '0.1' },
    { minConfidence: 1.01 },
    { minLift: -1 },
    { maxLength: 1 },
    { maxLength: 21 },
    { maxLength: 2.5 },
    { maxItemsets: 0 },
    { recentDays: 0 },
    { popularItems: 1001 },
    { minSegmentOrders: 0 },
    { minSuport: 0.1 },
    { alpha: 0 },
    { alpha: 1.1 },
    { laterShare: 1 },
    { maxStudied: 0 },
    { relatedItems: 1001 },
    { matrixItems: 4001 },
    { minCategorySupport: 1.5 },
    { halfLifeDays: 0 },
    { periods: [{ name: '', from: '2024-05-01', to: '2024-05-02' }] },
    { periods: [{ name: 'sale', from: '2024-05-01', to: '2024-02-30' }] },
  ])('refuses %o', (given) => {
    expect(trainSettings.safeParse(given).success).toBe(false);
  });

  it('says which periods cannot be held still', () => {
    const sale = { name: 'sale', from: '2024-05-01', to: '2024-05-07' };
    const refusal = (...periods: object[]): unknown =>
      trainSettings.safeParse({ periods }).error?.issues.map(({ path, message }) => [path, message]);
    expect(refusal({ ...sale, to: '2024-04-30' })).toEqual([
      [['periods'], 'The period "sale" ends before it begins.'],
    ]);
    expect(refusal(sale, { name: 'flood', from: '2024-05-07', to: '2024-05-09' })).toEqual([
      [['periods'], 'The periods "sale" and "flood" overlap.'],
    ]);
  });
});

describe('studySettings', () => {
  it('counts days from 1970 and baskets from shares', () => {
    const periods = [{ name: 'sale', from: '1970-01-02', to: '2024-05-07' }];
    const settings = trainSettings.parse({
      periods,
      minConfidence: 0.3,
      minCategorySupport: 0.05,
      halfLifeDays: 30,
    });
    expect(studySettings(settings, 1000)).toEqual({
      alpha: 0.05,
      laterShare: 0.2,
      maxStudied: 20_000,
      periods: [{ name: 'sale', from: 1, to: 19_850 }],
      halfLifeDays: 30,
      relatedItems: 500,
      matrixItems: 500,
      minCategorySupport: 50,
      minCategoryConfidence: 0.3,
    });
  });
});
