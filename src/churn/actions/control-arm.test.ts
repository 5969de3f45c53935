import { describe, expect, it } from 'vitest';
import { binomialInterval } from '../../stats/binomial-interval.ts';
import { chiSquareUpperTail } from '../../stats/chi-square.ts';
import { pearsonChiSquare } from '../../stats/two-by-two.ts';
import { armOf, periodOf } from './control-arm.ts';

const settings = { controlShare: 0.1, periodDays: 30, seed: 7 };
const customers = 50_000;
const start = 30 * 650;

const heldOut = (day: number, own: Partial<typeof settings> = {}, prefix = ''): Uint8Array =>
  Uint8Array.from({ length: customers }, (_, c) =>
    Number(armOf(`${prefix}${c}`, day, { ...settings, ...own }) === 'control'),
  );
const sum = (column: Uint8Array): number => column.reduce((total, one) => total + one, 0);

/** The p-value of two columns being independent of each other. */
function independence(a: Uint8Array, b: Uint8Array): number {
  const both = sum(a.map((one, n) => one & b[n]));
  const [n10, n01] = [sum(a) - both, sum(b) - both];
  const table = { n11: both, n10, n01, n00: customers - both - n10 - n01 };
  return chiSquareUpperTail(pearsonChiSquare(table), 1);
}

describe('the control group', () => {
  it.each([0.05, 0.1, 0.5])('is the share of %d that was stated, among any customers', (controlShare) => {
    for (const prefix of ['', 'customer-', '客户']) {
      const held = sum(heldOut(start, { controlShare }, prefix));
      const { low, high } = binomialInterval(held, customers, 0.9999);
      expect(low).toBeLessThan(controlShare);
      expect(high).toBeGreaterThan(controlShare);
    }
  });

  it('stays the same for a period, and is dealt anew for the next', () => {
    expect(periodOf(start, 30)).toBe(650);
    const first = heldOut(start);
    expect(heldOut(start + 29)).toEqual(first);
    for (const other of [heldOut(start + 30), heldOut(start - 1), heldOut(start, { seed: 8 })]) {
      expect(other).not.toEqual(first);
      expect(independence(first, other)).toBeGreaterThan(0.001);
    }
  });

  it('grows with its share: nobody who is held out is let go', () => {
    const small = heldOut(start);
    const large = heldOut(start, { controlShare: 0.3 });
    expect(small.every((one, c) => one <= large[c])).toBe(true);
  });

  it('is independent of what a code looks like', () => {
    const isEven = Uint8Array.from({ length: customers }, (_, c) => c % 2);
    const isLong = Uint8Array.from({ length: customers }, (_, c) => Number(c >= customers / 2));
    expect(independence(heldOut(start), isEven)).toBeGreaterThan(0.001);
    expect(independence(heldOut(start), isLong)).toBeGreaterThan(0.001);
  });
});
