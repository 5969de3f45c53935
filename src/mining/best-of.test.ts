import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { BestOf } from './best-of.ts';

const ascending = (a: number, b: number): number => a - b;

describe('BestOf', () => {
  it('keeps what sorting everything would put first', () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: -50, max: 50 })),
        fc.integer({ min: 1, max: 40 }),
        (values, k) => {
          const best = new BestOf(k, ascending);
          for (const [n, value] of values.entries()) {
            best.offer(value);
            const sorted = values.slice(0, n + 1).sort(ascending);
            expect(best.kth).toBe(sorted[k - 1]);
            expect([...best.sorted()]).toEqual(sorted.slice(0, k));
          }
        },
      ),
    );
  });

  it('keeps nothing when nothing is offered', () => {
    const best = new BestOf(2 ** 40, ascending);
    expect(best.kth).toBeUndefined();
    expect(best.sorted()).toHaveLength(0);
  });

  it.each([0, -1, 1.5, Number.NaN])('refuses to keep %d', (k) => {
    expect(() => new BestOf(k, ascending)).toThrow(expect.objectContaining({ code: 'bad-input' }));
  });
});
