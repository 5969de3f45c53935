import { PairwellError } from '../errors.ts';
import { subsetLength } from './safe-length.ts';

/** What a search may use up. Reaching a limit ends it with an error; nothing is ever cut silently. */
export interface Budget {
  /** The most itemsets that are collected. */
  readonly maxItemsets: number;
  /** The most memory for itemsets and searches of one thread, in bytes. */
  readonly maxBytes: number;
  /** Milliseconds. */
  readonly maxMs: number;
}

/** How far a search had got when a limit was reached. */
export interface Reached {
  /** The share of the work that was done, 0 … 1. */
  readonly share: number;
  /** How many itemsets all threads had found; with those of `sizes` where threads do not tell. */
  readonly itemsets: number;
  readonly minSupport: number;
  /** How many itemsets of each size one thread had found, entry 0 those of one item; to estimate from. */
  readonly sizes: readonly number[];
  /** The support of each of them, where it is known. */
  readonly supports?: Int32Array | undefined;
  /** A length up to which there can be only so many itemsets; see `safeLength`. */
  readonly safeLength: (maxItemsets: number) => number;
  /** How many items some frequent itemset has of which every subset counts, too; 0 where none is known. */
  readonly longest: number;
}

/** Settings that would probably fit the budget; undefined where nothing can be told. */
export interface Advice {
  minSupport?: number;
  maxLength?: number;
}

/**
 * Estimates what would have fitted, taking it that the rest of the work holds as many itemsets, of the same supports and
 * sizes, as the part that was done. That is rough: the work is done heaviest part first. A length that fits for certain
 * is named where the estimate is lower, and none that the subsets of one known set alone would break.
 */
export function advise(
  { share, itemsets, minSupport, sizes, supports, safeLength, longest }: Reached,
  maxItemsets: number,
): Advice {
  const seen = sizes.reduce((sum, count) => sum + count, 0);
  const expected = itemsets / Math.max(share, 1e-6);
  const kept = Math.floor((seen * maxItemsets) / expected);
  const advice: Advice = {};
  if (seen === 0 || kept >= seen) return advice;
  if (supports) {
    const sorted = supports.slice().sort();
    const fitting = sorted[sorted.length - 1 - kept] + 1;
    if (fitting > minSupport) advice.minSupport = fitting;
  }
  const estimate = Math.min(lengthWithin(sizes, kept), subsetLength(longest, maxItemsets));
  const length = Math.max(estimate, safeLength(maxItemsets));
  if (length > 0) advice.maxLength = length;
  return advice;
}

/** The length up to which there are at most so many. */
function lengthWithin(sizes: readonly number[], most: number): number {
  let within = 0;
  for (let length = 0; length < sizes.length; length++) {
    within += sizes[length];
    if (within > most) return length;
  }
  return sizes.length;
}

/**
 * The error that ends a search at a limit: what was reached, and what would probably fit.
 *
 * @param what says which limit: a clause such as "There are more than 10 itemsets"
 * @param maxItemsets how many itemsets would have been within the limit
 */
export function limitReached(what: string, reached: Reached, maxItemsets: number): PairwellError {
  const { minSupport, itemsets, share } = reached;
  const advice = advise(reached, maxItemsets);
  const done = share > 0 ? ` after about ${percentOf(share)} of the work` : '';
  const support = advice.minSupport === undefined ? '' : ` to about ${advice.minSupport}`;
  const length = advice.maxLength === undefined ? '' : ` to ${advice.maxLength}`;
  const estimated = support || length ? ' (estimates from what was found)' : '';
  const message =
    `${what} at a minimum support of ${minSupport} transactions: ${itemsets} were found${done}. ` +
    `Raise the minimum support${support}, limit the length${length}${estimated}, ` +
    'ask for closed or maximal itemsets, or allow more.';
  return new PairwellError('limit-exceeded', message, { minSupport, itemsets, share, advice });
}

/** The error of a list that would be longer than it may be, where no more is known. */
export function tooManyItemsets(maxItemsets: number, minSupport: number): PairwellError {
  const reached = { share: 0, itemsets: maxItemsets, minSupport, sizes: [], safeLength: () => 0, longest: 0 };
  return limitReached(moreThan(maxItemsets), reached, maxItemsets);
}

/** What is said of a list that would be longer than it may be. */
export const moreThan = (maxItemsets: number): string => `There are more than ${maxItemsets} itemsets`;

/** A share as people read it. */
export function percentOf(share: number): string {
  return share < 0.01 ? 'less than 1 %' : `${Math.round(100 * share)} %`;
}

/** A number of bytes as people read it. */
export const megabytes = (bytes: number): string => `${Math.ceil(bytes / 2 ** 20)} MB`;

/** The error of work whose time is up, where no more is known. */
export function outOfTime(maxMs: number, share: number): PairwellError {
  const done = share > 0 ? `; about ${percentOf(share)} of the work was done` : '';
  return new PairwellError(
    'limit-exceeded',
    `${tooLong(maxMs)}${done}. Raise the minimum support, limit the length, or allow more time.`,
    { share, maxMs },
  );
}

/** What is said of work whose time is up. */
export const tooLong = (maxMs: number): string =>
  `The search took more than the ${maxMs / 1000} seconds it may take`;
