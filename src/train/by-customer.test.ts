import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { byCustomer } from './by-customer.ts';

describe('byCustomer', () => {
  it('sorts rows by customer, then time, then place, and leaves unknown customers out', () => {
    const row = fc.record({
      customer: fc.integer({ min: -1, max: 4 }),
      time: fc.integer({ min: -3, max: 3 }),
    });
    fc.assert(
      fc.property(fc.array(row, { maxLength: 40 }), (given) => {
        const { offsets, rows } = byCustomer(
          Int32Array.from(given, ({ customer }) => customer),
          Float64Array.from(given, ({ time }) => time),
          5,
        );
        const expected = given
          .map((one, row) => ({ ...one, row }))
          .filter(({ customer }) => customer >= 0)
          .sort((a, b) => a.customer - b.customer || a.time - b.time || a.row - b.row);
        expect([...rows]).toEqual(expected.map(({ row }) => row));
        expect([...offsets]).toEqual(
          [0, 1, 2, 3, 4, 5].map((c) => expected.filter(({ customer }) => customer < c).length),
        );
      }),
    );
  });
});
