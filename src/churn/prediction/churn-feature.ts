import type { FuzzyFeature } from '../fuzzy/features.ts';

/** The same in the languages that the product speaks. */
export interface ChurnWords {
  readonly en: string;
  readonly 'zh-Hans': string;
  readonly 'zh-Hant': string;
}

/** What the values of a feature are; `number` where nothing more is known of a stated column. */
export type FeatureKind = 'days' | 'money' | 'count' | 'share' | 'score' | 'yes/no' | 'number';

/** One column of what is known of customers. Plain data. */
export interface ChurnFeature {
  /** Stable and unique within a table. */
  readonly name: string;
  readonly kind: FeatureKind;
  /** In which its values are, such as `days`; empty where there is none. */
  readonly unit: string;
  readonly label: ChurnWords;
  /** The stated column that this is one value of, where it is one of several columns of yes and no; null else. */
  readonly source: string | null;
  /** How rules in words call it, where the label makes no sentence with the words of its kind. */
  readonly inRules?: RuleWords;
}

export interface RuleWords extends Pick<FuzzyFeature, 'isPlural'> {
  /** Whose words are used, such as long ago; default by the feature's own. */
  readonly kind?: Exclude<FuzzyFeature['kind'], 'yes/no' | 'category'>;
  readonly label: ChurnWords;
}

export const churnWords = (en: string, zhHans: string, zhHant: string): ChurnWords => ({
  en,
  'zh-Hans': zhHans,
  'zh-Hant': zhHant,
});

/** A name that a shop gave, which is the same in every language. */
export const givenName = (name: string): ChurnWords => churnWords(name, name, name);
