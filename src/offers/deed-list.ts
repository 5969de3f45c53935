/** Sorts of deeds, each of which has a length of its own. */
export const deedSorts = ['impression', 'interest', 'dismissal'] as const;

export type DeedSort = (typeof deedSorts)[number];

/** Deeds of each sort that are kept at most, the latest ones. */
export const deedsKept: Readonly<Record<DeedSort, number>> = {
  impression: 200,
  interest: 100,
  dismissal: 100,
};

const sortNumbers: Readonly<Record<DeedSort, number>> = { impression: 0, interest: 1, dismissal: 2 };
const sortCount = deedSorts.length;

const width = 4;

/** Before all times and ids. */
const first = Number.NEGATIVE_INFINITY;

/** Told of the product of each entry that leaves a list. */
export type OnGone = (product: number) => void;

/**
 * One customer's latest deeds: rows of key, time, id and one detail in one flat list, in the order of key, time and id; a key is
 * product and sort in one number. In whatever order and however often deeds come, the list is the same.
 */
export class DeedList {
  readonly #rows: number[] = [];

  get size(): number {
    return this.#rows.length / width;
  }

  /**
   * @param product a number from 0 on
   * @param at milliseconds since 1970-01-01
   * @returns false when the deed was there already, or is older than all of its sort and there are enough of them
   */
  add(sort: DeedSort, product: number, at: number, id: number, detail: number, onGone: OnGone): boolean {
    const rows = this.#rows;
    const key = keyOf(product, sort);
    const place = this.#firstFrom(key, at, id);
    if (rows[place] === key && rows[place + 1] === at && rows[place + 2] === id) return false;
    const oldest = this.#oldestTooMany(sort);
    if (oldest < 0) {
      rows.splice(place, 0, key, at, id, detail);
      return true;
    }
    if (at < rows[oldest + 1] || (at === rows[oldest + 1] && id < rows[oldest + 2])) return false;
    onGone(productOf(rows[oldest]));
    rows.splice(place, 0, key, at, id, detail);
    rows.splice(oldest < place ? oldest : oldest + width, width);
    return true;
  }

  /**
   * Lets go of what is older than `time`.
   *
   * @returns the time of the oldest that stays, or Infinity
   */
  dropBefore(time: number, onGone: OnGone): number {
    const rows = this.#rows;
    let oldest = Number.POSITIVE_INFINITY;
    let kept = 0;
    for (let row = 0; row < rows.length; row += width) {
      if (rows[row + 1] < time) onGone(productOf(rows[row]));
      else {
        oldest = Math.min(oldest, rows[row + 1]);
        rows.copyWithin(kept, row, row + width);
        kept += width;
      }
    }
    rows.length = kept;
    return oldest;
  }

  /** How many deeds of a sort there were with a product from `since` on. */
  countOf(sort: DeedSort, product: number, since: number): number {
    const key = keyOf(product, sort);
    return (this.#firstFrom(key + 1, first, first) - this.#firstFrom(key, since, first)) / width;
  }

  /**
   * How many deeds of a sort there were from `since` on.
   *
   * @param detail those alone that have it; all without it
   */
  count(sort: DeedSort, since: number, detail?: number): number {
    const rows = this.#rows;
    let count = 0;
    for (let row = 0; row < rows.length; row += width) {
      if (!isOf(rows[row], sort) || rows[row + 1] < since) continue;
      if (detail === undefined || rows[row + 3] === detail) count++;
    }
    return count;
  }

  /** When the last deed of a sort with a product was; undefined for never. */
  lastOf(sort: DeedSort, product: number): number | undefined {
    const key = keyOf(product, sort);
    const end = this.#firstFrom(key + 1, first, first);
    return end > 0 && this.#rows[end - width] === key ? this.#rows[end - width + 1] : undefined;
  }

  /** Calls `visit` for each deed of a sort, the newest first. */
  eachNewestFirst(sort: DeedSort, visit: (product: number, at: number, detail: number) => void): void {
    const rows = this.#rows;
    const order: number[] = [];
    for (let row = 0; row < rows.length; row += width) if (isOf(rows[row], sort)) order.push(row);
    order.sort((a, b) => rows[b + 1] - rows[a + 1] || rows[b + 2] - rows[a + 2]);
    for (const row of order) visit(productOf(rows[row]), rows[row + 1], rows[row + 3]);
  }

  /** Where the first row begins that is not before this one in order. */
  #firstFrom(key: number, at: number, id: number): number {
    const rows = this.#rows;
    let low = 0;
    let high = this.size;
    while (low < high) {
      const middle = (low + high) >> 1;
      const row = middle * width;
      const difference = rows[row] - key || rows[row + 1] - at || rows[row + 2] - id;
      if (difference < 0) low = middle + 1;
      else high = middle;
    }
    return low * width;
  }

  /** Where the oldest row of a sort begins that has no room for another one; −1 where there is room. */
  #oldestTooMany(sort: DeedSort): number {
    const rows = this.#rows;
    if (this.size < deedsKept[sort]) return -1;
    let count = 0;
    let oldest = -1;
    for (let row = 0; row < rows.length; row += width) {
      if (!isOf(rows[row], sort)) continue;
      count++;
      const earlier = oldest < 0 ? -1 : rows[row + 1] - rows[oldest + 1] || rows[row + 2] - rows[oldest + 2];
      if (earlier < 0) oldest = row;
    }
    return count < deedsKept[sort] ? -1 : oldest;
  }
}

const keyOf = (product: number, sort: DeedSort): number => product * sortCount + sortNumbers[sort];

const productOf = (key: number): number => Math.floor(key / sortCount);

const isOf = (key: number, sort: DeedSort): boolean => key % sortCount === sortNumbers[sort];
