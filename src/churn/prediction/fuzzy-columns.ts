import type { FeatureTable } from '../../learn/training-data.ts';
import type { FuzzyFeature, FeatureKind as FuzzyKind } from '../fuzzy/features.ts';
import type { ChurnFeature, FeatureKind } from './churn-feature.ts';
import { labelParts } from './plain-table.ts';

/** A column that fuzzy rules are told by. Plain data. */
export interface FuzzyColumn {
  readonly feature: FuzzyFeature;
  /** The columns that it is made of: one as it is; of a category those of its levels, of which one is 1. */
  readonly from: readonly number[];
  /** The level of a customer who has none of these; null of a column as it is. */
  readonly otherLevel: number | null;
}

/** The words of the kind; spans of days are long or short unless a feature says that they are since something. */
const kinds: Readonly<Record<FeatureKind, FuzzyKind>> = {
  days: 'duration',
  money: 'money',
  count: 'count',
  share: 'share',
  score: 'score',
  'yes/no': 'yes/no',
  number: 'number',
};

/**
 * How rules tell features: columns of yes and no that are the values of one stated column are a category again, as far as each row has one
 * value at most or none of them is known.
 *
 * @param rows those to learn from
 */
export function fuzzyColumns(
  features: readonly ChurnFeature[],
  table: FeatureTable,
  rows: Int32Array,
): FuzzyColumn[] {
  const bySource = new Map<string, number[]>();
  for (const [n, { source }] of features.entries())
    if (source !== null) bySource.set(source, [...(bySource.get(source) ?? []), n]);
  const categories = [...bySource.values()].filter((from) => isOneOf(from, table, rows));
  const categoryOf = new Map(categories.flatMap((from) => from.map((n) => [n, from] as const)));
  return features.flatMap((feature, n): FuzzyColumn[] => {
    const from = categoryOf.get(n);
    if (!from) return [{ feature: plainFeature(feature), from: [n], otherLevel: null }];
    return n === from[0] ? [category(features, from)] : [];
  });
}

function isOneOf(from: readonly number[], { columns }: FeatureTable, rows: Int32Array): boolean {
  return rows.every((row) => {
    const values = from.map((n) => columns[n][row]);
    if (values.every(Number.isNaN)) return true;
    return values.every((value) => value === 0 || value === 1) && values.filter(Boolean).length <= 1;
  });
}

function plainFeature({ name, kind, label, inRules }: ChurnFeature): FuzzyFeature {
  return {
    name,
    kind: inRules?.kind ?? kinds[kind],
    labels: inRules?.label ?? label,
    isPlural: inRules?.isPlural ?? false,
  };
}

const others = {
  name: '≠',
  labels: { en: 'something else', 'zh-Hans': '其他', 'zh-Hant': '其他' },
} as const;

function category(features: readonly ChurnFeature[], from: readonly number[]): FuzzyColumn {
  const parts = from.map((n) => labelParts(features[n]));
  const levels = parts.map(({ value }) => (value === null ? others : { name: value }));
  const known = parts.findIndex(({ value }) => value === null);
  return {
    feature: {
      name: features[from[0]].source!,
      kind: 'category',
      labels: parts[0].column,
      levels: known < 0 ? [...levels, others] : levels,
    },
    from,
    otherLevel: known < 0 ? levels.length : known,
  };
}

/** What rules are asked with, of one row: NaN for what is not known. */
export function fuzzyValue(
  { from, otherLevel }: FuzzyColumn,
  { columns }: FeatureTable,
  row: number,
): number {
  if (otherLevel === null) return columns[from[0]][row];
  if (from.every((n) => Number.isNaN(columns[n][row]))) return Number.NaN;
  const level = from.findIndex((n) => columns[n][row] === 1);
  return level < 0 ? otherLevel : level;
}

/** The columns of a table as rules take them. */
export const fuzzyTable = (own: readonly FuzzyColumn[], table: FeatureTable): FeatureTable => ({
  rows: table.rows,
  columns: own.map((column) =>
    column.otherLevel === null
      ? table.columns[column.from[0]]
      : Float64Array.from({ length: table.rows }, (_, row) => fuzzyValue(column, table, row)),
  ),
});
