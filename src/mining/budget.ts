import { PairwellError } from '../errors.ts';
import type { Itemsets } from './itemsets.ts';

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
  /** How many itemsets all threads had found. */
  readonly itemsets: number;
  /** Those that one thread had found, to estimate from. */
  readonly sample: Itemsets;
  readonly minSupport: number;
}

/** Settings that would probably fit the budget; undefined where nothing can be told. */
export interface Advice {
  minSupport?: number;
  maxLength?: number;
}

/**
 * Estimates what would have fitted, taking it that the rest of the work holds as many itemsets, of the same supports and
 * sizes, as the part that was done. That is rough: the work is done heaviest part first.
 */
export function advise({ share, itemsets, sample, minSupport }: Reached, maxItemsets: number): Advice {
  const { offsets, supports } = sample;
  const expected = itemsets / Math.max(share, 1e-6);
  const kept = Math.floor((supports.length * maxItemsets) / expected);
  const advice: Advice = {};
  if (supports.length === 0 || kept >= supports.length) return advice;
  const sorted = supports.slice().sort();
  const fitting = sorted[sorted.length - 1 - kept] + 1;
  if (fitting > minSupport) advice.minSupport = fitting;
  const sizes: number[] = [];
  for (let s = 0; s < supports.length; s++) {
    const size = offsets[s + 1] - offsets[s];
    sizes[size] = (sizes[size] ?? 0) + 1;
  }
  let within = 0;
  for (let size = 1; size < sizes.length; size++) {
    within += sizes[size] ?? 0;
    if (within > kept) break;
    advice.maxLength = size;
  }
  return advice;
}

/** The error that ends a search at a limit: what was reached, and what would probably fit. */
export function limitReached(what: string, reached: Reached, maxItemsets: number): PairwellError {
  const { minSupport, itemsets, share } = reached;
  const advice = advise(reached, maxItemsets);
  const done = share > 0 ? ` after about ${percentOf(share)} of the work` : '';
  const support = advice.minSupport === undefined ? '' : ` to about ${advice.minSupport}`;
  const length = advice.maxLength === undefined ? '' : ` to ${advice.maxLength}`;
  const message =
    `There are ${what} at a minimum support of ${minSupport} transactions: ${itemsets} were found${done}. ` +
    `Raise the minimum support${support}, limit the length${length} (estimates from what was found), ` +
    'ask for closed or maximal itemsets, or allow more.';
  return new PairwellError('limit-exceeded', message, { minSupport, itemsets, share, advice });
}

/** A share as people read it. */
export function percentOf(share: number): string {
  return share < 0.01 ? 'less than 1 %' : `${Math.round(100 * share)} %`;
}

/** The error of a search that needs more memory for its own work than it may take. */
export function outOfMemory(maxBytes: number): PairwellError {
  return new PairwellError(
    'limit-exceeded',
    `The search needs more than the ${Math.floor(maxBytes / 2 ** 20)} MB that each thread may take. ` +
      'Raise the minimum support, or allow more memory.',
    { maxBytes },
  );
}
