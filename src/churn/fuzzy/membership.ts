import type { FeatureTable } from '../../learn/training-data.ts';
import { type Conjunction, type Expression, isNot } from './expression.ts';
import { degreeOf, type FuzzySet, type Partition } from './partition.ts';

/** What degrees are made from. */
export interface Fuzzified {
  readonly table: FeatureTable;
  readonly partitions: readonly Partition[];
  readonly sets: readonly FuzzySet[];
}

/** The degrees of some customers in sets. Few of them are above 0, which is what makes sums over all pairs of sets fast. */
export class Membership {
  /** Of the table; row n here is the nth of them. */
  readonly rows: Int32Array;
  /** Row n's degrees above 0 are at starts[n] … starts[n + 1] − 1, by set ascending. */
  readonly starts: Int32Array;
  readonly set: Int32Array;
  readonly degree: Float64Array;
  readonly #from: Fuzzified;
  readonly #columns: (Float64Array | undefined)[];

  constructor(from: Fuzzified, rows: Int32Array) {
    this.#from = from;
    this.#columns = new Array(from.sets.length);
    this.rows = rows;
    this.starts = new Int32Array(rows.length + 1);
    let room = 0;
    for (let n = 0; n < rows.length; n++) {
      for (let set = 0; set < from.sets.length; set++) if (this.#degree(set, rows[n]) > 0) room++;
      this.starts[n + 1] = room;
    }
    this.set = new Int32Array(room);
    this.degree = new Float64Array(room);
    for (let n = 0, at = 0; n < rows.length; n++)
      for (let set = 0; set < from.sets.length; set++) {
        const degree = this.#degree(set, rows[n]);
        if (degree === 0) continue;
        this.set[at] = set;
        this.degree[at++] = degree;
      }
  }

  get sets(): number {
    return this.#from.sets.length;
  }

  /** By row; made when first asked for. */
  column(set: number): Float64Array {
    this.#columns[set] ??= Float64Array.from(this.rows, (row) => this.#degree(set, row));
    return this.#columns[set];
  }

  /** By row. */
  conjunction(conjunction: Conjunction): Float64Array {
    const least = new Float64Array(this.rows.length).fill(1);
    for (const literal of conjunction) {
      const column = this.column(literal >> 1);
      const isNegated = isNot(literal);
      for (let n = 0; n < least.length; n++) {
        const degree = isNegated ? 1 - column[n] : column[n];
        if (degree < least[n]) least[n] = degree;
      }
    }
    return least;
  }

  /** By row. */
  expression(expression: Expression): Float64Array {
    const greatest = new Float64Array(this.rows.length);
    for (const conjunction of expression) {
      const degrees = this.conjunction(conjunction);
      for (let n = 0; n < greatest.length; n++) if (degrees[n] > greatest[n]) greatest[n] = degrees[n];
    }
    return greatest;
  }

  #degree(set: number, row: number): number {
    const { table, partitions, sets } = this.#from;
    const { feature, place } = sets[set];
    return degreeOf(partitions[feature], place, table.columns[feature][row]);
  }
}
