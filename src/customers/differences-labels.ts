import { contingencyTest } from '../stats/contingency.ts';
import { fisherTwoSided } from '../stats/fisher.ts';

/** How often a label occurs in either group. */
export interface LabelCounts {
  /** By label. */
  readonly top: Int32Array;
  readonly next: Int32Array;
}

export interface LabelTest {
  readonly test: 'chi-square' | 'fisher';
  readonly p: number;
  /** Cramér's V of the table tested, 0 … 1. */
  readonly cramersV: number;
  /** How many labels were counted together, as each was too rare by itself. */
  readonly pooled: number;
}

/** Below this expected count the χ² of a table is a poor approximation (Cochran, Biometrics 10, 1954). */
const leastExpected = 5;

/**
 * Whether the labels of two groups differ. Labels of which fewer than 5 are expected in the smaller group are counted
 * together; a table of two rows that still expects fewer is tested exactly.
 *
 * @returns null where only one label occurs
 */
export function labelTest({ top, next }: LabelCounts): LabelTest | null {
  const occurring = [...top.keys()].filter((label) => top[label] + next[label] > 0);
  if (occurring.length < 2) return null;
  const total = (label: number): number => top[label] + next[label];
  const sum = (counts: Int32Array): number => counts.reduce((all, count) => all + count, 0);
  const smaller = Math.min(sum(top), sum(next)) / (sum(top) + sum(next));
  const byCount = occurring.sort((a, b) => total(b) - total(a) || a - b);
  // The most frequent first: those from here on are counted together, and more of them until they suffice.
  let rest = byCount.findIndex((label) => total(label) * smaller < leastExpected);
  if (rest < 0) rest = byCount.length;
  const restCount = (): number => byCount.slice(rest).reduce((all, label) => all + total(label), 0);
  while (rest > 1 && rest < byCount.length && restCount() * smaller < leastExpected) rest--;
  // One label stays by itself, and one is left to compare it with.
  rest = Math.max(1, rest);
  const pooled = byCount.slice(rest);
  const sumOf = (counts: Int32Array): number => pooled.reduce((all, label) => all + counts[label], 0);
  const rows = byCount.slice(0, rest).map((label) => Int32Array.of(top[label], next[label]));
  if (pooled.length > 0) rows.push(Int32Array.of(sumOf(top), sumOf(next)));
  const { p, cramersV, leastExpected: least } = contingencyTest(rows);
  const poolSize = pooled.length > 1 ? pooled.length : 0;
  if (rows.length > 2 || least >= leastExpected) return { test: 'chi-square', p, cramersV, pooled: poolSize };
  const [[n11, n01], [n10, n00]] = rows;
  return { test: 'fisher', p: fisherTwoSided({ n11, n10, n01, n00 }), cramersV, pooled: poolSize };
}
