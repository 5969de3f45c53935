import { outOfMemory } from '../budget.ts';
import type { RootDatabase } from '../root-database.ts';
import type { Search, SearchFactory, SearchOptions, Target } from '../search.ts';
import { CountingSink, type Sink } from '../sink.ts';
import { Kernel } from './kernel.ts';

/** The numbers that the kernel knows the targets by. */
const targetNumbers: Readonly<Record<Target, number>> = { all: 0, closed: 1, maximal: 2, generator: 3 };

/** As many items as the kernel puts into a table. */
const tableLimit = 12;

const bytesPerEntry = Int32Array.BYTES_PER_ELEMENT;

/**
 * Pattern growth in WebAssembly: the first projection of each rank is made here, out of shared memory, and searched
 * there, in the memory of a kernel of its own.
 *
 * @param module compiled from `assembly/index.ts`
 */
export function kernelSearch(module: WebAssembly.Module): SearchFactory {
  return (root, options, sink) => new KernelSearch(module, root, options, sink);
}

/** One rank's conditional database as it is laid out for the kernel. */
interface Layout {
  /** How many items extend, and how many are checks. */
  items: number;
  checks: number;
  /** An upper bound on the entries of all rows. */
  entries: number;
}

class KernelSearch implements Search {
  readonly #root: RootDatabase;
  readonly #options: SearchOptions;
  readonly #sink: Sink;
  readonly #kernel: Kernel;
  readonly #condensed: boolean;
  readonly #listing: boolean;
  #minSupport: number;
  /** Ranks below this one are dealt with together. */
  readonly #together: number;
  /** By rank: in how many of the rows at hand it is; zero between ranks. */
  readonly #counts: Int32Array;
  /** A bit by rank: it was counted. */
  readonly #seen: Int32Array;
  /** The ranks that were counted. */
  readonly #ranks: Int32Array;
  /** By rank, for those: its number in the projection, −1 for none. */
  readonly #map: Int32Array;
  /** By number in the projection: the id of the item. */
  readonly #names: Int32Array;
  #set = new Int32Array(64);

  constructor(module: WebAssembly.Module, root: RootDatabase, options: SearchOptions, sink: Sink) {
    this.#root = root;
    this.#options = options;
    this.#sink = sink;
    const { target, minSupport, maxLength, maxBytes, tick } = options;
    const host = {
      take: (from: number, to: number) => this.#take(from, to),
      countLarge: (size: number, perfectCount: number) =>
        this.#sink.take(this.#set, size, this.#set, perfectCount, 0),
      tick,
    };
    this.#kernel = new Kernel(module, host, maxBytes);
    this.#minSupport = minSupport;
    this.#listing = !(sink instanceof CountingSink);
    const itemCount = root.items.length + root.everywhere.length;
    this.#kernel.exports.open(
      targetNumbers[target],
      minSupport,
      1,
      Math.min(maxLength, 2 ** 31 - 1),
      this.#listing ? 1 : 0,
      itemCount,
    );
    this.#condensed = target === 'closed' || target === 'maximal';
    this.#together = this.#condensed
      ? 0
      : Math.min(root.items.length, this.#kernel.exports.tableItems(root.weights.length, tableLimit));
    this.#counts = new Int32Array(root.items.length);
    this.#seen = new Int32Array((root.items.length + 31) >>> 5);
    this.#ranks = new Int32Array(root.items.length);
    this.#map = new Int32Array(root.items.length);
    this.#names = new Int32Array(root.items.length);
  }

  mine(rank: number, share: number, shares: number): void {
    const { exports } = this.#kernel;
    const before = exports.mark();
    try {
      this.#options.tick();
      if (rank >= this.#together && this.#root.supports[rank] < this.#minSupport) return;
      if (rank >= this.#together) this.#mineRank(rank, share, shares);
      else if (rank === this.#together - 1) this.#mineTogether(share, shares);
    } catch (error) {
      // The one trap there is: memory that could not grow.
      if (!(error instanceof WebAssembly.RuntimeError)) throw error;
      throw outOfMemory(this.#options.maxBytes);
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
    cells.forEach((times, cell) => {
      if (times > 0n) (this.#sink as CountingSink).add(Math.floor(cell / side), cell % side, Number(times));
    });
    cells.fill(0n);
  }

  /** The sets of the most frequent ranks alone, which the kernel finds in one table. */
  #mineTogether(share: number, shares: number): void {
    const { starts, content, weights, everywhere } = this.#root;
    const items = this.#together;
    for (let k = 0; k < items; k++) {
      this.#map[k] = k;
      this.#names[k] = this.#root.items[k];
    }
    let rows = 0;
    let entries = 0;
    let support = 0;
    for (let row = 0; row < weights.length; row++) {
      if (content[starts[row]] >= items) continue;
      rows++;
      support += weights[row];
      for (let at = starts[row]; at < starts[row + 1] && content[at] < items; at++) entries++;
    }
    const layout = { items, checks: 0, entries };
    const perfectCount = this.#options.target === 'generator' ? 0 : this.#writePerfect(everywhere, 0);
    const chosen = (visit: (row: number) => void): void => {
      for (let row = 0; row < weights.length; row++) if (content[starts[row]] < items) visit(row);
    };
    this.#search(rows, chosen, items, layout, support, 0, perfectCount, share, shares);
  }

  #mineRank(rank: number, share: number, shares: number): void {
    const { items, supports, everywhere, holderStarts, holders } = this.#root;
    const { target, maxLength } = this.#options;
    const { exports } = this.#kernel;
    const support = supports[rank];
    const length = this.#count(rank);
    const counts = this.#counts;
    const map = this.#map;
    const ranks = this.#ranks;
    const names = this.#names;
    const minSupport = this.#minSupport;
    const seen = this.#listSeen(rank);
    const prefix = exports.prefixAddress() / bytesPerEntry;
    const layout = { items: 0, checks: 0, entries: 0 };
    let size = 0;
    let perfectCount = 0;
    let subsumed = false;
    this.#kernel.column[prefix + size++] = items[rank];
    if (target === 'all') perfectCount = this.#writePerfect(everywhere, 0);
    else if (this.#condensed) for (const item of everywhere) this.#kernel.column[prefix + size++] = item;

    for (let n = 0; n < seen; n++) {
      const k = ranks[n];
      const count = counts[k];
      counts[k] = 0;
      map[k] = -1;
      if (k >= rank) {
        if (k === rank) continue;
        if (count === support) subsumed = true;
        if (count < minSupport) continue;
        map[k] = layout.items + layout.checks++;
      } else if (count === support) {
        if (target === 'all') perfectCount = this.#writePerfect(items.subarray(k, k + 1), perfectCount);
        else if (this.#condensed) this.#kernel.column[prefix + size++] = items[k];
        continue;
      } else if (count >= minSupport) {
        names[layout.items] = items[k];
        map[k] = layout.items++;
      } else continue;
      layout.entries += count;
    }
    if (subsumed) return;
    layout.entries = Math.min(layout.entries, length);
    const alone = layout.items === 0 && (target === 'closed' || layout.checks === 0);
    if (share === 0 && (!this.#condensed || alone)) exports.takeSet(size, perfectCount, support);
    if (layout.items === 0 || (target === 'all' && maxLength === 1)) return;
    const from = holderStarts[rank];
    const to = holderStarts[rank + 1];
    const visitAll = (visit: (row: number) => void): void => {
      for (let at = from; at < to; at++) visit(holders[at]);
    };
    this.#search(to - from, visitAll, rank, layout, support, size, perfectCount, share, shares);
  }

  /** Counts the ranks in the rows of `rank`: those before it, for condensed sets all. Returns how many entries that is. */
  #count(rank: number): number {
    const { starts, content, weights, holderStarts, holders } = this.#root;
    const counts = this.#counts;
    const seen = this.#seen;
    const condensed = this.#condensed;
    const end = holderStarts[rank + 1];
    let entries = 0;
    for (let at = holderStarts[rank]; at < end; at++) {
      const row = holders[at];
      const weight = weights[row];
      const from = starts[row];
      const to = starts[row + 1];
      let p = from;
      for (; p < to; p++) {
        const k = content[p];
        if (k >= rank && !condensed) break;
        counts[k] += weight;
        seen[k >>> 5] |= 1 << k;
      }
      entries += p - from;
    }
    return entries;
  }

  /** Lists the ranks that were counted, in order, and returns how many they are. */
  #listSeen(rank: number): number {
    const seen = this.#seen;
    const ranks = this.#ranks;
    const words = this.#condensed ? seen.length : (rank >>> 5) + 1;
    let found = 0;
    for (let w = 0; w < words; w++) {
      let word = seen[w];
      if (word === 0) continue;
      seen[w] = 0;
      for (; word !== 0; word &= word - 1) ranks[found++] = (w << 5) + 31 - Math.clz32(word & -word);
    }
    return found;
  }

  /** Appends items to the perfect extensions, of which there are `count`; returns how many there are then. */
  #writePerfect(items: Int32Array, count: number): number {
    const at = this.#kernel.exports.perfectAddress() / bytesPerEntry;
    this.#kernel.column.set(items, at + count);
    return count + items.length;
  }

  /** Writes the rows that `visitAll` names, renumbered, into the kernel's memory, and has it search them. */
  #search(
    rowCount: number,
    visitAll: (visit: (row: number) => void) => void,
    end: number,
    layout: Layout,
    support: number,
    size: number,
    perfectCount: number,
    share: number,
    shares: number,
  ): void {
    const { starts, content, weights } = this.#root;
    const { exports } = this.#kernel;
    const map = this.#map;
    const [start, middle, last, weight] = Array.from({ length: 4 }, () =>
      exports.allocate(bytesPerEntry * rowCount),
    );
    const entry = exports.allocate(bytesPerEntry * layout.entries);
    const name = exports.allocate(bytesPerEntry * layout.items);
    const column = this.#kernel.column;
    const startAt = start / bytesPerEntry;
    const middleAt = middle / bytesPerEntry;
    const lastAt = last / bytesPerEntry;
    const weightAt = weight / bytesPerEntry;
    const entryAt = entry / bytesPerEntry;
    column.set(this.#names.subarray(0, layout.items), name / bytesPerEntry);
    let n = 0;
    let written = entryAt;
    visitAll((row) => {
      column[startAt + n] = written - entryAt;
      let p = starts[row];
      const to = starts[row + 1];
      for (; p < to && content[p] < end; p++) {
        const item = map[content[p]];
        if (item >= 0) column[written++] = item;
      }
      column[middleAt + n] = written - entryAt;
      if (this.#condensed) {
        for (; p < to; p++) {
          const item = map[content[p]];
          if (item >= 0) column[written++] = item;
        }
      }
      column[lastAt + n] = written - entryAt;
      column[weightAt + n++] = weights[row];
    });
    exports.search(
      rowCount,
      layout.items,
      layout.checks,
      start,
      middle,
      last,
      weight,
      entry,
      layout.entries,
      support,
      name,
      size,
      perfectCount,
      share,
      shares,
    );
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
