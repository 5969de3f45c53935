import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type SegmentedCustomers, segmentChanges } from './segment-changes.ts';

/** By customer's code: the segment, null for none, and the revenue. */
type Segments = Readonly<Record<string, readonly [segment: string | null, revenue: number]>>;

function segmented(segmentIds: readonly string[], given: Segments): SegmentedCustomers {
  const customers = Object.values(given);
  return {
    customerCount: customers.length,
    segmentIds,
    segment: customers.map(([id]) => (id === null ? -1 : segmentIds.indexOf(id))),
    revenue: customers.map(([, revenue]) => revenue),
  };
}

function changes(
  [idsBefore, before]: readonly [string[], Segments],
  [idsAfter, after]: readonly [string[], Segments],
) {
  const [codesBefore, codesAfter] = [Object.keys(before), Object.keys(after)];
  const { table, moved, entered, left, stayed } = segmentChanges(
    segmented(idsBefore, before),
    segmented(idsAfter, after),
    { codeOf: (customer) => codesAfter[customer], numberBefore: (code) => codesBefore.indexOf(code) },
  );
  return {
    table: table.map(({ from, to, customers, revenue }) => [from, to, customers, revenue]),
    moved: Array.from(moved.customer, (customer, n) => [
      codesAfter[customer],
      idsBefore[moved.from[n]],
      idsAfter[moved.to[n]],
    ]),
    entered: Array.from(entered, (customer) => codesAfter[customer]),
    left: Array.from(left, (customer) => codesBefore[customer]),
    stayed,
  };
}

describe('segmentChanges', () => {
  it('says who moved, entered and left, whatever numbers the models give them', () => {
    const found = changes(
      [
        ['loyal', 'at-risk'],
        {
          anna: ['loyal', 10],
          ben: ['loyal', 20],
          eva: ['at-risk', 30],
          kim: ['at-risk', 40],
          lee: ['loyal', 50],
          max: [null, 60],
        },
      ],
      [
        ['at-risk', 'new', 'loyal'],
        {
          max: ['new', 1],
          ben: ['at-risk', 2],
          zoe: ['new', 3],
          anna: ['loyal', 4],
          eva: [null, 5],
          lee: ['at-risk', 6],
          tom: [null, 7],
        },
      ],
    );
    expect(found).toEqual({
      table: [
        ['loyal', 'at-risk', 2, 8],
        ['loyal', 'loyal', 1, 4],
        ['at-risk', null, 2, 70],
        [null, 'new', 2, 4],
      ],
      moved: [
        ['ben', 'loyal', 'at-risk'],
        ['lee', 'loyal', 'at-risk'],
      ],
      entered: ['max', 'zoe'],
      left: ['eva', 'kim'],
      stayed: 1,
    });
  });

  it('has everybody of either model once', () => {
    const ids = ['a', 'b', 'c'];
    const customer = fc.constantFrom('anna', 'ben', 'eva', 'kim', 'lee');
    const segments = fc.dictionary(
      customer,
      fc.tuple(fc.option(fc.constantFrom(...ids), { nil: null }), fc.constant(1)),
      { noNullPrototype: true },
    );
    fc.assert(
      fc.property(
        segments,
        segments,
        fc.shuffledSubarray(ids, { minLength: 3 }),
        (before, after, idsAfter) => {
          const { table, moved, entered, left, stayed } = changes([ids, before], [idsAfter, after]);
          const segmentOf = (given: Segments, code: string) => given[code]?.[0] ?? null;
          const everybody = [...new Set([...Object.keys(before), ...Object.keys(after)])].sort();
          const pairs = everybody.map(
            (code) => [code, segmentOf(before, code), segmentOf(after, code)] as const,
          );
          const who = (wanted: (from: string | null, to: string | null) => boolean) =>
            pairs.filter(([, from, to]) => wanted(from, to)).map(([code]) => code);
          expect(moved.map(([code]) => code).sort()).toEqual(
            who((from, to) => from !== null && to !== null && from !== to),
          );
          expect(entered.sort()).toEqual(who((from, to) => from === null && to !== null));
          expect(left.sort()).toEqual(who((from, to) => from !== null && to === null));
          expect(stayed).toBe(who((from, to) => from !== null && from === to).length);
          for (const [from, to, customers, revenue] of table) {
            expect(customers).toBe(who((a, b) => a === from && b === to).length);
            expect(revenue).toBe(customers);
          }
        },
      ),
    );
  });
});
