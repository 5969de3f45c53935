import type { FuzzyModel } from '../fuzzy/fuzzy-model.ts';
import type { FuzzyColumn } from './fuzzy-columns.ts';

/** Fuzzy rules for who leaves, as the comparison keeps them. Plain data. */
export interface ChurnFuzzy {
  /** How the columns that were learnt from become those of the rules. */
  readonly columns: readonly FuzzyColumn[];
  /** Its figures count each customer once, in the newest row. Null where the rows say too little for any rule. */
  readonly model: FuzzyModel | null;
  /** Each customer once, in the newest row: how many there are, and the share that left. */
  readonly customers: number;
  readonly leftShare: number;
  /** By rule, those for leaving first: the mean degree to which it holds for them. */
  readonly meanDegrees: readonly number[];
}

export const fuzzyLearnerName = 'fuzzy-rules';
