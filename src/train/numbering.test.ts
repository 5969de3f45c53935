import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { distinctIds, isNumbered, numbering } from './numbering.ts';

const ids = fc.array(fc.nat(60), { maxLength: 40 });

describe('numbering', () => {
  it('gives every id its position, and others none', () => {
    const given = numbering(Int32Array.of(7, 0, 3));
    expect([...given.ids]).toEqual([7, 0, 3]);
    expect([...given.numberOf]).toEqual([1, -1, -1, 2, -1, -1, -1, 0]);
    expect([0, 1, 7, 8].map((id) => isNumbered(given, id))).toEqual([true, false, true, false]);
  });

  it('numbers nothing', () => {
    expect(numbering(new Int32Array()).numberOf).toHaveLength(0);
    expect(isNumbered(numbering(new Int32Array()), 0)).toBe(false);
  });

  it('finds the way back from each position', () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.nat(200)), (given) => {
        const { numberOf } = numbering(Int32Array.from(given));
        expect(given.map((id) => numberOf[id])).toEqual(given.map((_, n) => n));
        expect(numberOf.filter((n) => n >= 0)).toHaveLength(given.length);
      }),
    );
  });
});

describe('distinctIds', () => {
  it('has each id once, ascending', () => {
    fc.assert(
      fc.property(ids, (given) => {
        const expected = [...new Set(given)].sort((a, b) => a - b);
        expect([...distinctIds(Int32Array.from(given))]).toEqual(expected);
      }),
    );
  });
});
