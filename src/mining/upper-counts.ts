import { mixedBits } from './mixed-bits.ts';

/**
 * How often the commonest of very many pairs of integers came, in fixed memory: never too low, and too high only when it
 * shares both its places with other common pairs. A count-min sketch (Cormode and Muthukrishnan, Journal of Algorithms
 * 55, 2005) of two rows, which are raised no further than needed (Estan and Varghese, SIGCOMM 2002).
 */
export class UpperCounts {
  readonly #first: Int32Array;
  readonly #second: Int32Array;
  #most = 0;

  /** @param places how many counters each row has: a power of two */
  constructor(places: number) {
    this.#first = new Int32Array(places);
    this.#second = new Int32Array(places);
  }

  /** No pair was counted more often. */
  get most(): number {
    return this.#most;
  }

  /** Counts the pair once more. */
  count(a: number, b: number): void {
    const mask = this.#first.length - 1;
    const hash = mixedBits(Math.imul(a, 0x9e3779b1) ^ b);
    const i = hash & mask;
    const j = mixedBits(hash) & mask;
    // The lower of the two is an upper bound of this pair's count, and so is one more from now on.
    const bound = Math.min(this.#first[i], this.#second[j]) + 1;
    if (this.#first[i] < bound) this.#first[i] = bound;
    if (this.#second[j] < bound) this.#second[j] = bound;
    if (this.#most < bound) this.#most = bound;
  }
}
