import { PairwellError } from '../errors.ts';
import { checkCount, defaultMaxItemsets } from './options.ts';
import type { Target } from './search.ts';
import type { SearchRequest } from './search-parts.ts';

/** How itemsets are searched for: level by level, over sets of transactions, or by pattern growth. */
export type Algorithm = 'apriori' | 'eclat' | 'fpgrowth';

/** What to mine: plain data, so that it can go to another thread or machine. */
export interface MineRequest {
  /** `auto` leaves the choice to the engine, which tells what it chose. */
  algorithm: Algorithm | 'auto';
  /** Default `all`. */
  target?: Target | undefined;
  /** The least number of transactions that hold an itemset, ≥ 1; see `absoluteSupport` for shares. */
  minSupport: number;
  /** The fewest and the most items in an itemset, ≥ 1; without them any number. */
  minLength?: number | undefined;
  maxLength?: number | undefined;
  /** Only so many itemsets, those of highest support: the minimum support is raised as the search goes. */
  top?: number | undefined;
  /** The most itemsets that are listed, ≥ 1: more is an error. Default {@link defaultMaxItemsets}. */
  maxItemsets?: number | undefined;
  /** The most memory of each thread for its search, and for what it lists. Default 2048; never more than 4096. */
  maxMemoryMb?: number | undefined;
  /** Without it any time. */
  maxSeconds?: number | undefined;
}

const defaultMaxMemoryMb = 2048;

/** What a thread can address at most. */
const mostMemoryMb = 4096;

/** More than any transaction has, and the most that searches count to. */
const unlimited = 2 ** 31 - 1;

const algorithms: readonly string[] = [
  'auto',
  'apriori',
  'eclat',
  'fpgrowth',
] satisfies MineRequest['algorithm'][];
const targets: readonly string[] = ['all', 'closed', 'maximal', 'generator'] satisfies Target[];

/**
 * The request with its defaults in place.
 *
 * @param counting whether itemsets are counted, or listed
 * @throws PairwellError `bad-input` for a number out of its range
 */
export function searchRequest(request: MineRequest, counting: boolean): SearchRequest {
  const {
    algorithm,
    target = 'all',
    minSupport,
    minLength = 1,
    maxLength = unlimited,
    top,
    maxItemsets = defaultMaxItemsets,
    maxMemoryMb = defaultMaxMemoryMb,
    maxSeconds,
  } = request;
  checkName('algorithm', algorithm, algorithms);
  checkName('target', target, targets);
  checkCount('minimum support', minSupport);
  checkCount('minimum length', minLength);
  checkCount('maximum length', maxLength);
  checkCount('maximum number of itemsets', maxItemsets);
  checkCount('maximum memory in MB', maxMemoryMb);
  if (top !== undefined) {
    checkCount('number of best itemsets', top);
    if (target === 'maximal')
      throw new PairwellError(
        'bad-input',
        'The best maximal itemsets depend on a minimum support: state one.',
      );
  }
  if (minLength > maxLength)
    throw new PairwellError('bad-input', 'The minimum length is larger than the maximum length.');
  if (maxSeconds !== undefined && !(maxSeconds > 0))
    throw new PairwellError('bad-input', `The time limit must be more than 0 seconds, not ${maxSeconds}.`);
  return {
    target,
    minSupport: Math.min(minSupport, unlimited),
    minLength,
    maxLength: Math.min(maxLength, unlimited),
    // Which candidates are generators, and which sets the best, shows when all are there: they are listed, then counted.
    counting: counting && algorithm !== 'apriori' && target !== 'generator' && top === undefined,
    top,
    budget: {
      maxItemsets,
      maxBytes: Math.min(maxMemoryMb, mostMemoryMb) * 2 ** 20,
      maxMs: (maxSeconds ?? Number.POSITIVE_INFINITY) * 1000,
    },
  };
}

function checkName(what: string, name: string, known: readonly string[]): void {
  if (known.includes(name)) return;
  throw new PairwellError(
    'bad-input',
    `There is no ${what} ${JSON.stringify(name)}; there are ${known.join(', ')}.`,
  );
}
