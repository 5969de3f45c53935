import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { placementNames } from '../placements.ts';
import { productOf } from '../testing/product.ts';
import { isCurrent, targets } from './policy.ts';
import { PolicyBook } from './policy-book.ts';
import { bookOf, stored } from './testing/choosing.ts';

describe('PolicyBook', () => {
  it('knows which policies are about a product: by its code, and by each category that it is in or under', () => {
    const book = bookOf(
      { action: 'hide', products: ['p1', 'p2'] },
      { action: 'boost', categories: [['food']] },
      { action: 'bury', categories: [['food', 'bakery']], products: ['p1'] },
      { action: 'consumable', categories: [['bakery']] },
    );
    expect([...book.about(productOf('p1', { category: ['food', 'dairy'] }))]).toEqual([0, 1, 2]);
    expect([...book.about(productOf('p3', { category: ['food', 'bakery', 'rye'] }))]).toEqual([1, 2]);
    expect([...book.about(productOf('p3', { category: [] }))]).toEqual([]);
    // A category is its whole path.
    expect([...book.about(productOf('p3', { category: ['foo', 'd'] }))]).toEqual([]);
  });

  it('asks about the segments of those alone that are on', () => {
    const book = bookOf(
      { action: 'hide', products: ['p1'], segments: ['tier-peak'] },
      { action: 'pin', segments: ['country=DE', 'tier-peak'] },
      { action: 'pin', segments: ['rfm-new'], enabled: false },
    );
    expect([...book.segments].sort()).toEqual(['country=DE', 'tier-peak']);
  });

  it('puts pins in order of position, of one position those for segments first, then the older', () => {
    const pins = stored(
      { action: 'pin', product: 'a', position: 2 },
      { action: 'pin', product: 'b', position: 1 },
      { action: 'pin', product: 'c', position: 2, segments: ['tier-peak'] },
      { action: 'pin', product: 'd', position: 2, segments: ['rfm-new'] },
    );
    const products = (book: PolicyBook) => book.window('home', 0).pins.map(({ product }) => product);
    expect(products(new PolicyBook(pins))).toEqual(['b', 'c', 'd', 'a']);
    expect(products(new PolicyBook(pins.toReversed()))).toEqual(['b', 'c', 'd', 'a']);
  });

  it('knows what holds at any time, whatever it was asked before, also when the clock jumps', () => {
    const edge = fc.option(fc.integer({ min: 0, max: 9 }));
    const policy = fc.record({
      action: fc.constantFrom('hide', 'boost', 'pin'),
      enabled: fc.boolean(),
      startsAt: edge,
      endsAt: edge,
      placements: fc.option(fc.subarray(placementNames as string[], { minLength: 1 })),
      segments: fc.option(fc.constant(['tier-peak'])),
    });
    const asked = fc.tuple(fc.constantFrom(...placementNames), fc.integer({ min: -2, max: 11 }));
    fc.assert(
      fc.property(fc.array(policy, { maxLength: 8 }), fc.array(asked, { maxLength: 12 }), (given, all) => {
        const policies = stored(...(given as Parameters<typeof stored>));
        const book = new PolicyBook(policies);
        for (const [placement, now] of all) {
          const { general, segmented, pins, from, until } = book.window(placement, now);
          const holding = policies.filter(
            (each) =>
              each.enabled &&
              isCurrent(each, now) &&
              (each.placements === null || each.placements.includes(placement)),
          );
          const ids = (numbers: Int32Array): number[] =>
            [...numbers].map((number) => book.targeting[number]!.id);
          const expected = (isGeneral: boolean): number[] =>
            holding
              .filter(({ action, segments }) => action !== 'pin' && (segments === null) === isGeneral)
              .map(({ id }) => id);
          expect(ids(general)).toEqual(expected(true));
          expect(ids(segmented)).toEqual(expected(false));
          expect(pins.map(({ id }) => id).sort()).toEqual(
            holding.filter(({ action }) => action === 'pin').map(({ id }) => id),
          );
          expect(from <= now && now < until).toBe(true);
        }
      }),
    );
  });

  it('finds the same products as the definition', () => {
    const path = fc.array(fc.constantFrom('a', 'b'), { maxLength: 3 });
    const code = fc.constantFrom('p1', 'p2', 'p3');
    const target = fc.record({
      products: fc.array(code),
      categories: fc.array(path.filter((names) => names.length > 0)),
    });
    fc.assert(
      fc.property(fc.array(target), code, path, (given, code, category) => {
        const policies = stored(...given.map((each) => ({ action: 'hide' as const, ...each })));
        const about = [...new PolicyBook(policies).about(productOf(code, { category }))];
        expect(about).toEqual(given.flatMap((each, at) => (targets(each, code, category) ? [at] : [])));
      }),
    );
  });
});
