import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  addTally,
  count,
  type ImportCounts,
  type LineOutcome,
  type Outcome,
  type RejectReason,
  reconcile,
  rejectReasons,
  type Tally,
  tallySum,
} from './outcomes.ts';

const counts: ImportCounts = {
  orders: { total: 3, purchases: 1, anonymousPurchases: 1, returns: 1 },
  customers: { total: 2, buying: 1 },
  ordersAfterToday: 0,
  products: 4,
  nonProducts: 1,
};

const reasons = Object.keys(rejectReasons) as RejectReason[];
const lineOutcomes: LineOutcome[] = ['purchases', 'anonymousPurchases', 'returns', 'alreadyStored'];
const outcomes: Outcome[] = [...lineOutcomes, ...reasons.map((reason) => `rejected:${reason}` as const)];
const someOutcomes = () => fc.array(fc.constantFrom(...outcomes), { maxLength: 200 });

function tallyOf(outcomes: readonly Outcome[]): Tally {
  const tally: Tally = {};
  for (const outcome of outcomes) count(tally, outcome);
  return tally;
}

describe('tallies', () => {
  it('count outcomes once or several times', () => {
    const tally: Tally = { purchases: 2 };
    count(tally, 'purchases');
    count(tally, 'rejected:no-order', 5);
    expect(tally).toEqual({ purchases: 3, 'rejected:no-order': 5 });
    expect(tallySum(tally)).toBe(8);
    expect(tallySum({})).toBe(0);
  });

  it('of two batches add up to that of both', () => {
    fc.assert(
      fc.property(someOutcomes(), someOutcomes(), (one, other) => {
        const sum = tallyOf(one);
        const added = tallyOf(other);
        addTally(sum, added);
        expect(sum).toEqual(tallyOf([...one, ...other]));
        expect(added).toEqual(tallyOf(other));
        expect(tallySum(sum)).toBe(one.length + other.length);
      }),
    );
  });
});

describe('reconcile', () => {
  it('says where every row went, reasons in the order in which they are asked', () => {
    const tally: Tally = {
      'rejected:zero-price': 2,
      purchases: 5,
      'rejected:no-order': 1,
      alreadyStored: 4,
      returns: 0,
    };
    const report = reconcile(12, tally, counts);
    expect(report).toEqual({
      rowsRead: 12,
      lines: { purchases: 5, anonymousPurchases: 0, returns: 0 },
      alreadyStored: 4,
      rejected: { 'no-order': 1, 'zero-price': 2 },
      ...counts,
    });
    expect(Object.keys(report.rejected)).toEqual(['no-order', 'zero-price']);
  });

  it('gives parts that add up to the rows read', () => {
    fc.assert(
      fc.property(someOutcomes(), (outcomes) => {
        const { lines, alreadyStored, rejected } = reconcile(outcomes.length, tallyOf(outcomes), counts);
        const parts = [...Object.values(lines), alreadyStored, ...Object.values(rejected)];
        expect(parts.reduce((sum, part) => sum + part, 0)).toBe(outcomes.length);
      }),
    );
  });

  it.each([9, 11])('does not go along with %d rows where 10 are known', (rowsRead) => {
    expect(() => reconcile(rowsRead, { purchases: 7, 'rejected:no-name': 3 }, counts)).toThrow(
      `The outcomes of 10 rows are known, but ${rowsRead} were read.`,
    );
  });
});
