import type { Candidate } from './candidate.ts';

/** The code of a candidate that is offered; the others have one of `removalCode`, or 0 for as long as nothing is settled. */
export const offered = 255;

/** The candidates of one request and what is found of each. Its memory is used again by the next request. */
export class CandidateColumns<C extends Candidate = Candidate> {
  /** The candidates, and those that only a pin brought. */
  all: readonly C[] = [];
  codes = new Uint8Array(64);
  /** What they are ranked by, where the code is 0 or `offered`. */
  values = new Float64Array(64);
  factors = new Float64Array(64);

  begin(candidates: readonly C[]): void {
    this.all = candidates;
    this.#reserve(candidates.length);
  }

  /** @returns its number */
  append(candidate: C): number {
    this.all = [...this.all, candidate];
    this.#reserve(this.all.length);
    return this.all.length - 1;
  }

  /** Sets by what a candidate is boosted or buried. */
  weigh(i: number, factor: number): void {
    const { value } = this.all[i];
    this.factors[i] = factor;
    // What costs the shop money is worse when it is buried.
    this.values[i] = value < 0 ? value / factor : value * factor;
  }

  /** The better one; of equal ones by their places, then the likelier, then the lower item, whatever their order. */
  isBefore(a: number, b: number): boolean {
    if (this.values[a] !== this.values[b]) return this.values[a] > this.values[b];
    const one = this.all[a];
    const other = this.all[b];
    const places = (one.place ?? 0) - (other.place ?? 0);
    if (places !== 0) return places < 0;
    if (one.probability !== other.probability) return one.probability > other.probability;
    if (one.item !== other.item) return one.item < other.item;
    return one.kind === other.kind ? a < b : one.kind < other.kind;
  }

  /** The candidate of an item: one that is offered, else the best that is not settled, else any; −1 without one. */
  ofItem(item: number): number {
    let found = -1;
    for (let i = 0; i < this.all.length; i++) {
      if (this.all[i].item === item && (found < 0 || this.#isNearer(i, found))) found = i;
    }
    return found;
  }

  #isNearer(a: number, b: number): boolean {
    if (this.codes[a] === offered || this.codes[b] === offered) return this.codes[a] === offered;
    if (this.codes[a] === 0 && this.codes[b] === 0) return this.isBefore(a, b);
    return this.codes[a] === 0 && this.codes[b] !== 0;
  }

  #reserve(size: number): void {
    if (size <= this.codes.length) return;
    const { codes, values, factors } = this;
    this.codes = new Uint8Array(2 * size);
    this.values = new Float64Array(2 * size);
    this.factors = new Float64Array(2 * size);
    this.codes.set(codes);
    this.values.set(values);
    this.factors.set(factors);
  }
}
