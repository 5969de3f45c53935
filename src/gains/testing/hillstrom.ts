import { readFileSync } from 'node:fs';
import { gunzipSync } from 'node:zlib';
import { parse } from 'csv-parse/sync';
import type { FeatureTable } from '../../learn/training-data.ts';

export const hillstromFile = 'data/hillstrom/hillstrom.csv.gz';

const control = 'No E-Mail';
export type HillstromArm = 'Mens E-Mail' | 'Womens E-Mail';
export const hillstromArms = [control, 'Mens E-Mail', 'Womens E-Mail'] as const;

/** K. Hillstrom's e-mail test of 2008. */
export class Hillstrom {
  readonly #records: Record<string, string>[];

  constructor(file: string) {
    this.#records = parse(gunzipSync(readFileSync(file)), { columns: true });
  }

  numbers(column: string): Float64Array {
    return Float64Array.from(this.#records, (record) => Number(record[column]));
  }

  marks(column: string): Uint8Array {
    return Uint8Array.from(this.#records, (record) => Number(record[column]));
  }

  armOf(): Uint8Array {
    return Uint8Array.from(this.#records, ({ segment }) => hillstromArms.indexOf(segment as HillstromArm));
  }

  /** The customers of an arm and of the control, in the order of the file. */
  twoArms(arm: HillstromArm) {
    const rows = Int32Array.from(this.#records.keys()).filter((row) =>
      [arm, control].includes(this.#records[row].segment),
    );
    const pick = (values: Float64Array): Float64Array => Float64Array.from(rows, (row) => values[row]);
    const visit = this.marks('visit');
    return {
      treatment: Uint8Array.from(rows, (row) => (this.#records[row].segment === arm ? 1 : 0)),
      outcome: Uint8Array.from(rows, (row) => visit[row]),
      score: (column: string): Float64Array => pick(this.numbers(column)),
      table: this.#table(rows),
    };
  }

  /** What was known of the customers before; words as a column for each. */
  #table(rows: Int32Array): FeatureTable {
    const numbers = ['recency', 'history', 'mens', 'womens', 'newbie'];
    const words = ['zip_code', 'channel', 'history_segment'];
    const columnOf = (value: (record: Record<string, string>) => number): Float64Array =>
      Float64Array.from(rows, (row) => value(this.#records[row]));
    const columns = numbers.map((name) => columnOf((record) => Number(record[name])));
    for (const name of words)
      for (const word of new Set(this.#records.map((record) => record[name])))
        columns.push(columnOf((record) => (record[name] === word ? 1 : 0)));
    return { rows: rows.length, columns };
  }
}
