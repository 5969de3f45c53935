import { describe, expect, it } from 'vitest';
import { judgeServing, mbPerMillion, questionRow, type ServeResult } from './serve-tables.ts';

const load = (rate: number, p99 = 1) => ({ rate, p50: 1, p99 });
const answer = (ms: number, customers = 0) => ({ ms, customers, startMb: 1, peakMb: 1, modelBytes: 1 });
const result = (ratio: number, steady: { rate: number; p99: number }): ServeResult => ({
  questions: [{ name: 'home', goal: 0.8, bytes: 10, ours: load(ratio * 1000), bare: load(1000), ratio }],
  steady: { ...load(steady.rate, steady.p99), wanted: 2000 },
  once: { bytes: answer(100), service: answer(299), batch: answer(5000, 100_000) },
  memory: [],
  peakMb: 1,
});
const verdicts = (given: ServeResult): string[] => judgeServing(given).map(({ verdict }) => verdict);

describe('judging the serving of offers', () => {
  it('meets a goal at its bound', () => {
    expect(verdicts(result(0.8, { rate: 1999, p99: 4 }))).toEqual(['met', 'met', 'met', 'met']);
  });

  it('misses what falls short, and a rate that was not kept up', () => {
    expect(verdicts(result(0.79, { rate: 1999, p99: 5 })).slice(0, 2)).toEqual(['missed', 'missed']);
    expect(verdicts(result(0.8, { rate: 1800, p99: 1 }))[1]).toBe('missed');
    const slow = { bytes: answer(100), service: answer(300), batch: answer(5001, 100_000) };
    expect(verdicts({ ...result(1, { rate: 2000, p99: 1 }), once: slow }).slice(2)).toEqual([
      'missed',
      'missed',
    ]);
  });

  it('says how much time a request takes beyond a bare one', () => {
    const [question] = result(0.5, { rate: 1, p99: 1 }).questions;
    expect(questionRow(question!)).toMatchObject({ 'µs more': 1000, ratio: 0.5 });
  });

  it('takes the memory of customers from two sizes', () => {
    expect(mbPerMillion([{ customers: 10_000, mb: 100 }])).toBeUndefined();
    expect(
      mbPerMillion([
        { customers: 20_000, mb: 300 },
        { customers: 100_000, mb: 500 },
      ]),
    ).toBe(2500);
  });
});
