import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../learn/random.ts';
import { probabilityOf } from '../../learn/scores.ts';
import { bestThreshold, chooseCalibration, probabilityOfScore } from './calibration.ts';

function drawn(chanceOf: (score: number) => number) {
  const random = seededRandom(7);
  const scores = Float64Array.from({ length: 4000 }, () => 6 * random() - 3);
  const target = Uint8Array.from(scores, (score) => (random() < chanceOf(score) ? 1 : 0));
  return { scores, target, folds: Int8Array.from(scores.keys(), (n) => n % 5) };
}

describe('the choice of a calibration', () => {
  it("takes Platt's curve where chances are logistic, and finds them", () => {
    const { scores, target, folds } = drawn((score) => probabilityOf(1.5 * score - 0.5));
    const calibration = chooseCalibration(scores, target, folds);
    expect(calibration.method).toBe('platt');
    expect(Math.abs(probabilityOfScore(calibration, 1) - probabilityOf(1))).toBeLessThan(0.03);
  });

  it('takes steps where chances have them, and is never certain', () => {
    const { scores, target, folds } = drawn((score) => (score < -2 ? 0 : score < 1 ? 0.3 : 0.35));
    const calibration = chooseCalibration(scores, target, folds);
    expect(calibration.method).toBe('isotonic');
    expect(probabilityOfScore(calibration, -2.9)).toBe(1 / 4002);
    expect(Math.abs(probabilityOfScore(calibration, 0) - 0.3)).toBeLessThan(0.04);
  });
});

it('the best threshold is the one that no other beats', () => {
  const rows = fc
    .array(fc.tuple(fc.nat(20), fc.nat(1)), { maxLength: 40 })
    .map((drawn) => [...drawn, [5, 0], [12, 1]]);
  fc.assert(
    fc.property(rows, (drawn) => {
      const probabilities = Float64Array.from(drawn, ([twentieths]) => twentieths / 20);
      const target = Uint8Array.from(drawn, ([, one]) => one);
      const index = (threshold: number): number => {
        const shareCalled = (sort: number): number => {
          const own = drawn.filter((_, n) => target[n] === sort);
          return own.filter(([twentieths]) => twentieths / 20 >= threshold).length / own.length;
        };
        return shareCalled(1) - shareCalled(0);
      };
      const found = index(bestThreshold(probabilities, target));
      // Where no threshold is better than to call nearly nobody, the highest is taken.
      const most = Math.max(...Array.from({ length: 21 }, (_, n) => index(n / 20)));
      if (most > 0) expect(found).toBeCloseTo(most, 12);
    }),
  );
});
