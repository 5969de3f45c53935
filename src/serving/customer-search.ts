import type { Direction } from '../stats/column-order.ts';
import type { CustomerBook, SegmentPlace } from './customer-book.ts';
import type { FigureName } from './customer-figures.ts';

/** Figures between these, both included. */
export interface FigureBound {
  readonly figure: FigureName;
  readonly least: number;
  readonly most: number;
}

export interface CustomerFilter {
  /** All must hold. */
  readonly segments?: readonly SegmentPlace[];
  readonly bounds?: readonly FigureBound[];
  /** In whose code all words are. */
  readonly text?: string | undefined;
  /** By customer: a mark that is asked for as well. */
  readonly marked?: Uint8Array;
}

export interface CustomerPage {
  readonly customers: readonly number[];
  /** Where the next page begins; undefined after the last customer. */
  readonly next: number | undefined;
}

/** Customers of a book that fit a filter, in the order of a figure. */
export class CustomerSearch {
  readonly #order: Int32Array;
  readonly #tests: readonly ((customer: number) => boolean)[];

  constructor(book: CustomerBook, filter: CustomerFilter, sort: FigureName, direction: Direction) {
    this.#order = book.order(sort, direction);
    this.#tests = testsOf(book, filter);
  }

  /** @param from position in the order, as an earlier page's `next` said; 0 for the first page */
  page(from: number, limit: number): CustomerPage {
    const customers: number[] = [];
    for (let at = from; at < this.#order.length; at++) {
      if (!this.#fits(this.#order[at])) continue;
      if (customers.length === limit) return { customers, next: at };
      customers.push(this.#order[at]);
    }
    return { customers, next: undefined };
  }

  /** How many fit. */
  get count(): number {
    let count = 0;
    for (let c = 0; c < this.#order.length; c++) if (this.#fits(c)) count++;
    return count;
  }

  /** All of them, in order. */
  *all(): Generator<number> {
    for (const customer of this.#order) if (this.#fits(customer)) yield customer;
  }

  #fits(customer: number): boolean {
    for (const test of this.#tests) if (!test(customer)) return false;
    return true;
  }
}

function testsOf(book: CustomerBook, { segments = [], bounds = [], text, marked }: CustomerFilter) {
  const marks = [marked, text === undefined ? undefined : book.called(text)].filter(
    (one) => one !== undefined,
  );
  return [
    // Whoever was forgotten is counted in segments, and in no list.
    (c: number): boolean => book.codes.isNamed(c),
    ...segments.map(({ kind, position }) => {
      const { segmentOf } = book.segmentation(kind);
      return (c: number): boolean => segmentOf[c] === position;
    }),
    ...marks.map(
      (mark) =>
        (c: number): boolean =>
          mark[c] === 1,
    ),
    ...bounds.map(({ figure: name, least, most }) => {
      const figure = book.figure(name);
      // False where it is not known.
      return (c: number): boolean => figure(c) >= least && figure(c) <= most;
    }),
  ];
}
