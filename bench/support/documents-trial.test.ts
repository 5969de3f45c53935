import { describe, expect, it } from 'vitest';
import { majority, singleFeature } from '../../src/churn/prediction/logistic-learner.ts';
import { plantedRows } from '../../src/churn/prediction/testing/planted.ts';
import { seededRandom, seedOf } from '../../src/learn/random.ts';
import { documentsRows, spread } from './documents-tables.ts';
import { documentsTrial, drawCustomers } from './documents-trial.ts';

const rows = plantedRows(4000);
const among = Int32Array.from(rows.target.keys());

describe("the documents' protocol", () => {
  it('draws different customers, as many of whom left as are wanted', () => {
    for (const left of [null, 1257]) {
      const { learnt, heldOut } = drawCustomers(rows.target, among, left, seededRandom(2));
      expect([learnt.length, heldOut.length]).toEqual([1000, 500]);
      expect(new Set([...learnt, ...heldOut]).size).toBe(1500);
      const gone = [...learnt, ...heldOut].filter((row) => rows.target[row] === 1).length;
      if (left !== null) expect(gone).toBe(left);
      else expect(Math.abs(gone / 1500 - rows.target.filter(Boolean).length / 4000)).toBeLessThan(0.05);
    }
    const few = among.subarray(0, 1400);
    expect(() => drawCustomers(rows.target, few, null, seededRandom(2))).toThrow(RangeError);
    expect(() => drawCustomers(rows.target, few, 1257, seededRandom(2))).toThrow(RangeError);
  });

  it('tells what a guess gets, and what a model does, on those held out', () => {
    const learners = [majority, singleFeature('strong alone', 'strong')];
    const trial = documentsTrial(rows, among, learners, 1257, { draws: 3, seed: 1 });
    for (const [draw, own] of trial.majority.entries()) {
      const { heldOut } = drawCustomers(rows.target, among, 1257, seededRandom(seedOf(1, draw)));
      expect(trial.leftShares[draw]).toBe(heldOut.filter((row) => rows.target[row] === 1).length / 500);
      expect(own).toEqual({ all: trial.leftShares[draw], stayed: 0, left: 1 });
      // A learner that says the same of everybody is such a guess.
      expect(trial.figures.get('majority')![draw].atHalf).toEqual(own);
      const { atBest } = trial.figures.get('strong alone')![draw];
      expect(atBest.stayed).toBeGreaterThan(0.5);
      expect(atBest.left).toBeGreaterThan(0.5);
    }
    expect(documentsTrial(rows, among, learners, 1257, { draws: 3, seed: 1 })).toEqual(trial);
    expect(documentsRows(trial)[1]).toMatchObject({ model: 'majority guess', left: '100.0 ± 0.0' });
  });

  it('prints mean and standard deviation', () => {
    expect(spread([0.8, 0.9])).toBe('85.0 ± 7.1');
    expect(spread([0.5])).toBe('50.0 ± 0.0');
  });
});
