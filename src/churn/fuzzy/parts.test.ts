import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../learn/random.ts';
import { fitAndChoice, foldsOf } from './parts.ts';

const customers = fc.array(fc.tuple(fc.boolean(), fc.nat(15)), { minLength: 4, maxLength: 80 });

describe('parts of the rows', () => {
  it('take each row once, and never part a group', () => {
    fc.assert(
      fc.property(customers, fc.integer(), (drawn, seed) => {
        const rows = Int32Array.from(drawn.keys());
        const target = Uint8Array.from(drawn, ([left]) => (left ? 1 : 0));
        const groups = Int32Array.from(drawn, ([, group]) => group);
        const dealt = { rows, target, groups };
        const { fit, choice } = fitAndChoice(dealt, { fitShare: 0.6, most: 1000 }, seededRandom(seed));
        for (const parts of [[fit, choice], foldsOf(dealt, 3, seededRandom(seed))]) {
          const all = parts.flatMap((part) => [...part]).sort((a, b) => a - b);
          expect(all).toEqual([...rows]);
          const groupsOf = parts.map((part) => new Set([...part].map((row) => groups[row])));
          for (const [at, own] of groupsOf.entries())
            for (const other of groupsOf.slice(at + 1))
              expect([...own].filter((one) => other.has(one))).toEqual([]);
        }
      }),
    );
  });

  it('have both targets in the same shares', () => {
    const rows = Int32Array.from({ length: 1000 }, (_, row) => row);
    const target = Uint8Array.from(rows, (row) => (row % 5 === 0 ? 1 : 0));
    const ones = (part: Int32Array): number => part.reduce((sum, row) => sum + target[row], 0);
    const dealt = { rows, target };
    const whole = fitAndChoice(dealt, { fitShare: 0.6, most: 1000 }, seededRandom(1));
    expect([whole.fit.length, ones(whole.fit), whole.choice.length]).toEqual([600, 120, 400]);
    const sample = fitAndChoice(dealt, { fitShare: 0.6, most: 500 }, seededRandom(1));
    expect([sample.fit.length, ones(sample.fit), sample.choice.length]).toEqual([300, 60, 200]);
    expect(foldsOf(dealt, 4, seededRandom(1)).map((fold) => [fold.length, ones(fold)])).toEqual(
      Array.from({ length: 4 }, () => [250, 50]),
    );
  });
});
