import type { RootDatabase } from '../root-database.ts';
import type { Kernel } from './kernel.ts';

const bytesPerEntry = Int32Array.BYTES_PER_ELEMENT;

/**
 * Lays out rows of a root database in a kernel's memory, for it to make the projection of one rank from, and counts the
 * ranks in them.
 */
export class FirstRows {
  readonly #root: RootDatabase;
  readonly #kernel: Kernel;
  /** Whether rows are laid out with what comes after the rank. */
  readonly #wholeRows: boolean;
  /** By rank: in how many transactions of the rows at hand it is; zero between ranks. */
  readonly counts: Int32Array;
  /** A bit by rank: it was counted. */
  readonly #seen: Int32Array;
  /** The ranks that were counted, ascending, once {@link listRanks} was called. */
  readonly ranks: Int32Array;
  /** Addresses of the kernel's columns by rank: the number in the projection, and by number: the item's id. */
  readonly #map: number;
  readonly #names: number;
  /** Addresses of the rows at hand. */
  #starts = 0;
  #middles = 0;
  #ends = 0;
  #weights = 0;
  #content = 0;
  #rowCount = 0;
  #entries = 0;

  constructor(root: RootDatabase, kernel: Kernel, wholeRows: boolean) {
    this.#root = root;
    this.#kernel = kernel;
    this.#wholeRows = wholeRows;
    const rankCount = root.items.length;
    this.counts = new Int32Array(rankCount);
    this.#seen = new Int32Array((rankCount + 31) >>> 5);
    this.ranks = new Int32Array(rankCount);
    this.#map = kernel.exports.allocate(bytesPerEntry * rankCount);
    this.#names = kernel.exports.allocate(bytesPerEntry * rankCount);
  }

  /**
   * Lays out the rows numbered in `rows`, and counts ranks.
   *
   * @param end ranks from here on do not extend
   * @param most an upper bound on the entries of all rows
   */
  load(rows: Int32Array, end: number, most: number): void {
    const { starts, content, weights } = this.#root;
    const { exports } = this.#kernel;
    const bytes = bytesPerEntry * rows.length;
    this.#starts = exports.allocate(bytes);
    this.#middles = exports.allocate(bytes);
    this.#ends = exports.allocate(bytes);
    this.#weights = exports.allocate(bytes);
    this.#content = exports.allocate(bytesPerEntry * most);
    const column = this.#kernel.column;
    const startAt = this.#starts / bytesPerEntry;
    const middleAt = this.#middles / bytesPerEntry;
    const endAt = this.#ends / bytesPerEntry;
    const weightAt = this.#weights / bytesPerEntry;
    const contentAt = this.#content / bytesPerEntry;
    const counts = this.counts;
    const seen = this.#seen;
    const wholeRows = this.#wholeRows;
    let written = contentAt;
    for (let n = 0; n < rows.length; n++) {
      const row = rows[n];
      const weight = weights[row];
      const to = starts[row + 1];
      column[startAt + n] = written - contentAt;
      column[weightAt + n] = weight;
      let p = starts[row];
      for (; p < to; p++) {
        const rank = content[p];
        if (rank >= end) break;
        counts[rank] += weight;
        seen[rank >>> 5] |= 1 << rank;
        column[written++] = rank;
      }
      column[middleAt + n] = written - contentAt;
      if (wholeRows) {
        for (; p < to; p++) {
          const rank = content[p];
          counts[rank] += weight;
          seen[rank >>> 5] |= 1 << rank;
          column[written++] = rank;
        }
      }
      column[endAt + n] = written - contentAt;
    }
    this.#rowCount = rows.length;
    this.#entries = written - contentAt;
  }

  /** Lists the ranks that were counted, in order, and returns how many they are. */
  listRanks(): number {
    const seen = this.#seen;
    const ranks = this.ranks;
    let found = 0;
    for (let w = 0; w < seen.length; w++) {
      let word = seen[w];
      if (word === 0) continue;
      seen[w] = 0;
      for (; word !== 0; word &= word - 1) ranks[found++] = (w << 5) + 31 - Math.clz32(word & -word);
    }
    return found;
  }

  /** Gives a rank its number in the projection; −1 for none. To be called for each rank that was counted. */
  number(rank: number, number: number): void {
    this.#kernel.column[this.#map / bytesPerEntry + rank] = number;
  }

  /** Names an item that extends, by its number. */
  name(number: number, item: number): void {
    this.#kernel.column[this.#names / bytesPerEntry + number] = item;
  }

  /**
   * Has the kernel search the projection of the rows at hand.
   *
   * @param items how many items extend, `checks` how many are checks
   * @param size how many items are in the kernel's prefix, `perfectCount` how many are perfect extensions
   */
  search(
    items: number,
    checks: number,
    support: number,
    size: number,
    perfectCount: number,
    share: number,
    shares: number,
  ): void {
    this.#kernel.exports.search(
      this.#rowCount,
      items,
      checks,
      this.#starts,
      this.#middles,
      this.#ends,
      this.#weights,
      this.#content,
      this.#entries,
      support,
      this.#map,
      this.#names,
      size,
      perfectCount,
      share,
      shares,
    );
  }
}
