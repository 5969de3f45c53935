/** The arrays behind a string table, in which form it is saved. */
export interface StringTableColumns {
  /** All strings end to end, UTF-8. */
  readonly bytes: Uint8Array;
  /** One more entry than there are strings. */
  readonly offsets: Int32Array;
  /** Open addressing with linear probing: index + 1, or 0 for a free slot. */
  readonly slots: Int32Array;
}

/** FNV-1a over UTF-16 code units. */
function hash(text: string): number {
  let h = 0x811c9dc5;
  for (let i = 0; i < text.length; i++) h = Math.imul(h ^ text.charCodeAt(i), 0x01000193);
  return h >>> 0;
}

// A byte order mark at the start of a string belongs to the string.
const decoder = new TextDecoder('utf-8', { ignoreBOM: true });

/**
 * Distinct strings by number and numbers by string, in flat arrays: a million customer ids open without
 * building a million objects.
 */
export class StringTable {
  readonly columns: StringTableColumns;

  constructor(columns: StringTableColumns) {
    this.columns = columns;
  }

  /** @param strings distinct */
  static from(strings: readonly string[]): StringTable {
    const encoded = strings.map((text) => new TextEncoder().encode(text));
    const offsets = new Int32Array(strings.length + 1);
    for (let i = 0; i < encoded.length; i++) offsets[i + 1] = offsets[i] + encoded[i].length;
    const bytes = new Uint8Array(offsets[strings.length]);
    for (let i = 0; i < encoded.length; i++) bytes.set(encoded[i], offsets[i]);

    let size = 4;
    while (size < strings.length * 2) size *= 2;
    const slots = new Int32Array(size);
    for (let i = 0; i < strings.length; i++) {
      let at = hash(strings[i]) & (size - 1);
      while (slots[at] !== 0) at = (at + 1) & (size - 1);
      slots[at] = i + 1;
    }
    return new StringTable({ bytes, offsets, slots });
  }

  get size(): number {
    return this.columns.offsets.length - 1;
  }

  get(index: number): string {
    const { bytes, offsets } = this.columns;
    return decoder.decode(bytes.subarray(offsets[index], offsets[index + 1]));
  }

  /** The number of `text`, or −1. */
  indexOf(text: string): number {
    const { slots } = this.columns;
    const mask = slots.length - 1;
    for (let at = hash(text) & mask; slots[at] !== 0; at = (at + 1) & mask) {
      if (this.get(slots[at] - 1) === text) return slots[at] - 1;
    }
    return -1;
  }
}
