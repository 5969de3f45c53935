import type { FeatureTable } from '../../learn/training-data.ts';
import type { FuzzyFeature } from './features.ts';

/** The five sets of a number by their place: negative big, negative small, zero, positive small, positive big. */
export const fiveSets = ['NB', 'NS', 'Z', 'PS', 'PB'] as const;

/** The place of the set of those of whom a feature is not stated. */
export const notStated = -1;

/**
 * How the values of a feature become degrees of membership. Five overlapping sets where a number takes three values or more; a crisp
 * set for each value of a category, of yes/no, and of a number that takes two. What is not stated is in no set but a crisp one of its
 * own; where that never came up in training, there is no such set, and all degrees of it are ½: nothing is known.
 */
export type Partition =
  | {
      readonly kind: 'five';
      /** The mean of the distinct values but the least and the greatest. */
      readonly zero: number;
      /** From the zero point to either end of the range, > 0. */
      readonly reach: number;
      readonly hasNotStated: boolean;
    }
  | {
      readonly kind: 'levels';
      /** Those that occur, ascending; the place of a set is that of its value here. */
      readonly values: readonly number[];
      /** Whether a value between or beyond belongs to the nearest: so with numbers. Else it belongs to none. */
      readonly isNearest: boolean;
      readonly hasNotStated: boolean;
    }
  | { readonly kind: 'none'; readonly reason: 'constant' | 'all-missing' };

/** A set that rules may speak of. */
export interface FuzzySet {
  readonly feature: number;
  /** Of five sets 0 … 4, of levels the position in `values`; −1 for what is not stated. */
  readonly place: number;
}

/** @param rows those that the partition is made from, without infinite values */
export function partitionOf(
  { kind }: FuzzyFeature,
  column: FeatureTable['columns'][number],
  rows: Int32Array,
): Partition {
  const stated = Float64Array.from(rows, (row) => column[row])
    .filter((value) => !Number.isNaN(value))
    .sort();
  const hasNotStated = stated.length < rows.length;
  if (stated.length === 0) return { kind: 'none', reason: 'all-missing' };
  const distinct = stated.filter((value, at) => at === 0 || value !== stated[at - 1]);
  if (distinct.length === 1 && !hasNotStated) return { kind: 'none', reason: 'constant' };
  const isNominal = kind === 'category' || kind === 'yes/no';
  if (isNominal || distinct.length < 3)
    return { kind: 'levels', values: Array.from(distinct), isNearest: !isNominal, hasNotStated };
  return { ...fiveOf(distinct), hasNotStated };
}

/** @param distinct three values or more, ascending */
function fiveOf(distinct: Float64Array): { kind: 'five'; zero: number; reach: number } {
  const last = distinct.length - 1;
  let mean = 0;
  for (let at = 1; at < last; at++) mean += (distinct[at] - mean) / at;
  // Rounding must not take the mean out of the values that it is of, lest the reach be 0.
  const zero = Math.min(distinct[last - 1], Math.max(distinct[1], mean));
  return { kind: 'five', zero, reach: Math.min(zero - distinct[0], distinct[last] - zero) };
}

/** The sets of a feature, none that is the NOT of another or is said by the others being empty. */
export function setsOf(partition: Partition, feature: number): FuzzySet[] {
  if (partition.kind === 'none') return [];
  const own = partition.hasNotStated ? [{ feature, place: notStated }] : [];
  if (partition.kind === 'five') return [...fiveSets.map((_, place) => ({ feature, place })), ...own];
  const { length } = partition.values;
  // Of two crisp sets that part all customers one says it all, the second value or that there is none.
  if (length === 1) return own;
  if (length === 2 && own.length === 0) return [{ feature, place: 1 }];
  return [...partition.values.map((_, place) => ({ feature, place })), ...own];
}

/** The degree, 0 … 1, to which a value is in the set at a place of the partition; NaN is what is not stated. */
export function degreeOf(partition: Partition, place: number, value: number): number {
  if (partition.kind === 'none') return 0.5;
  if (Number.isNaN(value)) {
    if (!partition.hasNotStated) return 0.5;
    return place === notStated ? 1 : 0;
  }
  if (place === notStated) return 0;
  if (partition.kind === 'five') {
    const { zero, reach } = partition;
    const at = Math.min(2, Math.max(-2, (2 * (value - zero)) / reach));
    return Math.max(0, 1 - Math.abs(at - (place - 2)));
  }
  const { values, isNearest } = partition;
  if (!isNearest || values.length === 1) return values[place] === value ? 1 : 0;
  const isSecond = value - values[0] >= values[1] - value;
  return isSecond === (place === 1) ? 1 : 0;
}

/** Whether the degrees of a set are 0 and 1 only. */
export function isCrisp(partition: Partition, place: number): boolean {
  return partition.kind !== 'five' || place === notStated;
}
