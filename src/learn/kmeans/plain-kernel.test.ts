import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plainKernel } from './plain-kernel.ts';
import { testBlockKernel } from './testing/test-block-kernel.ts';

testBlockKernel('JavaScript', plainKernel);

describe('distances in 32 bits', () => {
  it('are those in 64 bits to seven digits', () => {
    const numbers = fc.array(fc.float({ min: -1000, max: 1000, noNaN: true }), {
      minLength: 8,
      maxLength: 8,
    });
    fc.assert(
      fc.property(numbers, numbers, (row, centre) => {
        const distances = Float32Array.of(Number.POSITIVE_INFINITY);
        plainKernel.lower(Float32Array.from(row), 8, Float32Array.from(centre), distances);
        const exact = row.reduce((sum, value, column) => sum + (value - centre[column]!) ** 2, 0);
        expect(Math.abs(distances[0]! - exact)).toBeLessThanOrEqual(1e-6 * exact + 1e-37);
      }),
    );
  });
});
