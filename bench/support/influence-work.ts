import { transactionCount } from '../../src/baskets/transactions.ts';
import { fpGrowth } from '../../src/mining/fp-growth.ts';
import { absoluteSupport } from '../../src/mining/options.ts';
import { BlockedTransactions } from '../../src/rules/block-counts.ts';
import { bySeason, byWeekday, type Days, type Grouping } from '../../src/rules/calendar.ts';
import { rulesAt } from '../../src/rules/constrain-rules.ts';
import { generateRules } from '../../src/rules/generate.ts';
import {
  type Influence,
  influenceOf,
  type PromotionInfluence,
  promotionInfluence,
} from '../../src/rules/influences.ts';
import type { RuleColumns } from '../../src/rules/rule-columns.ts';
import { significantRules } from '../../src/rules/significance.ts';
import type { Strata } from '../../src/stats/strata.ts';
import type { Sales } from './sales.ts';

export interface RuleWishes {
  /** A share under 1, a count from 1 on. */
  readonly minSupport: number;
  readonly minConfidence: number;
  readonly maxLength: number;
}

/** The rules that are more than chance: a share of 0.05 of them may be none (Benjamini and Hochberg). */
export function significantRulesOf(
  { baskets }: Sales,
  { minSupport, minConfidence, maxLength }: RuleWishes,
): { mined: number; rules: RuleColumns } {
  const count = transactionCount(baskets);
  const itemsets = fpGrowth(baskets, { minSupport: absoluteSupport(minSupport, count), maxLength });
  const mined = generateRules(itemsets, count, { minConfidence, minLift: 1 });
  const kept = significantRules(mined, { adjust: 'benjamini-hochberg' });
  return { mined: mined.consequent.length, rules: rulesAt(mined, kept) };
}

/** Baskets by day and store, and what may be held still. */
export interface StoreDays {
  readonly blocks: BlockedTransactions;
  readonly groupings: Readonly<Record<string, Grouping>>;
  /** By block: 1 where something was sold on promotion in this store on this day. */
  readonly promoted: Int32Array;
}

export function storeDays({ baskets, day, store, storeNames, isPromoted }: Sales): StoreDays {
  const first = day.reduce((least, d) => Math.min(least, d), Number.POSITIVE_INFINITY);
  const last = day.reduce((most, d) => Math.max(most, d), first);
  const days: Days = { first, count: last - first + 1 };
  const stores = storeNames.length;
  const blockOf = day.map((d, basket) => (d - first) * stores + store[basket]);
  const promoted = new Int32Array(days.count * stores);
  for (let basket = 0; basket < blockOf.length; basket++)
    if (isPromoted[basket]) promoted[blockOf[basket]] = 1;
  /** By day to by day and store. */
  const spread = ({ names, of }: Grouping): Grouping => ({
    names,
    of: promoted.map((_, block) => of[Math.floor(block / stores)]),
  });
  return {
    blocks: new BlockedTransactions(baskets, blockOf, promoted.length),
    promoted,
    groupings: {
      'month of the year': spread(bySeason(days)),
      weekday: spread(byWeekday(days)),
      store: { names: storeNames, of: promoted.map((_, block) => block % stores) },
      promotion: { names: ['no promotion', 'promotion'], of: promoted },
    },
  };
}

/** What became of a rule. */
export interface Studied<Findings> {
  readonly antecedent: Int32Array;
  readonly consequent: number;
  readonly crudeLift: number;
  readonly findings: Findings;
}

/** By rule. */
export function adjusted(
  rules: RuleColumns,
  { blocks }: StoreDays,
  grouping: Grouping,
): Studied<Influence>[] {
  return each(rules, blocks, (cells) => influenceOf(cells, grouping));
}

/** By rule. */
export function inPromotions(
  rules: RuleColumns,
  { blocks, promoted }: StoreDays,
): Studied<PromotionInfluence>[] {
  return each(rules, blocks, (cells) => promotionInfluence(cells, promoted));
}

function each<Findings>(
  rules: RuleColumns,
  blocks: BlockedTransactions,
  find: (cells: Strata) => Findings,
): Studied<Findings>[] {
  const { antecedentOffsets, antecedentItems, supportCount, antecedentCount, consequentCount } = rules;
  return Array.from(rules.consequent, (consequent, r) => {
    const antecedent = antecedentItems.slice(antecedentOffsets[r], antecedentOffsets[r + 1]);
    return {
      antecedent,
      consequent,
      crudeLift: (supportCount[r] * rules.transactionCount) / (antecedentCount[r] * consequentCount[r]),
      findings: find(blocks.cells(antecedent, consequent)),
    };
  });
}
