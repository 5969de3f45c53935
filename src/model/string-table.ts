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

  /** @param strings distinct; null for a number that has none */
  static from(strings: readonly (string | null)[]): StringTable {
    const encoded = strings.map((text) => new TextEncoder().encode(text ?? ''));
    const offsets = new Int32Array(strings.length + 1);
    for (let i = 0; i < encoded.length; i++) offsets[i + 1] = offsets[i] + encoded[i].length;
    const bytes = new Uint8Array(offsets[strings.length]);
    for (let i = 0; i < encoded.length; i++) bytes.set(encoded[i], offsets[i]);

    let size = 4;
    while (size < strings.length * 2) size *= 2;
    const slots = new Int32Array(size);
    for (let i = 0; i < strings.length; i++) {
      const text = strings[i];
      if (text === null) continue;
      let at = hash(text) & (size - 1);
      while (slots[at] !== 0) at = (at + 1) & (size - 1);
      slots[at] = i + 1;
    }
    return new StringTable({ bytes, offsets, slots });
  }

  get size(): number {
    return this.columns.offsets.length - 1;
  }

  /** Whether a number has a string, which is not the empty one. */
  isNamed(index: number): boolean {
    const { offsets } = this.columns;
    return offsets[index + 1] > offsets[index];
  }

  /** The empty string for a number that has none. */
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

  /**
   * Takes a string out, in place: its number stays, without a string. Neither its length can be told afterwards nor its hash.
   *
   * @returns whether it was there
   */
  remove(text: string): boolean {
    const index = this.indexOf(text);
    if (index < 0) return false;
    const { bytes, offsets } = this.columns;
    this.#freeSlot(text, index);
    const [start, next, end] = [offsets[index], offsets[index + 1], offsets[this.size]];
    bytes.copyWithin(start, next, end).fill(0, end - (next - start), end);
    for (let i = index + 1; i < offsets.length; i++) offsets[i] -= next - start;
    return true;
  }

  /** Moves those up that were put further on because the slot was taken: a search ends at the first free one. */
  #freeSlot(text: string, index: number): void {
    const { slots } = this.columns;
    const mask = slots.length - 1;
    let free = hash(text) & mask;
    while (slots[free] !== index + 1) free = (free + 1) & mask;
    for (let at = (free + 1) & mask; slots[at] !== 0; at = (at + 1) & mask) {
      const wanted = hash(this.get(slots[at] - 1)) & mask;
      // Whoever is nearer to where it belongs than the free slot is stays.
      if (((at - wanted) & mask) < ((at - free) & mask)) continue;
      slots[free] = slots[at];
      free = at;
    }
    slots[free] = 0;
  }
}
