import type { FeatureTable } from '../../learn/training-data.ts';
import { type ChurnFeature, type ChurnWords, churnWords } from './churn-feature.ts';
import type { ChurnScorer } from './learner.ts';

/** One thing that makes it likelier, or less likely, that a customer leaves. */
export interface ChurnReason {
  /** The feature, or the stated column of which several are, whichever of them the customer has. */
  readonly name: string;
  /** In the unit of the feature; null where it is not known, or a label. */
  readonly value: number | null;
  /** What it adds to the log-odds of leaving; below 0 where it keeps the customer. */
  readonly contribution: number;
  readonly words: ChurnWords;
}

/**
 * What adds most to a customer's score, the most first; columns of one source count together. Where fewer speak for leaving, fewer are
 * told.
 *
 * @param means by column: the mean of what is known, to hold the value against
 * @param sign 1 for what speaks for leaving, −1 for what speaks against it
 */
export function reasonsOf(
  features: readonly ChurnFeature[],
  means: Float64Array,
  scorer: ChurnScorer,
  table: FeatureTable,
  row: number,
  most = 3,
  sign: 1 | -1 = 1,
): ChurnReason[] {
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
  return [...groups]
    .filter(([, { contribution }]) => sign * contribution > 0)
    .sort((a, b) => sign * (b[1].contribution - a[1].contribution))
    .slice(0, most)
    .map(([name, { contribution, column }]) => {
      const value = table.columns[column][row];
      const isLabel = features[column].source !== null;
      return {
        name,
        value: Number.isNaN(value) || isLabel ? null : value,
        contribution,
        words: reasonWords(features[column], value, means[column]),
      };
    });
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
