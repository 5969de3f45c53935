/** How many of the items that can be on a list are on any. */
export class Coverage {
  readonly #lengths: readonly number[];
  /** By item: 1 where it counts. */
  readonly #isKnown: Uint8Array;
  readonly #known: number;
  /** By length: 1 where the item was on a list. */
  readonly #listed: readonly Uint8Array[];

  /**
   * @param counts by item: in how many baskets it was; only items that were in one count
   * @param lengths of the lists, in entries from the best one
   */
  constructor(counts: Int32Array, lengths: readonly number[]) {
    this.#lengths = lengths;
    this.#isKnown = Uint8Array.from(counts, (count) => (count > 0 ? 1 : 0));
    this.#known = this.#isKnown.reduce((sum, one) => sum + one, 0);
    this.#listed = lengths.map(() => new Uint8Array(counts.length));
  }

  /** @param list the best first */
  add(list: Int32Array): void {
    this.#lengths.forEach((k, n) => {
      for (const item of list.subarray(0, k)) this.#listed[n][item] = this.#isKnown[item];
    });
  }

  /** By length, as `coverage@k`: the share of the items; 0 where there are none. */
  shares(): Record<string, number> {
    return Object.fromEntries(
      this.#lengths.map((k, n) => {
        const listed = this.#listed[n].reduce((sum, one) => sum + one, 0);
        return [`coverage@${k}`, this.#known === 0 ? 0 : listed / this.#known];
      }),
    );
  }
}
