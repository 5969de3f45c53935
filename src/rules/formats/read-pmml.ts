import type { RuleCounts } from '../rules-builder.ts';
import { countsFrom, type Figure, figureOf, shareOf } from './figures.ts';
import { numberOf } from './number-text.ts';
import { extensions } from './pmml.ts';
import { attribute, type PmmlElement, type PmmlModel, readPmmlModel } from './pmml-model.ts';
import type { RuleSet } from './rule-set.ts';
import { badRule, type ReadRule, RuleSetBuilder } from './rule-set-builder.ts';

/** An itemset with the ids that its items get here. */
interface Side {
  readonly items: readonly number[];
  /** Transactions that hold it, where the file says so. */
  readonly count?: Figure;
}

/**
 * Reads the rules of a PMML file, ours or another program's (arules, KNIME), of any PMML version. Items get ids in the
 * order of the `Item` elements and are named by their `value`.
 *
 * Without our `Extension` elements the counts are worked out from the shares: support × transactions, the antecedent's
 * and the consequent's from the supports of their itemsets or else from confidence and lift, each the nearest whole
 * number. They have to give back the figures in the file, as far as those have digits.
 *
 * @param input text, or bytes in the encoding that they declare
 * @throws PairwellError `bad-input`, naming the line, for anything else; for rules with several items in the consequent
 *   or none in the antecedent; for figures that contradict each other
 */
export function readPmmlRules(input: string | Uint8Array): Required<RuleSet> {
  const { model, items, itemsets, rules } = readPmmlModel(input);
  const transactionCount = wholeAttribute(model, 'numberOfTransactions');
  const declared = model.attributes.numberOfRules;
  if (declared !== undefined && Number(declared) !== rules.length) {
    throw badRule(model.where, `numberOfRules is ${declared}, and the file holds ${rules.length}.`);
  }
  const names = items.map(nameOf);
  const second = firstRepeated(names);
  if (second >= 0) throw badRule(items[second].where, `a second item ${JSON.stringify(names[second])}.`);
  const sides = sidesOf({ items, itemsets }, transactionCount);
  const measures = rules.length > 0 ? measuresOf(rules[0]) : [];
  const builder = new RuleSetBuilder(
    transactionCount,
    measures.map((name) => name.slice(extensions.measure.length)),
  );
  for (const rule of rules) builder.add(ruleOf(rule, sides, measures, transactionCount), rule.where);
  return builder.build(names);
}

function ruleOf(
  rule: PmmlElement,
  sides: ReadonlyMap<string, Side>,
  measures: readonly string[],
  transactionCount: number,
): ReadRule {
  const { where, attributes } = rule;
  const antecedent = sideOf(rule, 'antecedent', sides);
  const consequent = sideOf(rule, 'consequent', sides);
  if (consequent.items.length !== 1) {
    throw badRule(where, `${consequent.items.length} items in the consequent; only one is supported.`);
  }
  if (measuresOf(rule).length !== measures.length) {
    throw badRule(where, 'the rule has other measures than the rules before.');
  }
  const support = figureOf(attribute(rule, 'support'), 'support', where);
  const confidence = figureOf(attribute(rule, 'confidence'), 'confidence', where);
  const lift = attributes.lift === undefined ? undefined : figureOf(attributes.lift, 'lift', where);
  const exact = ownCounts(rule);
  const clues = {
    count: shareOf(support, transactionCount),
    antecedent: antecedent.count,
    consequent: consequent.count,
    confidence,
    lift,
  };
  return {
    antecedent: antecedent.items,
    consequent: consequent.items[0],
    counts: exact ?? countsFrom(clues, transactionCount, where),
    // What the counts were worked out from was held against them there, as exactly as its digits allow.
    stated: exact && { support: support.value, confidence: confidence.value, lift: lift?.value },
    measures: measures.map((name) => ownNumber(rule, name)),
  };
}

function sideOf(rule: PmmlElement, end: 'antecedent' | 'consequent', sides: ReadonlyMap<string, Side>): Side {
  const id = attribute(rule, end);
  const side = sides.get(id);
  if (side) return side;
  throw badRule(rule.where, `the ${end} is the itemset ${JSON.stringify(id)}, which is not there.`);
}

/** The names of the rule's own extensions that hold further measures. */
function measuresOf({ own }: PmmlElement): string[] {
  return [...own.keys()].filter((name) => name.startsWith(extensions.measure));
}

function wholeAttribute(element: PmmlElement, name: string): number {
  const text = attribute(element, name);
  const value = numberOf(text);
  if (value !== undefined && Number.isSafeInteger(value) && value >= 0) return value;
  throw badRule(element.where, `${name} must be a whole number, not ${JSON.stringify(text)}.`);
}

/** The place of the first entry that was there before; -1 without one. */
function firstRepeated(texts: readonly string[]): number {
  const seen = new Set<string>();
  return texts.findIndex((text) => seen.size === seen.add(text).size);
}

function nameOf(item: PmmlElement): string {
  const value = attribute(item, 'value');
  const literal = item.own.get(extensions.name);
  if (literal === undefined) return value;
  const name = jsonOf(literal);
  if (typeof name === 'string') return name;
  throw badRule(item.where, `the extension "${extensions.name}" must be a JSON string, not ${literal}.`);
}

/** What a text says in JSON; undefined when it is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The itemsets by their ids. */
function sidesOf(
  { items, itemsets }: Pick<PmmlModel, 'items' | 'itemsets'>,
  transactionCount: number,
): Map<string, Side> {
  const itemIds = new Map<string, number>();
  for (const item of items) {
    const id = attribute(item, 'id');
    if (itemIds.has(id)) throw badRule(item.where, `a second item with the id ${JSON.stringify(id)}.`);
    itemIds.set(id, itemIds.size);
  }
  const sides = new Map<string, Side>();
  for (const itemset of itemsets) {
    const { where, itemRefs } = itemset;
    const id = attribute(itemset, 'id');
    if (sides.has(id)) throw badRule(where, `a second itemset with the id ${JSON.stringify(id)}.`);
    const support = itemset.attributes.support;
    sides.set(id, {
      items: itemRefs.map((ref) => {
        const item = itemIds.get(ref);
        if (item === undefined) throw badRule(where, `there is no item with the id ${JSON.stringify(ref)}.`);
        return item;
      }),
      count:
        support === undefined
          ? undefined
          : shareOf(figureOf(support, "the itemset's support", where), transactionCount),
    });
  }
  return sides;
}

function ownCounts({ own, where }: PmmlElement): RuleCounts | undefined {
  const text = own.get(extensions.counts);
  if (text === undefined) return undefined;
  const counts = /^(\d+) (\d+) (\d+)$/.exec(text);
  if (!counts)
    throw badRule(
      where,
      `the extension "${extensions.counts}" must be three numbers, not ${JSON.stringify(text)}.`,
    );
  const [support, antecedent, consequent] = counts.slice(1).map(Number);
  return { support, antecedent, consequent };
}

function ownNumber({ own, where }: PmmlElement, name: string): number {
  const value = numberOf(own.get(name) ?? '');
  if (value === undefined) throw badRule(where, `the extension ${JSON.stringify(name)} must be a number.`);
  return value;
}
