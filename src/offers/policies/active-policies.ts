import type { Placement } from '../placements.ts';
import type { StoredPin } from './policy.ts';
import { isMeant, type PolicyBook } from './policy-book.ts';

const noPins: readonly StoredPin[] = [];

/** Which policies of a book hold for one request; those about a product are given by their numbers. */
export class ActivePolicies {
  readonly #book: PolicyBook;
  /** By policy number: 1 where it does not weigh. */
  readonly #factors: Float64Array;
  readonly #hides: Uint8Array;
  readonly #consumable: Uint8Array;
  /** The requests in which policies hold. */
  readonly #requests: Float64Array;
  #request = 0;

  constructor(book: PolicyBook) {
    const { targeting } = book;
    this.#book = book;
    this.#factors = Float64Array.from(targeting, (policy) => ('factor' in policy ? policy.factor : 1));
    this.#hides = Uint8Array.from(targeting, ({ action }) => Number(action === 'hide'));
    this.#consumable = Uint8Array.from(targeting, ({ action }) => Number(action === 'consumable'));
    this.#requests = new Float64Array(targeting.length);
  }

  /** @returns the pins that hold, in order of precedence */
  begin(placement: Placement, now: number, segments: ReadonlySet<string>): readonly StoredPin[] {
    const request = ++this.#request;
    const requests = this.#requests;
    const { general, segmented, pins } = this.#book.window(placement, now);
    for (let i = 0; i < general.length; i++) requests[general[i]] = request;
    for (let i = 0; i < segmented.length; i++) {
      if (isMeant(this.#book.targeting[segmented[i]], segments)) requests[segmented[i]] = request;
    }
    return pins.length === 0 ? noPins : pins.filter((pin) => isMeant(pin, segments));
  }

  isHidden(policies: Int32Array): boolean {
    return this.#isMarked(policies, this.#hides);
  }

  isConsumable(policies: Int32Array): boolean {
    return this.#isMarked(policies, this.#consumable);
  }

  /** The product of all factors. */
  factorOf(policies: Int32Array): number {
    let factor = 1;
    for (let i = 0; i < policies.length; i++) {
      if (this.#requests[policies[i]] === this.#request) factor *= this.#factors[policies[i]];
    }
    return factor;
  }

  /** The ids of those that hold for a product. */
  idsOf(policies: Int32Array, isAsked: (action: string) => boolean): number[] {
    return [...policies]
      .filter((number) => this.#requests[number] === this.#request)
      .map((number) => this.#book.targeting[number])
      .filter(({ action }) => isAsked(action))
      .map(({ id }) => id);
  }

  #isMarked(policies: Int32Array, marks: Uint8Array): boolean {
    for (let i = 0; i < policies.length; i++) {
      if (marks[policies[i]] === 1 && this.#requests[policies[i]] === this.#request) return true;
    }
    return false;
  }
}
