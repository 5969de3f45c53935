import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { findSplit } from './split.ts';

const free = { low: -Infinity, high: Infinity };
const [gradientUnit, hessianUnit] = [2 ** -4, 2 ** -5];

interface Row {
  readonly bin: number;
  readonly gradient: number;
  readonly hessian: number;
}

const sumUp = (rows: readonly Row[]) => ({
  gradient: rows.reduce((sum, row) => sum + row.gradient, 0),
  hessian: rows.reduce((sum, row) => sum + row.hessian, 0),
  rows: rows.length,
});

function histogram(rows: readonly Row[]): Int32Array {
  const words = new Int32Array(1024);
  const wide = new BigInt64Array(words.buffer);
  for (const { bin, gradient, hessian } of rows) {
    wide[2 * bin] += BigInt(gradient);
    wide[2 * bin + 1] += BigInt(hessian) + 2n ** 40n;
  }
  return words;
}

/** The gain of every way to divide the rows. */
function* everySplit(rows: readonly Row[], l2: number, least: number) {
  const score = (part: readonly Row[]): number => {
    const { gradient, hessian } = sumUp(part);
    return (gradient * gradientUnit) ** 2 / (hessian * hessianUnit + l2);
  };
  for (let bin = 0; bin < 6; bin++) {
    for (const missingLeft of [0, 1]) {
      const goesLeft = (row: Row): boolean => (row.bin === 255 ? missingLeft === 1 : row.bin <= bin);
      const [left, right] = [rows.filter(goesLeft), rows.filter((row) => !goesLeft(row))];
      if (Math.min(left.length, right.length) >= least)
        yield { gain: score(left) + score(right) - score(rows), left: sumUp(left) };
    }
  }
}

describe('the best split of a feature', () => {
  const row = fc.record({
    bin: fc.oneof(fc.integer({ min: 0, max: 5 }), fc.constant(255)),
    gradient: fc.integer({ min: -16, max: 16 }),
    hessian: fc.integer({ min: 1, max: 8 }),
  });

  it('is the best of all', () => {
    fc.assert(
      fc.property(
        fc.array(row, { minLength: 1, maxLength: 40 }),
        fc.integer({ min: 0, max: 2 }),
        fc.integer({ min: 1, max: 3 }),
        (rows, l2, least) => {
          // biome-ignore format: one line
          const limits = { gradient: gradientUnit, hessian: hessianUnit, l2, minLeafRows: least, minLeafHessian: 0, minGain: 1e-9 }; // biome-ignore format: one line
          const out = new Float64Array(6);
          findSplit(histogram(rows), 0, 6, sumUp(rows), free, 0, limits, out, 0);
          const splits = [...everySplit(rows, l2, least)];
          const best = Math.max(0, ...splits.map(({ gain }) => gain));
          expect(out[0]).toBeCloseTo(best > 1e-9 ? best : 0, 9);
          if (out[0] === 0) return;
          const [, , , gradient, hessian, count] = out;
          const same = splits.find(({ left }) => left.gradient === gradient && left.hessian === hessian && left.rows === count); // biome-ignore format: one line
          expect(same?.gain).toBeCloseTo(out[0], 9);
        },
      ),
    );
  });

  it('keeps to the direction of a monotone feature and to the bounds of a node', () => {
    // The values of the bins by themselves: 1, -1, 2; of the first two together: 0.
    const rows = [
      { bin: 0, gradient: -16, hessian: 32 },
      { bin: 1, gradient: 16, hessian: 32 },
      { bin: 2, gradient: -32, hessian: 32 },
    ];
    const limits = { gradient: gradientUnit, hessian: hessianUnit, l2: 0, minLeafRows: 1, minLeafHessian: 0, minGain: 0 }; // biome-ignore format: one line
    const found = (monotone: number, bounds = free): number[] => {
      const out = new Float64Array(6);
      findSplit(histogram(rows), 0, 3, sumUp(rows), bounds, monotone, limits, out, 0);
      return [...out.subarray(0, 2)];
    };
    // Gains by hand: 0 + 4 − 4/3 after the second bin, 1 + 1/2 − 4/3 after the first.
    expect(found(0)[0]).toBeCloseTo(8 / 3, 12);
    expect(found(0)[1]).toBe(1);
    expect(found(1)[1]).toBe(1);
    // Falling: only the first split does, from 1 to 1/2.
    expect(found(-1)[0]).toBeCloseTo(1 / 6, 12);
    expect(found(-1)[1]).toBe(0);
    // No value above 1: the right side is worth 2·2·1 − 1 = 3, the parent's 2/3 stays.
    expect(found(1, { low: -Infinity, high: 1 })[0]).toBeCloseTo(3 - 4 / 3, 12);
  });
});
