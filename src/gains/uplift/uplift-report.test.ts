import { describe, expect, it } from 'vitest';
import { seededRandom } from '../../learn/random.ts';
import {
  learnUplift,
  scoreUplift,
  type UpliftData,
  type upliftMethods,
  upliftOutOfFold,
} from './uplift-learners.ts';
import { upliftReport } from './uplift-report.ts';
import { upliftScores } from './uplift-scores.ts';

/**
 * Responses rise with `a`, whatever is done; treatment adds 0.3 where `b` is above 0, and takes 0.1 away elsewhere. A third is held out.
 */
function planted(rows: number, seed: number) {
  const random = seededRandom(seed);
  const column = () => Float64Array.from({ length: rows }, () => 2 * random() - 1);
  const [a, b, noise] = [column(), column(), column()];
  const treatment = Uint8Array.from(a, () => (random() < 1 / 3 ? 0 : 1));
  const effect = b.map((value) => (value > 0 ? 0.3 : -0.1));
  const outcome = Uint8Array.from(a, (value, row) =>
    random() < 0.3 + 0.2 * value + treatment[row] * effect[row] ? 1 : 0,
  );
  return { table: { rows, columns: [a, b, noise] }, treatment, outcome, effect };
}

const rowsOf = ({ table }: UpliftData): Float64Array =>
  Float64Array.from(
    { length: table.rows * table.columns.length },
    (_, at) => table.columns[at % table.columns.length][Math.floor(at / table.columns.length)],
  );

const scoresBy = (
  method: (typeof upliftMethods)[number],
  learnt: UpliftData,
  told: UpliftData,
): Float64Array => {
  const out = new Float64Array(told.table.rows);
  scoreUplift(structuredClone(learnUplift(method, learnt, { seed: 1 })), rowsOf(told), out.length, out);
  return out;
};

describe('learners of uplift', () => {
  const data = planted(6000, 1);
  const later = planted(3000, 2);

  it.each(['two-logistic', 'two-trees', 'class-transformation'] as const)(
    'find a planted effect: %s',
    (method) => {
      const scores = scoresBy(method, data, later);
      const mean = (of: (row: number) => boolean): number => {
        const own = scores.filter((_, row) => of(row));
        return own.reduce((sum, score) => sum + score, 0) / own.length;
      };
      // The unequal arms do not move the level: 0.3 and −0.1 are what was planted.
      expect(Math.abs(mean((row) => later.effect[row] > 0) - 0.3)).toBeLessThan(0.08);
      expect(Math.abs(mean((row) => later.effect[row] < 0) + 0.1)).toBeLessThan(0.08);
      const best = upliftScores(later.effect, later).qini!;
      expect(upliftScores(scores, later).qini!).toBeGreaterThan(0.85 * best);
    },
  );

  it('find who responds, not on whom it works, where they are told of responses alone', () => {
    const scores = scoresBy('response', data, later);
    const best = upliftScores(later.effect, later).qini!;
    expect(upliftScores(scores, later).qini!).toBeLessThan(0.75 * best);
    expect(Math.min(...scores)).toBeGreaterThan(0);
  });

  it('score a row by models that have not seen it', () => {
    // Each row has a mark of its own that tells all of it.
    const rows = 120;
    const random = seededRandom(4);
    const treatment = Uint8Array.from({ length: rows }, (_, row) => row % 2);
    const outcome = Uint8Array.from({ length: rows }, () => (random() < 0.5 ? 1 : 0));
    const marks = Array.from({ length: rows }, (_, row) =>
      new Float64Array(rows).map((_, at) => (at === row ? 1 : 0)),
    );
    const told = { table: { rows, columns: marks }, treatment, outcome };
    const seen = scoresBy('two-logistic', told, told);
    const fresh = upliftOutOfFold('two-logistic', told, { seed: 1 }, { random: seededRandom(1) });
    const learnt = (scores: Float64Array): number => upliftScores(scores, told).qini!;
    expect(learnt(seen)).toBeGreaterThan(0.8);
    expect(Math.abs(learnt(fresh))).toBeLessThan(0.35);
    // Of a mark that no other fold has, nothing is known: there are five scores, one for each fold.
    expect(new Set([...fresh].map((score) => score.toFixed(9))).size).toBeLessThanOrEqual(5);
  });

  it('need both arms', () => {
    const one = { ...data, treatment: data.treatment.map(() => 1) };
    expect(() => learnUplift('response', one, { seed: 1 })).toThrow(/held out/);
    const options = { random: seededRandom(1) };
    expect(() => upliftOutOfFold('two-trees', one, { seed: 1 }, options)).toThrow(/Nobody was held out/);
    const rows = Int32Array.from(data.treatment.keys()).filter((row) => data.treatment[row] === 0);
    expect(() => learnUplift('two-logistic', { ...data, rows }, { seed: 1 })).toThrow(/treated customers/);
  });

  it('are held beside each other, with paired intervals', () => {
    const scores = (['two-logistic', 'response'] as const).map((name) => ({
      name,
      scores: scoresBy(name, data, later),
    }));
    const options = { parts: 4, resamples: 300 };
    const report = upliftReport(scores, later, { ...options, random: seededRandom(1) });
    expect(report.scores.map(({ name }) => name)).toEqual(['two-logistic', 'response']);
    for (const [n, own] of report.scores.entries()) {
      expect(own).toMatchObject(upliftScores(scores[n].scores, later));
      expect(own.qiniInterval!.low).toBeLessThan(own.qini!);
      expect(own.qiniInterval!.high).toBeGreaterThan(own.qini!);
      // All customers: the effect, for which Newcombe's interval is about that of the resamples.
      const { uplift, upliftInterval } = own.rows[3];
      expect(uplift).toBeCloseTo(report.effect.difference, 12);
      expect(Math.abs(upliftInterval!.low - report.effect.low)).toBeLessThan(0.008);
      expect(Math.abs(upliftInterval!.high - report.effect.high)).toBeLessThan(0.008);
    }
    const [{ qini, rows }] = report.differences;
    expect(qini!.difference).toBeCloseTo(report.scores[0].qini! - report.scores[1].qini!, 12);
    expect(qini!.low).toBeGreaterThan(0);
    expect(rows[3].uplift).toEqual({ difference: 0, low: 0, high: 0 });
    expect(upliftReport(scores, later, { ...options, random: seededRandom(1) })).toEqual(report);
    expect(structuredClone(report)).toEqual(report);
    const plain = upliftReport(scores, later, { resamples: 0, random: seededRandom(1) });
    expect(plain.scores[0]).toMatchObject({ qiniInterval: null, upliftAucInterval: null });
  });
});
