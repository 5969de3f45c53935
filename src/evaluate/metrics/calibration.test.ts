import { expect, it } from 'vitest';
import { CalibrationTally } from './calibration.ts';

it('tells how far probabilities are from what happens', () => {
  const tally = new CalibrationTally();
  // Of four entries one happens: what .25 says, and .75 does not.
  for (const probability of [0.25, 0.75]) for (const outcome of [1, 0, 0, 0]) tally.add(probability, outcome);
  expect(tally.figures()).toEqual({
    entries: 8,
    brier: (0.1875 + 0.4375) / 2,
    expectedCalibrationError: 0.25,
    bins: [
      { count: 4, predicted: 0.25, observed: 0.25 },
      { count: 4, predicted: 0.75, observed: 0.25 },
    ],
  });
});

it('has no figures of nothing, and refuses what is no probability', () => {
  const tally = new CalibrationTally();
  expect(tally.figures()).toBeNull();
  tally.add(1.5, 1);
  expect(() => tally.figures()).toThrow(/1\.5, not a probability/);
});
