import { withRoom } from './int-column.ts';

/** Start and step of the hash: FNV-1a of 32 bits. */
export const hashStart = 0x811c9dc5 | 0;
export const hashStep = (hash: number, byte: number): number => Math.imul(hash ^ byte, 0x01000193);

/** Byte strings as dense integers 0, 1, 2, … in the order they were first seen. */
export class ByteDictionary {
  /** All strings, one after the other. */
  #bytes = new Uint8Array(1024);
  /** By id: where its string ends. */
  #ends: Int32Array = new Int32Array(64);
  #hashes: Int32Array = new Int32Array(64);
  /** Ids plus one by hash, in the next free slot; half of the slots at least are 0 and free. */
  #slots = new Int32Array(128);
  #size = 0;

  /** How many strings there are. */
  get size(): number {
    return this.#size;
  }

  /**
   * The id of `bytes[from … to - 1]`, `size` before the call when it is new.
   *
   * @param hash `hashStep` over the bytes, from `hashStart`
   */
  intern(bytes: Uint8Array, from: number, to: number, hash: number): number {
    const slots = this.#slots;
    const mask = slots.length - 1;
    let slot = hash & mask;
    for (let id = slots[slot] - 1; id >= 0; id = slots[slot] - 1) {
      if (this.#hashes[id] === hash && this.#holds(id, bytes, from, to)) return id;
      slot = (slot + 1) & mask;
    }
    slots[slot] = this.#size + 1;
    return this.#add(bytes.subarray(from, to), hash);
  }

  #holds(id: number, bytes: Uint8Array, from: number, to: number): boolean {
    const own = this.#bytes;
    let at = id === 0 ? 0 : this.#ends[id - 1];
    if (this.#ends[id] - at !== to - from) return false;
    for (let i = from; i < to; i++) if (own[at++] !== bytes[i]) return false;
    return true;
  }

  #add(bytes: Uint8Array, hash: number): number {
    const id = this.#size++;
    const start = id === 0 ? 0 : this.#ends[id - 1];
    const end = start + bytes.length;
    if (end > this.#bytes.length) {
      const roomier = new Uint8Array(Math.max(end, 2 * this.#bytes.length));
      roomier.set(this.#bytes);
      this.#bytes = roomier;
    }
    this.#bytes.set(bytes, start);
    this.#ends = withRoom(this.#ends, this.#size);
    this.#ends[id] = end;
    this.#hashes = withRoom(this.#hashes, this.#size);
    this.#hashes[id] = hash;
    if (2 * this.#size > this.#slots.length) this.#spread();
    return id;
  }

  #spread(): void {
    const slots = new Int32Array(2 * this.#slots.length);
    const mask = slots.length - 1;
    for (let id = 0; id < this.#size; id++) {
      let slot = this.#hashes[id] & mask;
      while (slots[slot] !== 0) slot = (slot + 1) & mask;
      slots[slot] = id + 1;
    }
    this.#slots = slots;
  }
}
