import { tooManyItemsets } from './budget.ts';
import { type ItemsetRange, joined } from './itemset-chunks.ts';
import { type Itemsets, itemsetCount } from './itemsets.ts';
import type { RootDatabase } from './root-database.ts';
import type { Piece, SearchRequest } from './search-parts.ts';
import { CountingSink, ListingSink } from './sink.ts';

/** Puts the itemsets into a sink that no search finds: those of items that every transaction holds, and of no others. */
function takeEverywhere(
  root: RootDatabase,
  { target, minSupport }: SearchRequest,
  sink: CountingSink | ListingSink,
): void {
  const { everywhere, items, transactionCount } = root;
  if (everywhere.length === 0 || transactionCount < minSupport) return;
  const none = new Int32Array(0);
  if (target === 'all') sink.take(none, 0, everywhere, everywhere.length, transactionCount);
  else if (target === 'closed' || (target === 'maximal' && items.length === 0))
    sink.take(everywhere, everywhere.length, none, 0, transactionCount);
}

/** How many itemsets of each size all pieces of a counting search hold; entry 0 counts the sets of one item. */
export function joinCounts(root: RootDatabase, request: SearchRequest, pieces: readonly Piece[]): bigint[] {
  const sink = new CountingSink(request);
  takeEverywhere(root, request, sink);
  const bySize = sink.bySize();
  for (const piece of pieces) {
    if (!('bySize' in piece)) continue;
    piece.bySize.forEach((count, size) => {
      while (bySize.length <= size) bySize.push(0n);
      bySize[size] += count;
    });
  }
  while (bySize.at(-1) === 0n) bySize.pop();
  return bySize;
}

/**
 * The itemsets of all pieces of a listing search, in the order of the parts: it does not show which thread found what.
 *
 * @throws PairwellError `limit-exceeded` when there are more than the budget allows, with those of items that are everywhere
 */
export function joinItemsets(root: RootDatabase, request: SearchRequest, pieces: readonly Piece[]): Itemsets {
  const { minSupport, budget } = request;
  const runs = pieces.flatMap((piece) => ('itemsets' in piece ? runsOf(piece) : []));
  const found = runs.reduce((sum, { count }) => sum + count, 0);
  const check = (): void => {
    if (found + sink.count > budget.maxItemsets) throw tooManyItemsets(budget.maxItemsets, minSupport);
  };
  const sink: ListingSink = new ListingSink(request, { onEach: check });
  takeEverywhere(root, request, sink);
  runs.sort((a, b) => a.part - b.part);
  const whole = sink.chunks().map((itemsets) => ({ itemsets, from: 0, to: itemsetCount(itemsets) }));
  return joined([...whole, ...runs.flatMap(({ ranges }) => ranges)]);
}

/** What was found in one part. */
interface Run {
  readonly part: number;
  readonly count: number;
  readonly ranges: ItemsetRange[];
}

/** Cuts what a thread found, which is in chunks, by the parts that it worked on. */
function runsOf({ itemsets: chunks, parts, ends }: Extract<Piece, { parts: number[] }>): Run[] {
  let chunk = 0;
  let from = 0;
  let before = 0;
  return parts.map((part, n) => {
    const count = ends[n] - before;
    before = ends[n];
    const ranges: ItemsetRange[] = [];
    for (let left = count; left > 0; ) {
      const itemsets = chunks[chunk];
      const to = Math.min(from + left, itemsetCount(itemsets));
      ranges.push({ itemsets, from, to });
      left -= to - from;
      from = to;
      if (from < itemsetCount(itemsets)) continue;
      chunk++;
      from = 0;
    }
    return { part, count, ranges };
  });
}
