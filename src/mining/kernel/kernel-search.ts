import { outOfMemory } from '../budget.ts';
import type { RootDatabase } from '../root-database.ts';
import type { Search, SearchFactory, SearchOptions, Target } from '../search.ts';
import { CountingSink, type Sink } from '../sink.ts';
import { FirstRows } from './first-rows.ts';
import { Kernel } from './kernel.ts';

/** The numbers that the kernel knows the targets by. */
const targetNumbers: Readonly<Record<Target, number>> = { all: 0, closed: 1, maximal: 2, generator: 3 };

/** As many items as the kernel puts into a table. */
const tableLimit = 12;

/** A table of closed sets tells of so many items, checks included. */
const closedTableLimit = 64;

const bytesPerEntry = Int32Array.BYTES_PER_ELEMENT;

/**
 * Pattern growth in WebAssembly: the rows of each rank are laid out from shared memory in the memory of a kernel of its
 * own, which projects and searches them.
 *
 * @param module compiled from `assembly/index.ts`
 */
export function kernelSearch(module: WebAssembly.Module): SearchFactory {
  return (root, options, sink) => new KernelSearch(module, root, options, sink);
}

class KernelSearch implements Search {
  readonly #root: RootDatabase;
  readonly #options: SearchOptions;
  readonly #sink: Sink;
  readonly #listing: boolean;
  /** Closed or maximal sets: perfect extensions are part of a set, and ranks passed over are checks. */
  readonly #condensed: boolean;
  readonly #kernel: Kernel;
  readonly #rows: FirstRows;
  /** Ranks below this one are dealt with together. */
  readonly #together: number;
  #minSupport: number;
  #set = new Int32Array(64);

  constructor(module: WebAssembly.Module, root: RootDatabase, options: SearchOptions, sink: Sink) {
    const { target, minSupport, maxLength, maxBytes, tick } = options;
    this.#root = root;
    this.#options = options;
    this.#sink = sink;
    this.#listing = !(sink instanceof CountingSink);
    this.#condensed = target === 'closed' || target === 'maximal';
    this.#minSupport = minSupport;
    const host = {
      take: (from: number, to: number) => this.#take(from, to),
      countLarge: (size: number, perfectCount: number) =>
        sink.take(this.#set, size, this.#set, perfectCount, 0),
      tick,
    };
    this.#kernel = new Kernel(module, host, maxBytes);
    const { exports } = this.#kernel;
    const itemCount = root.items.length + root.everywhere.length;
    exports.open(targetNumbers[target], minSupport, 1, maxLength, this.#listing ? 1 : 0, itemCount);
    this.#rows = new FirstRows(root, this.#kernel, this.#condensed);
    const tabled = Math.min(root.items.length, exports.tableItems(root.weights.length, tableLimit));
    const fits = !this.#condensed || (target === 'closed' && root.items.length <= closedTableLimit);
    this.#together = fits ? tabled : 0;
  }

  mine(rank: number, share: number, shares: number): void {
    const { exports } = this.#kernel;
    const before = exports.mark();
    this.#options.tick();
    try {
      if (rank >= this.#together) this.#mineRank(rank, share, shares);
      else if (rank === this.#together - 1) this.#mineTogether(share, shares);
    } catch (error) {
      // The one trap there is: memory that could not grow.
      if (error instanceof WebAssembly.RuntimeError) throw outOfMemory(this.#options.maxBytes);
      throw error;
    }
    exports.release(before);
    if (this.#listing) exports.flush();
  }

  raise(minSupport: number): void {
    this.#minSupport = minSupport;
    this.#kernel.exports.setMinSupport(minSupport);
  }

  finish(): void {
    if (!(this.#sink instanceof CountingSink)) return;
    const { exports } = this.#kernel;
    const side = exports.histogramSize();
    const cells = new BigUint64Array(this.#kernel.column.buffer, exports.histogramAddress(), side * side);
    for (let cell = 0; cell < cells.length; cell++) {
      if (cells[cell] > 0n) this.#sink.add(Math.floor(cell / side), cell % side, Number(cells[cell]));
    }
    cells.fill(0n);
  }

  /** The sets of the most frequent ranks alone, which the kernel finds in one table. */
  #mineTogether(share: number, shares: number): void {
    const { items, starts, content, weights } = this.#root;
    const rows = this.#rows;
    const chosen = new Int32Array(weights.length);
    let count = 0;
    let support = 0;
    for (let row = 0; row < weights.length; row++) {
      if (content[starts[row]] >= this.#together) continue;
      chosen[count++] = row;
      support += weights[row];
    }
    rows.load(chosen.subarray(0, count), this.#together, content.length);
    const seen = rows.listRanks();
    for (let n = 0; n < seen; n++) {
      const rank = rows.ranks[n];
      rows.counts[rank] = 0;
      rows.number(rank, rank);
      if (rank < this.#together) rows.name(rank, items[rank]);
    }
    const checks = this.#condensed ? items.length - this.#together : 0;
    const [size, perfectCount] = this.#startSet();
    rows.search(this.#together, checks, support, size, perfectCount, share, shares);
  }

  #mineRank(rank: number, share: number, shares: number): void {
    const { items, supports, holderStarts, holders, entriesBefore, entriesOfRows } = this.#root;
    const { target, maxLength } = this.#options;
    const support = supports[rank];
    const minSupport = this.#minSupport;
    if (support < minSupport) return;
    const rows = this.#rows;
    const most = this.#condensed ? entriesOfRows[rank] : entriesBefore[rank];
    rows.load(holders.subarray(holderStarts[rank], holderStarts[rank + 1]), rank, most);
    let [size, perfectCount] = this.#startSet();
    this.#writePrefix(size++, items[rank]);
    const seen = rows.listRanks();
    let extending = 0;
    let checks = 0;
    let subsumed = false;
    for (let n = 0; n < seen; n++) {
      const k = rows.ranks[n];
      const count = rows.counts[k];
      rows.counts[k] = 0;
      let number = -1;
      if (k > rank) {
        if (count === support) subsumed = true;
        else if (count >= minSupport) number = extending + checks++;
      } else if (k < rank) {
        if (count === support) {
          if (target === 'all') this.#writePerfect(perfectCount++, items[k]);
          else if (this.#condensed) this.#writePrefix(size++, items[k]);
        } else if (count >= minSupport) {
          rows.name(extending, items[k]);
          number = extending++;
        }
      }
      rows.number(k, number);
    }
    // Another rank holds all its rows, so that all its sets are part of that one's.
    if (subsumed) return;
    if (share === 0 && (target !== 'maximal' || extending + checks === 0))
      this.#kernel.exports.takeSet(size, perfectCount, support);
    if (extending === 0 || (target === 'all' && maxLength === 1)) return;
    rows.search(extending, checks, support, size, perfectCount, share, shares);
  }

  /** Begins a set with the items that are everywhere: returns the size of the prefix, and how many extensions are perfect. */
  #startSet(): [size: number, perfectCount: number] {
    const { everywhere } = this.#root;
    if (this.#options.target === 'generator') return [0, 0];
    const { column, prefix, perfect } = this.#kernel;
    column.set(everywhere, this.#condensed ? prefix : perfect);
    return this.#condensed ? [everywhere.length, 0] : [0, everywhere.length];
  }

  #writePrefix(n: number, item: number): void {
    this.#kernel.column[this.#kernel.prefix + n] = item;
  }

  #writePerfect(n: number, item: number): void {
    this.#kernel.column[this.#kernel.perfect + n] = item;
  }

  /** Hands on the sets that stand between two addresses as [size, support, items …]. */
  #take(from: number, to: number): void {
    const column = this.#kernel.column;
    for (let at = from / bytesPerEntry; at < to / bytesPerEntry; ) {
      const size = column[at];
      if (this.#set.length < size) this.#set = new Int32Array(2 * size);
      for (let i = 0; i < size; i++) this.#set[i] = column[at + 2 + i];
      this.#sink.take(this.#set, size, this.#set, 0, column[at + 1]);
      at += size + 2;
    }
  }
}
