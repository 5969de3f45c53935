import { withRoom } from '../baskets/int-column.ts';
import { intersect, isWithin, overlap, positionsOf } from './bit-rows.ts';
import { type EclatNode, EclatStack } from './eclat-stack.ts';
import { RankRows } from './rank-rows.ts';
import type { RootDatabase } from './root-database.ts';
import type { Search, SearchFactory, SearchOptions } from './search.ts';
import type { Sink } from './sink.ts';

/**
 * Eclat over bits: each set carries its transactions as a bit row, and a larger set's is the intersection of two of
 * them (Zaki, "Scalable Algorithms for Association Mining", IEEE TKDE 12(3), 2000). Depth first, in descending rank.
 *
 * For closed and maximal sets it needs no store of those found: items that were passed over on the way are kept as
 * checks, and a set whose transactions all hold one of them is dropped with all that would grow from it, since its
 * closure comes elsewhere (after the prefix-preserving closure of Uno, Kiyomi and Arimura, "LCM ver. 2", FIMI 2004).
 */
export const eclatSearch: SearchFactory = (root, options, sink) => new EclatSearch(root, options, sink);

/** About how many entries of lists are counted in the time that a word of bits takes. */
const entriesPerWord = 3;

/** Beyond the first levels there is a tick for so many nodes, a power of two. */
const nodesPerTick = 256;

class EclatSearch implements Search {
  readonly #root: RootDatabase;
  readonly #options: SearchOptions;
  readonly #sink: Sink;
  /** Closed or maximal sets: perfect extensions are part of a set, and checks are kept. */
  readonly #condensed: boolean;
  readonly #maxLength: number;
  #minSupport: number;
  readonly #rows: RankRows;
  readonly #stack: EclatStack;
  readonly #set: Int32Array;
  readonly #perfect: Int32Array;
  #visited = 0;
  /** By number of a bit row of the rank: in how many of some transactions it is; zero in between. */
  #shared: Int32Array = new Int32Array(64);

  constructor(root: RootDatabase, options: SearchOptions, sink: Sink) {
    const { target, minSupport, maxLength } = options;
    this.#root = root;
    this.#options = options;
    this.#sink = sink;
    this.#condensed = target === 'closed' || target === 'maximal';
    this.#maxLength = target === 'all' ? maxLength : Number.POSITIVE_INFINITY;
    this.#minSupport = minSupport;
    this.#rows = new RankRows(root, this.#condensed);
    this.#stack = new EclatStack(options.maxBytes, options.full);
    const itemCount = root.everywhere.length + root.items.length;
    this.#set = new Int32Array(itemCount);
    this.#perfect = new Int32Array(itemCount);
    this.#set.set(root.everywhere);
    this.#perfect.set(root.everywhere);
  }

  mine(rank: number, share: number, shares: number): void {
    this.#options.tick();
    if (this.#root.supports[rank] < this.#minSupport) return;
    const rows = this.#rows;
    const stack = this.#stack;
    rows.load(rank, this.#minSupport);
    if (rows.subsumed) return;
    const node = stack.node(0);
    this.#begin(node, rank);
    if (node.to === 0 || this.#maxLength === 1) {
      const found = this.#options.target !== 'maximal' || rows.checkCount === 0;
      if (share === 0 && found) this.#take(node);
      return;
    }
    stack.makeRoom(node.free);
    rows.write(stack.bits);
    if (this.#conclude(node, 0, share === 0)) this.#visit(0, share, shares);
  }

  raise(minSupport: number): void {
    this.#minSupport = minSupport;
  }

  finish(): void {}

  /** Makes the set of the rank alone, with its perfect extensions. */
  #begin(node: EclatNode, rank: number): void {
    const { items, everywhere } = this.#root;
    const { support, extensionCount, checkCount, perfect, perfectCount } = this.#rows;
    node.support = support;
    node.size = this.#condensed ? everywhere.length : 0;
    node.perfectCount = this.#options.target === 'all' ? everywhere.length : 0;
    this.#set[node.size++] = items[rank];
    for (let p = 0; p < perfectCount; p++) this.#addPerfect(node, perfect[p]);
    this.#stack.begin(node, this.#rows);
    this.#shared = withRoom(this.#shared, extensionCount + checkCount);
  }

  /** Extends a set by its extensions, one after the other; of `shares` parts of them does one. */
  #visit(depth: number, share: number, shares: number): void {
    const stack = this.#stack;
    const node = stack.node(depth);
    const child = stack.node(depth + 1);
    const checksBefore = stack.checkCount;
    for (let i = node.from; i < node.to; i++) {
      if ((i - node.from) % shares === share) {
        if (depth < 2 || ++this.#visited % nodesPerTick === 0) this.#options.tick();
        const checksNow = stack.checkCount;
        if (this.#enter(node, i, child, depth === 0)) this.#visit(depth + 1, 0, 1);
        stack.checkCount = checksNow;
      }
      // From here on the extension is passed over.
      if (this.#condensed) stack.addCheck(stack.extensionRows[i]);
    }
    stack.checkCount = checksBefore;
  }

  /** Makes the set with extension `i` more. Returns whether to extend it in turn. */
  #enter(node: EclatNode, i: number, child: EclatNode, first: boolean): boolean {
    const stack = this.#stack;
    child.support = stack.counts[i];
    child.size = node.size + 1;
    child.perfectCount = node.perfectCount;
    child.from = node.to;
    child.to = node.to;
    child.checksFrom = node.checksFrom;
    child.words = node.words;
    child.free = node.free;
    this.#set[node.size] = this.#root.items[stack.ranks[i]];
    if (child.size >= this.#maxLength) {
      this.#take(child);
      return false;
    }
    const row = stack.extensionRows[i];
    stack.roomForExtensions(2 * node.to - i);
    const listed = first && this.#listsAreShorter(node, i);
    const closed = listed ? this.#extendByLists(node, i, child) : this.#extendByBits(node, i, child);
    if (!closed) return false;
    if (child.from < child.to) stack.makeRows(node, row, child, listed, this.#minSupport);
    return this.#conclude(child, row, true);
  }

  /** Whether counting items in the transactions of extension `i` of a rank takes less than intersecting its bits. */
  #listsAreShorter(node: EclatNode, i: number): boolean {
    // Maximal sets need to know the frequent checks, too.
    const others = this.#options.target === 'maximal' ? node.to + this.#rows.checkCount : node.to - i - 1;
    return this.#stack.counts[i] * this.#rows.meanLength < entriesPerWord * node.words * others;
  }

  /** Finds the extensions of a set, with their bit rows. Returns false when it has a check in all its transactions. */
  #extendByBits(node: EclatNode, i: number, child: EclatNode): boolean {
    const stack = this.#stack;
    const { words } = node;
    const minSupport = this.#minSupport;
    stack.makeRoom(node.free + (node.to - i - 1) * words);
    const { bits, ranks, extensionRows } = stack;
    const row = extensionRows[i];
    for (let c = stack.checkCount - 1; c >= node.checksFrom; c--) {
      if (isWithin(bits, row, stack.checkRows[c], words)) return false;
    }
    for (let j = i + 1; j < node.to; j++) {
      const count = intersect(bits, row, extensionRows[j], words, child.free);
      if (count < minSupport) continue;
      if (count === child.support) this.#addPerfect(child, ranks[j]);
      else {
        stack.addExtension(child, ranks[j], count, child.free);
        child.free += words;
      }
    }
    return true;
  }

  /** The same from the lists of a rank. The bit rows are still those of the node; checks are the frequent ones alone. */
  #extendByLists(node: EclatNode, i: number, child: EclatNode): boolean {
    const stack = this.#stack;
    const shared = this.#shared;
    const { ranks, positions } = stack;
    const size = positionsOf(stack.bits, stack.extensionRows[i], node.words, positions);
    this.#rows.countAt(positions, size, this.#condensed ? -1 : i, shared);
    const end = node.to + this.#rows.checkCount;
    child.checksFrom = stack.checkCount;
    let closed = true;
    for (let n = this.#condensed ? 0 : i + 1; n < end; n++) {
      const count = shared[n];
      shared[n] = 0;
      if (count < this.#minSupport || n === i) continue;
      if (n < i || n >= node.to) {
        if (count === child.support) closed = false;
        stack.addCheck(n * node.words);
      } else if (count === child.support) this.#addPerfect(child, ranks[n]);
      else stack.addExtension(child, ranks[n], count, n * node.words);
    }
    return closed;
  }

  /**
   * Hands a set on if it is wanted. Returns whether to extend it.
   *
   * @param row its transactions, among those of its checks; needed without extensions only
   * @param mine whether the set itself is for this share of the work
   */
  #conclude(node: EclatNode, row: number, mine: boolean): boolean {
    if (this.#options.target === 'maximal') return this.#concludeMaximal(node, row, mine);
    if (mine) this.#take(node);
    return node.from < node.to;
  }

  /** As soon as the set with all its extensions is frequent, no other that grows from it can be maximal. */
  #concludeMaximal(node: EclatNode, row: number, mine: boolean): boolean {
    const stack = this.#stack;
    let union = row;
    let support = node.support;
    if (node.from < node.to) {
      union = stack.extensionRows[node.from];
      support = stack.counts[node.from];
      stack.makeRoom(node.free + node.words);
      for (let j = node.from + 1; j < node.to; j++) {
        support = intersect(stack.bits, union, stack.extensionRows[j], node.words, node.free);
        if (support < this.#minSupport) return true;
        union = node.free;
      }
    }
    if (!mine) return false;
    for (let c = stack.checkCount - 1; c >= node.checksFrom; c--) {
      if (overlap(stack.bits, union, stack.checkRows[c], node.words, this.#minSupport)) return false;
    }
    for (let j = node.from; j < node.to; j++) this.#addPerfect(node, stack.ranks[j]);
    this.#sink.take(this.#set, node.size, this.#perfect, 0, support);
    return false;
  }

  #take({ size, perfectCount, support }: EclatNode): void {
    this.#sink.take(this.#set, size, this.#perfect, perfectCount, support);
  }

  #addPerfect(node: EclatNode, rank: number): void {
    const item = this.#root.items[rank];
    if (this.#condensed) this.#set[node.size++] = item;
    else if (this.#options.target === 'all') this.#perfect[node.perfectCount++] = item;
  }
}
