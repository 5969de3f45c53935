import { type ActivityEvent, type CustomerActivity, type Interest, interestTypes } from './activity.ts';
import type { CountedCodes } from './counted-codes.ts';
import { DeedList, type DeedSort } from './deed-list.ts';
import { placementNames } from './placements.ts';

const placesByNumber: readonly string[] = placementNames;
const interestsByNumber: readonly string[] = interestTypes;

/** What is kept of one customer. Products are numbers that it holds as long as it keeps a deed with them. */
export class ActivityRecord implements CustomerActivity {
  readonly #products: CountedCodes;
  readonly #deeds = new DeedList();
  #lastComplaint: number | undefined;
  #oldest = Number.POSITIVE_INFINITY;
  #newest = Number.NEGATIVE_INFINITY;
  #revision = 0;
  /** Undefined until somebody asks. */
  #listed: readonly Interest[] | undefined;

  constructor(products: CountedCodes) {
    this.#products = products;
  }

  get revision(): number {
    return this.#revision;
  }

  get lastComplaint(): number | undefined {
    return this.#lastComplaint;
  }

  /** What is kept: deeds, and a complaint. */
  get size(): number {
    return this.#deeds.size + (this.#lastComplaint === undefined ? 0 : 1);
  }

  /** The time of the oldest that is kept. */
  get oldest(): number {
    return this.#oldest;
  }

  /** The time of the newest that there was. */
  get newest(): number {
    return this.#newest;
  }

  get interests(): readonly Interest[] {
    this.#listed ??= this.#listInterests();
    return this.#listed;
  }

  impressions(product: string, since: number): number {
    const number = this.#products.numberOf(product);
    return number < 0 ? 0 : this.#deeds.countOf('impression', number, since);
  }

  totalImpressions(since: number): number {
    return this.#deeds.count('impression', since);
  }

  placementImpressions(placement: string, since: number): number {
    const place = placesByNumber.indexOf(placement);
    return place < 0 ? 0 : this.#deeds.count('impression', since, place);
  }

  dismissedAt(product: string): number | undefined {
    const number = this.#products.numberOf(product);
    return number < 0 ? undefined : this.#deeds.lastOf('dismissal', number);
  }

  /** @param revision the next one, should the event change anything */
  add(event: ActivityEvent, revision: number): void {
    if (!this.#take(event)) return;
    this.#oldest = Math.min(this.#oldest, event.at);
    this.#newest = Math.max(this.#newest, event.at);
    this.#change(revision);
  }

  /** Lets go of what is older than `time`. */
  dropBefore(time: number, revision: number): void {
    if (this.#oldest >= time) return;
    if (this.#lastComplaint !== undefined && this.#lastComplaint < time) this.#lastComplaint = undefined;
    const oldest = this.#deeds.dropBefore(time, (product) => this.#products.release(product));
    this.#oldest = Math.min(oldest, this.#lastComplaint ?? Number.POSITIVE_INFINITY);
    this.#change(revision);
  }

  #change(revision: number): void {
    this.#listed = undefined;
    this.#revision = revision;
  }

  /** Whether the event told something new. */
  #take(event: ActivityEvent): boolean {
    const { type, product, placement, at } = event;
    if (type === 'complaint') {
      if (this.#lastComplaint !== undefined && at <= this.#lastComplaint) return false;
      this.#lastComplaint = at;
      return true;
    }
    if (product === null) return false;
    if (type === 'impression') {
      const place = placement === null ? -1 : placesByNumber.indexOf(placement);
      return this.#keep('impression', product, event, place);
    }
    if (type === 'dismiss') return this.#keep('dismissal', product, event, 0);
    const interest = interestsByNumber.indexOf(type);
    return interest >= 0 && this.#keep('interest', product, event, interest);
  }

  #keep(sort: DeedSort, product: string, { at, id }: ActivityEvent, detail: number): boolean {
    const products = this.#products;
    const number = products.hold(product);
    const isKept = this.#deeds.add(sort, number, at, id, detail, (gone) => products.release(gone));
    if (!isKept) products.release(number);
    return isKept;
  }

  #listInterests(): Interest[] {
    const listed: Interest[] = [];
    this.#deeds.eachNewestFirst('interest', (product, at, type) =>
      listed.push({ type: interestTypes[type], product: this.#products.codeOf(product), at }),
    );
    return listed;
  }
}
