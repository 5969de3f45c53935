import { PairwellError } from '../../errors.ts';
import { confidence, lift, support } from '../measures/support-confidence-lift.ts';
import { type RuleCounts, RulesBuilder } from '../rules-builder.ts';
import type { RuleSet } from './rule-set.ts';

/** Counts stand in columns of 32-bit integers. */
const mostCount = 2 ** 31 - 1;

/** By what share of itself a figure may differ from the one its counts give: programs write seven digits and more. */
const tolerance = 1e-6;

/** A rule that was read. */
export interface ReadRule {
  /** Item ids in any order. */
  readonly antecedent: readonly number[];
  readonly consequent: number;
  readonly counts: RuleCounts;
  /** Figures that the file states besides. */
  readonly stated?: { readonly [name in 'support' | 'confidence' | 'lift']?: number };
  /** The values of the further measures, in the order of their names. */
  readonly measures?: readonly number[];
}

/** What is wrong with a file. @param where `Line 3`, for example */
export function badRule(where: string, what: string): PairwellError {
  return new PairwellError('bad-input', `${where}: ${what}`);
}

/** Collects rules that were read, and lets none in that contradicts itself. */
export class RuleSetBuilder {
  readonly #transactionCount: number;
  readonly #rules: RulesBuilder;
  readonly #measures: readonly { readonly name: string; readonly values: number[] }[];

  /**
   * @param measures names of the further measures
   * @throws PairwellError `bad-input` when `transactionCount` is no whole number ≥ 0
   */
  constructor(transactionCount: number, measures: readonly string[] = []) {
    if (!Number.isSafeInteger(transactionCount) || transactionCount < 0) {
      throw new PairwellError(
        'bad-input',
        `The number of transactions must be a whole number, not ${transactionCount}.`,
      );
    }
    this.#transactionCount = transactionCount;
    this.#rules = new RulesBuilder(transactionCount, Number.MAX_SAFE_INTEGER);
    this.#measures = measures.map((name) => ({ name, values: [] }));
  }

  /**
   * @param where of the rule in its file, for messages
   * @throws PairwellError `bad-input` for an antecedent without items or with one twice, one that holds the
   *   consequent, counts that no transactions can have, and figures that do not follow from the counts
   */
  add({ antecedent, consequent, counts, stated = {}, measures = [] }: ReadRule, where: string): void {
    const items = Int32Array.from(antecedent).sort();
    if (items.length === 0) {
      throw badRule(where, 'a rule without an antecedent is not supported; it says how common an item is.');
    }
    if (items.some((item, i) => i > 0 && item === items[i - 1])) {
      throw badRule(where, 'an item stands twice in the antecedent.');
    }
    if (items.includes(consequent)) throw badRule(where, 'the consequent stands in the antecedent too.');
    this.#checkCounts(counts, where);
    this.#checkStated(counts, stated, where);
    this.#rules.add(items, items.length, consequent, counts);
    this.#measures.forEach(({ values }, i) => {
      values.push(measures[i]);
    });
  }

  /** @param names by item id */
  build(names: readonly string[]): Required<RuleSet> {
    return {
      rules: this.#rules.build(),
      names,
      measures: new Map(this.#measures.map(({ name, values }) => [name, Float64Array.from(values)])),
    };
  }

  #checkCounts({ support: count, antecedent, consequent }: RuleCounts, where: string): void {
    const all = this.#transactionCount;
    for (const value of [count, antecedent, consequent]) {
      if (!Number.isInteger(value) || value < 0 || value > mostCount) {
        throw badRule(
          where,
          `a number of transactions must be whole and at most ${mostCount}, not ${value}.`,
        );
      }
    }
    const least = Math.max(count, 1);
    if (antecedent >= least && consequent >= least && antecedent + consequent - count <= all) return;
    throw badRule(
      where,
      `of ${all} transactions, ${count} cannot hold the rule, ${antecedent} its antecedent and ` +
        `${consequent} its consequent.`,
    );
  }

  #checkStated(counts: RuleCounts, stated: NonNullable<ReadRule['stated']>, where: string): void {
    const { support: count, antecedent, consequent } = counts;
    const all = this.#transactionCount;
    const figures = {
      support: support(count, all),
      confidence: confidence(count, antecedent),
      lift: lift(count, antecedent, consequent, all),
    };
    for (const name of ['support', 'confidence', 'lift'] as const) {
      const value = stated[name] ?? figures[name];
      if (Math.abs(value - figures[name]) <= tolerance * figures[name]) continue;
      throw badRule(
        where,
        `a ${name} of ${value} contradicts the numbers of transactions, which give ${figures[name]}.`,
      );
    }
  }
}
