import { describe, expect, it } from 'vitest';
import { advise, limitReached, percentOf } from './budget.ts';
import { fpGrowth } from './fp-growth.ts';
import { itemsetCount } from './itemsets.ts';
import { groceries } from './testing/groceries.ts';

const { baskets } = groceries();
const sample = fpGrowth(baskets, { minSupport: 10 });
const all = itemsetCount(sample);

describe('advise', () => {
  it('names a support and a length that fit, where everything was seen', () => {
    const { minSupport, maxLength } = advise({ share: 1, itemsets: all, sample, minSupport: 10 }, 1000);
    const atSupport = itemsetCount(fpGrowth(baskets, { minSupport: minSupport! }));
    expect(atSupport).toBeLessThanOrEqual(1000);
    expect(itemsetCount(fpGrowth(baskets, { minSupport: minSupport! - 1 }))).toBeGreaterThan(1000);
    expect(maxLength).toBe(1);
    expect(advise({ share: 1, itemsets: all, sample, minSupport: 10 }, 4000).maxLength).toBe(2);
  });

  it('takes it that the rest is like what was seen', () => {
    const half = advise({ share: 0.5, itemsets: all, sample, minSupport: 10 }, 2000);
    const whole = advise({ share: 1, itemsets: all, sample, minSupport: 10 }, 1000);
    expect(half).toEqual(whole);
  });

  it('has nothing to say when nothing was seen', () => {
    const none = { ...sample, supports: new Int32Array(0) };
    expect(advise({ share: 0, itemsets: 0, sample: none, minSupport: 10 }, 100)).toEqual({});
  });
});

describe('limitReached', () => {
  it('says what was reached and what would fit', () => {
    const error = limitReached(
      'more than 1000 itemsets',
      { share: 1, itemsets: all, sample, minSupport: 10 },
      1000,
    );
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
