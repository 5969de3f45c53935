import type { FeatureTable } from '../../learn/training-data.ts';
import type { KnownSet } from './expression.ts';
import type { InductionReport } from './fuzzy-model.ts';
import { degreeOf, type FuzzySet, isCrisp, type Partition, setsOf } from './partition.ts';

/** The sets that rules are made of. */
export interface Inputs {
  readonly sets: readonly KnownSet[];
  readonly leftOut: InductionReport['setsLeftOut'];
}

/** A set that fewer are in, or fewer are out of, tells nothing: this share, and so many at least. */
const leastShare = 0.005;
const leastCustomers = 5;

/**
 * Chooses among all sets of the features: not those that are rare, nor those with the same degrees as one before; of more than `most`
 * those that, each alone, explain most of the target.
 *
 * @param rows those to judge by
 */
export function chooseInputs(
  partitions: readonly Partition[],
  { columns }: FeatureTable,
  target: Uint8Array,
  rows: Int32Array,
  most: number,
): Inputs {
  const leftOut: { set: FuzzySet; reason: 'rare' | 'repeated' | 'screened' }[] = [];
  const bySum = new Map<number, FuzzySet[]>();
  const chosen: { readonly set: FuzzySet; readonly gain: number }[] = [];
  const ones = rows.reduce((sum, row) => sum + target[row], 0);
  const least = Math.max(leastCustomers, leastShare * rows.length);
  const columnOf = ({ feature, place }: FuzzySet): Float64Array =>
    Float64Array.from(rows, (row) => degreeOf(partitions[feature], place, columns[feature][row]));
  for (const set of partitions.flatMap(setsOf)) {
    const column = columnOf(set);
    let [sum, squares, against] = [0, 0, 0];
    for (let n = 0; n < rows.length; n++) {
      sum += column[n];
      squares += column[n] ** 2;
      against += column[n] * target[rows[n]];
    }
    if (sum < least || rows.length - sum < least) {
      leftOut.push({ set, reason: 'rare' });
      continue;
    }
    const alike = bySum.get(sum) ?? [];
    if (alike.some((other) => columnOf(other).every((degree, n) => degree === column[n]))) {
      leftOut.push({ set, reason: 'repeated' });
      continue;
    }
    bySum.set(sum, [...alike, set]);
    const covariance = against - (sum * ones) / rows.length;
    chosen.push({ set, gain: covariance ** 2 / (squares - sum ** 2 / rows.length) });
  }
  const kept = new Set([...chosen].sort((a, b) => b.gain - a.gain).slice(0, most));
  for (const one of chosen) if (!kept.has(one)) leftOut.push({ set: one.set, reason: 'screened' });
  const sets = chosen
    .filter((one) => kept.has(one))
    .map(({ set }) => ({ ...set, isCrisp: isCrisp(partitions[set.feature], set.place) }));
  return { sets, leftOut };
}
