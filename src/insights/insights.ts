import type { DriftDirection } from '../rules/drift.ts';
import type { PromotionVerdict, Verdict } from '../rules/influences.ts';
import type { PairCounts } from '../rules/matrix.ts';
import type { Relation } from '../rules/relations.ts';
import type { RuleColumns } from '../rules/rule-columns.ts';
import type { CategoryTree } from '../taxonomy/category-tree.ts';

/*
 * What a model knows of its rules and products beyond counts: flat columns, made once by `study` on a thread, stored with the
 * model and read by whoever answers. Words are numbers in columns: positions in the lists below; 0 is for what was not looked at.
 */

export const verdicts = [
  'not-studied',
  'holds',
  'weakens',
  'vanishes',
  'reverses',
  'too-few-to-tell',
] as const satisfies readonly (Verdict | 'not-studied')[];

export const promotionVerdicts = [
  'not-studied',
  'holds',
  'only-in-promotion',
  'not-in-promotion',
  'nowhere',
  'too-few-to-tell',
] as const satisfies readonly (PromotionVerdict | 'not-studied')[];

export const driftDirections = [
  'not-studied',
  'rising',
  'fading',
  'steady',
  'too-few-to-tell',
] as const satisfies readonly (DriftDirection | 'not-studied')[];

export const relations = ['unrelated', 'complement', 'substitute'] as const satisfies readonly Relation[];

/** What is no preference, and is held still. */
export const influenceNames = ['season', 'weekday', 'channel', 'period'] as const;
export type InfluenceName = (typeof influenceNames)[number];

/** Tests of each rule of the model; p-values as natural logarithms, so that they do not fade to 0. */
export interface RuleTests {
  /** Fisher's one-sided test, and the same adjusted for all rules (Benjamini and Hochberg). */
  readonly logP: Float64Array;
  readonly adjustedLogP: Float64Array;
  /** The item of the antecedent that matters least: see `productivityLogP`. */
  readonly productivityLogP: Float64Array;
  /** What the rule's confidence adds to that of the best more general rule, "∅ ⇒ consequent" included. */
  readonly improvement: Float64Array;
  /** Fisher's test in the newest orders alone, of rules that are significant in the earlier ones; NaN for others: see `laterLogP`. */
  readonly laterLogP: Float64Array;
  /** 1 for rules that are significant, productive and not redundant: those to show. */
  readonly isShown: Uint8Array;
}

/** By rule: what becomes of it when one influence is held still. Figures are NaN where it was not studied. */
export interface RuleInfluence {
  readonly name: InfluenceName;
  /** In `verdicts`. */
  readonly verdict: Uint8Array;
  /** Over all transactions together, and within the groups (Mantel-Haenszel) with its interval of 95 %. */
  readonly crudeOddsRatio: Float64Array;
  readonly oddsRatio: Float64Array;
  readonly low: Float64Array;
  readonly high: Float64Array;
  /** Whether the association differs between the groups (Breslow-Day): p; NaN also where that could not be tested. */
  readonly differsP: Float64Array;
}

/** By rule: its figures when older baskets count for less; NaN where it was not studied. */
export interface DecayedColumns {
  /** A basket so much older than the newest day counts half. */
  readonly halfLifeDays: number;
  readonly support: Float64Array;
  readonly confidence: Float64Array;
  readonly lift: Float64Array;
}

/**
 * What products are to each other: a row for each pair of those that were examined, the best-selling ones, unrelated pairs
 * included. Of a pair without a row nothing is known. The item numbered lower comes first.
 */
export interface RelationColumns {
  readonly a: Int32Array;
  readonly b: Int32Array;
  /** In `relations`. */
  readonly relation: Uint8Array;
  readonly together: Int32Array;
  readonly lift: Float64Array;
  /** Adjusted p-values as natural logarithms, the second one at most: see `PairRelation`. */
  readonly logP: Float64Array;
  readonly logPBeyondSize: Float64Array;
  readonly similarity: Float64Array;
  readonly confidence: Float64Array;
}

/** What is known of each rule of a set beyond counts. */
export interface RuleInsights {
  readonly tests: RuleTests;
  /** Those that the orders tell of: none where they are all of one group, such as one channel. */
  readonly influences: readonly RuleInfluence[];
  /** By rule, in `promotionVerdicts` and `driftDirections`. */
  readonly promotion: Uint8Array;
  readonly drift: Uint8Array;
}

/**
 * Rules of categories, alone and with products: a node is the item `itemCount + node`. Their p-values are adjusted for all such
 * rules that were tested; what they are is significant and shown.
 */
export interface CategoryInsights extends RuleInsights {
  readonly tree: CategoryTree;
  /** By node: transactions that hold something of it. */
  readonly nodeCounts: Int32Array;
  /** None between products alone, none redundant beside a rule of wider categories. */
  readonly rules: RuleColumns;
  /** Pairs of nodes of the narrowest level that all products with a category reach; `items` are nodes. */
  readonly pairs: PairCounts;
}

/** Sets that may be worth a bundle: set `s` has the items `items[offsets[s]] … items[offsets[s + 1] − 1]`. */
export interface BundleColumns {
  readonly offsets: Int32Array;
  readonly items: Int32Array;
  /** Transactions that hold all of them. */
  readonly together: Int32Array;
  /** In the places of `items`: transactions that hold all of the set but this one. */
  readonly without: Int32Array;
  /** How many more sets there were, of less worth, when only the best were kept. */
  readonly leftOut: number;
}

/** Of rules between products, and of what they are made of. */
export interface Insights extends RuleInsights {
  /** Null where no half-life was asked for. */
  readonly decayed: DecayedColumns | null;
  readonly relations: RelationColumns;
  /** Pairs of the best-selling products. */
  readonly pairs: PairCounts;
  readonly categories: CategoryInsights;
  readonly bundles: BundleColumns;
}
