import { PairwellError } from '../errors.ts';

/** Numbers by column. NaN stands for what is missing; ±Infinity are values like others. */
export interface FeatureTable {
  readonly rows: number;
  /** One to 65,535 columns of `rows` values each. */
  readonly columns: readonly (Float32Array | Float64Array)[];
}

/** Rows of features, one row after the other; NaN stands for what is missing. */
export type Rows = Float32Array | Float64Array;

/** What is learnt from. */
export interface TrainingData {
  readonly table: FeatureTable;
  /** By row: 1 for what is to be predicted, 0 for the rest. */
  readonly target: Uint8Array;
  /** By row: finite, ≥ 0. Default 1; a row of weight 2 counts like two rows, but as one towards the rows of a leaf. */
  readonly weights?: Float64Array | undefined;
  /** The rows to learn from, each once. Default all that are not for validation. */
  readonly trainingRows?: Int32Array | undefined;
  /** The rows that tell when to stop, none of them to learn from. */
  readonly validationRows?: Int32Array | undefined;
}

/** Counts of rows in histograms have 24 bits. */
const mostRows = 2 ** 24 - 1;
const mostColumns = 65_535;

/** The rows by what they are for, ascending; rows without weight are left out. */
export interface Roles {
  readonly training: Int32Array;
  readonly validation: Int32Array;
}

/**
 * Checks data and tells what each row is for.
 *
 * @throws PairwellError `bad-input` that names what is wrong, `limit-exceeded` for 2^24 rows or more
 */
export function rolesOf({ table, target, weights, trainingRows, validationRows }: TrainingData): Roles {
  const { rows, columns } = table;
  if (columns.length === 0 || columns.length > mostColumns)
    throw bad(`There are ${columns.length} columns of features; give 1 to ${mostColumns}.`);
  if (rows > mostRows)
    throw new PairwellError(
      'limit-exceeded',
      `There can be ${mostRows} rows to learn from at most, not ${rows}; take a sample.`,
      { rows, mostRows },
    );
  const short = columns.findIndex((column) => column.length !== rows);
  if (short >= 0)
    throw bad(`Column ${short} has ${columns[short].length} values, not ${rows}.`, { column: short });
  if (target.length !== rows) throw bad(`There are ${target.length} targets for ${rows} rows.`);
  const odd = target.findIndex((value) => value > 1);
  if (odd >= 0) throw bad(`Row ${odd} has the target ${target[odd]}; only 0 and 1 can be.`, { row: odd });
  if (weights && weights.length !== rows) throw bad(`There are ${weights.length} weights for ${rows} rows.`);
  const weightless =
    weights?.findIndex((weight) => !(weight >= 0 && weight < Number.POSITIVE_INFINITY)) ?? -1;
  if (weightless >= 0)
    throw bad(`Row ${weightless} has the weight ${weights![weightless]}; a finite number from 0 on can be.`, {
      row: weightless,
    });
  const role = new Uint8Array(rows);
  const mark = (list: Int32Array | undefined, value: number): void => {
    for (const row of list ?? []) {
      if (!(row >= 0 && row < rows)) throw bad(`There is no row ${row}.`, { row });
      if (role[row] !== 0) throw bad(`Row ${row} is listed twice.`, { row });
      role[row] = value;
    }
  };
  mark(validationRows, 2);
  mark(trainingRows, 1);
  const counts = (row: number): boolean => (weights?.[row] ?? 1) > 0;
  const training: number[] = [];
  const validation: number[] = [];
  for (let row = 0; row < rows; row++) {
    if (!counts(row)) continue;
    if (role[row] === 2) validation.push(row);
    else if (role[row] === 1 || !trainingRows) training.push(row);
  }
  if (training.length === 0) throw bad('There are no rows of any weight to learn from.');
  return { training: Int32Array.from(training), validation: Int32Array.from(validation) };
}

/** @throws PairwellError `bad-input` where rows or scores do not fit */
export function checkRows(features: number, rows: Rows, count: number, out: Float64Array): void {
  if (rows.length >= count * features && out.length >= count) return;
  throw new PairwellError(
    'bad-input',
    `${count} rows of ${features} features take ${count * features} values and ${count} scores; there are ${rows.length} and room for ${out.length}.`,
    { count, features },
  );
}

const bad = (message: string, details: Record<string, unknown> = {}): PairwellError =>
  new PairwellError('bad-input', message, details);
