import { describe, expect, it } from 'vitest';
import { type Random, seededRandom } from '../learn/random.ts';
import { gainsReport } from './gains-report.ts';
import { gainsTable } from './gains-table.ts';

/** Responders score one higher on average; `noise` is how far scores are apart from what is behind them. */
function drawn(count: number, noise: readonly number[], random: Random) {
  const normal = (): number => Math.sqrt(-2 * Math.log(1 - random())) * Math.cos(2 * Math.PI * random());
  const target = new Uint8Array(count).map(() => (random() < 0.3 ? 1 : 0));
  const behind = Float64Array.from(target, (one) => one + normal());
  const scores = noise.map((size) => behind.map((value) => value + size * normal()));
  return { target, scores };
}

/** The variance of the area, and the covariance of two, by DeLong, DeLong and Clarke-Pearson, Biometrics 44, 1988. */
function deLong(scores: readonly Float64Array[], target: Uint8Array): number[][] {
  const rows = [...target.keys()];
  const [ones, noughts] = [rows.filter((row) => target[row] === 1), rows.filter((row) => target[row] === 0)];
  const wins = (own: Float64Array, one: number, nought: number): number =>
    own[one] > own[nought] ? 1 : own[one] === own[nought] ? 0.5 : 0;
  const mean = (values: readonly number[]): number =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const covariance = (a: readonly number[], b: readonly number[]): number =>
    mean(a.map((value, n) => (value - mean(a)) * (b[n] - mean(b)))) / (a.length - 1);
  const parts = scores.map((own) => ({
    ofOnes: ones.map((one) => mean(noughts.map((nought) => wins(own, one, nought)))),
    ofNoughts: noughts.map((nought) => mean(ones.map((one) => wins(own, one, nought)))),
  }));
  return parts.map((a) =>
    parts.map((b) => covariance(a.ofOnes, b.ofOnes) + covariance(a.ofNoughts, b.ofNoughts)),
  );
}

const isNearOne = (ratio: number): boolean => Math.abs(ratio - 1) < 0.06;

describe('gainsReport', () => {
  const { target, scores } = drawn(400, [0.5, 3], seededRandom(7));
  const named = scores.map((own, n) => ({ name: `score ${n + 1}`, scores: own }));
  const report = gainsReport(named, target, { parts: 5, resamples: 2000, random: seededRandom(1) });

  it('has the table of each score', () => {
    for (const [n, own] of report.scores.entries()) {
      const table = gainsTable(scores[n], target, 5);
      expect(own).toMatchObject({ customers: 400, area: table.area });
      expect(own.rows.map(({ gainInterval, ...row }) => row)).toEqual(table.rows);
    }
  });

  it("has intervals as wide as DeLong's of the area, and of the paired difference", () => {
    const [[a, ab], [, b]] = deLong(scores, target);
    const [first, second] = report.scores.map(({ aucInterval }) => aucInterval!.high - aucInterval!.low);
    expect(first / (2 * 1.96 * Math.sqrt(a))).toSatisfy(isNearOne);
    expect(second / (2 * 1.96 * Math.sqrt(b))).toSatisfy(isNearOne);
    const { auc, gini } = report.differences[0];
    const width = auc!.high! - auc!.low!;
    expect(width / (2 * 1.96 * Math.sqrt(a + b - 2 * ab))).toSatisfy(isNearOne);
    // Drawn apart they would be as uncertain as both together.
    expect(width).toBeLessThan(0.9 * Math.hypot(first, second));
    expect(auc!.difference).toBeCloseTo(report.scores[0].area!.auc - report.scores[1].area!.auc, 12);
    expect(gini!.low).toBeCloseTo(2 * auc!.low!, 12);
    expect(auc!.low).toBeGreaterThan(0);
  });

  it('has an interval around each gain but the last, which is always all', () => {
    const [{ rows }] = report.scores;
    for (const { gain, gainInterval } of rows) {
      expect(gainInterval!.low).toBeLessThanOrEqual(gain!);
      expect(gainInterval!.high).toBeGreaterThanOrEqual(gain!);
    }
    expect(rows.at(-1)!.gainInterval).toEqual({ low: 1, high: 1 });
  });

  it('finds no difference between a score and its like', () => {
    const like = { name: 'like', scores: scores[0].map((score) => 3 * score - 7) };
    const { differences } = gainsReport([named[0], like], target, { resamples: 50, random: seededRandom(2) });
    for (const { gain } of differences[0].rows) expect(gain).toEqual({ difference: 0, low: 0, high: 0 });
    expect(differences[0].gini).toEqual({ difference: 0, low: 0, high: 0 });
  });

  it('is the same for the same seed, and may be without intervals', () => {
    const again = gainsReport(named, target, { parts: 5, resamples: 2000, random: seededRandom(1) });
    expect(again).toEqual(report);
    const plain = gainsReport(named, target, { parts: 5, resamples: 0, random: seededRandom(1) });
    expect(plain.scores[0]).toMatchObject({ aucInterval: null, giniInterval: null });
    expect(plain.scores[0].rows[0].gainInterval).toBeNull();
    expect(plain.differences[0].auc).toMatchObject({ low: null, high: null });
    expect(structuredClone(report)).toEqual(report);
  });

  it('has no figures of nobody, and refuses wrong scores and options', () => {
    const silent = gainsReport(named, new Uint8Array(400), { resamples: 20, random: seededRandom(1) });
    expect(silent.scores[0]).toMatchObject({ area: null, aucInterval: null });
    expect(silent.differences[0]).toMatchObject({ auc: null, gini: null });
    const random = seededRandom(1);
    expect(() => gainsReport([], target, { random })).toThrow(/no score/);
    expect(() => gainsReport([named[0], named[0]], target, { random })).toThrow(/"score 1" is there twice/);
    expect(() => gainsReport(named, target.slice(1), { random })).toThrow(/400 scores and 399 targets/);
    expect(() => gainsReport(named, target, { random, level: 1 })).toThrow(/level/);
    expect(() => gainsReport(named, target, { random, resamples: 1.5 })).toThrow(/resamples/);
  });
});
