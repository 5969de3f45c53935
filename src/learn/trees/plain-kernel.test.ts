import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainPlace, probabilityIn } from './plain-kernel.ts';
import { histogramBytes } from './tree-kernel.ts';

describe('the probability of a score', () => {
  it('is 1 / (1 + e^-s) to the last digits', () => {
    fc.assert(
      fc.property(fc.double({ min: -700, max: 700, noNaN: true }), (score) => {
        const exact = 1 / (1 + Math.exp(-score));
        expect(Math.abs(probabilityIn(score) - exact)).toBeLessThanOrEqual(1e-15 * exact);
      }),
    );
    expect([probabilityIn(0), probabilityIn(Infinity), probabilityIn(1e6)]).toEqual([0.5, 1, 1]);
  });
});

describe('histograms', () => {
  it('carry over from 32 to 64 bits, and below 0', () => {
    const { buffer, kernel } = plainPlace(4 * histogramBytes);
    const words = new Int32Array(buffer as ArrayBuffer);
    const [bins, order, gradients, out] = [0, 64, 128, 4096];
    words.set([0, 1, 2], order / 4);
    for (const [large, sum] of [
      [2 ** 31 - 1, 3 * (2 ** 31 - 1)],
      [-(2 ** 31), -3 * 2 ** 31],
    ]) {
      words.set([large, 2 ** 31 - 1, large, 2 ** 31 - 1, large, 2 ** 31 - 1], gradients / 4);
      kernel.histogram(bins, order, 3, gradients, 1, out);
      const [low, high, hessian, rows] = words.subarray(out / 4);
      expect(high * 2 ** 32 + (low >>> 0)).toBe(sum);
      expect((rows & 255) * 2 ** 32 + (hessian >>> 0)).toBe(3 * (2 ** 31 - 1));
      expect(rows >>> 8).toBe(3);
    }
  });
});
