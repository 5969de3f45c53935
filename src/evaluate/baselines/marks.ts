/** A set of items that is emptied at once: items hold the number of the round in which they were marked. */
export class Marks {
  readonly #round: Uint32Array;
  #now = 1;

  constructor(itemCount: number) {
    this.#round = new Uint32Array(itemCount);
  }

  clear(): void {
    this.#now++;
    if (this.#now < 2 ** 32) return;
    this.#round.fill(0);
    this.#now = 1;
  }

  mark(item: number): void {
    this.#round[item] = this.#now;
  }

  /** Marks these items and no others. */
  set(items: Int32Array): void {
    this.clear();
    for (const item of items) this.#round[item] = this.#now;
  }

  has(item: number): boolean {
    return this.#round[item] === this.#now;
  }
}
