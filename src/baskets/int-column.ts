import { PairwellError } from '../errors.ts';

/** Offsets into a column are 32-bit integers themselves, so no column may be longer. */
const longest = 2 ** 31 - 1;

/** A column of zeros; `shared`: in memory that threads read without a copy. */
export function allocateColumn(length: number, shared = false): Int32Array {
  return shared
    ? new Int32Array(new SharedArrayBuffer(length * Int32Array.BYTES_PER_ELEMENT))
    : new Int32Array(length);
}

/**
 * `column` itself when it holds `needed` entries, else a copy with at least twice the room: pushing n entries
 * one by one copies fewer than 2 n of them.
 *
 * @throws PairwellError `limit-exceeded` beyond 2^31 - 1 entries
 */
export function withRoom(column: Int32Array, needed: number): Int32Array {
  if (needed <= column.length) return column;
  if (needed > longest) {
    throw new PairwellError(
      'limit-exceeded',
      `A column of ${needed} integers was needed and ${longest} is the most it can hold; work on less data at a time.`,
      { needed, longest },
    );
  }
  const roomier = new Int32Array(Math.min(longest, Math.max(needed, 2 * column.length, 16)));
  roomier.set(column);
  return roomier;
}

/** The first `length` entries in a column of their own. */
export function trimmed(column: Int32Array, length: number, shared = false): Int32Array {
  const exact = allocateColumn(length, shared);
  exact.set(column.subarray(0, length));
  return exact;
}

/** The buffers to hand over with the columns when they go to another thread; shared ones stay where they are. */
export function transferableBuffers(columns: readonly ArrayBufferView[]): ArrayBuffer[] {
  const buffers = new Set<ArrayBuffer>();
  for (const { buffer } of columns) if (buffer instanceof ArrayBuffer) buffers.add(buffer);
  return [...buffers];
}
