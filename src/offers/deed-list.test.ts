import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { DeedList, type DeedSort, deedSorts, deedsKept } from './deed-list.ts';

interface Deed {
  readonly sort: DeedSort;
  readonly product: number;
  readonly at: number;
  readonly id: number;
}

/** A deed has one time, whatever its product. */
const deeds = fc.array(
  fc.record({
    sort: fc.constantFrom(...deedSorts),
    product: fc.integer({ min: 0, max: 4 }),
    id: fc.integer({ min: 1, max: 1000 }),
  }),
  { maxLength: 40 },
);
const dated = (given: readonly Omit<Deed, 'at'>[]): Deed[] =>
  given.map((deed) => ({ ...deed, at: deed.id % 10 }));

const newestFirst = (a: Deed, b: Deed): number => b.at - a.at || b.id - a.id;

/** Each once. */
const distinct = (given: readonly Deed[]): Deed[] => [
  ...new Map(given.map((deed) => [`${deed.sort}/${deed.product}/${deed.id}`, deed])).values(),
];

/** By product, how many entries the list has of it, as one who is told of each has it. */
function filled(given: readonly Deed[]) {
  const list = new DeedList();
  const held = [0, 0, 0, 0, 0];
  const onGone = (product: number): void => {
    held[product]!--;
  };
  for (const { sort, product, at, id } of given)
    if (list.add(sort, product, at, id, product % 2, onGone)) held[product]!++;
  return { list, held, onGone };
}

const heldOf = (kept: readonly Deed[]): number[] =>
  [0, 1, 2, 3, 4].map((product) => kept.filter((deed) => deed.product === product).length);

describe('DeedList', () => {
  it('counts and finds what looking at each deed does, in whatever order and however often they come', () => {
    fc.assert(
      fc.property(deeds, fc.integer({ min: 0, max: 10 }), (given, since) => {
        const kept = distinct(dated(given));
        const { list, held } = filled(dated(given));
        expect(list.size).toBe(kept.length);
        expect(held).toEqual(heldOf(kept));
        for (const sort of deedSorts) {
          const later = kept.filter((deed) => deed.sort === sort && deed.at >= since);
          expect(list.count(sort, since)).toBe(later.length);
          expect(list.count(sort, since, 1)).toBe(later.filter(({ product }) => product % 2 === 1).length);
          for (let product = 0; product < 5; product++) {
            const own = kept
              .filter((deed) => deed.sort === sort && deed.product === product)
              .sort(newestFirst);
            expect(list.countOf(sort, product, since)).toBe(own.filter(({ at }) => at >= since).length);
            expect(list.lastOf(sort, product)).toBe(own[0]?.at);
          }
        }
      }),
    );
  });

  const seen = (list: DeedList, sort: DeedSort): object[] => {
    const all: object[] = [];
    list.eachNewestFirst(sort, (product, at) => all.push({ product, at }));
    return all;
  };

  it('lets go of what is old, and tells of it', () => {
    fc.assert(
      fc.property(deeds, fc.integer({ min: 0, max: 10 }), (given, time) => {
        // No two at once, so that there is one order.
        const all = distinct(dated(given).map((deed) => ({ ...deed, product: deed.id % 5 })));
        const { list, held, onGone } = filled(all);
        const left = all.filter(({ at }) => at >= time).sort(newestFirst);
        expect(list.dropBefore(time, onGone)).toBe(left.at(-1)?.at ?? Number.POSITIVE_INFINITY);
        expect(held).toEqual(heldOf(left));
        for (const sort of deedSorts) {
          const own = left.filter((deed) => deed.sort === sort);
          expect(seen(list, sort)).toEqual(own.map(({ product, at }) => ({ product, at })));
        }
      }),
    );
  });

  it('keeps the latest of each sort, and tells of each that leaves', () => {
    const given = Array.from({ length: 900 }, (_, n): Deed => {
      // Every number from 0 to 906 but a few, in no order.
      const id = (n * 500) % 907;
      return { sort: deedSorts[n % 3]!, product: n % 5, at: Math.floor(id / 2), id };
    });
    const kept = deedSorts.flatMap((sort) =>
      given
        .filter((deed) => deed.sort === sort)
        .sort(newestFirst)
        .slice(0, deedsKept[sort]),
    );
    const { list, held } = filled(given);
    expect(list.size).toBe(200 + 100 + 100);
    expect(held).toEqual(heldOf(kept));
    for (const sort of deedSorts) {
      const own = kept.filter((deed) => deed.sort === sort);
      expect(seen(list, sort)).toEqual(own.map(({ product, at }) => ({ product, at })));
    }
  });
});
