import { withRoom } from '../baskets/int-column.ts';
import { checkCount } from './options.ts';

/** The k best of the integers that are offered: a heap of at most k entries with the worst of them on top. */
export class BestOf {
  readonly #k: number;
  readonly #compare: (a: number, b: number) => number;
  #heap: Int32Array = new Int32Array(16);
  #size = 0;

  /**
   * @param k how many to keep, ≥ 1
   * @param compare below 0 when `a` is better, above 0 when `b` is, 0 when either will do
   * @throws PairwellError `bad-input` when `k` is not a whole number ≥ 1
   */
  constructor(k: number, compare: (a: number, b: number) => number) {
    checkCount('number to keep', k);
    this.#k = k;
    this.#compare = compare;
  }

  offer(value: number): void {
    if (this.#size < this.#k) this.#push(value);
    else if (this.#compare(value, this.#heap[0]) < 0) this.#replaceWorst(value);
  }

  /** The worst one kept, undefined as long as there are fewer than k. */
  get kth(): number | undefined {
    return this.#size < this.#k ? undefined : this.#heap[0];
  }

  /** Those kept so far, the best first. */
  sorted(): Int32Array {
    return this.#heap.slice(0, this.#size).sort(this.#compare);
  }

  #push(value: number): void {
    const heap = withRoom(this.#heap, this.#size + 1);
    let hole = this.#size++;
    while (hole > 0) {
      const parent = (hole - 1) >> 1;
      if (this.#compare(value, heap[parent]) <= 0) break;
      heap[hole] = heap[parent];
      hole = parent;
    }
    heap[hole] = value;
    this.#heap = heap;
  }

  #replaceWorst(value: number): void {
    const heap = this.#heap;
    const size = this.#size;
    let hole = 0;
    for (let child = 1; child < size; child = 2 * hole + 1) {
      if (child + 1 < size && this.#compare(heap[child + 1], heap[child]) > 0) child++;
      if (this.#compare(value, heap[child]) >= 0) break;
      heap[hole] = heap[child];
      hole = child;
    }
    heap[hole] = value;
  }
}
