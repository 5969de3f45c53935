import { describe, expect, it } from 'vitest';
import { hitsAt, ndcgAt, recallAt, reciprocalRankAt } from './list-metrics.ts';

const hits = Uint8Array.of(0, 1, 0, 1);

describe('figures of a list', () => {
  it('counts hits among the first entries, and finds the first', () => {
    expect([1, 2, 4, 9].map((k) => hitsAt(hits, k))).toEqual([0, 1, 2, 2]);
    expect(recallAt(hits, 4, 5)).toBe(0.4);
    expect([1, 2, 9].map((k) => reciprocalRankAt(hits, k))).toEqual([0, 0.5, 0.5]);
    expect(reciprocalRankAt(new Uint8Array(0), 5)).toBe(0);
  });

  // Worked by hand: gains at places 2 and 4 are 1 / log2(3) and 1 / log2(5).
  it('holds the gain against that of the best list there could be', () => {
    const gain = 1 / Math.log2(3) + 1 / Math.log2(5);
    expect(ndcgAt(hits, 4, 2)).toBeCloseTo(gain / (1 + 1 / Math.log2(3)), 12);
    expect(ndcgAt(hits, 4, 9)).toBeCloseTo(gain / (1 + 1 / Math.log2(3) + 0.5 + 1 / Math.log2(5)), 12);
    expect(ndcgAt(hits, 2, 2)).toBeCloseTo(1 / Math.log2(3) / (1 + 1 / Math.log2(3)), 12);
  });

  it('is at most 1, which a list of hits alone reaches, however short', () => {
    expect(ndcgAt(Uint8Array.of(1, 1), 10, 2)).toBe(1);
    expect(ndcgAt(Uint8Array.of(1, 1, 1), 3, 8)).toBe(1);
    expect(ndcgAt(new Uint8Array(0), 10, 2)).toBe(0);
  });
});
