import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../random.ts';
import { plainPlace } from '../plain-kernel.ts';
import { histogramBytes, laneCount, type MakePlace } from '../tree-kernel.ts';

/** Where things are in the memory of a test. */
const [bins, order, gradients, out, other, scores, target, weights] = [...'abcdefgh'].map(
  (_, n) => n * 65_536,
);
const bytes = 8 * 65_536;
const rows = 200;

/** The same noise in each. */
function filled(makePlace: MakePlace) {
  const place = makePlace(bytes);
  const random = seededRandom(1);
  const view = new Uint8Array(place.buffer as ArrayBuffer);
  const words = new Int32Array(place.buffer as ArrayBuffer);
  const numbers = new Float64Array(place.buffer as ArrayBuffer);
  for (let at = 0; at < rows * laneCount; at++) view[bins + at] = random() < 0.2 ? 255 : 256 * random();
  for (let row = 0; row < rows; row++) {
    words[order / 4 + row] = (row * 7) % rows;
    words[gradients / 4 + 2 * row] = (random() - 0.5) * 2 ** 29;
    words[gradients / 4 + 2 * row + 1] = random() * 2 ** 28;
    numbers[scores / 8 + row] = (random() - 0.5) * 10 ** (4 * random());
    view[target + row] = random() < 0.5 ? 1 : 0;
    numbers[weights / 8 + row] = random();
  }
  return { ...place, words };
}

/** What each kernel of trees must do, bit by bit as the plain one does. */
export function testTreeKernel(name: string, makePlace: MakePlace): void {
  describe(`the ${name} kernel of trees`, () => {
    const [plain, tested] = [filled(plainPlace), filled(makePlace)];
    const count = fc.integer({ min: 0, max: rows });

    it('sums up gradients, second derivatives and rows by bin, and takes sums away again', () => {
      fc.assert(
        fc.property(fc.integer({ min: 1, max: 8 }), count, count, (width, many, few) => {
          for (const { kernel } of [plain, tested]) {
            kernel.histogram(bins, order, many, gradients, width, out);
            kernel.histogram(bins, order, Math.min(few, many), gradients, width, other);
            kernel.subtract(out, other, width);
          }
          const words = (width * histogramBytes) / 4;
          for (const from of [out, other].map((at) => at / 4)) {
            const expected = plain.words.subarray(from, from + words);
            const found = tested.words.subarray(from, from + words);
            expect(found.findIndex((word, at) => word !== expected[at])).toBe(-1);
          }
        }),
      );
    });

    it('divides rows, with what is missing on either side', () => {
      const byte = fc.integer({ min: 0, max: 254 });
      fc.assert(
        fc.property(count, byte, fc.integer({ min: 0, max: 1 }), (many, cut, missingLeft) => {
          const [left, found] = [plain, tested].map(({ kernel }) =>
            kernel.partition(bins, order, many, cut, missingLeft, out),
          );
          expect(found).toBe(left);
          expect(tested.words.slice(out / 4, out / 4 + many)).toEqual(
            plain.words.slice(out / 4, out / 4 + many),
          );
        }),
      );
    });

    it('adds values and derives the loss at any scores', () => {
      fc.assert(
        fc.property(count, fc.double({ min: -1000, max: 1000, noNaN: true }), (many, value) => {
          for (const { kernel } of [plain, tested]) {
            kernel.addValue(order, many, scores, value);
            kernel.derive(order, many, scores, target, weights, gradients, 2 ** 28, 2 ** 30);
          }
          for (const from of [scores, gradients].map((at) => at / 4))
            expect(tested.words.slice(from, from + 4 * rows)).toEqual(
              plain.words.slice(from, from + 4 * rows),
            );
        }),
      );
    });
  });
}
