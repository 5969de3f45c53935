import { expect, it } from 'vitest';
import { chosenRows } from './chosen-rows.ts';

it('copies rows in the order of their numbers, however often', () => {
  // [7, 8], [], [9]
  const rows = { offsets: Int32Array.of(0, 2, 2, 3), items: Int32Array.of(7, 8, 9) };
  expect(chosenRows(rows, Int32Array.of(2, 0, 1, 0))).toEqual({
    offsets: Int32Array.of(0, 1, 3, 3, 5),
    items: Int32Array.of(9, 7, 8, 7, 8),
  });
  expect(chosenRows(rows, new Int32Array(0))).toEqual({
    offsets: new Int32Array(1),
    items: new Int32Array(0),
  });
});
