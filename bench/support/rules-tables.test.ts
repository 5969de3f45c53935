import { describe, expect, it } from 'vitest';
import { goalRows, peerRows, stepRows } from './rules-tables.ts';
import type { OurAnswer, PeerAnswer } from './rules-work.ts';

const step = (name: string, firstMs: number, found = 10) => ({
  name,
  firstMs,
  ms: firstMs / 2,
  peakMb: 100,
  addedMb: 7.2,
  found,
});

/** 500,000 rules: made in 200 ms, measured in 100, 400 and 300 ms, and two steps more. */
const ours: OurAnswer = {
  rules: 500_000,
  sums: {},
  steps: [
    step('make', 200),
    step('measure: those mlxtend has', 100),
    step('measure: all formulas of counts', 400),
    step('measure: all from hypergeometric tails', 300),
    step('test: Fisher', 50),
    step('the 100 best: tested and pruned anew', 1000),
  ],
};
const peer = (ms: number): PeerAnswer => ({
  rules: 500_000,
  sums: {},
  ms,
  peakMb: 900,
  addedMb: 600,
  allRules: 1_000_000,
});
const besidePeer = (...ms: number[]) => ({
  ...{ workload: 'a@1', itemsets: 5, ours: [ours, ours, ours] },
  peers: ms.length === 0 ? [] : [{ name: 'mlxtend' as const, runs: ms.map(peer) }],
});
const result = besidePeer(6000, 9000, 6000);
const verdicts = (rows: ReturnType<typeof goalRows>) => rows.map(({ figure, verdict }) => [figure, verdict]);

describe('tables of rules', () => {
  it('sums all steps but the one that repeats others', () => {
    const rows = stepRows(result);
    expect(rows).toHaveLength(7);
    expect(rows.at(-1)).toMatchObject({ 's first': 1.05, 's again': 0.525, 'MB added': 8 });
  });

  it('compares what both do, as often as they do it', () => {
    expect(peerRows(result)).toMatchObject([
      { program: 'ours', s: 0.3, 'MB added': 15 },
      { program: 'mlxtend', s: 6, 'times ours': '20', 'for a rule': '10', 'MB added': 600 },
    ]);
    expect(peerRows(besidePeer())).toEqual([]);
  });

  it('judges the goals for a million rules, and beside a peer where there is one', () => {
    expect(verdicts(goalRows(result))).toEqual([
      ['0.80 s', 'met'],
      ['1.40 s', 'missed'],
      ['20', 'met'],
    ]);
    expect(verdicts(goalRows(besidePeer(5990, 5990, 9000)))[2]).toEqual(['19.9', 'missed']);
    expect(goalRows(besidePeer())).toHaveLength(2);
  });
});
