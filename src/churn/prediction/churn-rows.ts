import { PairwellError } from '../../errors.ts';
import type { FeatureTable } from '../../learn/training-data.ts';
import { type ChurnFeature, type ChurnWords, churnWords } from './churn-feature.ts';

/** Customers at days, with what was known of them then and whether they left. Plain data, so that it goes to threads. */
export interface ChurnRows {
  /** By column of the table. */
  readonly features: readonly ChurnFeature[];
  /** NaN stands for what is not known. */
  readonly table: FeatureTable;
  /** By row: 1 for who left. */
  readonly target: Uint8Array;
  /** By row: whose it is, a number from 0 on. Rows of one customer are never parted. */
  readonly customer: Int32Array;
  /** By row: the day before which all features are from; the same for all where there is no time. */
  readonly cutOff: Int32Array;
}

/** A column that nothing is learnt from, and why. */
export interface LeftOutFeature {
  readonly name: string;
  readonly code: 'all-missing' | 'constant';
  readonly reason: ChurnWords;
}

/** Fewer customers of either sort than this tell nothing that would hold of others. */
export const fewestOfEither = 20;

/**
 * Refuses what cannot be learnt from.
 *
 * @throws PairwellError `bad-input` that says what to do: columns that do not fit each other, values that are infinite, one class only, too
 *   few customers who left or stayed
 */
export function checkChurnRows({ features, table, target, customer, cutOff }: ChurnRows): void {
  const { rows, columns } = table;
  if (columns.length !== features.length)
    throw bad(`There are ${features.length} features for ${columns.length} columns; give one for each.`);
  const names = new Set(features.map(({ name }) => name));
  if (names.size < features.length) throw bad('Two features have one name; give each its own.');
  for (const [n, column] of columns.entries()) {
    if (column.length !== rows)
      throw bad(`Feature ${features[n].name} has ${column.length} values for ${rows} rows.`);
    const at = column.findIndex((value) => value === Infinity || value === -Infinity);
    if (at >= 0)
      throw bad(`Feature ${features[n].name} is infinite in row ${at}; leave it blank there, or cut it off.`);
  }
  if (target.length !== rows || customer.length !== rows || cutOff.length !== rows)
    throw bad(`Target, customer and cut-off are by row: ${rows} values each.`);
  const odd = target.findIndex((value) => value > 1);
  if (odd >= 0) throw bad(`Row ${odd} has the target ${target[odd]}: 1 for who left, 0 for who stayed.`);
  const nobody = customer.findIndex((number) => number < 0);
  if (nobody >= 0) throw bad(`Row ${nobody} is of customer ${customer[nobody]}; number them from 0 on.`);
  const sorts = [new Set<number>(), new Set<number>()];
  for (let row = 0; row < rows; row++) sorts[target[row]].add(customer[row]);
  const [stayed, left] = sorts.map(({ size }) => size);
  const figures = { rows, left, stayed };
  if (rows === 0) throw bad('There are no rows; nobody was a customer on any of the days.', figures);
  if (left === 0)
    throw bad(
      `Nobody left in ${rows} rows: there is nothing to tell apart. Take a shorter horizon, or more history.`,
      figures,
    );
  if (stayed === 0)
    throw bad(
      `Everybody left in ${rows} rows: there is nothing to tell apart. Take a longer horizon, or look whether orders are missing.`,
      figures,
    );
  if (left < fewestOfEither || stayed < fewestOfEither)
    throw bad(
      `${left} customers left and ${stayed} stayed; it takes ${fewestOfEither} of either. Take more history, or another horizon.`,
      figures,
    );
}

/**
 * The rows without the features that tell nothing: missing in all of the given rows, or with one value in all of them.
 *
 * @throws PairwellError `bad-input` where none is left
 */
export function withoutEmptyFeatures(
  rows: ChurnRows,
  among: Int32Array,
): { rows: ChurnRows; leftOut: LeftOutFeature[] } {
  const leftOut: LeftOutFeature[] = [];
  const kept = rows.features.flatMap(({ name }, n) => {
    const code = emptiness(rows.table.columns[n], among);
    if (code === null) return [n];
    leftOut.push({ name, code, reason: reasons[code] });
    return [];
  });
  if (kept.length === 0)
    throw bad(
      'Every feature is missing or the same in all rows: nothing can be learnt from them. State others.',
    );
  return { rows: withColumns(rows, kept), leftOut };
}

const reasons = {
  'all-missing': churnWords(
    'It is not known of anybody; send it, or leave it.',
    '没有任何顾客有此数据；请提供，或忽略。',
    '沒有任何顧客有此資料；請提供，或略過。',
  ),
  constant: churnWords(
    'It is the same for everybody, so it tells nobody apart.',
    '所有顾客的数值都相同，无法区分任何人。',
    '所有顧客的數值都相同，無法區分任何人。',
  ),
} as const;

/** What is known of some and not of others tells them apart, even if it is one value. */
function emptiness(column: Float32Array | Float64Array, rows: Int32Array): LeftOutFeature['code'] | null {
  let first = Number.NaN;
  let missing = 0;
  for (const row of rows) {
    const value = column[row];
    if (Number.isNaN(value)) missing++;
    else if (Number.isNaN(first)) first = value;
    else if (value !== first) return null;
  }
  if (missing === rows.length) return 'all-missing';
  return missing > 0 ? null : 'constant';
}

/** The rows with some of the columns. */
export const withColumns = (rows: ChurnRows, kept: readonly number[]): ChurnRows => ({
  ...rows,
  features: kept.map((n) => rows.features[n]),
  table: { rows: rows.table.rows, columns: kept.map((n) => rows.table.columns[n]) },
});

const bad = (message: string, details: Record<string, unknown> = {}): PairwellError =>
  new PairwellError('bad-input', message, details);
