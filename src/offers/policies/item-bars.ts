import type { Substitutes } from '../substitutes.ts';

/** Which items are out of one request, and why. Holds the number of the request by item: nothing to clear in between. */
export class ItemBars {
  #requests: Float64Array;
  #codes: Uint8Array;
  #causes: Int32Array;
  #request = 0;
  readonly #substitutes: Substitutes;

  /** @param substitutes of the items of the model; later numbers have none */
  constructor(substitutes: Substitutes) {
    const size = Math.max(64, substitutes.offsets.length);
    this.#substitutes = substitutes;
    this.#requests = new Float64Array(size);
    this.#codes = new Uint8Array(size);
    this.#causes = new Int32Array(size);
  }

  /** Forgets the request before. */
  begin(): void {
    this.#request++;
  }

  /** Keeps an item out, unless it is out already, but for the reason `over`. */
  bar(item: number, code: number, cause: number, over = 0): void {
    if (item >= this.#requests.length) this.#grow(item);
    if (this.#requests[item] === this.#request && this.#codes[item] !== over) return;
    this.#requests[item] = this.#request;
    this.#codes[item] = code;
    this.#causes[item] = cause;
  }

  barSubstitutes(item: number, code: number, over = 0): void {
    const { offsets, items } = this.#substitutes;
    if (item + 1 >= offsets.length) return;
    for (let at = offsets[item]; at < offsets[item + 1]; at++) this.bar(items[at], code, item, over);
  }

  /** Why an item is out; 0 where it is not. */
  codeOf(item: number): number {
    return this.#requests[item] === this.#request ? this.#codes[item] : 0;
  }

  /** The item on whose account an item is out. */
  causeOf(item: number): number {
    return this.#causes[item];
  }

  #grow(item: number): void {
    const size = 2 * (item + 1);
    const grown = <T extends Float64Array | Uint8Array | Int32Array>(made: T, old: T): T => {
      made.set(old);
      return made;
    };
    this.#requests = grown(new Float64Array(size), this.#requests);
    this.#codes = grown(new Uint8Array(size), this.#codes);
    this.#causes = grown(new Int32Array(size), this.#causes);
  }
}
