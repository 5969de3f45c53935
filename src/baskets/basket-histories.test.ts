import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  type BasketHistories,
  basketHistories,
  historyCount,
  itemsOfBasket,
  itemsWhere,
  lastBasket,
  withoutLast,
} from './basket-histories.ts';

type Row = readonly [customer: number, day: number, item: number];

const from = (rows: readonly Row[], customers: number, items: number): BasketHistories =>
  basketHistories(
    {
      customer: Int32Array.from(rows, ([customer]) => customer),
      day: Int32Array.from(rows, ([, day]) => day),
      item: Int32Array.from(rows, ([, , item]) => item),
    },
    customers,
    items,
  );

/** By customer: each day with its items. */
const spelledOut = (histories: BasketHistories): [day: number, items: number[]][][] =>
  Array.from({ length: historyCount(histories) }, (_, customer) => {
    const baskets: [number, number[]][] = [];
    for (let b = histories.offsets[customer]; b < histories.offsets[customer + 1]; b++)
      baskets.push([histories.day[b], [...itemsOfBasket(histories, b)]]);
    return baskets;
  });

const anyRows = fc.array(
  fc.tuple(fc.integer({ min: -1, max: 3 }), fc.integer({ min: -2, max: 4 }), fc.integer({ min: 0, max: 5 })),
  { maxLength: 60 },
);

function expected(rows: readonly Row[], customers: number): [number, number[]][][] {
  return Array.from({ length: customers }, (_, customer) => {
    const own = rows.filter(([one]) => one === customer);
    const days = [...new Set(own.map(([, day]) => day))].sort((a, b) => a - b);
    const itemsOn = (day: number): number[] =>
      [...new Set(own.filter((row) => row[1] === day).map(([, , item]) => item))].sort((a, b) => a - b);
    return days.map((day) => [day, itemsOn(day)]);
  });
}

describe('basketHistories', () => {
  it('makes one basket of all that a customer bought on a day, and leaves out who is not known', () => {
    const rows: Row[] = [
      [1, 7, 3],
      [0, 5, 2],
      [1, 4, 0],
      [-1, 4, 1],
      [1, 7, 1],
      [1, 7, 3],
    ];
    expect(spelledOut(from(rows, 3, 4))).toEqual([
      [[5, [2]]],
      [
        [4, [0]],
        [7, [1, 3]],
      ],
      [],
    ]);
  });

  it('agrees with sorting by hand', () => {
    fc.assert(
      fc.property(anyRows, (rows) => {
        expect(spelledOut(from(rows, 4, 6))).toEqual(expected(rows, 4));
      }),
    );
  });

  it('refuses columns of different lengths, and numbers out of range', () => {
    const [one, two] = [new Int32Array(1), new Int32Array(2)];
    expect(() => basketHistories({ customer: one, day: two, item: one }, 1, 1)).toThrow(
      /1 customers, 2 days/,
    );
    expect(() => from([[1, 0, 0]], 1, 1)).toThrow('The customer number 1 is neither -1 nor in 0 … 0.');
    expect(() => from([[-2, 0, 0]], 1, 1)).toThrow(/customer number -2/);
    expect(() => from([[0, 0, 1]], 1, 1)).toThrow(/item number 1/);
  });
});

describe('withoutLast', () => {
  it('takes the newest baskets of each customer away, and lastBasket is what it takes', () => {
    fc.assert(
      fc.property(anyRows, fc.integer({ min: 0, max: 4 }), (rows, n) => {
        const histories = from(rows, 4, 6);
        const all = expected(rows, 4);
        expect(spelledOut(withoutLast(histories, n))).toEqual(
          all.map((baskets) => baskets.slice(0, Math.max(0, baskets.length - n))),
        );
        for (const [customer, baskets] of all.entries())
          expect([...lastBasket(histories, customer)]).toEqual(baskets.at(-1)?.[1] ?? []);
      }),
    );
  });
});

describe('itemsWhere', () => {
  it('keeps some items, and no basket that is empty then', () => {
    fc.assert(
      fc.property(anyRows, fc.uniqueArray(fc.integer({ min: 0, max: 5 })), (rows, kept) => {
        const some = itemsWhere(from(rows, 4, 6), (item) => kept.includes(item));
        expect(spelledOut(some)).toEqual(
          expected(
            rows.filter(([, , item]) => kept.includes(item)),
            4,
          ),
        );
      }),
    );
  });
});
