import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import { describe, expect, it } from 'vitest';
import { withSharedFile } from '../../test/support/shared-data.ts';
import { fitLogistic, scoreLogistic } from './logistic.ts';
import { accuracy, areaUnderCurve, gainsAt, logLoss, probabilityOf } from './scores.ts';
import type { TrainingData } from './training-data.ts';
import { trainTrees } from './trees/boost.ts';
import { plainScorer } from './trees/plain-scorer.ts';

/** Numbers as they are, words as a column for each, blanks as missing. */
function read(file: string): TrainingData {
  const records: Record<string, string>[] = parse(gunzipSync(readFileSync(file)), { columns: true });
  const names = Object.keys(records[0]).filter((name) => name !== 'customerID' && name !== 'Churn');
  const columns = names.flatMap((name) => {
    const values = records.map((record) => record[name].trim());
    const numbers = Float64Array.from(values, (value) => (value === '' ? Number.NaN : Number(value)));
    if (numbers.filter(Number.isFinite).length > values.length / 2) return [numbers];
    return [...new Set(values)].map((word) => Float64Array.from(values, (value) => (value === word ? 1 : 0)));
  });
  const target = Uint8Array.from(records, ({ Churn }) => (Churn === 'Yes' ? 1 : 0));
  return { table: { rows: records.length, columns }, target };
}

/** Scores of each row by what was learnt from the four fifths that it is not in. */
function outOfFold(
  data: TrainingData,
  learn: (data: TrainingData) => (rows: Float64Array, out: Float64Array) => void,
) {
  const { rows, columns } = data.table;
  const scores = new Float64Array(rows);
  for (let fold = 0; fold < 5; fold++) {
    const all = Array.from({ length: rows }, (_, row) => row);
    const held = all.filter((row) => row % 5 === fold);
    const trainingRows = Int32Array.from(all.filter((row) => row % 5 !== fold));
    const score = learn({ ...data, trainingRows });
    const out = new Float64Array(held.length);
    score(Float64Array.from(held.flatMap((row) => columns.map((column) => column[row]))), out);
    for (const [n, row] of held.entries()) scores[row] = out[n];
  }
  return scores;
}

withSharedFile('data/telco-churn/Telco-Customer-Churn.csv.gz', 'churn of a telephone company', (file) => {
  describe('churn of a telephone company (../shared/reference/analytics.md, "Churn": computed twice, other folds)', () => {
    const data = read(file);

    it('is foretold by logistic regression as well as the reference does', () => {
      const scores = outOfFold(data, (part) => {
        const model = fitLogistic(part);
        return (rows, out) => scoreLogistic(model, rows, out.length, out);
      });
      expect(Math.abs(areaUnderCurve(scores, data.target)! - 0.8451)).toBeLessThan(0.002);
      expect(Math.abs(accuracy(scores.map(probabilityOf), data.target) - 0.8052)).toBeLessThan(0.005);
      expect(Math.abs(logLoss(scores.map(probabilityOf), data.target) - 0.4174)).toBeLessThan(0.002);
      expect(Math.abs(gainsAt(scores, data.target, 0.1)!.lift - 2.869)).toBeLessThan(0.06);
      expect(Math.abs(gainsAt(scores, data.target, 0.2)!.gain - 0.51)).toBeLessThan(0.01);
    });

    it('is foretold by boosted trees as well as the reference does', () => {
      const scores = outOfFold(data, (part) => {
        const { model } = trainTrees(part, { seed: 1, trees: 100, maxDepth: 3, minLeafRows: 1 });
        return (rows, out) => plainScorer(model).score(rows, out.length, out);
      });
      expect(Math.abs(areaUnderCurve(scores, data.target)! - 0.8466)).toBeLessThan(0.003);
      expect(Math.abs(accuracy(scores.map(probabilityOf), data.target) - 0.8046)).toBeLessThan(0.005);
    });
  });
});
