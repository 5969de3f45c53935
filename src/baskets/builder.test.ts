import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { TransactionsBuilder } from './builder.ts';
import { transactionCount } from './transactions.ts';

const sortedOnce = (basket: readonly number[]): number[] => [...new Set(basket)].sort((a, b) => a - b);

describe('TransactionsBuilder', () => {
  it('sorts each basket, drops repeated items and keeps empty baskets', () => {
    const builder = new TransactionsBuilder();
    for (const basket of [[3, 1, 3], [], [0]]) builder.add(basket);
    expect(builder.transactionCount).toBe(3);
    expect(builder.build({ shared: false })).toEqual({
      itemCount: 4,
      offsets: Int32Array.of(0, 2, 2, 3),
      items: Int32Array.of(1, 3, 0),
    });
  });

  it('builds nothing from nothing', () => {
    const transactions = new TransactionsBuilder().build();
    expect(transactions).toMatchObject({ itemCount: 0, items: { length: 0 } });
    expect(transactionCount(transactions)).toBe(0);
  });

  it('lays the columns in shared memory unless told otherwise', () => {
    const builder = new TransactionsBuilder();
    builder.add([1]);
    expect(builder.build().items.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(builder.build().offsets.buffer).toBeInstanceOf(SharedArrayBuffer);
    expect(builder.build({ shared: false }).items.buffer).toBeInstanceOf(ArrayBuffer);
  });

  it('goes on after building', () => {
    const builder = new TransactionsBuilder();
    builder.add([0]);
    const first = builder.build();
    builder.add(Uint16Array.of(2, 1));
    expect(transactionCount(first)).toBe(1);
    expect(builder.build({ shared: false }).items).toEqual(Int32Array.of(0, 1, 2));
  });

  it('goes on after building where the columns are too long to copy', () => {
    const builder = new TransactionsBuilder();
    const basket = Array.from({ length: 1000 }, (_, item) => item);
    for (let t = 0; t < 300; t++) builder.add(basket);
    const first = builder.build();
    for (let t = 0; t < 300; t++) builder.add([7]);
    expect(transactionCount(first)).toBe(300);
    expect(first.items).toHaveLength(300_000);
    expect(first.items.every((item, i) => item === i % 1000)).toBe(true);
    const { offsets, items } = builder.build();
    expect([offsets.at(-1), items.at(-301), items.at(-300)]).toEqual([300_300, 999, 7]);
  });

  it.each([-1, 0.5, Number.NaN, 2 ** 31 - 1, 2 ** 32])('refuses the item id %d and adds nothing', (item) => {
    const builder = new TransactionsBuilder();
    builder.add([1]);
    expect(() => builder.add([0, item])).toThrow(expect.objectContaining({ code: 'bad-input' }));
    expect(builder.build({ shared: false })).toMatchObject({ itemCount: 2, items: Int32Array.of(1) });
  });

  it('holds any baskets, long ones too', () => {
    fc.assert(
      fc.property(fc.array(fc.array(fc.nat(200), { maxLength: 120 })), (baskets) => {
        const builder = new TransactionsBuilder();
        for (const basket of baskets) builder.add(basket);
        const { offsets, items } = builder.build();
        const rows = baskets.map((_, t) => [...items.subarray(offsets[t], offsets[t + 1])]);
        expect(rows).toEqual(baskets.map(sortedOnce));
      }),
    );
  });
});
