import { describe, expect, it } from 'vitest';
import { trainSettings } from './settings.ts';

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
    });
  });

  it('takes what is given', () => {
    const given = { algorithm: 'apriori', minSupport: 12, minLift: 0, maxLength: 20 };
    expect(trainSettings.parse(given)).toMatchObject(given);
  });

  it.each([
    { algorithm: 'magic' },
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
  ])('refuses %o', (given) => {
    expect(trainSettings.safeParse(given).success).toBe(false);
  });
});
