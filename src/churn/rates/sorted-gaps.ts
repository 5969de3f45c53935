/** Gaps between orders, in days, with their median and spread as they come. */
export class SortedGaps {
  #sorted = new Int32Array(16);
  #size = 0;

  clear(): void {
    this.#size = 0;
  }

  /** @param gap whole days */
  add(gap: number): void {
    if (this.#size === this.#sorted.length) {
      const larger = new Int32Array(2 * this.#size);
      larger.set(this.#sorted);
      this.#sorted = larger;
    }
    let [low, high] = [0, this.#size];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (this.#sorted[middle] <= gap) low = middle + 1;
      else high = middle;
    }
    this.#sorted.copyWithin(low + 1, low, this.#size);
    this.#sorted[low] = gap;
    this.#size++;
  }

  /** NaN without a gap. */
  median(): number {
    if (this.#size === 0) return Number.NaN;
    const half = this.#size >> 1;
    const upper = this.#sorted[half];
    return this.#size % 2 === 1 ? upper : (this.#sorted[half - 1] + upper) / 2;
  }

  /** The median of the distances from the median; NaN without a gap. */
  spread(): number {
    if (this.#size === 0) return Number.NaN;
    const centre = this.median();
    const half = this.#size >> 1;
    const upper = this.#distance(half + 1, centre);
    return this.#size % 2 === 1 ? upper : (this.#distance(half, centre) + upper) / 2;
  }

  /** The distance of the k-th nearest gap from `centre`: the k nearest lie side by side. */
  #distance(k: number, centre: number): number {
    const sorted = this.#sorted;
    let [low, high] = [0, this.#size - k];
    while (low < high) {
      const first = (low + high) >> 1;
      if (centre - sorted[first] > sorted[first + k] - centre) low = first + 1;
      else high = first;
    }
    return Math.max(centre - sorted[low], sorted[low + k - 1] - centre);
  }
}
