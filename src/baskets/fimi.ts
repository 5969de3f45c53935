import { PairwellError } from '../errors.ts';
import { sortUnique } from './builder.ts';
import { GrowingColumn } from './growing-column.ts';
import { SpmfHeader, startsHeader } from './spmf.ts';
import type { Transactions } from './transactions.ts';

const tab = 9;
const newline = 10;
const carriageReturn = 13;
const blank = 32;
const comma = 44;
const zero = 48;
const nine = 57;

/** Numbers below stand for themselves while a file is read; larger ones are looked up in a map. */
const smallNumbers = 2 ** 22;

const mostDigits = 15;

/** Bytes read between two looks at the room in the columns. */
const blockSize = 2 ** 20;

export interface NumberedBaskets {
  /** In shared memory. */
  readonly transactions: Transactions;
  /** The number that stood in the file for each item. */
  readonly numbers: readonly number[];
  /** The names that SPMF's header lines give to numbers. */
  readonly names: ReadonlyMap<number, string>;
}

/**
 * Reads baskets of item numbers, a basket a line (the format of the FIMI workshops), from bytes cut anywhere. An empty
 * line is an empty basket; a last line without its end counts. Lines that start with `#`, `%` or `@` are SPMF's
 * header lines and no baskets.
 *
 * Numbers below 2^22 get ids in their own order, so that a line sorted by number need not be sorted again; others
 * follow as they occur.
 */
export class FimiParser {
  readonly #items = new GrowingColumn();
  readonly #offsets = new GrowingColumn();
  readonly #header = new SpmfHeader();
  /** By small number: 1 when it occurs. */
  #seen = new Uint8Array(2 ** 12);
  /** What stands for each large number while the file is read, from `smallNumbers` on. */
  readonly #large = new Map<number, number>();
  #baskets = 0;
  /** Items so far, those of the line under way included. */
  #end = 0;
  /** Whether the line under way has any bytes yet. */
  #lineOpen = false;
  #number = 0;
  /** Digits of the number under way. */
  #digits = 0;

  /** @throws PairwellError `bad-input`, naming the line, for anything but whole numbers */
  push(bytes: Uint8Array): void {
    let at = 0;
    while (at < bytes.length) {
      at = this.#header.open
        ? this.#header.push(bytes, at)
        : this.#pushBaskets(bytes, at, Math.min(bytes.length, at + blockSize));
    }
  }

  finish(): NumberedBaskets {
    this.#header.end();
    const rowStart = this.#offsets.withRoom(1)[this.#baskets];
    if (this.#digits > 0 || this.#end > rowStart) this.push(Uint8Array.of(newline));
    const numbers = this.#renumber();
    return {
      transactions: {
        itemCount: numbers.length,
        offsets: this.#offsets.first(this.#baskets + 1, true),
        items: this.#items.first(this.#end, true),
      },
      numbers,
      names: this.#header.names,
    };
  }

  /** Reads `bytes[from … to - 1]`, or what comes before a header line; returns where to go on. */
  #pushBaskets(bytes: Uint8Array, from: number, to: number): number {
    // A number takes at least two bytes, a basket one.
    const items = this.#items.withRoom(this.#end + ((to - from) >> 1) + 1);
    const offsets = this.#offsets.withRoom(this.#baskets + to - from + 1);
    let seen = this.#seen;
    let baskets = this.#baskets;
    let rowStart = offsets[baskets];
    let end = this.#end;
    let number = this.#number;
    let digits = this.#digits;
    let lineStart = this.#lineOpen ? -1 : from;
    // Whether the start of the line, read before, was in order is not known any more.
    let ascending = end === rowStart;
    let last = -1;
    let i = from;
    for (; i < to; i++) {
      let byte = bytes[i];
      while (byte >= zero && byte <= nine) {
        number = number * 10 + byte - zero;
        digits++;
        if (++i === to) break;
        byte = bytes[i];
      }
      if (i === to) break;
      if (digits > 0) {
        if (number >= seen.length || digits > mostDigits) {
          number = this.#standIn(number, digits, baskets);
          seen = this.#seen;
        } else seen[number] = 1;
        if (number <= last) ascending = false;
        last = number;
        items[end++] = number;
        number = 0;
        digits = 0;
      }
      if (byte === newline) {
        if (!ascending) end = sortUnique(items, rowStart, end);
        offsets[++baskets] = end;
        rowStart = end;
        ascending = true;
        last = -1;
        lineStart = i + 1;
      } else if (byte !== blank && byte !== carriageReturn && byte !== tab && byte !== comma) {
        if (i !== lineStart || !startsHeader(byte)) {
          const found = JSON.stringify(String.fromCharCode(byte));
          throw this.#objection(baskets, `item numbers are needed, not ${found}.`);
        }
        this.#header.begin();
        break;
      }
    }
    this.#baskets = baskets;
    this.#end = end;
    this.#number = number;
    this.#digits = digits;
    this.#lineOpen = i !== lineStart;
    return i;
  }

  /** What stands for a number that is large or larger than any before. */
  #standIn(number: number, digits: number, baskets: number): number {
    if (digits > mostDigits) {
      throw this.#objection(baskets, `an item number may have at most ${mostDigits} digits.`);
    }
    if (number < smallNumbers) {
      const seen = new Uint8Array(Math.min(smallNumbers, 2 * Math.max(number, this.#seen.length)));
      seen.set(this.#seen);
      seen[number] = 1;
      this.#seen = seen;
      return number;
    }
    const known = this.#large.get(number);
    if (known !== undefined) return known;
    const standIn = smallNumbers + this.#large.size;
    this.#large.set(number, standIn);
    return standIn;
  }

  /** Puts ids from 0 on in place of what stands for numbers; returns the numbers by id. */
  #renumber(): number[] {
    const seen = this.#seen;
    const numbers: number[] = [];
    const ids = new Int32Array(this.#large.size > 0 ? smallNumbers + this.#large.size : seen.length);
    for (let number = 0; number < seen.length; number++) {
      if (seen[number] === 0) continue;
      ids[number] = numbers.length;
      numbers.push(number);
    }
    const dense = this.#large.size === 0 && numbers.at(-1) === numbers.length - 1;
    for (const [number, standIn] of this.#large) {
      ids[standIn] = numbers.length;
      numbers.push(number);
    }
    if (dense) return numbers;
    const items = this.#items.withRoom(this.#end);
    const end = this.#end;
    for (let i = 0; i < end; i++) items[i] = ids[items[i]];
    return numbers;
  }

  #objection(baskets: number, what: string): PairwellError {
    return new PairwellError('bad-input', `Line ${this.#header.lines + baskets + 1}: ${what}`);
  }
}
