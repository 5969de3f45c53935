/**
 * Takes numbers out in order, without sorting those that are never asked for: a binary heap (Williams, Algorithm 232, 1964). Its
 * memory is used again by the next request.
 */
export class BestFirst {
  #heap = new Int32Array(64);
  #size = 0;
  readonly #isBefore: (a: number, b: number) => boolean;

  /** @param isBefore an order without ties */
  constructor(isBefore: (a: number, b: number) => boolean) {
    this.#isBefore = isBefore;
  }

  /** Starts anew, with room for so many numbers. */
  clear(capacity: number): void {
    if (this.#heap.length < capacity) this.#heap = new Int32Array(2 * capacity);
    this.#size = 0;
  }

  /** Adds a number; once all are in, `order` puts the first one on top. */
  add(number: number): void {
    this.#heap[this.#size++] = number;
  }

  order(): void {
    for (let at = (this.#size >> 1) - 1; at >= 0; at--) this.#sink(at);
  }

  /** The next number, or −1. */
  take(): number {
    if (this.#size === 0) return -1;
    const first = this.#heap[0];
    this.#heap[0] = this.#heap[--this.#size];
    this.#sink(0);
    return first;
  }

  #sink(from: number): void {
    const heap = this.#heap;
    const size = this.#size;
    let at = from;
    for (let child = 2 * at + 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && this.#isBefore(heap[child + 1], heap[child])) child++;
      if (!this.#isBefore(heap[child], heap[at])) return;
      const moved = heap[at];
      heap[at] = heap[child];
      heap[child] = moved;
      at = child;
    }
  }
}
