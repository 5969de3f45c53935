import type { BoostedTrees } from '../learn/trees/boosted-trees.ts';
import type { TreeScorer } from '../learn/trees/plain-scorer.ts';

/** Scores rows of signals. */
export interface RowScorer extends Pick<TreeScorer, 'score'> {
  /** Room of its own: rows written here are scored without a copy. */
  readonly rows?: Float64Array;
}

/** Makes a scorer; it may be backed by WebAssembly. */
export type MakeScorer = (model: BoostedTrees) => RowScorer;
