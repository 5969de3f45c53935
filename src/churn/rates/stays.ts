/**
 * When customers were customers, by some definition of leaving: customer c had the stays `offsets[c]` … `offsets[c + 1] - 1`, in the
 * order of time, one more each time that they came back. Plain data; days are days since 1970-01-01.
 */
export interface Stays {
  readonly offsets: Int32Array;
  /** The first day of the stay: of an order, or of a contract. */
  readonly from: Int32Array;
  /** The day on which the definition first says that the customer has left, from what is known by its evening; −1 while it does not. */
  readonly left: Int32Array;
  /** The last day that the customer gave cause to say otherwise: of the last order, or the last one that a contract ran. */
  readonly lastSeen: Int32Array;
}

/** Takes stays customer by customer, each customer's in the order of time. */
export class StaysBuilder {
  readonly #sizes: number[] = [];
  readonly #from: number[] = [];
  readonly #left: number[] = [];
  readonly #lastSeen: number[] = [];
  #before = 0;

  add(from: number, left: number, lastSeen: number): void {
    this.#from.push(from);
    this.#left.push(left);
    this.#lastSeen.push(lastSeen);
  }

  /** What is added from now on is the next customer's. */
  endCustomer(): void {
    this.#sizes.push(this.#from.length - this.#before);
    this.#before = this.#from.length;
  }

  build(): Stays {
    const offsets = new Int32Array(this.#sizes.length + 1);
    for (let c = 0; c < this.#sizes.length; c++) offsets[c + 1] = offsets[c] + this.#sizes[c];
    return {
      offsets,
      from: Int32Array.from(this.#from),
      left: Int32Array.from(this.#left),
      lastSeen: Int32Array.from(this.#lastSeen),
    };
  }
}

/** Whether somebody is a customer in the evening of a day. */
export function isCustomerOn({ offsets, from, left }: Stays, customer: number, day: number): boolean {
  for (let s = offsets[customer]; s < offsets[customer + 1] && from[s] <= day; s++) {
    if (left[s] < 0 || left[s] > day) return true;
  }
  return false;
}

/** Whether each customer is gone in the evening of the last day that is known: 1, 0 while they are customers, −1 for who never was one. */
export function goneCustomers({ offsets, left }: Stays): Int8Array {
  const gone = new Int8Array(offsets.length - 1).fill(-1);
  for (let c = 0; c < gone.length; c++) {
    const end = offsets[c + 1];
    if (end > offsets[c]) gone[c] = Number(left[end - 1] >= 0);
  }
  return gone;
}
