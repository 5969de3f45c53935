import type { ChurnRows } from '../churn/prediction/churn-rows.ts';
import { mostLabels, plainRows } from '../churn/prediction/plain-table.ts';
import { PairwellError } from '../errors.ts';
import { type DecimalMark, numberParser } from '../orders/numbers.ts';
import { type RejectedRows, RowTally } from './row-tally.ts';
import { isBlank, markOf } from './scored-rows.ts';

/** Which columns of a table of customers hold what; all others are what is learnt from. */
export interface LabelledColumns {
  /** Who left. */
  readonly target: string;
  /** What the target says of those who left; without it, it says yes or no. */
  readonly positive?: string | undefined;
  /** Whose row it is: rows of one customer are never parted. Without it each row is another one's. */
  readonly id?: string | undefined;
  readonly leaveOut?: readonly string[] | undefined;
}

export const labelledRejections = {
  'too-few-columns': 'fewer columns than the heading line',
  'no-target': 'nothing said of whether the customer left',
  'no-id': 'no customer',
} as const;
export type LabelledRejection = keyof typeof labelledRejections;

export interface LabelledTable {
  readonly rowsRead: number;
  readonly rejected: readonly RejectedRows<LabelledRejection>[];
  readonly rows: ChurnRows;
  /** Columns in which most customers have a label of their own, such as names: they tell little, and may be meant as the id. */
  readonly nearlyUnique: readonly string[];
}

/** With more labels than this share of the customers who have one, and than have a column each, most labels are one customer's. */
const uniqueShare = 0.5;

const bad = (message: string): PairwellError => new PairwellError('bad-input', message);

/** Takes rows of a table of customers of whom it is known whether they left. */
export class LabelledRows {
  readonly #columns: LabelledColumns;
  readonly #headings: readonly string[];
  readonly #places: { readonly target: number; readonly id: number | null; readonly features: number[] };
  readonly #numberOf: (text: string) => number;
  readonly #left: boolean[] = [];
  readonly #customer: number[] = [];
  readonly #numbers = new Map<string, number>();
  readonly #values: (string | number | null)[][];
  readonly #tally = new RowTally<LabelledRejection>(labelledRejections);

  /**
   * @param header the heading line
   * @throws PairwellError `bad-input` for a column that is not there, or is there twice, or where none is left to learn from
   */
  constructor(header: readonly string[], columns: LabelledColumns, decimal: DecimalMark) {
    const headings = header.map((heading) => heading.trim());
    const placeOf = (name: string): number => {
      const place = headings.indexOf(name);
      if (place < 0) throw bad(`There is no column "${name}". The columns are: ${headings.join(', ')}.`);
      return place;
    };
    const twice = headings.find((name, place) => headings.indexOf(name) !== place);
    if (twice !== undefined) throw bad(`There are two columns "${twice}"; rename one.`);
    const { target, id, leaveOut = [] } = columns;
    const apart = new Set([target, ...(id === undefined ? [] : [id]), ...leaveOut].map(placeOf));
    this.#columns = columns;
    this.#headings = headings;
    this.#places = {
      target: placeOf(target),
      id: id === undefined ? null : placeOf(id),
      features: [...headings.keys()].filter((place) => !apart.has(place)),
    };
    if (this.#places.features.length === 0)
      throw bad(`There is nothing to learn from beside ${[...apart].map((place) => headings[place]).join(', ')}.`); // biome-ignore format: one line
    this.#numberOf = numberParser(decimal);
    this.#values = this.#places.features.map(() => []);
  }

  /** @throws PairwellError `bad-input` for a target that is neither yes nor no where `positive` is not stated */
  add(row: readonly string[]): void {
    this.#tally.count(() => this.#take(row));
  }

  /** @throws PairwellError `bad-input` where no row can be used */
  table(): LabelledTable {
    this.#tally.checkUsed(this.#left.length);
    const { target, positive } = this.#columns;
    if (positive !== undefined && !this.#left.includes(true))
      throw bad(`No row has the ${target} "${positive}" that --positive names.`);
    const columns = this.#places.features.map((place, n) => ({
      name: this.#headings[place],
      values: this.#values[n],
    }));
    const isNearlyUnique = (values: readonly (string | number | null)[]): boolean => {
      const labels = values.filter((value) => typeof value === 'string');
      const different = new Set(labels).size;
      return (
        labels.length > values.length / 2 && different > Math.max(mostLabels, uniqueShare * labels.length)
      );
    };
    return {
      rowsRead: this.#tally.read,
      rejected: this.#tally.rejected,
      rows: { ...plainRows(columns, this.#left), customer: Int32Array.from(this.#customer) },
      nearlyUnique: columns.filter(({ values }) => isNearlyUnique(values)).map(({ name }) => name),
    };
  }

  /** @returns why the row cannot be used, if so */
  #take(row: readonly string[]): LabelledRejection | undefined {
    if (row.length < this.#headings.length) return 'too-few-columns';
    const { target, id, features } = this.#places;
    if (isBlank(row[target])) return 'no-target';
    if (id !== null && isBlank(row[id])) return 'no-id';
    this.#left.push(this.#hasLeft(row[target].trim()));
    this.#customer.push(this.#numberOfCustomer(id === null ? null : row[id].trim()));
    for (const [n, place] of features.entries()) {
      const text = row[place].trim();
      const number = this.#numberOf(text);
      this.#values[n].push(isBlank(text) ? null : Number.isNaN(number) ? text : number);
    }
    return undefined;
  }

  #hasLeft(said: string): boolean {
    const { target, positive } = this.#columns;
    if (positive !== undefined) return said === positive;
    const mark = markOf(said);
    if (mark === undefined)
      throw bad(
        `Row ${this.#tally.read} has the ${target} "${said}", which is neither yes nor no; say with --positive what it is of those who left.`,
      );
    return mark === 1;
  }

  #numberOfCustomer(id: string | null): number {
    if (id === null) return this.#customer.length;
    const known = this.#numbers.get(id) ?? this.#numbers.size;
    this.#numbers.set(id, known);
    return known;
  }
}
