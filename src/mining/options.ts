import { PairwellError } from '../errors.ts';

export interface MiningOptions {
  /** The least number of transactions that hold an itemset, ≥ 1; see {@link absoluteSupport} for shares. */
  minSupport: number;
  /** The most items in an itemset, ≥ 1; without it any number. */
  maxLength?: number;
  /** The most itemsets, ≥ 1: more is an error, never a cut list. Default {@link defaultMaxItemsets}. */
  maxItemsets?: number;
  /** The most memory for what a miner keeps besides, in bytes, where it keeps much. Default any. */
  maxBytes?: number;
  /**
   * Called now and then with the work done out of `total` (units of the miner's own), and at the end with both
   * equal. What it throws ends the mining and reaches the caller.
   */
  onProgress?: (done: number, total: number) => void;
}

/** Ten million itemsets of some ten items take about half a gigabyte. */
export const defaultMaxItemsets = 10_000_000;

/**
 * The options with their defaults in place.
 *
 * @throws PairwellError `bad-input` for a number out of its range
 */
export function checkedOptions(options: MiningOptions): Required<MiningOptions> {
  const {
    minSupport,
    maxLength = 2 ** 31 - 1,
    maxItemsets = defaultMaxItemsets,
    maxBytes = Number.POSITIVE_INFINITY,
    onProgress = ignore,
  } = options;
  checkCount('minimum support', minSupport);
  checkCount('maximum length', maxLength);
  checkCount('maximum number of itemsets', maxItemsets);
  return { minSupport, maxLength, maxItemsets, maxBytes, onProgress };
}

/**
 * A minimum support as users write it, as a number of transactions: from 1 on it counts transactions, below 1
 * it is the share of transactions that must at least hold an itemset.
 *
 * @throws PairwellError `bad-input` when it is neither a whole number ≥ 1 nor a share between 0 and 1
 */
export function absoluteSupport(minSupport: number, transactions: number): number {
  if (minSupport >= 1) {
    checkCount('minimum support', minSupport);
    return minSupport;
  }
  if (!(minSupport > 0)) {
    throw new PairwellError(
      'bad-input',
      `The minimum support must be a whole number of transactions (1 or more) or a share between 0 and 1, not ${minSupport}.`,
      { minSupport },
    );
  }
  // The product may fall on either side of a whole number (0.07 * 100 > 7); the quotient cannot, as a division
  // rounds to the double nearest to count / transactions, and so does a literal of the same value.
  let count = Math.max(1, Math.ceil(minSupport * transactions));
  while (count > 1 && (count - 1) / transactions >= minSupport) count--;
  while (count / transactions < minSupport) count++;
  return count;
}

/** @throws PairwellError `bad-input` unless `value` is a whole number ≥ 1; `what` names it in the message */
export function checkCount(what: string, value: number): void {
  if (Number.isSafeInteger(value) && value >= 1) return;
  throw new PairwellError('bad-input', `The ${what} must be a whole number, 1 or more, not ${value}.`, {
    value,
  });
}

function ignore(): void {}
