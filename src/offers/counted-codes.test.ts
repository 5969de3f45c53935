import fc from 'fast-check';
import { expect, it } from 'vitest';
import { CountedCodes } from './counted-codes.ts';

it('has a number of its own for each code that is held, and none for others', () => {
  const step = fc.record({ code: fc.constantFrom('a', 'b', 'c', 'd'), isHeld: fc.boolean() });
  fc.assert(
    fc.property(fc.array(step), (steps) => {
      const codes = new CountedCodes();
      const holders = new Map<string, number>();
      for (const { code, isHeld } of steps) {
        const before = holders.get(code) ?? 0;
        if (isHeld) codes.hold(code);
        else if (before > 0) codes.release(codes.numberOf(code));
        holders.set(code, Math.max(0, before + (isHeld ? 1 : -1)));
        const held = [...holders].filter(([, count]) => count > 0).map(([name]) => name);
        const numbers = held.map((name) => codes.numberOf(name));
        expect(codes.size).toBe(held.length);
        expect(new Set(numbers).size).toBe(held.length);
        expect(numbers.map((number) => codes.codeOf(number))).toEqual(held);
        // No number is given out that a code did not need at some time.
        expect(Math.max(-1, ...numbers)).toBeLessThan(4);
        if ((holders.get(code) ?? 0) === 0) expect(codes.numberOf(code)).toBe(-1);
      }
    }),
  );
});
