import { describe, expect, it } from 'vitest';
import { priceSigns } from '../../churn/outlook/price-signs.ts';
import { OfferChooser } from './offer-chooser.ts';
import {
  bookOf,
  candidate,
  choose,
  contextOf,
  itemsOf,
  reasonsOf,
  substitutePairs,
} from './testing/choosing.ts';

const leavingOverPrice = priceSigns['stated-reason'] | priceSigns['discount-alarm'];
const all = [
  candidate(0, { kind: 'up-sell' }),
  candidate(1, { kind: 'up-sell', product: { attributes: { promotion: 'May' } } }),
  candidate(2),
  candidate(3, { kind: 'bundle' }),
  candidate(4, { kind: 'buy-again' }),
];

describe('OfferChooser, to customers who are about to leave over price', () => {
  it('offers no up-sell at full price, and says what tells that they are', () => {
    const choice = choose(all, { context: { leavingOverPrice } });
    expect(itemsOf(choice)).toEqual([1, 2, 3, 4]);
    expect(choice.removed).toMatchObject([
      {
        reason: 'leaving-over-price',
        details: {
          because: ['stated-reason', 'discount-alarm'],
          words: {
            en: 'About to leave over price: the newest reason given in the last year is one of price; buys at a discount more than before.',
            'zh-Hans': expect.stringMatching(/\p{Script=Han}/u),
            'zh-Hant': expect.stringMatching(/\p{Script=Han}/u),
          },
        },
      },
    ]);
    expect(choose(all.slice(0, 1), { context: { leavingOverPrice } }).empty).toEqual({
      'leaving-over-price': 1,
    });
  });

  it('offers everything to others, and where the placement says so', () => {
    expect(itemsOf(choose(all))).toEqual([0, 1, 2, 3, 4]);
    const settings = { spareLeavingOverPrice: false };
    expect(itemsOf(choose(all, { context: { leavingOverPrice, settings } }))).toEqual([0, 1, 2, 3, 4]);
  });

  it('tells the next customer apart, and a product whose promotion is over', () => {
    const chooser = new OfferChooser(substitutePairs(5));
    const book = bookOf();
    const offered = (candidates: typeof all, signs: number) =>
      itemsOf(chooser.choose(candidates, book, contextOf({ leavingOverPrice: signs })));
    expect(offered(all, leavingOverPrice)).toEqual([1, 2, 3, 4]);
    expect(offered(all, 0)).toEqual([0, 1, 2, 3, 4]);
    const over = all.with(1, candidate(1, { kind: 'up-sell', product: { attributes: { promotion: '' } } }));
    expect(offered(over, leavingOverPrice)).toEqual([2, 3, 4]);
  });

  it('takes a pin for no permission', () => {
    const book = bookOf({ action: 'pin', product: 'p0', position: 1 });
    const choice = choose(all, { context: { leavingOverPrice }, book });
    expect(itemsOf(choice)).toEqual([1, 2, 3, 4]);
    expect(choice.skippedPins).toMatchObject([
      {
        product: 'p0',
        reason: 'leaving-over-price',
        details: { because: ['stated-reason', 'discount-alarm'] },
      },
    ]);
    expect(reasonsOf(choice)).toEqual({ 0: 'leaving-over-price' });
  });
});
