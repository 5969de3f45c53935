import { withRoom } from '../baskets/int-column.ts';
import { type BitRows, setBits, wordsFor } from './bit-rows.ts';
import { type RootDatabase, rowEnd, rowEntries, rowStart, rowWeight } from './root-database.ts';

/**
 * The transactions that hold one rank, and the other ranks that are frequent in them: those below as extensions, those
 * above, where they are asked for, as checks. Each transaction is a bit, so a row of the root has as many as its weight.
 * Made for one rank after another, in the same memory.
 */
export class RankRows {
  readonly #root: RootDatabase;
  readonly #withChecks: boolean;
  #rank = 0;
  /** How many transactions there are, and how many words their bits take. */
  support = 0;
  words = 0;
  /** The extensions, in descending rank, and how many transactions hold each. */
  readonly ranks: Int32Array;
  readonly counts: Int32Array;
  extensionCount = 0;
  checkCount = 0;
  /** The lower ranks that all transactions hold; no extensions. */
  readonly perfect: Int32Array;
  perfectCount = 0;
  /** Whether all transactions hold a check. */
  subsumed = false;
  /** How many extensions and checks a transaction holds on average. */
  meanLength = 0;
  /** By rank: how many transactions hold it; then the number of its bit row, −1 for none. */
  readonly #tally: Int32Array;
  readonly #frequent: Int32Array;
  /** By bit: the number of its row of the root among those of the rank. */
  #rowOfBit: Int32Array = new Int32Array(256);
  /** Row `r` holds the numbers `#content[#starts[r]] … #content[#starts[r + 1] - 1]` of bit rows: extensions first, descending. */
  #starts: Int32Array = new Int32Array(256);
  #content: Int32Array = new Int32Array(256);

  constructor(root: RootDatabase, withChecks: boolean) {
    const rankCount = root.items.length;
    this.#root = root;
    this.#withChecks = withChecks;
    this.ranks = new Int32Array(rankCount);
    this.counts = new Int32Array(rankCount);
    this.perfect = new Int32Array(rankCount);
    this.#tally = new Int32Array(rankCount);
    this.#frequent = new Int32Array(rankCount);
  }

  /** Finds the extensions and checks of `rank`. */
  load(rank: number, minSupport: number): void {
    const { supports } = this.#root;
    const found = this.#countRanks(rank, minSupport);
    const frequent = this.#frequent.subarray(0, found).sort();
    const tally = this.#tally;
    this.#rank = rank;
    this.support = supports[rank];
    this.words = wordsFor(this.support);
    this.extensionCount = 0;
    this.checkCount = 0;
    this.perfectCount = 0;
    this.subsumed = false;
    let entries = 0;
    for (let f = found - 1; f >= 0; f--) {
      const other = frequent[f];
      const count = tally[other];
      if (other === rank) continue;
      if (other > rank) {
        if (count === this.support) this.subsumed = true;
        this.checkCount++;
      } else if (count === this.support) {
        this.perfect[this.perfectCount++] = other;
        continue;
      } else {
        this.ranks[this.extensionCount] = other;
        this.counts[this.extensionCount++] = count;
      }
      entries += count;
    }
    this.meanLength = entries / this.support;
    tally.fill(-1);
    for (let e = 0; e < this.extensionCount; e++) tally[this.ranks[e]] = e;
    for (let c = 0; c < this.checkCount; c++) tally[frequent[found - 1 - c]] = this.extensionCount + c;
  }

  /** Counts the ranks beside `rank` in its rows, lists the frequent ones and returns how many they are. */
  #countRanks(rank: number, minSupport: number): number {
    const { rows, content, holders, holderStarts } = this.#root;
    const tally = this.#tally.fill(0);
    const frequent = this.#frequent;
    const end = this.#end(rank);
    let found = 0;
    for (let h = holderStarts[rank]; h < holderStarts[rank + 1]; h++) {
      const row = rowEntries * holders[h];
      const weight = rows[row + rowWeight];
      for (let at = rows[row + rowStart]; at < rows[row + rowEnd] && content[at] < end; at++) {
        const other = content[at];
        const before = tally[other];
        tally[other] = before + weight;
        if (before < minSupport && before + weight >= minSupport) frequent[found++] = other;
      }
    }
    return found;
  }

  /** Writes the bit rows of the extensions, then of the checks, one after the other from the first word on. */
  write(bits: BitRows): void {
    const { rows, content, holders, holderStarts } = this.#root;
    const from = holderStarts[this.#rank];
    const rowCount = holderStarts[this.#rank + 1] - from;
    const end = this.#end(this.#rank);
    this.#rowOfBit = withRoom(this.#rowOfBit, this.support);
    this.#starts = withRoom(this.#starts, rowCount + 1);
    bits.fill(0, 0, (this.extensionCount + this.checkCount) * this.words);
    let written = 0;
    let bit = 0;
    for (let r = 0; r < rowCount; r++) {
      const row = rowEntries * holders[from + r];
      const weight = rows[row + rowWeight];
      this.#content = withRoom(this.#content, written + rows[row + rowEnd] - rows[row + rowStart]);
      for (let at = rows[row + rowStart]; at < rows[row + rowEnd] && content[at] < end; at++) {
        const number = this.#tally[content[at]];
        if (number < 0) continue;
        this.#content[written++] = number;
        setBits(bits, number * this.words, bit, weight);
      }
      this.#starts[r + 1] = written;
      this.#rowOfBit.fill(r, bit, bit + weight);
      bit += weight;
    }
  }

  /**
   * Adds to `into`, by number of the bit row, how many of the first `size` bits named in `positions` each has. Counts no
   * checks, and no extensions up to number `stop`, unless that is −1.
   */
  countAt(positions: Int32Array, size: number, stop: number, into: Int32Array): void {
    const starts = this.#starts;
    const content = this.#content;
    for (let p = 0; p < size; p++) {
      const row = this.#rowOfBit[positions[p]];
      for (let at = starts[row]; at < starts[row + 1]; at++) {
        const number = content[at];
        // All rows in question have the extension `stop`.
        if (number === stop) break;
        into[number]++;
      }
    }
  }

  /** The first of the ranks that do not matter. */
  #end(rank: number): number {
    return this.#withChecks ? this.#root.items.length : rank;
  }
}
