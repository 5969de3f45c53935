import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../learn/random.ts';
import { lifeExpected, livesSeen } from './second-lives.ts';

const stays = {
  // The first customer left, came back twice and is there; the second left for good; the third never left.
  offsets: Int32Array.of(0, 3, 4, 5),
  from: Int32Array.of(0, 100, 300, 10, 20),
  left: Int32Array.of(60, 250, -1, 90, -1),
  lastSeen: Int32Array.of(30, 199, 310, 10, 20),
};
const purchases = {
  offsets: Int32Array.of(0, 5, 6, 7),
  day: Int32Array.of(0, 30, 100, 199, 300, 10, 20),
  spend: Float64Array.of(1, 2, 4, 8, 16, 32, 64),
};

describe('livesSeen', () => {
  it('tells first lives from second ones, and those that last from those that are over', () => {
    // 0…30, 10…10 and 20…349: 31 + 1 + 330 days.
    expect(livesSeen(stays, purchases, 349, (_, isFirst) => isFirst)).toEqual({
      lives: 3,
      ended: 2,
      days: 362,
      spend: 1 + 2 + 32 + 64,
    });
    // 100…199 and 300…349.
    expect(livesSeen(stays, purchases, 349, (_, isFirst) => !isFirst)).toEqual({
      lives: 2,
      ended: 1,
      days: 150,
      spend: 28,
    });
    expect(livesSeen(stays, purchases, 349, (stay) => stay === 2).spend).toBe(16);
  });
});

describe('lifeExpected', () => {
  const prior = { days: 200, spendADay: 2, weight: 10 };
  const none = { lives: 0, ended: 0, days: 0, spend: 0 };

  it('is the prior before any life is seen', () => {
    const expected = lifeExpected(prior, none);
    expect(expected).toMatchObject({ days: 200, spendADay: 2, value: 400 });
    expect(expected.low).toBeLessThan(200);
    // Of an exponential life of 200 days on average, 200 days see 1 − 1/e.
    expect(lifeExpected(prior, none, 200).value).toBeCloseTo(400 * (1 - 1 / Math.E), 9);
    expect(expected.high).toBeGreaterThan(200);
  });

  it('is what was seen in the end, those still alive included', () => {
    // Lives of 80 days on average, looked at for up to 60 days only: most have not ended.
    const random = seededRandom(2);
    let [ended, days, lives] = [0, 0, 20_000];
    for (let n = 0; n < lives; n++) {
      const length = -80 * Math.log(1 - random());
      ended += Number(length < 60);
      days += Math.min(length, 60);
    }
    const expected = lifeExpected(prior, { lives, ended, days, spend: 3 * days });
    expect(expected.days).toBeGreaterThan(78);
    expect(expected.days).toBeLessThan(82);
    expect(expected.low < 80 && 80 < expected.high).toBe(true);
    expect(expected.spendADay).toBeCloseTo(3, 2);
  });

  it('lies between the prior and what was seen', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 500 }), fc.integer({ min: 1, max: 1000 }), (ended, mean) => {
        const seen = { lives: ended, ended, days: ended * mean, spend: 0 };
        const { days, low, high } = lifeExpected(prior, seen);
        expect(days).toBeGreaterThanOrEqual(Math.min(200, mean) - 1e-9);
        expect(days).toBeLessThanOrEqual(Math.max(200, mean) + 1e-9);
        expect(low < days && days < high).toBe(true);
      }),
    );
  });

  it('has a 95 % interval for the exponential that textbooks give', () => {
    // 2 T / χ²: for shape 11, χ² of 22 degrees of freedom is 10.982 and 36.781 at 2.5 and 97.5 %.
    const { low, high } = lifeExpected(prior, none);
    expect(low).toBeCloseTo(4000 / 36.781, 2);
    expect(high).toBeCloseTo(4000 / 10.982, 1);
    expect(() => lifeExpected({ ...prior, weight: 0 }, none)).toThrow('a weight of 0');
  });
});
