import { largestGroup } from '../baskets/offsets.ts';
import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { PairwellError } from '../errors.ts';
import { candidatesFrom, readPath } from './apriori-candidates.ts';
import { SupportCounter } from './apriori-counter.ts';
import { megabytes } from './budget.ts';
import type { Itemsets } from './itemsets.ts';
import { ItemsetsBuilder } from './itemsets-builder.ts';
import { checkedOptions, type MiningOptions } from './options.ts';
import { type Groups, type RankedItems, rankItems, transactionsByRank, transposed } from './ranked-items.ts';
import { TrieLevel } from './trie-level.ts';

/** Steps of a pass (items or transactions) between two reports of progress. */
const stride = 256;

/** A node of a trie is its rank, its parent, its support and where its children begin. */
const bytesPerNode = 16;

type Report = (done: number, steps: number) => void;

/**
 * Apriori: the frequent itemsets of one size give the candidates of the next, which a pass over the transactions
 * counts (Agrawal and Srikant, "Fast Algorithms for Mining Association Rules", VLDB 1994, pp. 487–499). The
 * itemsets lie in a trie, rarest item first; pairs are counted without candidates.
 *
 * Progress counts passes, of which the longest transaction sets the most there can be. Errors: see `Miner`.
 */
export function apriori(transactions: Transactions, options: MiningOptions): Itemsets {
  const { onProgress, ...limits } = checkedOptions(options);
  const ranked = rankItems(transactions, limits.minSupport, 'rarest-first');
  const holders = transactionsByRank(transactions, ranked);
  const rows = transposed(holders, transactionCount(transactions));
  const passes = Math.min(limits.maxLength, largestGroup(rows.offsets));
  const found = new ItemsetsBuilder(limits);
  const levels: TrieLevel[] = [];
  for (let pass = 0; pass < passes; pass++) {
    const report: Report = (done, steps) => onProgress(pass + done / steps, passes);
    report(0, 1);
    let level: TrieLevel;
    if (pass === 0) level = singles(ranked);
    else if (pass === 1) level = pairs(holders, rows, limits.minSupport, report);
    else level = longerSets(levels, rows, limits, report);
    if (level.size === 0) break;
    levels.push(level);
    list(levels, ranked.items, found);
  }
  onProgress(passes, passes);
  return found.build();
}

function singles({ supports }: RankedItems): TrieLevel {
  const level = new TrieLevel(1);
  for (let rank = 0; rank < supports.length; rank++) level.add(0, rank, supports[rank]);
  level.finish();
  return level;
}

/** Counts, for one item after the other, what else its transactions hold. */
function pairs(holders: Groups, rows: Groups, minSupport: number, report: Report): TrieLevel {
  const items = holders.offsets.length - 1;
  const level = new TrieLevel(items);
  const counts = new Int32Array(items);
  // By transaction: its first item that has not had its turn.
  const positions = rows.offsets.slice();
  for (let first = 0; first < items; first++) {
    if (first % stride === 0) report(first, items);
    for (let h = holders.offsets[first]; h < holders.offsets[first + 1]; h++) {
      const t = holders.values[h];
      const end = rows.offsets[t + 1];
      for (let at = ++positions[t]; at < end; at++) counts[rows.values[at]]++;
    }
    for (let second = first + 1; second < items; second++) {
      if (counts[second] >= minSupport) level.add(first, second, counts[second]);
      counts[second] = 0;
    }
  }
  level.finish();
  return level;
}

function longerSets(
  levels: readonly TrieLevel[],
  rows: Groups,
  { minSupport, maxBytes }: Pick<Required<MiningOptions>, 'minSupport' | 'maxBytes'>,
  report: Report,
): TrieLevel {
  const known = levels.reduce((sum, { size }) => sum + size, 0);
  const candidates = candidatesFrom(levels, (found) => {
    report(0, 1);
    if ((known + found) * bytesPerNode > maxBytes) throw tooManyCandidates(maxBytes, minSupport);
  });
  const counter = new SupportCounter([...levels, candidates]);
  const transactions = rows.offsets.length - 1;
  for (let t = 0; t < transactions; t++) {
    if (t % stride === 0) report(t, transactions);
    counter.count(rows.values, rows.offsets[t], rows.offsets[t + 1]);
  }
  return candidates.frequent(minSupport);
}

function tooManyCandidates(maxBytes: number, minSupport: number): PairwellError {
  return new PairwellError(
    'limit-exceeded',
    `The candidates of a minimum support of ${minSupport} transactions take more than ${megabytes(maxBytes)}. Raise the ` +
      'minimum support, limit the length, allow more memory, or take another algorithm, which keeps no candidates.',
    { maxBytes, minSupport },
  );
}

/** Adds the itemsets of the last level. */
function list(levels: readonly TrieLevel[], items: Int32Array, found: ItemsetsBuilder): void {
  const depth = levels.length - 1;
  const { size, supports } = levels[depth];
  const set = new Int32Array(levels.length);
  for (let node = 0; node < size; node++) {
    readPath(levels, depth, node, set);
    for (let i = 0; i < set.length; i++) set[i] = items[set[i]];
    found.add(set, set.length, supports[node]);
  }
}
