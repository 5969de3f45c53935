import { Dictionary } from '../../baskets/dictionary.ts';
import type { RuleCounts } from '../rules-builder.ts';
import { countsFrom, type Figure, figureOf, shareOf } from './figures.ts';
import { numberOf } from './number-text.ts';
import { extensions } from './pmml.ts';
import {
  attribute,
  type ModelHandler,
  type PmmlElement,
  type PmmlPart,
  readPmmlModel,
} from './pmml-model.ts';
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
  const rules = new PmmlRules();
  readPmmlModel(input, rules);
  return rules.build();
}

class PmmlRules implements ModelHandler {
  #model: PmmlElement = { where: '', attributes: {} };
  #transactionCount = 0;
  readonly #names = new Dictionary();
  readonly #itemIds = new Map<string, number>();
  readonly #sides = new Map<string, Side>();
  #builder: RuleSetBuilder | undefined;
  /** The names of the extensions with further measures that the first rule has and all must have. */
  #measures: readonly string[] = [];
  #ruleCount = 0;

  model(element: PmmlElement): void {
    this.#model = element;
    const text = attribute(element, 'numberOfTransactions');
    const value = numberOf(text);
    if (value === undefined || !Number.isSafeInteger(value) || value < 0) {
      throw badRule(
        element.where,
        `numberOfTransactions must be a whole number, not ${JSON.stringify(text)}.`,
      );
    }
    this.#transactionCount = value;
  }

  item(part: PmmlPart): void {
    const id = attribute(part, 'id');
    if (this.#itemIds.has(id)) throw badRule(part.where, `a second item with the id ${JSON.stringify(id)}.`);
    const name = nameOf(part);
    const item = this.#names.intern(name);
    if (item < this.#itemIds.size) throw badRule(part.where, `a second item ${JSON.stringify(name)}.`);
    this.#itemIds.set(id, item);
  }

  itemset(part: PmmlPart): void {
    const { where, attributes, itemRefs } = part;
    const id = attribute(part, 'id');
    if (this.#sides.has(id)) throw badRule(where, `a second itemset with the id ${JSON.stringify(id)}.`);
    const items = itemRefs.map((ref) => {
      const item = this.#itemIds.get(ref);
      if (item === undefined) throw badRule(where, `there is no item with the id ${JSON.stringify(ref)}.`);
      return item;
    });
    const support = attributes.support;
    const count =
      support === undefined
        ? undefined
        : shareOf(figureOf(support, "the itemset's support", where), this.#transactionCount);
    this.#sides.set(id, { items, count });
  }

  rule(part: PmmlPart): void {
    const { where } = part;
    const antecedent = this.#side(part, 'antecedent');
    const consequent = this.#side(part, 'consequent');
    if (consequent.items.length !== 1) {
      throw badRule(where, `${consequent.items.length} items in the consequent; only one is supported.`);
    }
    const builder = this.#openBuilder(part);
    if (measuresOf(part).length !== this.#measures.length) {
      throw badRule(where, 'the rule has other measures than the rules before.');
    }
    const rule: ReadRule = {
      antecedent: antecedent.items,
      consequent: consequent.items[0],
      ...countsOf(part, antecedent, consequent, this.#transactionCount),
      measures: this.#measures.map((name) => ownNumber(part, name)),
    };
    builder.add(rule, where);
    this.#ruleCount++;
  }

  build(): Required<RuleSet> {
    const declared = this.#model.attributes.numberOfRules;
    if (declared !== undefined && Number(declared) !== this.#ruleCount) {
      throw badRule(
        this.#model.where,
        `numberOfRules is ${declared}, and the file holds ${this.#ruleCount}.`,
      );
    }
    const names = Array.from({ length: this.#names.size }, (_, id) => this.#names.nameOf(id));
    return this.#openBuilder(undefined).build(names);
  }

  #openBuilder(first: PmmlPart | undefined): RuleSetBuilder {
    if (this.#builder) return this.#builder;
    this.#measures = first ? measuresOf(first) : [];
    const names = this.#measures.map((name) => name.slice(extensions.measure.length));
    this.#builder = new RuleSetBuilder(this.#transactionCount, names);
    return this.#builder;
  }

  #side(rule: PmmlElement, end: 'antecedent' | 'consequent'): Side {
    const id = attribute(rule, end);
    const side = this.#sides.get(id);
    if (side) return side;
    throw badRule(rule.where, `the ${end} is the itemset ${JSON.stringify(id)}, which is not there.`);
  }
}

/** The counts of a rule, with the figures to hold them against where they are not worked out from those. */
function countsOf(
  rule: PmmlPart,
  antecedent: Side,
  consequent: Side,
  transactionCount: number,
): Pick<ReadRule, 'counts' | 'stated'> {
  const { where, attributes } = rule;
  const support = figureOf(attribute(rule, 'support'), 'support', where);
  const confidence = figureOf(attribute(rule, 'confidence'), 'confidence', where);
  const lift = attributes.lift === undefined ? undefined : figureOf(attributes.lift, 'lift', where);
  const counts = ownCounts(rule);
  if (counts) {
    return { counts, stated: { support: support.value, confidence: confidence.value, lift: lift?.value } };
  }
  const clues = {
    count: shareOf(support, transactionCount),
    antecedent: antecedent.count,
    consequent: consequent.count,
    confidence,
    lift,
  };
  return { counts: countsFrom(clues, transactionCount, where) };
}

function ownCounts({ own, where }: PmmlPart): RuleCounts | undefined {
  const text = own.get(extensions.counts);
  if (text === undefined) return undefined;
  const counts = /^(\d+) (\d+) (\d+)$/.exec(text);
  if (!counts) {
    throw badRule(where, `the extension "counts" must be three numbers, not ${JSON.stringify(text)}.`);
  }
  const [support, antecedent, consequent] = counts.slice(1).map(Number);
  return { support, antecedent, consequent };
}

/** The names of the rule's own extensions that hold further measures. */
function measuresOf({ own }: PmmlPart): string[] {
  return [...own.keys()].filter((name) => name.startsWith(extensions.measure));
}

function ownNumber({ own, where }: PmmlPart, name: string): number {
  const value = numberOf(own.get(name) ?? '');
  if (value === undefined) throw badRule(where, `the extension ${JSON.stringify(name)} must be a number.`);
  return value;
}

function nameOf(item: PmmlPart): string {
  const value = attribute(item, 'value');
  const literal = item.own.get(extensions.name);
  if (literal === undefined) return value;
  const name = jsonOf(literal);
  if (typeof name === 'string') return name;
  throw badRule(item.where, `the extension "name" must be a JSON string, not ${literal}.`);
}

/** What a text says in JSON; undefined when it is none. */
function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
