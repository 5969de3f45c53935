import { withRoom } from '../baskets/int-column.ts';
import { gather, intersect, isWithin, overlap, positionsOf, wordsFor } from './bit-rows.ts';
import { outOfMemory } from './budget.ts';
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

/** A set under search. There is one per depth, used again and again. */
class Node {
  support = 0;
  /** How many items it has, and how many perfect extensions beside them. */
  size = 0;
  perfectCount = 0;
  /** Its extensions are entries `from` to `to`, excluding `to`, of the columns of extensions. */
  from = 0;
  to = 0;
  /** Its checks are entries from here on; for the bits of its own transactions alone, if it was packed. */
  checksFrom = 0;
  /** How many words the bit rows of its extensions and checks have. */
  words = 0;
  /** The first word behind its bit rows. */
  free = 0;
}

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
  readonly #set: Int32Array;
  readonly #perfect: Int32Array;
  readonly #nodes: Node[] = [];
  #visited = 0;
  /** The bit rows of all nodes from the rank down to the one at hand: a stack. */
  #bits: Int32Array = new Int32Array(1024);
  /** The extensions of these nodes, also a stack: rank, support together with the set, and bit row. */
  #ranks: Int32Array = new Int32Array(64);
  #counts: Int32Array = new Int32Array(64);
  #extensionRows: Int32Array = new Int32Array(64);
  /** The bit rows of their checks. */
  #checkRows: Int32Array = new Int32Array(64);
  #checkCount = 0;
  #positions: Int32Array = new Int32Array(64);
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
    rows.load(rank, this.#minSupport);
    if (rows.subsumed) return;
    const node = this.#node(0);
    this.#begin(node, rank);
    if (node.to === 0 || this.#maxLength === 1) {
      const found = this.#options.target !== 'maximal' || rows.checkCount === 0;
      if (share === 0 && found) this.#take(node);
      return;
    }
    this.#makeRoom(node.free);
    rows.write(this.#bits);
    if (this.#conclude(node, 0, share === 0)) this.#visit(0, share, shares);
  }

  raise(minSupport: number): void {
    this.#minSupport = minSupport;
  }

  finish(): void {}

  /** Has the bits reach to `words` words. */
  #makeRoom(words: number): void {
    if (words > this.#options.maxBytes / Int32Array.BYTES_PER_ELEMENT)
      throw outOfMemory(this.#options.maxBytes);
    this.#bits = withRoom(this.#bits, words);
  }

  #node(depth: number): Node {
    this.#nodes[depth] ??= new Node();
    return this.#nodes[depth];
  }

  /** Makes the set of the rank alone, with its perfect extensions. */
  #begin(node: Node, rank: number): void {
    const { items, everywhere } = this.#root;
    const { support, words, extensionCount, checkCount, perfect, perfectCount, ranks, counts } = this.#rows;
    node.support = support;
    node.size = this.#condensed ? everywhere.length : 0;
    node.perfectCount = this.#options.target === 'all' ? everywhere.length : 0;
    node.from = 0;
    node.to = 0;
    node.checksFrom = 0;
    node.words = words;
    node.free = (extensionCount + checkCount) * words;
    this.#set[node.size++] = items[rank];
    for (let p = 0; p < perfectCount; p++) this.#addPerfect(node, perfect[p]);
    this.#roomForExtensions(extensionCount);
    for (let e = 0; e < extensionCount; e++) this.#addExtension(node, ranks[e], counts[e], e * words);
    this.#checkRows = withRoom(this.#checkRows, checkCount);
    this.#checkCount = checkCount;
    for (let c = 0; c < checkCount; c++) this.#checkRows[c] = (extensionCount + c) * words;
    this.#shared = withRoom(this.#shared, extensionCount + checkCount);
    this.#positions = withRoom(this.#positions, support);
  }

  /** Extends a set by its extensions, one after the other; of `shares` parts of them does one. */
  #visit(depth: number, share: number, shares: number): void {
    const node = this.#nodes[depth];
    const child = this.#node(depth + 1);
    const checksBefore = this.#checkCount;
    for (let i = node.from; i < node.to; i++) {
      if ((i - node.from) % shares === share) {
        if (depth < 2 || ++this.#visited % nodesPerTick === 0) this.#options.tick();
        const checksNow = this.#checkCount;
        if (this.#enter(node, i, child, depth === 0)) this.#visit(depth + 1, 0, 1);
        this.#checkCount = checksNow;
      }
      // From here on the extension is passed over.
      if (this.#condensed) this.#addCheck(this.#extensionRows[i]);
    }
    this.#checkCount = checksBefore;
  }

  /** Makes the set with extension `i` more. Returns whether to extend it in turn. */
  #enter(node: Node, i: number, child: Node, first: boolean): boolean {
    child.support = this.#counts[i];
    child.size = node.size + 1;
    child.perfectCount = node.perfectCount;
    child.from = node.to;
    child.to = node.to;
    child.checksFrom = node.checksFrom;
    child.words = node.words;
    child.free = node.free;
    this.#set[node.size] = this.#root.items[this.#ranks[i]];
    if (child.size >= this.#maxLength) {
      this.#take(child);
      return false;
    }
    const row = this.#extensionRows[i];
    this.#roomForExtensions(2 * node.to - i);
    const listed = first && this.#listsAreShorter(node, i);
    const closed = listed ? this.#extendByLists(node, i, child) : this.#extendByBits(node, i, child);
    if (!closed) return false;
    if (child.from < child.to) this.#makeRows(node, row, child, listed);
    return this.#conclude(child, row, true);
  }

  /** Whether counting items in the transactions of extension `i` of a rank takes less than intersecting its bits. */
  #listsAreShorter(node: Node, i: number): boolean {
    // Maximal sets need to know the frequent checks, too.
    const others = this.#options.target === 'maximal' ? node.to + this.#rows.checkCount : node.to - i - 1;
    return this.#counts[i] * this.#rows.meanLength < entriesPerWord * node.words * others;
  }

  /** Finds the extensions of a set, with their bit rows. Returns false when it has a check in all its transactions. */
  #extendByBits(node: Node, i: number, child: Node): boolean {
    const { words } = node;
    const minSupport = this.#minSupport;
    this.#makeRoom(node.free + (node.to - i - 1) * words);
    const bits = this.#bits;
    const rows = this.#extensionRows;
    const row = rows[i];
    for (let c = this.#checkCount - 1; c >= node.checksFrom; c--) {
      if (isWithin(bits, row, this.#checkRows[c], words)) return false;
    }
    for (let j = i + 1; j < node.to; j++) {
      const count = intersect(bits, row, rows[j], words, child.free);
      if (count < minSupport) continue;
      if (count === child.support) this.#addPerfect(child, this.#ranks[j]);
      else {
        this.#addExtension(child, this.#ranks[j], count, child.free);
        child.free += words;
      }
    }
    return true;
  }

  /** The same from the lists of a rank. The bit rows are still those of the node; checks are the frequent ones alone. */
  #extendByLists(node: Node, i: number, child: Node): boolean {
    const shared = this.#shared;
    const size = positionsOf(this.#bits, this.#extensionRows[i], node.words, this.#positions);
    this.#rows.countAt(this.#positions, size, this.#condensed ? -1 : i, shared);
    const end = node.to + this.#rows.checkCount;
    child.checksFrom = this.#checkCount;
    let closed = true;
    for (let n = this.#condensed ? 0 : i + 1; n < end; n++) {
      const count = shared[n];
      shared[n] = 0;
      if (count < this.#minSupport || n === i) continue;
      if (n < i || n >= node.to) {
        if (count === child.support) closed = false;
        this.#addCheck(n * node.words);
      } else if (count === child.support) this.#addPerfect(child, this.#ranks[n]);
      else this.#addExtension(child, this.#ranks[n], count, n * node.words);
    }
    return closed;
  }

  /** Gives a set bit rows of its own, in which only its transactions have bits; packed to these where that pays. */
  #makeRows(node: Node, row: number, child: Node, listed: boolean): void {
    const extensions = child.to - child.from;
    const all = extensions + this.#checkCount - child.checksFrom;
    const saved = node.words - wordsFor(child.support);
    // Each extension is intersected with every later one at least, and every row is gathered bit by bit.
    if (extensions * extensions * saved > 2 * all * child.support) this.#pack(node, row, child, listed);
    else if (listed) {
      this.#makeRoom(node.free + extensions * node.words);
      for (let j = child.from; j < child.to; j++) {
        intersect(this.#bits, row, this.#extensionRows[j], node.words, child.free);
        this.#extensionRows[j] = child.free;
        child.free += node.words;
      }
    }
  }

  #pack(node: Node, row: number, child: Node, listed: boolean): void {
    const checksBefore = this.#checkCount;
    const checksFrom = child.checksFrom;
    child.words = wordsFor(child.support);
    child.free = node.free;
    const all = child.to - child.from + checksBefore - checksFrom;
    this.#makeRoom(node.free + all * child.words);
    const bits = this.#bits;
    const size = positionsOf(bits, row, node.words, this.#positions);
    for (let j = child.from; j < child.to; j++) {
      gather(bits, this.#extensionRows[j], this.#positions, size, child.free);
      this.#extensionRows[j] = child.free;
      child.free += child.words;
    }
    // Listed checks are the child's alone; others are still needed by the nodes above.
    if (listed) this.#checkCount = checksFrom;
    child.checksFrom = this.#checkCount;
    for (let c = checksFrom; c < checksBefore; c++) {
      const count = gather(bits, this.#checkRows[c], this.#positions, size, child.free);
      if (count < this.#minSupport) continue;
      this.#addCheck(child.free);
      child.free += child.words;
    }
  }

  /**
   * Hands a set on if it is wanted. Returns whether to extend it.
   *
   * @param row its transactions, among those of its checks; needed without extensions only
   * @param mine whether the set itself is for this share of the work
   */
  #conclude(node: Node, row: number, mine: boolean): boolean {
    if (this.#options.target === 'maximal') return this.#concludeMaximal(node, row, mine);
    if (mine) this.#take(node);
    return node.from < node.to;
  }

  /** As soon as the set with all its extensions is frequent, no other that grows from it can be maximal. */
  #concludeMaximal(node: Node, row: number, mine: boolean): boolean {
    let union = row;
    let support = node.support;
    if (node.from < node.to) {
      union = this.#extensionRows[node.from];
      support = this.#counts[node.from];
      this.#makeRoom(node.free + node.words);
      for (let j = node.from + 1; j < node.to; j++) {
        support = intersect(this.#bits, union, this.#extensionRows[j], node.words, node.free);
        if (support < this.#minSupport) return true;
        union = node.free;
      }
    }
    if (!mine) return false;
    for (let c = this.#checkCount - 1; c >= node.checksFrom; c--) {
      if (overlap(this.#bits, union, this.#checkRows[c], node.words, this.#minSupport)) return false;
    }
    for (let j = node.from; j < node.to; j++) this.#addPerfect(node, this.#ranks[j]);
    this.#sink.take(this.#set, node.size, this.#perfect, 0, support);
    return false;
  }

  #take({ size, perfectCount, support }: Node): void {
    this.#sink.take(this.#set, size, this.#perfect, perfectCount, support);
  }

  #addPerfect(node: Node, rank: number): void {
    const item = this.#root.items[rank];
    if (this.#condensed) this.#set[node.size++] = item;
    else if (this.#options.target === 'all') this.#perfect[node.perfectCount++] = item;
  }

  /** Room must have been made. */
  #addExtension(node: Node, rank: number, count: number, row: number): void {
    const at = node.to++;
    this.#ranks[at] = rank;
    this.#counts[at] = count;
    this.#extensionRows[at] = row;
  }

  #addCheck(row: number): void {
    this.#checkRows = withRoom(this.#checkRows, this.#checkCount + 1);
    this.#checkRows[this.#checkCount++] = row;
  }

  #roomForExtensions(count: number): void {
    this.#ranks = withRoom(this.#ranks, count);
    this.#counts = withRoom(this.#counts, count);
    this.#extensionRows = withRoom(this.#extensionRows, count);
  }
}
