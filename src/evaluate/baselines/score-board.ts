import type { RankedItems } from '../method.ts';
import type { Marks } from './marks.ts';

/**
 * Scores of items for one list. Only items that were scored are looked at when the best are taken, ties going to the lower
 * item number.
 */
export class ScoreBoard {
  readonly #scores: Float64Array;
  readonly #isScored: Uint8Array;
  readonly #scored: Int32Array;
  #count = 0;

  constructor(itemCount: number) {
    this.#scores = new Float64Array(itemCount);
    this.#isScored = new Uint8Array(itemCount);
    this.#scored = new Int32Array(itemCount);
  }

  clear(): void {
    for (let n = 0; n < this.#count; n++) {
      this.#scores[this.#scored[n]] = 0;
      this.#isScored[this.#scored[n]] = 0;
    }
    this.#count = 0;
  }

  /** Adds to an item's score; one that was not scored had 0. */
  add(item: number, amount: number): void {
    this.#see(item);
    this.#scores[item] += amount;
  }

  /** Raises an item's score to `amount` where it is lower. */
  raise(item: number, amount: number): void {
    this.#see(item);
    if (amount > this.#scores[item]) this.#scores[item] = amount;
  }

  /** The score of an item; 0 where it has none. */
  scoreOf(item: number): number {
    return this.#scores[item];
  }

  /**
   * Writes the best `k` of the scored items into `out`, their scores as probabilities.
   *
   * @param barred items that must not be among them
   * @returns how many there were
   */
  take(k: number, barred: Marks, out: RankedItems): number {
    const { items, probabilities: scores } = out;
    let filled = 0;
    for (let n = 0; n < this.#count; n++) {
      const item = this.#scored[n];
      const score = this.#scores[item];
      if (filled === k && !isBefore(score, item, scores[k - 1], items[k - 1])) continue;
      if (barred.has(item)) continue;
      let at = filled < k ? filled++ : k - 1;
      for (; at > 0 && isBefore(score, item, scores[at - 1], items[at - 1]); at--) {
        items[at] = items[at - 1];
        scores[at] = scores[at - 1];
      }
      items[at] = item;
      scores[at] = score;
    }
    return filled;
  }

  #see(item: number): void {
    if (this.#isScored[item] === 1) return;
    this.#isScored[item] = 1;
    this.#scored[this.#count++] = item;
  }
}

const isBefore = (score: number, item: number, otherScore: number, otherItem: number): boolean =>
  score > otherScore || (score === otherScore && item < otherItem);
