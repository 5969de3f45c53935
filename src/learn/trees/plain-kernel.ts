import { histogramBytes, type KernelPlace, laneCount, type TreeKernel } from './tree-kernel.ts';

/** One more row, in the upper word of a bin's second half. */
const oneRow = 2 ** 8;

/** In JavaScript. */
export function plainTreeKernel(buffer: ArrayBufferLike): TreeKernel {
  const bytes = new Uint8Array(buffer);
  const words = new Int32Array(buffer);
  const numbers = new Float64Array(buffer);
  return {
    histogram(bins, order, count, gradients, width, out) {
      words.fill(0, out >> 2, (out + width * histogramBytes) >> 2);
      for (let n = 0; n < count; n++) {
        const row = words[(order >> 2) + n];
        const gradient = words[(gradients >> 2) + 2 * row];
        const hessian = words[(gradients >> 2) + 2 * row + 1];
        for (let lane = 0; lane < width; lane++) {
          const at = (out + lane * histogramBytes + bytes[bins + row * laneCount + lane] * 16) >> 2;
          addTo(words, at, gradient, gradient >> 31);
          addTo(words, at + 2, hessian, oneRow);
        }
      }
    },

    subtract(from, other, width) {
      const shift = (other - from) >> 2;
      for (let at = from >> 2, end = at + ((width * histogramBytes) >> 2); at < end; at += 2) {
        const borrow = words[at] >>> 0 < words[at + shift] >>> 0 ? 1 : 0;
        words[at] -= words[at + shift];
        words[at + 1] -= words[at + 1 + shift] + borrow;
      }
    },

    partition(bins, order, count, cut, missingLeft, out) {
      let left = out >> 2;
      let right = left + count;
      for (let n = 0; n < count; n++) {
        const row = words[(order >> 2) + n];
        // What is missing is in the last bin, which becomes the first when all move on by one.
        if (((bytes[bins + row * laneCount] + missingLeft) & 255) <= cut + missingLeft) words[left++] = row;
        else words[--right] = row;
      }
      return left - (out >> 2);
    },

    addValue(order, count, scores, value) {
      for (let n = 0; n < count; n++) numbers[scores / 8 + words[(order >> 2) + n]] += value;
    },

    derive(order, count, scores, target, weights, gradients, perGradient, perHessian) {
      for (let n = 0; n < count; n++) {
        const row = words[(order >> 2) + n];
        const weight = numbers[weights / 8 + row];
        const probability = probabilityIn(numbers[scores / 8 + row]);
        const at = (gradients >> 2) + 2 * row;
        words[at] = Math.floor(weight * (probability - bytes[target + row]) * perGradient + 0.5);
        words[at + 1] = Math.floor(weight * (probability * (1 - probability)) * perHessian + 0.5);
      }
    },
  };
}

/** 1/n! for n from 13 to 0: more terms of the series would not change a number of 64 bits for |x| ≤ ln(2)/2. */
const terms = Float64Array.of(...[6227020800, 479001600, 39916800, 3628800, 362880, 40320, 5040, 720, 120, 24, 6, 2, 1, 1]).map((term) => 1 / term); // biome-ignore format: one line

/** ln 2 in two parts, of which the first times a small whole number is exact (fdlibm, e_exp.c). */
const [ln2High, ln2Low] = [0.6931471803691238, 1.9082149292705877e-10];

const power = new Float64Array(1);
const powerWords = new Int32Array(power.buffer);

/** 1 / (1 + e⁻ˢ) by e^−|s| = 2^−k e^(k ln 2 − |s|), in steps that every kernel can take. */
export function probabilityIn(score: number): number {
  const size = Math.min(Math.abs(score), 700);
  const k = Math.floor(size * Math.LOG2E + 0.5);
  const rest = k * ln2High - size + k * ln2Low;
  let sum = terms[0];
  for (let n = 1; n < terms.length; n++) sum = sum * rest + terms[n];
  powerWords[1] = (1023 - k) << 20;
  const small = sum * power[0];
  const whole = 1 + small;
  return score < 0 ? small / whole : 1 / whole;
}

/** Adds to a number of 64 bits, of which the lower word stands first. */
function addTo(words: Int32Array, at: number, low: number, high: number): void {
  const sum = (words[at] >>> 0) + (low >>> 0);
  words[at] = sum;
  words[at + 1] += high + (sum > 0xffff_ffff ? 1 : 0);
}

export const plainPlace = (bytes: number): KernelPlace => {
  const buffer = new ArrayBuffer(bytes);
  return { buffer, kernel: plainTreeKernel(buffer) };
};
