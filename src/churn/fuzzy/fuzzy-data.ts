import type { FeatureTable } from '../../learn/training-data.ts';
import type { FuzzyFeature } from './features.ts';

/** What fuzzy rules are learnt from. */
export interface FuzzyData {
  readonly table: FeatureTable;
  /** By row: 1 for who left, 0 for who stayed. */
  readonly target: Uint8Array;
  /** A description for each column. */
  readonly features: readonly FuzzyFeature[];
  /** The rows to learn from, each once; default all. */
  readonly rows?: Int32Array | undefined;
  /** By row of the table: rows of one group, such as those of a customer at several days, are never parted. Default each by itself. */
  readonly groups?: Int32Array | undefined;
}
