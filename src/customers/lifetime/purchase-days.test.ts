import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { withSharedFile } from '../../../test/support/shared-data.ts';
import { anyLedger, ledgerOf } from '../testing/ledger.ts';
import { ledgerHistory, ledgerPurchaseDays } from './ledger-days.ts';
import { checkHistory, PurchaseDaysBuilder, repeatHistory } from './purchase-days.ts';
import { dayOf, parseSummary, parseTransactions, readGzip } from './testing/cdnow.ts';

/** Customers with days and spends each. */
function daysOf(...customers: readonly (readonly (readonly [number, number])[])[]) {
  const builder = new PurchaseDaysBuilder(customers.length, customers.flat().length);
  for (const purchases of customers) {
    for (const [day, spend] of purchases) builder.add(day, spend);
    builder.endCustomer();
  }
  return builder.build();
}

const columns = (history: ReturnType<typeof repeatHistory>) =>
  Object.fromEntries(Object.entries(history).map(([name, column]) => [name, Array.from(column)]));

describe('repeatHistory', () => {
  const days = daysOf(
    [
      [10, 5],
      [10, 1],
      [17, 8],
      [24, 0],
      [31, 4],
    ],
    [],
    [[30, 9]],
    [[40, 9]],
  );

  it('counts a day once, in weeks, and lets free days out of the mean', () => {
    expect(columns(repeatHistory(days, 45))).toEqual({
      frequency: [3, -1, 0, 0],
      recency: [3, 0, 0, 0],
      age: [5, 0, 15 / 7, 5 / 7],
      spendDays: [2, 0, 0, 0],
      meanSpend: [6, 0, 0, 0],
    });
  });

  it('knows nothing of what comes later', () => {
    expect(columns(repeatHistory(days, 24))).toEqual({
      frequency: [2, -1, -1, -1],
      recency: [2, 0, 0, 0],
      age: [2, 0, 0, 0],
      spendDays: [1, 0, 0, 0],
      meanSpend: [8, 0, 0, 0],
    });
  });

  it('sums what a day brought', () => {
    expect(Array.from(days.spend)).toEqual([6, 8, 0, 4, 9, 9]);
  });

  it.each([
    [9, 5],
    [12, Number.NaN],
  ])('refuses day %d with spend %d after day 10', (day, spend) => {
    const builder = new PurchaseDaysBuilder(1, 2);
    builder.add(10, 1);
    expect(() => builder.add(day, spend)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});

describe('checkHistory', () => {
  const fine = { x: 2, recency: 3, age: 4, spendDays: 1, meanSpend: 5 };
  it.each([
    [{ recency: 5 }],
    [{ recency: 0 }],
    [{ x: 0 }],
    [{ recency: Number.NaN }],
    [{ age: Number.POSITIVE_INFINITY }],
    [{ spendDays: 3 }],
    [{ meanSpend: 0 }],
    [{ meanSpend: Number.NaN }],
  ])('refuses %j', (wrong) => {
    const check = ({ x, recency, age, spendDays, meanSpend }: typeof fine): void =>
      checkHistory({
        frequency: Int32Array.of(x),
        recency: Float64Array.of(recency),
        age: Float64Array.of(age),
        spendDays: Int32Array.of(spendDays),
        meanSpend: Float64Array.of(meanSpend),
      });
    check(fine);
    expect(() => check({ ...fine, ...wrong })).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });

  it('refuses columns of different lengths', () => {
    const none = new Float64Array(0);
    const history = { ...{ recency: none, age: none, meanSpend: none }, spendDays: new Int32Array(0) };
    expect(() => checkHistory({ ...history, frequency: Int32Array.of(-1) })).toThrow('as long as');
  });
});

describe('ledgerPurchaseDays', () => {
  it('takes days with an order, and what its lines of known price bring after discount and returns', () => {
    const ledger = ledgerOf({
      customers: {
        anna: [
          { day: 1, lines: [{ product: 'a', quantity: 2, price: 3 }] },
          {
            day: 1,
            lines: [
              { product: 'b', price: 4, discount: 1 },
              { product: 'c', price: null },
            ],
          },
          { day: 3, lines: [{ product: 'a', quantity: -1, price: 3 }] },
          { day: 8, lines: ['post', { product: 'a', quantity: -1, price: 3 }] },
          {
            day: 9,
            lines: [
              { product: 'b', quantity: 2, price: 5 },
              { product: 'post', quantity: -1, price: 4 },
            ],
          },
        ],
        ben: [{ day: 2, lines: [{ product: 'a', quantity: -2, price: 3 }] }],
      },
      products: { post: { fee: true } },
      today: 15,
    });
    const { offsets, day, spend } = ledgerPurchaseDays(ledger);
    expect([Array.from(offsets), Array.from(day), Array.from(spend)]).toEqual([
      [0, 3, 3],
      [1, 8, 9],
      // 2 × 3 + 4 − 1, and both of the former came back; postage; 2 × 5 with a voucher of 4.
      [3, 1, 6],
    ]);
    expect(columns(ledgerHistory(ledger))).toEqual({
      frequency: [2, -1],
      recency: [8 / 7, 0],
      age: [2, 0],
      spendDays: [2, 0],
      meanSpend: [3.5, 0],
    });
  });

  it('makes possible histories of any ledger', () => {
    fc.assert(
      fc.property(anyLedger(), (ledger) => {
        checkHistory(ledgerHistory(ledger));
      }),
    );
  });
});

withSharedFile('data/cdnow/CDNOW_sample.txt.gz', 'history of CDNOW', (file) => {
  it('agrees with the published summary, which rounds to hundredths', () => {
    const ours = repeatHistory(parseTransactions(readGzip(file)), dayOf('19970930'));
    const summary = file.replace('CDNOW_sample.txt.gz', 'cdnow_customers_summary_with_transactions.csv.gz');
    const theirs = parseSummary(readGzip(summary));
    expect(ours.frequency).toEqual(theirs.frequency);
    for (const column of ['recency', 'age'] as const) {
      const apart = ours[column].map((weeks, c) => Math.abs(weeks - theirs[column][c]));
      expect(Math.max(...apart)).toBeLessThan(0.005001);
    }
  });
});
