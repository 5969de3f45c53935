import { describe, expect, it } from 'vitest';
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

const four = [candidate(0), candidate(1), candidate(2), candidate(3)];

describe('OfferChooser with policies', () => {
  it('boosts and buries, several at once, and what loses money the other way round', () => {
    const book = bookOf(
      { action: 'boost', products: ['p3'], factor: 2 },
      { action: 'boost', categories: [['toys']], factor: 3 },
      { action: 'bury', products: ['p0'], factor: 0.5 },
    );
    const toys = candidate(3, { product: { category: ['toys'] }, value: 40 });
    const { offers } = choose([...four.slice(0, 3), toys], { book });
    expect(
      offers.map(({ candidate: { item }, value, factor, policies }) => [item, value, factor, policies]),
    ).toEqual([
      [3, 240, 6, [1, 2]],
      [1, 99, 1, []],
      [2, 98, 1, []],
      [0, 50, 0.5, [3]],
    ]);
    const losses = [candidate(0, { value: -2 }), candidate(1, { value: -3 }), candidate(3, { value: -4 })];
    expect(itemsOf(choose(losses, { book }))).toEqual([3, 1, 0]);
  });

  it('hides products and categories, while it holds, where and for whom', () => {
    const book = bookOf(
      { action: 'hide', products: ['p0'], startsAt: 10, endsAt: 20 },
      { action: 'hide', products: ['p1'], placements: ['email'] },
      { action: 'hide', products: ['p2'], segments: ['tier-peak', 'country=DE'] },
      { action: 'hide', products: ['p3'], enabled: false },
    );
    const chooser = new OfferChooser(substitutePairs(4));
    const offered = (given: Parameters<typeof contextOf>[0]) =>
      itemsOf(chooser.choose(four, book, contextOf(given)));
    expect(offered({ now: 9 })).toEqual([0, 1, 2, 3]);
    expect(offered({ now: 10 })).toEqual([1, 2, 3]);
    expect(offered({ now: 20 })).toEqual([0, 1, 2, 3]);
    // The clock jumps back.
    expect(offered({ now: 19 })).toEqual([1, 2, 3]);
    expect(offered({ placement: 'email' })).toEqual([0, 2, 3]);
    expect(offered({ segments: new Set(['country=DE']) })).toEqual([0, 1, 3]);
    expect(offered({ segments: new Set(['country=FR']) })).toEqual([0, 1, 2, 3]);
    const hidden = chooser.choose(four, book, contextOf({ now: 15 }));
    expect(hidden.removed).toMatchObject([{ reason: 'hidden', details: { policies: [1] } }]);
  });

  it('follows a product into another category, and a book that takes the place of another', () => {
    const chooser = new OfferChooser(substitutePairs(4));
    const book = bookOf({ action: 'hide', categories: [['toys']] });
    expect(itemsOf(chooser.choose(four, book, contextOf()))).toEqual([0, 1, 2, 3]);
    const moved = [candidate(0, { product: { category: ['toys', 'cars'] } }), ...four.slice(1)];
    expect(itemsOf(chooser.choose(moved, book, contextOf()))).toEqual([1, 2, 3]);
    expect(itemsOf(chooser.choose(moved, bookOf(), contextOf()))).toEqual([0, 1, 2, 3]);
  });

  describe('and pins', () => {
    it('puts products at their positions, and the others around them', () => {
      const book = bookOf(
        { action: 'pin', product: 'p3', position: 1 },
        { action: 'pin', product: 'p0', position: 3 },
      );
      const { offers, skippedPins } = choose(four, { book });
      expect(
        offers.map(({ candidate, position, pinned, policies }) => [
          candidate.item,
          position,
          pinned,
          policies,
        ]),
      ).toEqual([
        [3, 1, true, [1]],
        [1, 2, false, []],
        [0, 3, true, [2]],
        [2, 4, false, []],
      ]);
      expect(skippedPins).toEqual([]);
    });

    it('moves them up where there are too few offers, and leaves out those beyond the limit', () => {
      const book = bookOf(
        { action: 'pin', product: 'p0', position: 3 },
        { action: 'pin', product: 'p1', position: 9 },
      );
      expect(itemsOf(choose(four.slice(0, 1), { book, context: { limit: 4 } }))).toEqual([0]);
      const { skippedPins, offers } = choose(four, { book, context: { limit: 3 } });
      expect(offers.map(({ candidate, pinned }) => [candidate.item, pinned])).toEqual([
        [1, false],
        [2, false],
        [0, true],
      ]);
      expect(skippedPins).toEqual([
        { policy: 2, product: 'p1', position: 9, reason: 'beyond-limit', details: { limit: 3 } },
      ]);
    });

    it('asks for what is not among the candidates, and skips a product that is gone', () => {
      const book = bookOf(
        { action: 'pin', product: 'p9', position: 1 },
        { action: 'pin', product: 'gone', position: 2 },
      );
      const context = {
        candidateFor: (code: string) => (code === 'p9' ? candidate(9) : undefined),
        limit: 3,
      };
      const choice = choose(four, { book, context });
      expect(itemsOf(choice)).toEqual([9, 0, 1]);
      expect(choice.skippedPins).toEqual([
        { policy: 2, product: 'gone', position: 2, reason: 'unknown-product', details: {} },
      ]);
    });

    it('permit nothing: what may not be offered is skipped, and said with the reason', () => {
      const soldOut = candidate(0, { product: { stock: 0 } });
      const book = bookOf(
        { action: 'pin', product: 'p0', position: 1 },
        { action: 'pin', product: 'p1', position: 2 },
        { action: 'hide', products: ['p1'] },
        { action: 'pin', product: 'p2', position: 3 },
      );
      const choice = choose([soldOut, ...four.slice(1)], { book, context: { cart: [2] } });
      expect(itemsOf(choice)).toEqual([3]);
      expect(choice.skippedPins.map(({ policy, reason, details }) => [policy, reason, details])).toEqual([
        [1, 'unservable', { why: 'out of stock' }],
        [2, 'hidden', { policies: [3] }],
        [4, 'in-cart', {}],
      ]);
    });

    it('count against shares and limits first, and do not exceed them', () => {
      const bakery = { product: { category: ['bakery'] } };
      const all = [candidate(0, bakery), candidate(1, bakery), candidate(2, bakery), candidate(3)];
      const book = bookOf(
        { action: 'pin', product: 'p2', position: 2 },
        { action: 'pin', product: 'p1', position: 3 },
      );
      const choice = choose(all, { book, context: { settings: { maxPerCategory: 1 } } });
      expect(itemsOf(choice)).toEqual([3, 2]);
      expect(choice.skippedPins).toMatchObject([{ policy: 2, reason: 'category-limit' }]);
      expect(reasonsOf(choice)).toEqual({ 0: 'category-limit', 1: 'category-limit' });
    });

    it('of one position: the one for segments, then the older; the next one where that is skipped', () => {
      const book = bookOf(
        { action: 'pin', product: 'p3', position: 1 },
        { action: 'pin', product: 'p2', position: 1, segments: ['tier-peak'] },
        { action: 'pin', product: 'p1', position: 1, segments: ['rfm-new'] },
      );
      const first = (segments: string[], excluded: number[] = []) => {
        const choice = choose(four, { book, context: { segments: new Set(segments), excluded } });
        return [itemsOf(choice)[0], ...choice.skippedPins.map(({ policy, reason }) => `${policy} ${reason}`)];
      };
      expect(first([])).toEqual([3]);
      expect(first(['rfm-new'])).toEqual([1, '1 position-taken']);
      expect(first(['rfm-new', 'tier-peak'])).toEqual([2, '3 position-taken', '1 position-taken']);
      expect(first(['rfm-new', 'tier-peak'], [2])).toEqual([1, '2 excluded', '1 position-taken']);
    });

    it('take the better of two candidates of a product, and a product once', () => {
      const book = bookOf(
        { action: 'pin', product: 'p3', position: 1 },
        { action: 'pin', product: 'p3', position: 2 },
      );
      const again = candidate(3, { kind: 'buy-again', value: 98.5 });
      const { offers, skippedPins } = choose([...four, again], { book, context: { limit: 2 } });
      expect(offers.map(({ candidate: { item, kind } }) => [item, kind])).toEqual([
        [3, 'buy-again'],
        [0, 'cross-sell'],
      ]);
      expect(skippedPins).toMatchObject([{ policy: 2, reason: 'duplicate' }]);
    });

    it('give way to an earlier one whose substitute they pin', () => {
      const book = bookOf(
        { action: 'pin', product: 'p1', position: 1 },
        { action: 'pin', product: 'p2', position: 2 },
      );
      const choice = choose(four, { book, substitutes: substitutePairs(4, [1, 2]) });
      expect(itemsOf(choice)).toEqual([1, 0, 3]);
      expect(choice.skippedPins).toMatchObject([
        { policy: 2, reason: 'substitute-offered', details: { ofItem: 1 } },
      ]);
    });
  });
});
