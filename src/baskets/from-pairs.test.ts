import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TransactionsBuilder } from './builder.ts';
import { fromPairs } from './from-pairs.ts';

describe('fromPairs', () => {
  it('gathers unsorted pairs, drops repeated ones and keeps empty transactions', () => {
    const transactionOf = Int32Array.of(2, 0, 2, 0, 2);
    const itemOf = Int32Array.of(4, 1, 0, 1, 4);
    expect(fromPairs(transactionOf, itemOf, 4, 6, { shared: false })).toEqual({
      itemCount: 6,
      offsets: Int32Array.of(0, 1, 1, 3, 3),
      items: Int32Array.of(1, 0, 4),
    });
  });

  it('takes no pairs at all', () => {
    const none = new Int32Array(0);
    expect(fromPairs(none, none, 2, 3)).toMatchObject({
      itemCount: 3,
      offsets: { length: 3 },
      items: { length: 0 },
    });
  });

  it('lays the columns in shared memory unless told otherwise', () => {
    const transactions = fromPairs(Int32Array.of(0), Int32Array.of(0), 1, 1);
    expect(transactions.items.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(transactions.offsets.buffer).toBeInstanceOf(SharedArrayBuffer);
  });

  it.each([
    { transactionOf: [0, 0], itemOf: [0] },
    { transactionOf: [2], itemOf: [0] },
    { transactionOf: [-1], itemOf: [0] },
    { transactionOf: [0], itemOf: [2] },
    { transactionOf: [0], itemOf: [-1] },
  ])(
    'refuses $transactionOf with $itemOf for two transactions and two items',
    ({ transactionOf, itemOf }) => {
      expect(() => fromPairs(Int32Array.from(transactionOf), Int32Array.from(itemOf), 2, 2)).toThrow(
        expect.objectContaining({ code: 'bad-input' }),
      );
    },
  );

  it('builds what adding basket by basket does', () => {
    const pair = fc.record({ transaction: fc.nat(9), item: fc.nat(6) });
    fc.assert(
      fc.property(fc.array(pair), (pairs) => {
        const builder = new TransactionsBuilder();
        for (let t = 0; t < 10; t++) builder.add(pairs.filter((p) => p.transaction === t).map((p) => p.item));
        const transactionOf = Int32Array.from(pairs, (p) => p.transaction);
        const itemOf = Int32Array.from(pairs, (p) => p.item);
        const { offsets, items } = fromPairs(transactionOf, itemOf, 10, 7);
        expect({ offsets, items }).toEqual({
          offsets: builder.build().offsets,
          items: builder.build().items,
        });
      }),
    );
  });
});
