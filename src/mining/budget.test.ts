import { describe, expect, it } from 'vitest';
import { advise, limitReached, percentOf, type Reached } from './budget.ts';
import { fpGrowth } from './fp-growth.ts';
import { itemsetCount, sizesHistogram } from './itemsets.ts';
import { groceries } from './testing/groceries.ts';

const { baskets } = groceries();
const sample = fpGrowth(baskets, { minSupport: 10 });
const all = itemsetCount(sample);
/** All of them were seen, and nothing is known of lengths. */
const whole: Reached = {
  share: 1,
  itemsets: all,
  minSupport: 10,
  sizes: sizesHistogram(sample),
  supports: sample.supports,
  safeLength: () => 0,
  longest: 0,
};

describe('advise', () => {
  it('names a support and a length that fit, where everything was seen', () => {
    const { minSupport, maxLength } = advise(whole, 1000);
    const atSupport = itemsetCount(fpGrowth(baskets, { minSupport: minSupport! }));
    expect(atSupport).toBeLessThanOrEqual(1000);
    expect(itemsetCount(fpGrowth(baskets, { minSupport: minSupport! - 1 }))).toBeGreaterThan(1000);
    expect(maxLength).toBe(1);
    expect(advise(whole, 4000).maxLength).toBe(2);
  });

  it('takes it that the rest is like what was seen', () => {
    const half = advise({ ...whole, share: 0.5 }, 2000);
    expect(half).toEqual(advise(whole, 1000));
  });

  it('has nothing to say when nothing was seen', () => {
    expect(advise({ ...whole, share: 0, itemsets: 0, sizes: [] }, 100)).toEqual({});
  });

  it('names the length that fits for certain where the estimate is lower', () => {
    const few = { ...whole, share: 0.001 };
    expect(advise(few, 4000).maxLength).toBeUndefined();
    expect(advise({ ...few, safeLength: (most) => (most === 4000 ? 2 : 0) }, 4000).maxLength).toBe(2);
  });

  it('names no length that the subsets of one set would break', () => {
    // C(60, 1) + … + C(60, 4) = 523,685.
    const wide = { ...whole, itemsets: 1e6, supports: undefined, sizes: [60, 400, 100, 5, 1, 600] };
    expect(advise(wide, 523_685).maxLength).toBe(5);
    expect(advise({ ...wide, longest: 60 }, 523_685).maxLength).toBe(4);
  });

  it('tells of lengths where supports are not known', () => {
    expect(advise({ ...whole, supports: undefined }, 4000)).toEqual({ maxLength: 2 });
  });
});

describe('limitReached', () => {
  it('says what was reached and what would fit', () => {
    const error = limitReached('There are more than 1000 itemsets', whole, 1000);
    expect(error).toMatchObject({
      code: 'limit-exceeded',
      details: { itemsets: all, minSupport: 10, share: 1 },
    });
    expect(error.message).toMatch(
      /more than 1000 itemsets at a minimum support of 10 .* after about 100 % of the work/,
    );
    expect(error.message).toMatch(/Raise the minimum support to about \d+, limit the length to 1/);
  });
});

describe('percentOf', () => {
  it.each([
    [0, 'less than 1 %'],
    [0.0099, 'less than 1 %'],
    [0.426, '43 %'],
    [1, '100 %'],
  ])('writes %d as %s', (share, text) => expect(percentOf(share)).toBe(text));
});
