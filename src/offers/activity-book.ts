import { type ActivityEvent, type CustomerActivity, noActivity } from './activity.ts';
import { ActivityRecord } from './activity-record.ts';
import { CountedCodes } from './counted-codes.ts';

const day = 86_400_000;

/** How far back activity is remembered, in milliseconds. */
export const activityKept = 90 * day;

/** Deeds of all customers that are kept, at most: in memory some 120 MB. A customer takes the room of ten more. */
export const deedsOfAllKept = 3_000_000;
const roomOfCustomer = 10;
/** What makes room when there is none: a 64th of all. */
const shareForgotten = 64;

/**
 * The recent activity of all customers, in memory: 90 days back from the newest event, of each customer the latest of each sort, and
 * of all what there is room for: then those customers are forgotten of whom nothing has come for longest. Apart from that it is the
 * same in whatever order and however often events come.
 */
export class ActivityBook {
  readonly #most: number;
  /** Of whom something came last comes last. */
  readonly #records = new Map<string, ActivityRecord>();
  readonly #products = new CountedCodes();
  #size = 0;
  #newest = Number.NEGATIVE_INFINITY;
  /** The newest event when customers were last forgotten. */
  #swept = Number.NEGATIVE_INFINITY;
  #revision = 0;

  /** @param most room for so many deeds */
  constructor(most = deedsOfAllKept) {
    this.#most = most;
  }

  /** Customers of whom something is remembered. */
  get customers(): number {
    return this.#records.size;
  }

  /** Deeds that are remembered. */
  get size(): number {
    return this.#size;
  }

  /** Products that they are about. */
  get products(): number {
    return this.#products.size;
  }

  of(customer: string): CustomerActivity {
    const record = this.#records.get(customer);
    if (!record) return noActivity;
    this.#dropOld(record);
    return record;
  }

  /** Takes in an event; one that is known already, or older than what is remembered, changes nothing. */
  add(event: ActivityEvent): void {
    this.#newest = Math.max(this.#newest, event.at);
    if (event.at < this.#horizon) return;
    const record = this.#records.get(event.customer) ?? new ActivityRecord(this.#products);
    this.#dropOld(record);
    const before = record.size;
    record.add(event, ++this.#revision);
    this.#size += record.size - before;
    if (record.size === 0) return;
    this.#records.delete(event.customer);
    this.#records.set(event.customer, record);
    this.#forget();
  }

  /** Forgets a customer, or all of them. */
  forgetCustomer(customer?: string): void {
    const customers = customer === undefined ? [...this.#records.keys()] : [customer];
    for (const one of customers) {
      const record = this.#records.get(one);
      if (record) this.#drop(one, record);
    }
  }

  get #horizon(): number {
    return this.#newest - activityKept;
  }

  #dropOld(record: ActivityRecord): void {
    if (record.oldest >= this.#horizon) return;
    this.#size -= record.size;
    record.dropBefore(this.#horizon, ++this.#revision);
    this.#size += record.size;
  }

  /**
   * Many at a time: a map that entries are taken out of and put into again is slow to find its first one, as it steps over the places
   * of those that have left.
   */
  #forget(): void {
    const isFull = this.#room > this.#most;
    if (!isFull && this.#newest < this.#swept + day) return;
    this.#swept = this.#newest;
    const enough = isFull ? this.#most - this.#most / shareForgotten : this.#most;
    for (const [customer, record] of this.#records) {
      if (record.newest >= this.#horizon && this.#room <= enough) break;
      this.#drop(customer, record);
    }
  }

  #drop(customer: string, record: ActivityRecord): void {
    this.#size -= record.size;
    record.dropBefore(Number.POSITIVE_INFINITY, ++this.#revision);
    this.#records.delete(customer);
  }

  get #room(): number {
    return this.#size + roomOfCustomer * this.#records.size;
  }
}
