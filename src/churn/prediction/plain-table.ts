import { PairwellError } from '../../errors.ts';
import {
  type ChurnFeature,
  type ChurnWords,
  churnWords,
  type FeatureKind,
  givenName,
} from './churn-feature.ts';
import type { ChurnRows } from './churn-rows.ts';

/** A column as a file has it: text, numbers, or nothing. */
export interface PlainColumn {
  readonly name: string;
  readonly values: readonly (string | number | null)[];
  /** Default: `number` for numbers, `yes/no` for each label. */
  readonly kind?: FeatureKind;
  readonly unit?: string;
  /** Default: the name. */
  readonly label?: ChurnWords;
}

/** Of a column of labels the most common so many have a column of yes and no each; the others are taken together. */
export const mostLabels = 12;

/** A column in which more than this share of what is stated are numbers is one of numbers; anything else in it is missing. */
const numeric = 0.5;

/**
 * Rows of customers, each in one of them, from named columns: numbers as they are, labels as a column of yes and no each, blanks as missing.
 *
 * @param left by row: whether the customer left
 * @throws PairwellError `bad-input` for columns of other lengths
 */
export function plainRows(columns: readonly PlainColumn[], left: readonly boolean[]): ChurnRows {
  const rows = left.length;
  const short = columns.find(({ values }) => values.length !== rows);
  if (short)
    throw new PairwellError(
      'bad-input',
      `Column ${short.name} has ${short.values.length} values for ${rows} customers.`,
      { column: short.name },
    );
  const built = columns.flatMap(columnsOf);
  return {
    features: built.map(({ feature }) => feature),
    table: { rows, columns: built.map(({ values }) => values) },
    target: Uint8Array.from(left, Number),
    customer: Int32Array.from({ length: rows }, (_, row) => row),
    cutOff: new Int32Array(rows),
  };
}

interface BuiltColumn {
  readonly feature: ChurnFeature;
  readonly values: Float64Array;
}

function columnsOf({ name, values, kind, unit = '', label = givenName(name) }: PlainColumn): BuiltColumn[] {
  const stated = values.map((value) => (typeof value === 'string' ? value.trim() : value));
  const numbers = Float64Array.from(stated, (value) =>
    value === '' || value === null ? Number.NaN : Number(value),
  );
  const known = stated.filter((value) => value !== '' && value !== null).length;
  // Without any it is a column of numbers that are missing, which is left out and said later.
  if (known === 0 || numbers.filter(Number.isFinite).length > numeric * known) {
    const clean = numbers.map((value) => (Number.isFinite(value) ? value : Number.NaN));
    return [{ feature: { name, kind: kind ?? 'number', unit, label, source: null }, values: clean }];
  }
  return labelColumns(
    name,
    label,
    stated.map((value) => (value === null || value === '' ? null : String(value))),
  );
}

/** A column of yes and no for each label; missing where none is stated. */
function labelColumns(name: string, label: ChurnWords, values: readonly (string | null)[]): BuiltColumn[] {
  const counts = new Map<string, number>();
  for (const value of values) if (value !== null) counts.set(value, (counts.get(value) ?? 0) + 1);
  const labels = commonLabels(counts);
  const asNumbers = (isIt: (value: string) => boolean): Float64Array =>
    Float64Array.from(values, (value) => (value === null ? Number.NaN : Number(isIt(value))));
  const built = labels.map((own) => ({
    feature: labelFeature(name, label, own),
    values: asNumbers((value) => value === own),
  }));
  if (labels.length === counts.size) return built;
  const inOne = new Set(labels);
  return [...built, { feature: otherFeature(name, label), values: asNumbers((value) => !inOne.has(value)) }];
}

/** At most {@link mostLabels}, the most common first. */
export const commonLabels = (counts: ReadonlyMap<string, number>): string[] =>
  [...counts]
    .sort((a, b) => b[1] - a[1] || (a[0] < b[0] ? -1 : 1))
    .slice(0, mostLabels)
    .map(([own]) => own);

export const labelFeature = (source: string, label: ChurnWords, own: string): ChurnFeature => ({
  ...{ name: `${source}=${own}`, kind: 'yes/no', unit: '', source },
  label: {
    en: `${label.en}: ${own}`,
    'zh-Hans': `${label['zh-Hans']}：${own}`,
    'zh-Hant': `${label['zh-Hant']}：${own}`,
  },
});

export const otherFeature = (source: string, label: ChurnWords): ChurnFeature => ({
  ...{ name: `${source}≠`, kind: 'yes/no', unit: '', source },
  label: {
    en: `${label.en}: another`,
    'zh-Hans': `${label['zh-Hans']}：其他`,
    'zh-Hant': `${label['zh-Hant']}：其他`,
  },
});

/** The stated column that a feature is one value of, and that value, as {@link labelFeature} and {@link otherFeature} put them together. */
export function labelParts({ name, source, label }: ChurnFeature): {
  readonly column: ChurnWords;
  /** Null of all other values together. */
  readonly value: string | null;
} {
  const start = `${source}=`;
  const value = name.startsWith(start) ? name.slice(start.length) : null;
  const before = (language: keyof ChurnWords, mark: string, other: string): string => {
    const end = `${mark}${value ?? other}`;
    return label[language].endsWith(end) ? label[language].slice(0, -end.length) : (source ?? name);
  };
  return {
    value,
    column: churnWords(
      before('en', ': ', 'another'),
      before('zh-Hans', '：', '其他'),
      before('zh-Hant', '：', '其他'),
    ),
  };
}
