import { PairwellError } from '../../errors.ts';
import type { FeatureTable } from '../../learn/training-data.ts';

/** The languages that rules are told in. */
export const ruleLanguages = ['en', 'zh-Hans', 'zh-Hant'] as const;

export type RuleLanguage = (typeof ruleLanguages)[number];

/** By language; where one has none, the name stands. */
export type Labels = Readonly<Partial<Record<RuleLanguage, string>>>;

export const featureKinds = [
  /** Days since something: long ago, recent. */
  'days-since',
  /** How long something takes or has lasted: long, short. */
  'duration',
  'money',
  /** How many: many, few. */
  'count',
  'share',
  'score',
  /** Any other number: high, low. */
  'number',
  /** 1 has it, 0 has it not. */
  'yes/no',
  /** A position in `levels`, without order. */
  'category',
] as const;

export type FeatureKind = (typeof featureKinds)[number];

/** Something known of each customer, and how rules call it. */
export interface FuzzyFeature {
  /** Its own among the features. */
  readonly name: string;
  readonly kind: FeatureKind;
  /** What stands in a sentence, with its article: `the last purchase`; of a count the plural: `service calls`; of yes/no what one has. */
  readonly labels?: Labels;
  /** Whether the English label is a plural, such as `monthly charges`; counts always are. */
  readonly isPlural?: boolean;
  /** Of a category, by position. */
  readonly levels?: readonly { readonly name: string; readonly labels?: Labels }[];
  /** Of yes/no, whole clauses in place of `the customer has …`, such as `the customer is retired`. */
  readonly clauses?: Readonly<Partial<Record<RuleLanguage, { readonly yes: string; readonly no: string }>>>;
}

/**
 * @throws PairwellError `bad-input` unless there is a feature for each column, with a name of its own, and the columns have what
 * the kinds say: finite numbers, 0 and 1, positions in the levels; NaN everywhere for what is not stated
 */
export function checkFeatures(
  features: readonly FuzzyFeature[],
  { columns }: FeatureTable,
  rows: Int32Array,
): void {
  if (features.length !== columns.length)
    throw bad(`There are ${features.length} features for ${columns.length} columns; describe each column.`);
  const names = new Set<string>();
  for (const [at, feature] of features.entries()) {
    const { name, kind, levels } = feature;
    if (names.has(name)) throw bad(`Two features are called ${JSON.stringify(name)}.`, { feature: name });
    names.add(name);
    if (kind === 'category' && !levels?.length)
      throw bad(`The category ${JSON.stringify(name)} has no levels; list them.`, { feature: name });
    const column = columns[at];
    for (const row of rows) {
      const value = column[row];
      if (Number.isNaN(value) || fits(feature, value)) continue;
      throw bad(
        `${JSON.stringify(name)} is ${value} in row ${row}; it has to be ${wanted(feature)}, or NaN where it is not stated.`,
        { feature: name, row },
      );
    }
  }
}

/** Beyond, differences of two values may not be numbers any more. */
const largest = 1e300;

function fits({ kind, levels }: FuzzyFeature, value: number): boolean {
  if (kind === 'yes/no') return value === 0 || value === 1;
  if (kind === 'category') return Number.isInteger(value) && value >= 0 && value < levels!.length;
  return Math.abs(value) <= largest;
}

function wanted({ kind, levels }: FuzzyFeature): string {
  if (kind === 'yes/no') return '0 or 1';
  return kind === 'category'
    ? `a whole number from 0 to ${levels!.length - 1}`
    : `a number from −${largest} to ${largest}`;
}

const bad = (message: string, details: Record<string, unknown> = {}): PairwellError =>
  new PairwellError('bad-input', message, details);
