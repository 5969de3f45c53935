import fc from 'fast-check';
import { expect, it } from 'vitest';
import { columnOrder, rowOrder } from './column-order.ts';

const values = fc.array(
  fc.oneof(
    fc.double({ noNaN: false }),
    fc.constantFrom(-0, 0, 1, -1, 0.5, Number.NaN, Number.MIN_VALUE, Number.MAX_VALUE),
    fc.integer({ min: -5, max: 5 }),
  ),
  { maxLength: 60 },
);

it('puts rows in the order of their values, ties by number and rows without a value last', () => {
  fc.assert(
    fc.property(values, fc.constantFrom('ascending', 'descending'), (drawn, direction) => {
      const sign = direction === 'ascending' ? 1 : -1;
      const compare = (a: number, b: number): number => {
        const [x, y] = [drawn[a]!, drawn[b]!];
        if (Number.isNaN(x) || Number.isNaN(y))
          return Number(Number.isNaN(x)) - Number(Number.isNaN(y)) || a - b;
        return x === y ? a - b : sign * (x < y ? -1 : 1);
      };
      const expected = drawn.map((_, row) => row).sort(compare);
      expect([...columnOrder(Float64Array.from(drawn), direction)]).toEqual(expected);
    }),
  );
});

it('leaves the column as it is', () => {
  const column = Float64Array.of(3, Number.NaN, -0, 1);
  columnOrder(column, 'descending');
  expect(column).toEqual(Float64Array.of(3, Number.NaN, -0, 1));
});

it('puts some of the rows in order, ties as they are given', () => {
  fc.assert(
    fc.property(
      fc.array(fc.integer({ min: -5, max: 5 }), { maxLength: 40 }),
      fc.infiniteStream(fc.boolean()),
      (drawn, taken) => {
        const column = Float64Array.from(drawn);
        const rows = Int32Array.from(column.keys())
          .filter(() => taken.next().value!)
          .reverse();
        const expected = [...rows].sort((a, b) => column[b]! - column[a]!);
        expect([...rowOrder(rows, column, 'descending')]).toEqual(expected);
      },
    ),
  );
});
