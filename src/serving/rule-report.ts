import { type AcceptedRule, checkMeasures, compareRules, type FoundItem } from '../rules/formats/compare.ts';
import { antecedentTexts, type RuleSet } from '../rules/formats/rule-set.ts';
import { confidence, lift, support } from '../rules/measures/support-confidence-lift.ts';
import { type RuleColumns, ruleCount } from '../rules/rule-columns.ts';
import type { RuleBook } from './rule-book.ts';

export interface ReportOptions {
  /** Which of the model's rules the file should have. */
  readonly set: 'shown' | 'all';
  /** How many rules of each kind are listed at most. */
  readonly limit: number;
  /** What an item of the file is in the model, by its name there. */
  readonly itemCalled: (name: string) => FoundItem;
  /** What an item of the model is called in the report. */
  readonly nameOf: (item: number) => string;
}

/**
 * A rule set that came from elsewhere beside the rules of a model: which rules both have and whether they count them alike, which
 * are new and which are missing, what could not be used and why, and whether the file's measures follow from its counts. Plain
 * data; rules of the file are numbered from 1, as people count lines.
 */
export function ruleReport(file: Required<RuleSet>, book: RuleBook, options: ReportOptions) {
  const { set, limit, itemCalled, nameOf } = options;
  const own = book.rules.rules;
  const { isShown } = book.insights.tests;
  const { accepted, rejected, isInFile } = compareRules(file, own, itemCalled);
  const ofFile = (rule: number) => ({
    rule: rule + 1,
    antecedent: antecedentTexts(file.rules, rule, file.names),
    consequent: file.names[file.rules.consequent[rule]],
  });
  const ofModel = (rule: number) => ({
    antecedent: Array.from(book.rules.antecedent(rule), nameOf),
    consequent: nameOf(own.consequent[rule]),
  });
  const shared = accepted.filter((rule) => rule.own >= 0);
  const added = accepted.filter((rule) => rule.own < 0);
  const different = shared.filter((rule) => rule.countsDiffer);
  const isWanted = (rule: number): boolean => set === 'all' || isShown[rule] === 1;
  const missing = { also: (rule: number) => isInFile[rule] === 0 && isWanted(rule) };
  const { checked, unchecked } = checkMeasures(file, improvementsOf(file, shared, book));
  return {
    modelVersion: String(book.version),
    transactions: { file: file.rules.transactionCount, model: own.transactionCount },
    rules: { file: ruleCount(file.rules), accepted: accepted.length, rejected: rejected.length },
    shared: {
      count: shared.length,
      shown: shared.filter((rule) => isShown[rule.own] === 1).length,
      withSameCounts: shared.length - different.length,
    },
    rejected: rejected.slice(0, limit).map(({ rule, reason }) => ({ ...ofFile(rule), reason })),
    different: {
      count: different.length,
      rules: different.slice(0, limit).map(({ rule, own: same }) => ({
        ...ofFile(rule),
        file: figuresOf(file.rules, rule),
        model: figuresOf(own, same),
      })),
    },
    new: {
      count: added.length,
      rules: added.slice(0, limit).map(({ rule }) => ({ ...ofFile(rule), ...figuresOf(file.rules, rule) })),
    },
    missing: {
      set,
      count: book.rules.count(missing),
      rules: book.rules
        .page(missing, 'leverage', 0, limit)
        .rules.map((rule) => ({ ...ofModel(rule), ...figuresOf(own, rule) })),
    },
    measures: {
      checked: checked.map(({ name, differing, first }) => ({
        name,
        differing,
        firstDiffering: first < 0 ? null : first + 1,
      })),
      unchecked,
    },
  };
}

export type RuleReport = ReturnType<typeof ruleReport>;

/**
 * What the improvement of the file's rules should be, of those that the model has with the same counts: beside p it is that of our
 * own tests, which counts of a rule alone do not tell. Nothing where there is none to compare.
 */
function improvementsOf(
  { rules, measures }: Required<RuleSet>,
  shared: readonly AcceptedRule[],
  { insights }: RuleBook,
): ReadonlyMap<string, Float64Array> {
  const alike = shared.filter(({ countsDiffer }) => !countsDiffer);
  if (!measures.has('p') || alike.length === 0) return new Map();
  const known = new Float64Array(ruleCount(rules)).fill(Number.NaN);
  for (const { rule, own } of alike) known[rule] = insights.tests.improvement[own];
  return new Map([['improvement', known]]);
}

/** Counts, and what follows from them. */
function figuresOf(rules: RuleColumns, rule: number) {
  const { supportCount, antecedentCount, consequentCount, transactionCount } = rules;
  const [count, left, right] = [supportCount[rule], antecedentCount[rule], consequentCount[rule]];
  return {
    count,
    antecedentCount: left,
    consequentCount: right,
    support: support(count, transactionCount),
    confidence: confidence(count, left),
    lift: lift(count, left, right, transactionCount),
  };
}
