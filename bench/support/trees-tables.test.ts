import { describe, expect, it } from 'vitest';
import { type TreesRuns, treesGoals, treesRows } from './trees-tables.ts';

const program = (name: string, fits: readonly number[], scoreMs: number, auc: number): TreesRuns => ({
  name,
  runs: fits.map((fitMs) => ({ fitMs, fitCpuMs: 2 * fitMs, scoreMs, scoreCpuMs: scoreMs, auc })),
});

describe('the tables of bench:trees', () => {
  const ours = program('ours', [100, 300, 120], 10, 0.8);

  it('compare runs of the same repetition', () => {
    const rows = treesRows(ours, [program('peer', [50, 300, 100], 40, 0.8)]);
    expect(rows.map((row) => row['ours takes, times'])).toEqual(['', '1.20']);
    expect(rows.map((row) => row['ours takes, times '])).toEqual(['', '0.25']);
    expect(rows.map((row) => row['of processors'])).toEqual([240, 200]);
  });

  it('judge AUC, training and scoring', () => {
    const verdicts = (peer: TreesRuns) => treesGoals(ours, [peer]).map(({ verdict }) => verdict);
    expect(verdicts(program('peer', [40, 100, 40], 11, 0.8029))).toEqual(['met', 'met', 'met']);
    expect(verdicts(program('peer', [30, 90, 30], 10, 0.8031))).toEqual(['missed', 'missed', 'missed']);
    // Better is as far away as worse.
    expect(verdicts(program('peer', [40, 100, 40], 11, 0.7969))).toEqual(['missed', 'met', 'met']);
  });
});
