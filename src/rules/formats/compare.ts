import { measureColumn } from '../measures/measure-column.ts';
import { type MeasureName, measureNames, measures } from '../measures/measures.ts';
import { type RuleColumns, ruleCount } from '../rule-columns.ts';
import { fisherLogP, fromLogs } from '../significance.ts';
import type { RuleSet } from './rule-set.ts';

/** What an item of a file is among ours: its number, or a sentence that says why it is none. */
export type FoundItem = number | string;

export interface RejectedRule {
  /** In the file, from 0. */
  readonly rule: number;
  readonly reason: string;
}

export interface AcceptedRule {
  /** In the file, from 0. */
  readonly rule: number;
  /** The number of the same rule among ours; −1 where there is none. */
  readonly own: number;
  /** Whether we count other transactions for it, or of it, or altogether. */
  readonly countsDiffer: boolean;
}

/** Rules of a file beside our own. */
export interface RuleComparison {
  readonly accepted: readonly AcceptedRule[];
  readonly rejected: readonly RejectedRule[];
  /** By rule of ours: 1 where it is in the file. */
  readonly isInFile: Uint8Array;
}

/**
 * Looks for the rules of a file among ours. Those that are about items that we do not have, or that came before in the file, are
 * rejected.
 *
 * Takes time for each of our rules, and memory for each of the file's.
 */
export function compareRules(
  { rules, names }: RuleSet,
  own: RuleColumns,
  itemCalled: (name: string) => FoundItem,
): RuleComparison {
  const found = names.map(itemCalled);
  const rejected: RejectedRule[] = [];
  const drafts: { rule: number; own: number }[] = [];
  const known = new Map<string, { rule: number; own: number }>();
  for (let rule = 0; rule < ruleCount(rules); rule++) {
    const items = sidesOf(rules, rule).map((item) => found[item]);
    const reason = items.find((item) => typeof item === 'string');
    const key = keyOf(items as number[]);
    const before = known.get(key);
    if (reason !== undefined) rejected.push({ rule, reason });
    else if (before)
      rejected.push({ rule, reason: `The same rule is there before, as number ${before.rule + 1}.` });
    else {
      const draft = { rule, own: -1 };
      known.set(key, draft);
      drafts.push(draft);
    }
  }
  const isInFile = new Uint8Array(ruleCount(own));
  // Most of our rules are told by their items alone to be none of the file's: a text is made for few of them.
  const isMeant = new Set(found.filter((item) => typeof item === 'number'));
  for (let rule = 0; rule < isInFile.length; rule++) {
    if (!isMeant.has(own.consequent[rule])) continue;
    const items = sidesOf(own, rule);
    const draft = items.every((item) => isMeant.has(item)) ? known.get(keyOf(items)) : undefined;
    if (!draft) continue;
    draft.own = rule;
    isInFile[rule] = 1;
  }
  const accepted = drafts.map((draft) => ({ ...draft, countsDiffer: countsDiffer(rules, own, draft) }));
  return { accepted, rejected, isInFile };
}

/** The antecedent, and then the consequent. */
function sidesOf({ antecedentOffsets, antecedentItems, consequent }: RuleColumns, rule: number): number[] {
  return [
    ...antecedentItems.subarray(antecedentOffsets[rule], antecedentOffsets[rule + 1]),
    consequent[rule],
  ];
}

/** Whatever order the antecedent is in. */
function keyOf(sides: readonly number[]): string {
  const antecedent = sides.slice(0, -1).sort((a, b) => a - b);
  return `${antecedent.join(' ')}>${sides.at(-1)}`;
}

function countsDiffer(file: RuleColumns, own: RuleColumns, at: { rule: number; own: number }): boolean {
  if (at.own < 0) return false;
  const names = ['supportCount', 'antecedentCount', 'consequentCount'] as const;
  return (
    file.transactionCount !== own.transactionCount ||
    names.some((name) => file[name][at.rule] !== own[name][at.own])
  );
}

/** How a further measure of a file compares with what it should be. */
export interface MeasureCheck {
  readonly name: string;
  /** How many rules have another value, by more than a millionth of it. */
  readonly differing: number;
  /** The first of them in the file, from 0; −1 without one. */
  readonly first: number;
}

/** By what share of itself a value may be off: programs write seven digits and more. */
const tolerance = 1e-6;

/** Columns of our own files that are no measures and follow from counts as well: p of Fisher's test, and its decimal logarithm. */
const testColumns: ReadonlyMap<string, (rules: RuleColumns) => Float64Array> = new Map([
  ['p', (rules) => fromLogs(fisherLogP(rules))],
  ['log10P', (rules) => fisherLogP(rules).map((logP) => logP / Math.LN10)],
]);

/**
 * Works out the further measures of a file anew, as far as the counts of a rule suffice for them.
 *
 * @param known what others should be, by name and rule of the file; NaN where that is not known of a rule
 * @returns those, and the names of the others
 */
export function checkMeasures(
  { rules, measures: stated = new Map() }: RuleSet,
  known: ReadonlyMap<string, Float64Array> = new Map(),
): { checked: MeasureCheck[]; unchecked: string[] } {
  const checked: MeasureCheck[] = [];
  const unchecked: string[] = [];
  for (const [name, values] of stated) {
    const others = known.get(name);
    const column = others ?? testColumns.get(name)?.(rules) ?? countedColumn(rules, name);
    if (!column) {
      unchecked.push(name);
      continue;
    }
    const isKnown = (rule: number): boolean => others === undefined || !Number.isNaN(others[rule]);
    const off = Array.from(column, (_, rule) => rule).filter(
      (rule) => isKnown(rule) && !areClose(values[rule], column[rule]),
    );
    checked.push({ name, differing: off.length, first: off[0] ?? -1 });
  }
  return { checked, unchecked };
}

/** Undefined where it is no measure that counts suffice for. */
function countedColumn(rules: RuleColumns, name: string): Float64Array | undefined {
  const isCounted =
    (measureNames as readonly string[]).includes(name) && 'of' in measures[name as MeasureName];
  return isCounted ? measureColumn(rules, name as MeasureName) : undefined;
}

function areClose(stated: number, own: number): boolean {
  if (Object.is(stated, own) || stated === own) return true;
  if (!Number.isFinite(stated) || !Number.isFinite(own)) return false;
  return Math.abs(stated - own) <= tolerance * Math.max(Math.abs(own), Math.abs(stated));
}
