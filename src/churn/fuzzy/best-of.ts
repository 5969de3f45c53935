/** The things with the highest scores, so many at most; of equal ones those that came first. */
export class BestOf<T> {
  readonly #most: number;
  readonly #kept: { readonly score: number; readonly thing: T }[] = [];

  /** @param most ≥ 1 */
  constructor(most: number) {
    this.#most = most;
  }

  /** What a score has to be above to be kept. */
  get bar(): number {
    return this.#kept.length < this.#most ? Number.NEGATIVE_INFINITY : this.#kept[this.#most - 1].score;
  }

  add(score: number, thing: T): void {
    if (!(score > this.bar)) return;
    if (this.#kept.length === this.#most) this.#kept.pop();
    let at = this.#kept.length;
    while (at > 0 && this.#kept[at - 1].score < score) at--;
    this.#kept.splice(at, 0, { score, thing });
  }

  /** The highest first. */
  get things(): T[] {
    return this.#kept.map(({ thing }) => thing);
  }
}
