import { describe, expect, it } from 'vitest';
import { type KMeansRuns, kmeansGoals, kmeansRows } from './kmeans-tables.ts';

const program = (name: string, ms: readonly number[], inertia: number, iterations = 20): KMeansRuns => ({
  name,
  runs: ms.map((each) => ({ ms: each, inertia, iterations })),
});

describe('the tables of bench:kmeans', () => {
  const ours = program('ours', [100, 300, 120], 1000);

  it('compare runs of the same repetition', () => {
    const rows = kmeansRows(ours, [program('peer', [50, 300, 100], 1000)]);
    expect(rows.map((row) => row['ours takes, times'])).toEqual(['', '1.20']);
    expect(rows.map(({ ms }) => ms)).toEqual([120, 100]);
  });

  it('judge time, inertia and iterations', () => {
    const verdicts = (peer: KMeansRuns, isFull = true) =>
      kmeansGoals(ours, [peer], isFull).map(({ verdict }) => verdict);
    expect(verdicts(program('peer', [50, 150, 60], 1000.05))).toEqual(['met', 'met']);
    expect(verdicts(program('peer', [49, 149, 59], 1000.2))).toEqual(['missed', 'missed']);
    expect(verdicts(program('peer', [200, 200, 200], 1000, 19))).toEqual(['met', 'missed']);
    expect(verdicts(program('peer', [200, 200, 200], 995, 7), false)).toEqual(['met', 'met']);
    expect(verdicts(program('peer', [200, 200, 200], 985, 7), false)).toEqual(['met', 'missed']);
  });
});
