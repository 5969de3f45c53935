import { largestGroup, offsetsOf } from '../baskets/offsets.ts';

/** The usual length of a chunk in bytes. */
const chunkSize = 128 * 1024;

const zero = 48;

/** Lines that can be written as bytes. */
export interface Lines {
  readonly count: number;
  /** A number of bytes that line `index` does not exceed, quick to tell. */
  longest(index: number): number;
  /** The same, and not much more than the line has. */
  length(index: number): number;
  /** Writes line `index` from `out[at]` on and returns where it ends. */
  write(index: number, out: Uint8Array, at: number): number;
}

/** The lines one after the other, in chunks of whole lines. No chunk's memory is used again. */
export function* lineChunks(lines: Lines): Generator<Uint8Array> {
  for (let index = 0; index < lines.count; ) {
    const chunk = new Uint8Array(Math.max(chunkSize, lines.length(index)));
    const { next, end } = fill(chunk, lines, index);
    yield chunk.subarray(0, end);
    index = next;
  }
}

/** Writes as many lines as `chunk` has room for, from line `index` on. */
function fill(chunk: Uint8Array, lines: Lines, index: number): { next: number; end: number } {
  const { count } = lines;
  const room = chunk.length;
  let next = index;
  let end = 0;
  while (next < count && (end + lines.longest(next) <= room || end + lines.length(next) <= room)) {
    end = lines.write(next, chunk, end);
    next++;
  }
  return { next, end };
}

/** The names of items in UTF-8, to be written many times over. */
export class NameBytes {
  /** All names, each with a blank after it. */
  readonly #bytes: Buffer;
  /** Where each begins; one more entry than names. */
  readonly #starts: Int32Array;
  /** The bytes of the longest, its blank included. */
  readonly #longest: number;

  constructor(names: readonly string[]) {
    this.#starts = offsetsOf(Int32Array.from(names, (name) => Buffer.byteLength(name) + 1));
    this.#longest = largestGroup(this.#starts);
    this.#bytes = Buffer.alloc(this.#starts[names.length], ' ');
    names.forEach((name, item) => {
      this.#bytes.write(name, this.#starts[item]);
    });
  }

  /** The most bytes that so many names take. */
  longest(count: number): number {
    return count * this.#longest;
  }

  /** The bytes that `items[from … to - 1]` take. */
  length(items: Int32Array, from: number, to: number): number {
    const starts = this.#starts;
    let sum = 0;
    for (let i = from; i < to; i++) sum += starts[items[i] + 1] - starts[items[i]];
    return sum;
  }

  /** Writes the names of `items[from … to - 1]`, each with a blank after it; returns where they end. */
  write(items: Int32Array, from: number, to: number, out: Uint8Array, at: number): number {
    const bytes = this.#bytes;
    const starts = this.#starts;
    let end = at;
    for (let i = from; i < to; i++) {
      const item = items[i];
      const stop = starts[item + 1];
      for (let b = starts[item]; b < stop; b++) out[end++] = bytes[b];
    }
    return end;
  }
}

/** Writes plain ASCII text and returns where it ends. */
export function writeText(text: Uint8Array, out: Uint8Array, at: number): number {
  for (let i = 0; i < text.length; i++) out[at + i] = text[i];
  return at + text.length;
}

/** Writes a whole number, 0 … 2^31 - 1, and returns where it ends. */
export function writeInteger(value: number, out: Uint8Array, at: number): number {
  let end = at + 1;
  for (let rest = value; rest >= 10; rest = (rest / 10) | 0) end++;
  let rest = value;
  for (let i = end - 1; i >= at; i--) {
    const tens = (rest / 10) | 0;
    out[i] = zero + rest - 10 * tens;
    rest = tens;
  }
  return end;
}
