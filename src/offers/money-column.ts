/** An amount of money for each item, in terms of the mean of those that can be sold; follows the catalogue item by item. */
export class MoneyColumn {
  /** NaN where it is not known. */
  #amounts: Float64Array = new Float64Array(0);
  #counted = new Uint8Array(0);
  #sum = 0;
  #count = 0;
  /** By weight, see {@link powers}. */
  readonly #powers = new Map<number, Float64Array>();

  /** @param isCounted whether it is part of the mean */
  set(item: number, amount: number | null, isCounted: boolean): void {
    if (item >= this.#amounts.length) this.#grow(item);
    if (this.#counted[item] === 1) {
      this.#sum -= this.#amounts[item];
      this.#count--;
    }
    this.#amounts[item] = amount ?? Number.NaN;
    this.#counted[item] = Number(isCounted && amount !== null);
    if (this.#counted[item] === 1) {
      this.#sum += this.#amounts[item];
      this.#count++;
    }
    for (const [weight, powers] of this.#powers) powers[item] = power(this.#amounts[item], weight);
  }

  /** NaN where that is no more than nothing. */
  get mean(): number {
    return this.#count > 0 && this.#sum > 0 ? this.#sum / this.#count : Number.NaN;
  }

  /** By item: the amount to the power of a weight; itself where it is 0 or less, NaN where it is not known. */
  powers(weight: number): Float64Array {
    const known = this.#powers.get(weight);
    if (known) return known;
    // Weights are settings of placements: a handful, unless somebody tries out many.
    if (this.#powers.size >= weightsKept) this.#powers.clear();
    const made = this.#amounts.map((amount) => power(amount, weight));
    this.#powers.set(weight, made);
    return made;
  }

  #grow(item: number): void {
    const size = 2 * (item + 1);
    const grown = (old: Float64Array): Float64Array => {
      const made = new Float64Array(size).fill(Number.NaN);
      made.set(old);
      return made;
    };
    this.#amounts = grown(this.#amounts);
    for (const [weight, powers] of this.#powers) this.#powers.set(weight, grown(powers));
    const counted = new Uint8Array(size);
    counted.set(this.#counted);
    this.#counted = counted;
  }
}

const weightsKept = 16;

const power = (amount: number, weight: number): number => (amount > 0 ? amount ** weight : amount);
