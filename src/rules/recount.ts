import { largestGroup, offsetsOf } from '../baskets/offsets.ts';
import { type Transactions, transactionCount } from '../baskets/transactions.ts';
import { type BitRows, positionsOf, wordsFor } from '../mining/bit-rows.ts';
import { type RuleColumns, ruleCount } from './rule-columns.ts';

/** The most words of bits at a time, 64 MB, and the most of an item, so that lists of transactions stay in a cache. */
const mostWords = 2 ** 24;
const mostWordsOfItem = 2 ** 11;

/**
 * The same rules with their counts in other transactions, such as were kept out of the mining. An antecedent may be in none
 * of these.
 *
 * Rules go by their antecedents, the rarest item first, so that those that begin alike share the list of transactions that
 * hold these items: the time is that of reading each such list some times.
 *
 * @param transactions with the same item ids; there may be more items or fewer
 */
export function recount(rules: RuleColumns, transactions: Transactions): RuleColumns {
  const counts = countsOfItems(rules, transactions);
  const supportCount = new Int32Array(ruleCount(rules));
  const antecedentCount = new Int32Array(ruleCount(rules));
  addCounts(sortedRules(rules, counts), transactions, supportCount, antecedentCount);
  return {
    ...rules,
    transactionCount: transactionCount(transactions),
    supportCount,
    antecedentCount,
    consequentCount: rules.consequent.map((item) => counts[item]),
  };
}

/** Rules in ranks instead of item ids, those of each antecedent ascending, rules with the same first ranks together. */
interface SortedRules {
  /** The rank of each item id, the rarest first; −1 when no rule has it. */
  readonly rankOf: Int32Array;
  readonly rankCount: number;
  /** The numbers of the rules. */
  readonly order: Int32Array;
  /** By place in that order: with how many of the ranks of the antecedent before this one begins too. */
  readonly shared: Int32Array;
  /** By number of the rule. */
  readonly offsets: Int32Array;
  readonly ranks: Int32Array;
  readonly consequentRanks: Int32Array;
}

function sortedRules(rules: RuleColumns, counts: Int32Array): SortedRules {
  const offsets = rules.antecedentOffsets;
  const used = [...new Set([...new Set(rules.antecedentItems), ...new Set(rules.consequent)])];
  used.sort((a, b) => counts[a] - counts[b] || a - b);
  const rankOf = new Int32Array(counts.length).fill(-1);
  used.forEach((item, rank) => {
    rankOf[item] = rank;
  });
  const ranks = rules.antecedentItems.map((item) => rankOf[item]);
  for (let r = 0; r + 1 < offsets.length; r++) ranks.subarray(offsets[r], offsets[r + 1]).sort();
  const order = inLexicalOrder(offsets, ranks, used.length);
  return {
    rankOf,
    rankCount: used.length,
    order,
    shared: sharedWithPrevious(order, offsets, ranks),
    offsets,
    ranks,
    consequentRanks: rules.consequent.map((item) => rankOf[item]),
  };
}

/** By item id: in how many transactions it is. */
function countsOfItems({ antecedentItems, consequent }: RuleColumns, transactions: Transactions): Int32Array {
  let itemCount = transactions.itemCount;
  for (const item of antecedentItems) itemCount = Math.max(itemCount, item + 1);
  for (const item of consequent) itemCount = Math.max(itemCount, item + 1);
  const counts = new Int32Array(itemCount);
  for (const item of transactions.items) counts[item]++;
  return counts;
}

/** Sorts by the last rank, then by the one before, and so on, equal ones staying in their order. */
function inLexicalOrder(offsets: Int32Array, ranks: Int32Array, rankCount: number): Int32Array {
  const count = offsets.length - 1;
  let order = Int32Array.from({ length: count }, (_, r) => r);
  for (let place = largestGroup(offsets) - 1; place >= 0; place--) {
    // What ends before comes first.
    const keyOf = (r: number): number =>
      offsets[r] + place < offsets[r + 1] ? ranks[offsets[r] + place] + 1 : 0;
    const sizes = new Int32Array(rankCount + 1);
    for (let r = 0; r < count; r++) sizes[keyOf(r)]++;
    const next = offsetsOf(sizes);
    const sorted = new Int32Array(count);
    for (const r of order) sorted[next[keyOf(r)]++] = r;
    order = sorted;
  }
  return order;
}

function sharedWithPrevious(order: Int32Array, offsets: Int32Array, ranks: Int32Array): Int32Array {
  return order.map((r, i) => {
    if (i === 0) return 0;
    const from = offsets[r];
    const before = offsets[order[i - 1]];
    const most = Math.min(offsets[r + 1] - from, offsets[order[i - 1] + 1] - before);
    let shared = 0;
    while (shared < most && ranks[from + shared] === ranks[before + shared]) shared++;
    return shared;
  });
}

function addCounts(
  rules: SortedRules,
  transactions: Transactions,
  supportCount: Int32Array,
  antecedentCount: Int32Array,
): void {
  const { order, shared, offsets, ranks, consequentRanks, rankCount } = rules;
  const count = transactionCount(transactions);
  const affordable = Math.max(1, Math.floor(mostWords / Math.max(1, rankCount)));
  const words = Math.min(wordsFor(count), mostWordsOfItem, affordable);
  const bits = new Int32Array(rankCount * words);
  /** By number of items: the transactions that hold the first so many of the antecedent, and how many these are. */
  const lists = Array.from({ length: largestGroup(offsets) + 1 }, () => new Int32Array(32 * words));
  const sizes = new Int32Array(lists.length);
  for (let start = 0; start < count; start += 32 * words) {
    const end = Math.min(count, start + 32 * words);
    fillBits(bits, words, transactions, rules.rankOf, start, end);
    for (let i = 0; i < order.length; i++) {
      const r = order[i];
      const from = offsets[r];
      const length = offsets[r + 1] - from;
      for (let n = shared[i]; n < length; n++) {
        const row = ranks[from + n] * words;
        sizes[n + 1] =
          n === 0
            ? positionsOf(bits, row, words, lists[1])
            : filtered(lists[n], sizes[n], bits, row, lists[n + 1]);
      }
      antecedentCount[r] += sizes[length];
      supportCount[r] += howMany(lists[length], sizes[length], bits, consequentRanks[r] * words);
    }
  }
}

/** Sets bit `t - start` in the row of each ranked item that transaction `t` holds, for t from `start` to before `end`. */
function fillBits(
  bits: BitRows,
  words: number,
  { offsets, items }: Transactions,
  rankOf: Int32Array,
  start: number,
  end: number,
): void {
  bits.fill(0);
  for (let t = start; t < end; t++) {
    const p = t - start;
    for (let at = offsets[t]; at < offsets[t + 1]; at++) {
      const rank = rankOf[items[at]];
      if (rank >= 0) bits[rank * words + (p >>> 5)] |= 1 << p;
    }
  }
}

/** Copies those positions of a list whose bits are set in a row, and returns how many they are. */
function filtered(list: Int32Array, size: number, bits: BitRows, row: number, into: Int32Array): number {
  let count = 0;
  for (let i = 0; i < size; i++) {
    const p = list[i];
    into[count] = p;
    count += (bits[row + (p >>> 5)] >>> p) & 1;
  }
  return count;
}

/** How many positions of a list have their bits set in a row. */
function howMany(list: Int32Array, size: number, bits: BitRows, row: number): number {
  let count = 0;
  for (let i = 0; i < size; i++) count += (bits[row + (list[i] >>> 5)] >>> list[i]) & 1;
  return count;
}
