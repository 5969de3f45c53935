/// <reference lib="es2024.sharedmemory" />
import { PairwellError } from '../errors.ts';
import { trimmed, withRoom } from './int-column.ts';

/** Up to so many entries a column is cheap to copy; beyond, address space is set aside for the longest there can be. */
const shortLength = 2 ** 18;

/** What the oldest supported Node.js can address in one buffer: 4 GiB. */
const longest = 2 ** 30;

const entrySize = Int32Array.BYTES_PER_ELEMENT;

/**
 * A column that gets longer at its end. A long one grows where it lies, in shared memory, of which only the pages
 * written to take room: it is never in memory twice.
 */
export class GrowingColumn {
  #entries: Int32Array = new Int32Array(1024);
  #buffer: SharedArrayBuffer | undefined;

  /**
   * The column with room for `needed` entries, zero where nothing was written yet. Its length does not follow later
   * growth, which would cost hot loops their speed: ask again before writing further.
   *
   * @throws PairwellError `limit-exceeded` beyond 2^30 entries
   */
  withRoom(needed: number): Int32Array {
    if (needed <= this.#entries.length) return this.#entries;
    this.#entries = needed <= shortLength ? withRoom(this.#entries, needed) : this.#grownInPlace(needed);
    return this.#entries;
  }

  /**
   * The first `length` entries. What lies in shared memory already is not copied: those entries must not be written
   * to any more.
   */
  first(length: number, shared: boolean): Int32Array {
    return shared && this.#buffer
      ? new Int32Array(this.#buffer, 0, length)
      : trimmed(this.#entries, length, shared);
  }

  #grownInPlace(needed: number): Int32Array {
    if (needed > longest) {
      throw new PairwellError(
        'limit-exceeded',
        `A column of ${needed} integers was needed and ${longest} is the most it can hold; work on less data at a time.`,
        { needed, longest },
      );
    }
    const length = Math.min(longest, Math.max(needed, 2 * this.#entries.length));
    if (this.#buffer) {
      this.#buffer.grow(length * entrySize);
      return new Int32Array(this.#buffer, 0, length);
    }
    this.#buffer = new SharedArrayBuffer(length * entrySize, { maxByteLength: longest * entrySize });
    const entries = new Int32Array(this.#buffer, 0, length);
    entries.set(this.#entries);
    return entries;
  }
}
