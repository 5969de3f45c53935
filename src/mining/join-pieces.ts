import { tooManyItemsets } from './budget.ts';
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
  const found = pieces.reduce(
    (sum, piece) => sum + ('itemsets' in piece ? itemsetCount(piece.itemsets) : 0),
    0,
  );
  const sink = new ListingSink(request, { minSupport, maxItemsets: Number.POSITIVE_INFINITY }, () => {
    if (found + sink.count > budget.maxItemsets) throw tooManyItemsets(budget.maxItemsets, minSupport);
  });
  takeEverywhere(root, request, sink);
  const runs: { part: number; itemsets: Itemsets; from: number; to: number }[] = [];
  for (const piece of pieces) {
    if ('bySize' in piece) continue;
    piece.parts.forEach((part, n) => {
      runs.push({ part, itemsets: piece.itemsets, from: n === 0 ? 0 : piece.ends[n - 1], to: piece.ends[n] });
    });
  }
  runs.sort((a, b) => a.part - b.part);
  const first = sink.build();
  const [only] = pieces;
  if (pieces.length === 1 && first.supports.length === 0 && 'itemsets' in only) return only.itemsets;
  runs.unshift({ part: -1, itemsets: first, from: 0, to: first.supports.length });
  const count = runs.reduce((sum, { from, to }) => sum + to - from, 0);
  const length = runs.reduce(
    (sum, { itemsets: { offsets }, from, to }) => sum + offsets[to] - offsets[from],
    0,
  );
  const offsets = new Int32Array(count + 1);
  const items = new Int32Array(length);
  const supports = new Int32Array(count);
  let at = 0;
  for (const { itemsets, from, to } of runs) {
    items.set(itemsets.items.subarray(itemsets.offsets[from], itemsets.offsets[to]), offsets[at]);
    supports.set(itemsets.supports.subarray(from, to), at);
    const shift = offsets[at] - itemsets.offsets[from];
    for (let s = from; s < to; s++) offsets[++at] = itemsets.offsets[s + 1] + shift;
  }
  return { offsets, items, supports };
}
