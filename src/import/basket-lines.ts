import { sortUnique } from '../baskets/builder.ts';
import { ByteDictionary, hashStart, hashStep } from '../baskets/byte-dictionary.ts';
import { Dictionary } from '../baskets/dictionary.ts';
import { GrowingColumn } from '../baskets/growing-column.ts';
import { withRoom } from '../baskets/int-column.ts';
import type { Transactions } from '../baskets/transactions.ts';
import { PairwellError } from '../errors.ts';
import { blanks } from './delimiter.ts';

const tab = 9;
const newline = 10;
const carriageReturn = 13;

/** As for rows: the longest line, in characters. */
const lineLimit = 1024 * 1024;

/** In place of an item: a field is none. */
const noItem = -1;

/** In place of an item: a field is several; the first of such is at this value, further ones below it. */
const firstSeveral = -2;

/** Baskets in shared memory, with the names of their items. */
export interface NamedBaskets {
  readonly transactions: Transactions;
  /** The name of each item, as it stood in the file. */
  readonly names: readonly string[];
}

/** Of bytes that may end within a character, which is left out. */
const textOf = (bytes: Uint8Array): string => new TextDecoder().decode(bytes, { stream: true });

/**
 * Reads baskets of item names, a basket a line, as `planReading` does, but without a row for each item: fields are
 * compared as bytes, and only what stands in a field for the first time is looked at as text.
 */
export class BasketLineParser {
  readonly #itemName: (field: string) => string | undefined;
  /** By byte: 1 when it ends a field. */
  readonly #ends = new Uint8Array(256);
  readonly #blanks: boolean;
  readonly #fields = new ByteDictionary();
  /** By field: its item, or what stands in place of one. */
  #itemOf: Int32Array = new Int32Array(64);
  readonly #several: number[][] = [];
  readonly #dictionary = new Dictionary();
  readonly #items = new GrowingColumn();
  readonly #offsets = new GrowingColumn();
  #baskets = 0;
  #lines = 0;
  /** The start of a line, of which the rest is to come. */
  #rest: Buffer = Buffer.alloc(0);

  /**
   * @param delimiter an ASCII character, or `blanks`
   * @param itemName the item that a field stands for, if any
   */
  constructor(delimiter: string, itemName: (field: string) => string | undefined) {
    this.#itemName = itemName;
    this.#blanks = delimiter === blanks;
    for (const byte of [newline, carriageReturn, delimiter.charCodeAt(0)]) this.#ends[byte] = 1;
    if (this.#blanks) this.#ends[tab] = 1;
  }

  /**
   * @param chunk UTF-8
   * @throws PairwellError `bad-input` for a line that never ends
   */
  push(chunk: Buffer): void {
    const bytes = this.#rest.length === 0 ? chunk : Buffer.concat([this.#rest, chunk]);
    // After a CR at the very end an LF may follow.
    const end = Math.max(bytes.lastIndexOf(newline), bytes.lastIndexOf(carriageReturn, -2)) + 1;
    this.#pushLines(bytes, end);
    this.#rest = Buffer.from(bytes.subarray(end));
    if (this.#rest.length > lineLimit && textOf(this.#rest).length > lineLimit) {
      throw new PairwellError('bad-input', `Line ${this.#lines + 1} is longer than ${lineLimit} characters.`);
    }
  }

  finish(): NamedBaskets {
    const last = Buffer.from(`${textOf(this.#rest)}\n`);
    this.#pushLines(last, last.length);
    const names = Array.from({ length: this.#dictionary.size }, (_, id) => this.#dictionary.nameOf(id));
    const offsets = this.#offsets.first(this.#baskets + 1, true);
    const items = this.#items.first(offsets[this.#baskets], true);
    return { transactions: { itemCount: names.length, offsets, items }, names };
  }

  /** Reads whole lines, `bytes[0 … to - 1]`. */
  #pushLines(bytes: Uint8Array, to: number): void {
    const ends = this.#ends;
    const fields = this.#fields;
    const offsets = this.#offsets.withRoom(this.#baskets + to + 1);
    let baskets = this.#baskets;
    let rowStart = offsets[baskets];
    let end = rowStart;
    // An item takes at least two bytes.
    const items = this.#items.withRoom(end + (to >> 1));
    let itemOf = this.#itemOf;
    for (let i = 0; i < to; i++) {
      const from = i;
      let hash = hashStart;
      let byte = bytes[i];
      while (ends[byte] === 0) {
        hash = hashStep(hash, byte);
        byte = bytes[++i];
      }
      if (i > from) {
        const known = fields.size;
        const field = fields.intern(bytes, from, i, hash);
        if (field === known) itemOf = this.#learn(field, bytes.subarray(from, i));
        const item = itemOf[field];
        if (item >= 0) items[end++] = item;
        else if (item !== noItem) for (const one of this.#several[firstSeveral - item]) items[end++] = one;
      }
      if (byte !== newline && byte !== carriageReturn) continue;
      if (byte === carriageReturn || bytes[i - 1] !== carriageReturn) this.#lines++;
      if (end === rowStart) continue;
      end = sortUnique(items, rowStart, end);
      rowStart = end;
      offsets[++baskets] = end;
    }
    this.#baskets = baskets;
  }

  /** Notes what a field stands for that was not seen before; returns `itemOf` with it. */
  #learn(field: number, bytes: Uint8Array): Int32Array {
    const text = new TextDecoder().decode(bytes);
    const items: number[] = [];
    // There are other blanks than those that part fields as bytes.
    for (const part of this.#blanks ? text.split(/\s+/) : [text]) {
      const name = this.#itemName(part);
      if (name !== undefined) items.push(this.#dictionary.intern(name));
    }
    this.#itemOf = withRoom(this.#itemOf, field + 1);
    this.#itemOf[field] = items[0] ?? noItem;
    if (items.length > 1) this.#itemOf[field] = firstSeveral + 1 - this.#several.push(items);
    return this.#itemOf;
  }
}
