import { describe, expect, it } from 'vitest';
import type { Outcome } from './contest.ts';
import { type Judgement, judge, type Part, timesText } from './goals.ts';

const ours = (threads: number, ms: number, peakMb?: number): Outcome => ({
  name: `ours ${threads}`,
  kind: 'ours',
  threads,
  ms: [ms, ms, ms],
  peakMb,
});
const peer = (name: string, ms: number, kind: Outcome['kind'] = 'native'): Outcome => ({
  name,
  kind,
  ms: [ms, ms, ms],
});
const stopped = (name: string, atLeastMs: number): Outcome => ({
  name,
  kind: 'other',
  ms: [],
  failed: 'over',
  atLeastMs,
});

function judged(part: Part, outcomes: readonly Outcome[]): string[] {
  const result = { part, workload: 'a@1', target: 'all', goals: [1, 0.5], itemsets: '1', outcomes } as const;
  return judge(result).map(({ goal, figure, verdict }: Judgement) => `${goal}: ${figure} ${verdict}`);
}

describe('goals', () => {
  it('hold ours to the best native peer by the number of threads', () => {
    expect(judged('mining', [ours(1, 50), ours(2, 40), peer('fim', 50), peer('slower', 200)])).toEqual([
      '1 thread ≤ 1.0 × the best native peer: 1.000 × fim met',
      '2 threads ≤ 0.5 × the best native peer: 0.800 × fim missed',
    ]);
  });

  it('want 30 times with one thread and 50 times with two, of each interpreted peer', () => {
    const outcomes = [
      ours(1, 10),
      ours(2, 10),
      peer('mlxtend', 400, 'other'),
      peer('node-fpgrowth', 299, 'other'),
    ];
    expect(judged('listing', outcomes)).toEqual([
      '1 thread ≥ 30 times faster than mlxtend: 40 met',
      '1 thread ≥ 30 times faster than node-fpgrowth: 29.9 missed',
      '2 threads ≥ 50 times faster than mlxtend: 40 missed',
      '2 threads ≥ 50 times faster than node-fpgrowth: 29.9 missed',
    ]);
  });

  it('take a peer that was stopped for a lower bound, which may leave a goal open', () => {
    expect(judged('mining', [ours(1, 10), ours(2, 10), stopped('mlxtend', 400)])).toEqual([
      '1 thread ≥ 30 times faster than mlxtend: > 40 met',
      '2 threads ≥ 50 times faster than mlxtend: > 40 open',
    ]);
    const failed: Outcome = { name: 'mlxtend', kind: 'other', ms: [], failed: 'TypeError' };
    expect(judged('mining', [ours(1, 10), failed])).toEqual([
      '1 thread ≥ 30 times faster than mlxtend: failed open',
    ]);
  });

  it('hold whole programs to those in C alone, where they take over half a second', () => {
    expect(judged('process', [ours(1, 600, 399), peer('eclat', 700), peer('fim-eclat', 550)])).toEqual([
      '1 thread < 1 × the best C program, over 500 ms: 0.857 × eclat met',
      '1 thread peak < 400 MB: 399 MB met',
    ]);
    expect(judged('process', [ours(1, 600), peer('eclat', 400)])).toEqual([]);
  });

  it('want 400 MB and no more', () => {
    expect(judged('listing', [ours(2, 10, 400)])).toEqual(['2 threads peak < 400 MB: 400 MB missed']);
  });

  it('want two threads to be worth 1.6 where one takes long', () => {
    expect(judged('mining', [ours(1, 160), ours(2, 100)])).toEqual([
      '2 threads ≥ 1.6 × 1 thread, over 100 ms: 1.6 met',
    ]);
    expect(judged('mining', [ours(1, 159), ours(2, 100)])).toEqual([
      '2 threads ≥ 1.6 × 1 thread, over 100 ms: 1.59 missed',
    ]);
    expect(judged('mining', [ours(1, 99), ours(2, 99)])).toEqual([]);
  });

  it('are missed where ours failed', () => {
    const failed: Outcome = { name: 'ours 1', kind: 'ours', threads: 1, ms: [], failed: 'over 60 s' };
    expect(judged('mining', [failed, peer('fim', 50)])).toEqual(['1 thread: failed missed']);
  });

  it('are not rounded into being met', () => {
    expect(timesText({ times: 29.99, bound: false })).toBe('29.9');
    expect(timesText({ times: 56.7, bound: true })).toBe('> 56.7');
    expect(timesText({ times: 1234.5, bound: true })).toBe('> 1234');
  });
});
