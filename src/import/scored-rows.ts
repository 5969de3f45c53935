import { PairwellError } from '../errors.ts';
import type { NamedScores } from '../gains/gains-report.ts';
import { type DecimalMark, numberParser } from '../orders/numbers.ts';
import { type RejectedRows, RowTally } from './row-tally.ts';

/** Which columns of a table of scored customers hold what. */
export interface ScoredColumns {
  readonly scores: readonly string[];
  readonly outcome: string;
  readonly treatment?: string | undefined;
  /** What the treatment column says of those held out; without it the column says yes or no. */
  readonly control?: string | undefined;
  /** Money. */
  readonly revenue?: string | undefined;
}

export const scoredRejections = {
  'too-few-columns': 'fewer columns than the heading line',
  'no-score': 'no score',
  'odd-score': 'a score that is no number',
  'no-outcome': 'no outcome',
  'odd-outcome': 'an outcome other than 0, 1, yes, no, true, false',
  'no-treatment': 'no treatment',
  'odd-treatment': 'a treatment other than 0, 1, yes, no, true, false (for arms with names, state --control)',
  'no-revenue': 'no revenue',
  'odd-revenue': 'revenue that is no number',
} as const;
export type ScoredRejection = keyof typeof scoredRejections;

export interface ScoredTable {
  readonly rowsRead: number;
  readonly rejected: readonly RejectedRows<ScoredRejection>[];
  readonly scores: readonly NamedScores[];
  readonly outcome: Uint8Array;
  /** The arms, of which the first was held out; null without a treatment column. */
  readonly arms: { readonly names: readonly string[]; readonly armOf: Uint8Array } | null;
  readonly revenue: Float64Array | null;
}

/** More than an experiment has: a column with as many values is something else. */
const mostArms = 50;

const marks: ReadonlyMap<string, number> = new Map([
  ...['0', 'no', 'false'].map((word) => [word, 0] as const),
  ...['1', 'yes', 'true'].map((word) => [word, 1] as const),
]);

/** What spreadsheets and programs write for nothing. */
const blank = /^(na|n\/a|nan|null)?$/i;

const bad = (message: string): PairwellError => new PairwellError('bad-input', message);

/** Reads rows of a table of scored customers, and counts those that cannot be used. */
export class ScoredRows {
  readonly #columns: ScoredColumns;
  readonly #width: number;
  readonly #places: { scores: number[]; outcome: number; treatment: number | null; revenue: number | null };
  readonly #numberOf: (text: string) => number;
  readonly #scores: number[][];
  readonly #outcome: number[] = [];
  readonly #armOf: number[] = [];
  readonly #revenue: number[] = [];
  readonly #armNames: string[];
  readonly #tally = new RowTally<ScoredRejection>(scoredRejections);

  /**
   * @param header the heading line
   * @throws PairwellError `bad-input` for a column that is not there, or is there twice
   */
  constructor(header: readonly string[], columns: ScoredColumns, decimal: DecimalMark) {
    const headings = header.map((heading) => heading.trim());
    const placeOf = (name: string): number => {
      const place = headings.indexOf(name);
      if (place < 0) throw bad(`There is no column "${name}". The columns are: ${headings.join(', ')}.`);
      if (headings.indexOf(name, place + 1) >= 0) throw bad(`There are two columns "${name}"; rename one.`);
      return place;
    };
    const { scores, outcome, treatment, revenue, control } = columns;
    this.#columns = columns;
    this.#width = headings.length;
    this.#places = {
      scores: scores.map(placeOf),
      outcome: placeOf(outcome),
      treatment: treatment === undefined ? null : placeOf(treatment),
      revenue: revenue === undefined ? null : placeOf(revenue),
    };
    this.#numberOf = numberParser(decimal);
    this.#scores = scores.map(() => []);
    this.#armNames = control === undefined ? ['held out', 'treated'] : [control];
  }

  /** @throws PairwellError `bad-input` for more arms than an experiment has */
  add(row: readonly string[]): void {
    this.#tally.count(() => this.#take(row));
  }

  /** @throws PairwellError `bad-input` where no row can be used, or none of them is of the control */
  table(): ScoredTable {
    this.#tally.checkUsed(this.#outcome.length);
    const { scores, treatment, control } = this.#columns;
    if (control !== undefined && !this.#armOf.includes(0))
      throw bad(
        `No row has the treatment "${control}" that --control names; there are: ${this.#armNames.slice(1).join(', ')}.`,
      );
    return {
      rowsRead: this.#tally.read,
      rejected: this.#tally.rejected,
      scores: scores.map((name, n) => ({ name, scores: Float64Array.from(this.#scores[n]) })),
      outcome: Uint8Array.from(this.#outcome),
      arms: treatment === undefined ? null : { names: this.#armNames, armOf: Uint8Array.from(this.#armOf) },
      revenue: this.#places.revenue === null ? null : Float64Array.from(this.#revenue),
    };
  }

  /** @returns why the row cannot be used, if so */
  #take(row: readonly string[]): ScoredRejection | undefined {
    if (row.length < this.#width) return 'too-few-columns';
    const { scores, outcome, treatment, revenue } = this.#places;
    const numbers: number[] = [];
    for (const place of scores) {
      const number = this.#numberOf(row[place].trim());
      if (Number.isNaN(number)) return isBlank(row[place]) ? 'no-score' : 'odd-score';
      numbers.push(number);
    }
    const one = markOf(row[outcome]);
    if (one === undefined) return isBlank(row[outcome]) ? 'no-outcome' : 'odd-outcome';
    const amount = revenue === null ? 0 : this.#numberOf(row[revenue].trim());
    if (Number.isNaN(amount)) return isBlank(row[revenue!]) ? 'no-revenue' : 'odd-revenue';
    // Last, so that a row that is left out makes no arm.
    const arm = treatment === null ? 0 : this.#armCalled(row[treatment].trim());
    if (arm === undefined) return isBlank(row[treatment!]) ? 'no-treatment' : 'odd-treatment';
    for (const [n, number] of numbers.entries()) this.#scores[n].push(number);
    this.#outcome.push(one);
    this.#revenue.push(amount);
    this.#armOf.push(arm);
    return undefined;
  }

  #armCalled(name: string): number | undefined {
    const { control, treatment } = this.#columns;
    if (control === undefined) return markOf(name);
    const known = this.#armNames.indexOf(name);
    if (known >= 0) return known;
    if (isBlank(name)) return undefined;
    if (this.#armNames.length === mostArms)
      throw bad(`The column "${treatment}" has more than ${mostArms} values: it says no treatments.`);
    return this.#armNames.push(name) - 1;
  }
}

/** Whether a cell says nothing, in the words of spreadsheets and programs. */
export const isBlank = (cell: string): boolean => blank.test(cell.trim());
/** 1 for yes, 0 for no, undefined for anything else. */
export const markOf = (cell: string): number | undefined => marks.get(cell.trim().toLowerCase());
