import type { FeatureTable } from '../../learn/training-data.ts';
import { binomialInterval, type Interval } from '../../stats/binomial-interval.ts';
import type { Partition } from './partition.ts';
import { type FuzzyTerm, ruleDegree } from './terms.ts';

/** What came of the customers that a rule holds for to ½ at least. */
export interface RuleFigures {
  readonly customers: number;
  /** How many of them left. */
  readonly left: number;
  /** The share that left; null where there are none. */
  readonly rate: number | null;
  /** Wilson's, at 95 %. */
  readonly rateInterval: Interval;
  /** How many times as common leaving is as among all; null where there are none. */
  readonly lift: number | null;
  /** The rate's interval by the rate of all, which is taken as known. */
  readonly liftInterval: Interval | null;
}

const level = 0.95;

/**
 * @param rows of the table and the target: those looked at
 * @param baseRate the share of all that left; where nobody did there is no lift
 */
export function ruleFigures(
  terms: readonly FuzzyTerm[],
  partitions: readonly Partition[],
  { columns }: FeatureTable,
  target: Uint8Array,
  rows: Int32Array,
  baseRate: number,
): RuleFigures {
  let customers = 0;
  let left = 0;
  for (const row of rows) {
    if (ruleDegree(partitions, terms, (feature) => columns[feature][row]) < 0.5) continue;
    customers++;
    left += target[row];
  }
  const rateInterval = binomialInterval(left, customers, level, 'wilson');
  const rate = customers > 0 ? left / customers : null;
  const hasLift = rate !== null && baseRate > 0;
  return {
    customers,
    left,
    rate,
    rateInterval,
    lift: hasLift ? rate / baseRate : null,
    liftInterval: hasLift ? { low: rateInterval.low / baseRate, high: rateInterval.high / baseRate } : null,
  };
}
