import type { FeatureTable } from '../../learn/training-data.ts';
import { type ChurnFeature, type ChurnWords, churnWords } from './churn-feature.ts';
import type { ChurnScorer, RuleReason } from './learner.ts';

/** One thing that makes it likelier, or less likely, that a customer leaves. */
export interface ChurnReason {
  /** The feature, or the stated column of which several are, whichever of them the customer has; of a rule its notation. */
  readonly name: string;
  /** In the unit of the feature; null where it is not known, a label, or a rule. */
  readonly value: number | null;
  /** What it adds to the log-odds of leaving; below 0 where it keeps the customer. */
  readonly contribution: number;
  readonly words: ChurnWords;
}

/** The figures of reasons: row r has those from `offsets[r]` to `offsets[r + 1] - 1`, the one that adds most first. */
export interface ReasonColumns {
  readonly offsets: Int32Array;
  /** The column that tells it best, among the features that were learnt from; or its place among the `rules`, where there are such. */
  readonly column: Int32Array;
  /** Of that column; NaN where it is not known, and of rules. */
  readonly value: Float64Array;
  readonly contribution: Float64Array;
  /** What the reasons are of a model that tells by rules; null of one that tells by features. */
  readonly rules: readonly RuleReason[] | null;
}

/**
 * What adds most to each row's score, the most first; columns of one source count together. Where fewer speak for leaving, fewer are
 * told; none by a model that does not tell what adds to a score. A model that tells by rules has rules for reasons.
 *
 * @param rows of the table
 * @param most for a row
 */
export function reasonColumns(
  features: readonly ChurnFeature[],
  scorer: ChurnScorer,
  table: FeatureTable,
  rows: Int32Array,
  most: number,
): ReasonColumns {
  const offsets = new Int32Array(rows.length + 1);
  const found: OwnReason[] = [];
  for (const [at, row] of rows.entries()) {
    found.push(...strongest(features, scorer, table, row, most));
    offsets[at + 1] = found.length;
  }
  return {
    offsets,
    column: Int32Array.from(found, ({ column }) => column),
    value: Float64Array.from(found, ({ value }) => value),
    contribution: Float64Array.from(found, ({ contribution }) => contribution),
    rules: scorer.rules?.reasons ?? null,
  };
}

/**
 * The reasons of one row, in words.
 *
 * @param means by column: the mean of what is known, to hold the value against
 */
export function reasonsAt(
  features: readonly ChurnFeature[],
  means: Float64Array,
  columns: ReasonColumns,
  row: number,
): ChurnReason[] {
  const { offsets, column, value, contribution, rules } = columns;
  return Array.from({ length: offsets[row + 1] - offsets[row] }, (_, n): ChurnReason => {
    const at = offsets[row] + n;
    if (rules) return { ...rules[column[at]], value: null, contribution: contribution[at] };
    const feature = features[column[at]];
    const isKnown = !Number.isNaN(value[at]) && feature.source === null;
    return {
      name: feature.source ?? feature.name,
      value: isKnown ? value[at] : null,
      contribution: contribution[at],
      words: reasonWords(feature, value[at], means[column[at]]),
    };
  });
}

interface OwnReason {
  readonly column: number;
  readonly value: number;
  readonly contribution: number;
}

function strongest(
  features: readonly ChurnFeature[],
  scorer: ChurnScorer,
  table: FeatureTable,
  row: number,
  most: number,
): OwnReason[] {
  if (scorer.rules)
    return scorer.rules
      .reasonsOf(table, row)
      .slice(0, most)
      .map(({ reason, contribution }) => ({ column: reason, value: Number.NaN, contribution }));
  if (!scorer.contributions) return [];
  const parts = new Float64Array(features.length);
  scorer.contributions(table, row, parts);
  /** By source: its contribution, and the column that tells it best. */
  const groups = new Map<string, { contribution: number; column: number }>();
  for (const [n, { name, source }] of features.entries()) {
    const key = source ?? name;
    const group = groups.get(key) ?? { contribution: 0, column: n };
    group.contribution += parts[n];
    if (table.columns[n][row] === 1 && source !== null) group.column = n;
    groups.set(key, group);
  }
  return [...groups.values()]
    .filter(({ contribution }) => contribution > 0)
    .sort((a, b) => b.contribution - a.contribution)
    .slice(0, most)
    .map(({ contribution, column }) => ({ column, value: table.columns[column][row], contribution }));
}

/** A feature of a customer beside the mean of all. */
export function reasonWords({ kind, label, source }: ChurnFeature, value: number, mean: number): ChurnWords {
  const by = (text: string, hans: string, hant: string): ChurnWords =>
    churnWords(`${label.en}${text}`, `${label['zh-Hans']}${hans}`, `${label['zh-Hant']}${hant}`);
  if (Number.isNaN(value)) return by(': not known', '：未知', '：未知');
  if (source !== null && value === 1) return label;
  if (kind === 'yes/no') return value === 1 ? by(': yes', '：是', '：是') : by(': no', '：否', '：否');
  const [own, usual] = [value, mean].map((figure) =>
    kind === 'share' ? percent(figure) : figureText(figure),
  );
  return by(`: ${own} (mean ${usual})`, `：${own}（平均 ${usual}）`, `：${own}（平均 ${usual}）`);
}

const percent = (share: number): string => `${Number((100 * share).toPrecision(3))} %`;

/** Three digits, or the whole number. */
const figureText = (value: number): string =>
  Math.abs(value) >= 100 ? String(Math.round(value)) : String(Number(value.toPrecision(3)));
