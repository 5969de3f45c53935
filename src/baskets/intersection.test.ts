import fc from 'fast-check';
import { expect, it } from 'vitest';
import { intersection } from './intersection.ts';

it('is what two ascending lists share', () => {
  const list = fc
    .uniqueArray(fc.nat({ max: 30 }), { maxLength: 20 })
    .map((some) => Int32Array.from(some).sort());
  fc.assert(
    fc.property(list, list, (a, b) => {
      const into = new Int32Array(Math.min(a.length, b.length));
      expect(into.subarray(0, intersection(a, b, into))).toEqual(a.filter((value) => b.includes(value)));
    }),
  );
});
