import { degreeOf, type FuzzySet, type Partition } from './partition.ts';

/** A set of a feature, or NOT of it. NOT holds as well for those of whom the feature is not stated. */
export interface FuzzyTerm extends FuzzySet {
  readonly isNot: boolean;
}

/** The degree, 0 … 1, to which all terms hold. @param valueIn by feature */
export function ruleDegree(
  partitions: readonly Partition[],
  terms: readonly FuzzyTerm[],
  valueIn: (feature: number) => number,
): number {
  let least = 1;
  for (const { feature, place, isNot } of terms) {
    const degree = degreeOf(partitions[feature], place, valueIn(feature));
    least = Math.min(least, isNot ? 1 - degree : degree);
  }
  return least;
}
