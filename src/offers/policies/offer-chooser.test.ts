import { describe, expect, it } from 'vitest';
import type { OfferActivity } from './offer-activity.ts';
import { OfferChooser } from './offer-chooser.ts';
import {
  bookOf,
  candidate,
  choose,
  contextOf,
  type GivenContext,
  itemsOf,
  reasonsOf,
  substitutePairs,
} from './testing/choosing.ts';

const day = 86_400_000;
const cheap = (item: number, price: number | null, cost: number | null = null) =>
  candidate(item, { product: { price, cost } });

describe('OfferChooser', () => {
  it('offers the best, and says that the others are beyond the limit', () => {
    const choice = choose(
      [3, 1, 2, 0].map((item) => candidate(item)),
      { context: { limit: 2 } },
    );
    expect(
      choice.offers.map(({ candidate: { item }, position, pinned, value }) => [
        item,
        position,
        pinned,
        value,
      ]),
    ).toEqual([
      [0, 1, false, 100],
      [1, 2, false, 99],
    ]);
    expect(reasonsOf(choice)).toEqual({ 2: 'beyond-limit', 3: 'beyond-limit' });
    expect(choice.empty).toBeUndefined();
  });

  it('gives ties to the likelier, then to the lower item', () => {
    const equal = [
      candidate(4, { value: 1 }),
      candidate(2, { value: 1 }),
      candidate(3, { value: 1, probability: 0.6 }),
    ];
    expect(itemsOf(choose(equal))).toEqual([3, 2, 4]);
  });

  it('says nothing of what it removed unless it is asked, but always why nothing is left', () => {
    const gone = [candidate(0, { product: { stock: 0 } }), candidate(1), candidate(2)];
    const context: GivenContext = { explain: false, cart: [1, 2] };
    expect(choose(gone, { context })).toEqual({
      offers: [],
      removed: [],
      skippedPins: [],
      empty: { unservable: 1, 'in-cart': 2 },
    });
    expect(choose([]).empty).toEqual({});
  });

  it.each([
    [{ stock: 0 }, 'out of stock'],
    [{ active: false }, 'inactive'],
    [{ nonProduct: true }, 'not a product'],
  ])('offers nothing with %o', (product, why) => {
    const { removed } = choose([candidate(0, { product })]);
    expect(removed).toMatchObject([{ reason: 'unservable', details: { why } }]);
  });

  it('leaves out what is in the cart, its substitutes and what the request excludes', () => {
    const choice = choose(
      [0, 1, 2, 3, 500].map((item) => candidate(item)),
      { context: { cart: [0, 900], excluded: [2, 500] }, substitutes: substitutePairs(4, [0, 1]) },
    );
    expect(itemsOf(choice)).toEqual([3]);
    expect(reasonsOf(choice)).toEqual({
      0: 'in-cart',
      1: 'substitute-in-cart',
      2: 'excluded',
      500: 'excluded',
    });
    expect(choice.removed.find(({ candidate }) => candidate.item === 1)?.details).toEqual({ ofItem: 0 });
  });

  it('forgets the cart of the request before', () => {
    const chooser = new OfferChooser(substitutePairs(3, [0, 1]));
    const all = [candidate(0), candidate(1), candidate(2)];
    expect(itemsOf(chooser.choose(all, bookOf(), contextOf({ cart: [1], excluded: [2] })))).toEqual([]);
    expect(itemsOf(chooser.choose(all, bookOf(), contextOf()))).toEqual([0, 2]);
  });

  it('never offers two substitutes, and one product once', () => {
    const choice = choose(
      [candidate(0), candidate(1), candidate(2), candidate(0, { kind: 'bundle', value: 5 })],
      { substitutes: substitutePairs(3, [0, 1], [1, 2]) },
    );
    expect(itemsOf(choice)).toEqual([0, 2]);
    expect(reasonsOf(choice)).toEqual({ 0: 'duplicate', 1: 'substitute-offered' });
  });

  describe('with kinds', () => {
    const all = [
      candidate(0, { kind: 'buy-again' }),
      candidate(1, { kind: 'buy-again' }),
      candidate(2, { kind: 'buy-again' }),
      candidate(3),
      candidate(4, { kind: 'up-sell' }),
    ];

    it('offers those of the placement and of the request', () => {
      const settings = { kinds: { 'cross-sell': 1, 'buy-again': 1, bundle: 0 } };
      expect(itemsOf(choose(all, { context: { settings } }))).toEqual([0, 1, 2, 3]);
      const choice = choose(all, { context: { settings, kinds: ['cross-sell', 'up-sell'] } });
      expect(itemsOf(choice)).toEqual([3]);
      expect(choice.removed.at(-1)).toMatchObject({
        reason: 'kind',
        details: { kind: 'up-sell', taken: ['cross-sell'] },
      });
    });

    it('keeps each within its share of the list, rounded up', () => {
      const settings = { kinds: { 'cross-sell': 1, 'up-sell': 1, 'buy-again': 0.4 } };
      const choice = choose(all, { context: { settings, limit: 5 } });
      expect(itemsOf(choice)).toEqual([0, 1, 3, 4]);
      expect(choice.removed).toMatchObject([
        { candidate: { item: 2 }, reason: 'kind-share', details: { kind: 'buy-again', share: 0.4 } },
      ]);
      expect(itemsOf(choose(all, { context: { settings, limit: 1 } }))).toEqual([0]);
    });
  });

  describe('for what the customer has', () => {
    const owned = (item: number) => item < 4;
    const all = [0, 1, 2, 3, 4].map((item) =>
      candidate(item, {
        product: { attributes: item === 0 ? { consumable: true } : item === 1 ? { consumable: false } : {} },
      }),
    );
    const context: GivenContext = {
      owns: owned,
      repeatShare: (item) => item / 10,
      settings: { consumableShare: 0.3 },
    };

    it('offers it again where it says that it is consumable, or enough buyers bought it again', () => {
      const choice = choose(all, { context });
      expect(itemsOf(choice)).toEqual([0, 3, 4]);
      expect(reasonsOf(choice)).toEqual({ 1: 'owned', 2: 'owned' });
    });

    it('offers it again where a policy says so', () => {
      const book = bookOf({ action: 'consumable', products: ['p1', 'p2'] });
      expect(itemsOf(choose(all, { context, book }))).toEqual([0, 1, 2, 3, 4]);
    });
  });

  describe('with limits of prices', () => {
    const all = [cheap(0, 10), cheap(1, 3), cheap(2, 0.5), cheap(3, null)];

    it('keeps between the absolute ones', () => {
      const choice = choose(all, { context: { settings: { minPrice: 1, maxPrice: 9 } } });
      expect(itemsOf(choice)).toEqual([1, 3]);
      expect(choice.removed).toMatchObject([
        { reason: 'price', details: { price: 10, least: 1, most: 9 } },
        { reason: 'price', details: { price: 0.5 } },
      ]);
    });

    it('keeps small beside the cart, to the cent', () => {
      // .3 of 10 is 3 in money, and a little less in binary.
      const settings = { maxCartShare: 0.3 };
      expect(itemsOf(choose(all, { context: { settings, cartValue: 10 } }))).toEqual([1, 2, 3]);
      expect(itemsOf(choose(all, { context: { settings, cartValue: 9.99 } }))).toEqual([2, 3]);
      expect(itemsOf(choose(all, { context: { settings, cartValue: null } }))).toEqual([0, 1, 2, 3]);
      expect(itemsOf(choose(all, { context: { settings, cartValue: 0 } }))).toEqual([0, 1, 2, 3]);
    });

    it('offers what has no price, or not', () => {
      const unknown = { unknownPrices: 'remove' } as const;
      expect(itemsOf(choose(all, { context: { settings: { ...unknown, maxPrice: 5 } } }))).toEqual([1, 2]);
      expect(itemsOf(choose(all, { context: { settings: unknown } }))).toEqual([0, 1, 2, 3]);
    });
  });

  it('keeps a margin, in money and as a share, with what has no cost offered or not', () => {
    const all = [cheap(0, 10, 9.5), cheap(1, 0.3, 0.2), cheap(2, 4, 1), cheap(3, 4)];
    const offered = (settings: GivenContext['settings']) => itemsOf(choose(all, { context: { settings } }));
    expect(offered({ minMargin: 0.5 })).toEqual([0, 2, 3]);
    // .3 − .2 is a little less than .1.
    expect(offered({ minMargin: 0.1 })).toEqual([0, 1, 2, 3]);
    expect(offered({ minMarginShare: 0.3 })).toEqual([1, 2, 3]);
    expect(offered({ minMarginShare: 0.3, unknownCosts: 'remove' })).toEqual([1, 2]);
    expect(offered({ unknownCosts: 'remove' })).toEqual([0, 1, 2, 3]);
  });

  it('caps categories at their level', () => {
    const of = (item: number, ...category: string[]) => candidate(item, { product: { category } });
    const all = [
      of(0, 'food', 'rye'),
      of(1, 'food', 'oat'),
      of(2, 'food'),
      of(3, 'toys', 'rye'),
      of(4),
      of(5),
    ];
    const offered = (categoryLevel: number | null, maxPerCategory = 1) =>
      itemsOf(choose(all, { context: { settings: { maxPerCategory, categoryLevel } } }));
    expect(offered(1)).toEqual([0, 3, 4, 5]);
    expect(offered(1, 2)).toEqual([0, 1, 3, 4, 5]);
    expect(offered(2)).toEqual([0, 1, 2, 3, 4, 5]);
    expect(offered(null)).toEqual([0, 1, 2, 3, 4, 5]);
    const { removed } = choose(all, { context: { settings: { maxPerCategory: 1, categoryLevel: 1 } } });
    expect(removed[0]).toMatchObject({ reason: 'category-limit', details: { most: 1, level: 1 } });
  });

  describe('for a customer with events', () => {
    const quiet: OfferActivity = {
      impressions: () => 0,
      placementImpressions: () => 0,
      dismissedAt: () => undefined,
      lastComplaint: undefined,
    };
    const all = [candidate(0), candidate(1), candidate(2)];
    const now = 100 * day;
    const offered = (
      activity: Partial<OfferActivity>,
      settings: GivenContext['settings'],
      given: GivenContext = {},
    ) => choose(all, { context: { activity: { ...quiet, ...activity }, settings, now, ...given } });

    it('shows a product no more often than it may, within the days', () => {
      const impressions = (product: string, since: number) =>
        product === 'p1' && since <= now - 3 * day ? 2 : 1;
      const choice = offered({ impressions }, { repeatLimit: 2, repeatDays: 3 });
      expect(reasonsOf(choice)).toEqual({ 1: 'repeat-limit' });
      expect(itemsOf(offered({ impressions }, { repeatLimit: 2, repeatDays: 2 }))).toEqual([0, 1, 2]);
      expect(itemsOf(offered({ impressions }, { repeatLimit: null }))).toEqual([0, 1, 2]);
    });

    it('does not show what was dismissed, until its days are over', () => {
      const dismissedAt = (product: string) => (product === 'p0' ? now - 2 * day : undefined);
      expect(reasonsOf(offered({ dismissedAt }, { dismissedDays: 2.5 }))).toEqual({ 0: 'dismissed' });
      expect(itemsOf(offered({ dismissedAt }, { dismissedDays: 2 }))).toEqual([0, 1, 2]);
    });

    it('shows no more offers in a placement than it may, of which the best', () => {
      const placementImpressions = (placement: string) => (placement === 'email' ? 4 : 0);
      const settings = { customerLimit: 5 };
      const choice = offered({ placementImpressions }, settings, { placement: 'email' });
      expect(itemsOf(choice)).toEqual([0]);
      expect(reasonsOf(choice)).toEqual({ 1: 'customer-limit', 2: 'customer-limit' });
      expect(itemsOf(offered({ placementImpressions }, settings))).toEqual([0, 1, 2]);
      expect(offered({ placementImpressions }, { customerLimit: 3 }, { placement: 'email' }).empty).toEqual({
        'customer-limit': 3,
      });
    });

    it('shows nothing for a time after a complaint, and says until when', () => {
      const { empty, removed } = offered({ lastComplaint: now - day }, { quietDays: 7 });
      expect(empty).toEqual({ 'quiet-time': 3 });
      expect(removed[0]!.details).toEqual({
        complainedAt: new Date(now - day).toISOString(),
        until: new Date(now + 6 * day).toISOString(),
      });
      expect(itemsOf(offered({ lastComplaint: now - 7 * day }, { quietDays: 7 }))).toEqual([0, 1, 2]);
      expect(itemsOf(offered({ lastComplaint: now }, { quietDays: 0 }))).toEqual([0, 1, 2]);
    });

    it('takes what its clock, having jumped back, has not seen yet for what was just now', () => {
      const settings = { quietDays: 7, dismissedDays: 7 };
      const context = { now: now - 50 * day };
      expect(offered({ lastComplaint: now }, settings, context).empty).toEqual({ 'quiet-time': 3 });
      expect(offered({ dismissedAt: () => now }, settings, context).empty).toEqual({ dismissed: 3 });
    });
  });
});
