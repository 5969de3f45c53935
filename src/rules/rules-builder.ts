import { trimmed, withRoom } from '../baskets/int-column.ts';
import { PairwellError } from '../errors.ts';
import type { RuleColumns } from './rule-columns.ts';

/** Numbers of transactions that hold a whole rule, its antecedent and its consequent. */
export interface RuleCounts {
  support: number;
  antecedent: number;
  consequent: number;
}

/** Numbers of rules and of all items of their antecedents. */
export interface RulesRoom {
  rules: number;
  antecedentItems: number;
}

/** Collects rules one by one into {@link RuleColumns}. */
export class RulesBuilder {
  readonly #transactionCount: number;
  readonly #maxRules: number;
  #antecedentOffsets: Int32Array;
  #antecedentItems: Int32Array;
  #consequent: Int32Array;
  #supportCount: Int32Array;
  #antecedentCount: Int32Array;
  #consequentCount: Int32Array;
  #size = 0;

  /**
   * @param room how many rules there will be, and items of their antecedents, where that is known; else it grows
   * @throws PairwellError `limit-exceeded` when that is more than allowed
   */
  constructor(transactionCount: number, maxRules: number, room?: RulesRoom) {
    const { rules, antecedentItems } = room ?? { rules: 1024, antecedentItems: 4096 };
    if (room && rules > maxRules) throw overBudget(maxRules);
    this.#transactionCount = transactionCount;
    this.#maxRules = maxRules;
    this.#antecedentOffsets = columnFor(rules + 1);
    this.#antecedentItems = columnFor(antecedentItems);
    this.#consequent = columnFor(rules);
    this.#supportCount = columnFor(rules);
    this.#antecedentCount = columnFor(rules);
    this.#consequentCount = columnFor(rules);
  }

  /**
   * Adds the rule with the first `length` entries of `antecedent` on its left-hand side.
   *
   * @throws PairwellError `limit-exceeded` when that is one rule more than allowed
   */
  add(antecedent: Int32Array, length: number, consequent: number, counts: RuleCounts): void {
    const rule = this.#size;
    if (rule >= this.#maxRules) throw overBudget(this.#maxRules);
    const from = this.#antecedentOffsets[rule];
    this.#makeRoom(rule, from + length);
    for (let i = 0; i < length; i++) this.#antecedentItems[from + i] = antecedent[i];
    this.#antecedentOffsets[rule + 1] = from + length;
    this.#consequent[rule] = consequent;
    this.#supportCount[rule] = counts.support;
    this.#antecedentCount[rule] = counts.antecedent;
    this.#consequentCount[rule] = counts.consequent;
    this.#size = rule + 1;
  }

  build(): RuleColumns {
    const size = this.#size;
    return {
      transactionCount: this.#transactionCount,
      antecedentOffsets: exactly(this.#antecedentOffsets, size + 1),
      antecedentItems: exactly(this.#antecedentItems, this.#antecedentOffsets[size]),
      consequent: exactly(this.#consequent, size),
      supportCount: exactly(this.#supportCount, size),
      antecedentCount: exactly(this.#antecedentCount, size),
      consequentCount: exactly(this.#consequentCount, size),
    };
  }

  #makeRoom(rule: number, antecedentItems: number): void {
    this.#antecedentItems = withRoom(this.#antecedentItems, antecedentItems);
    this.#antecedentOffsets = withRoom(this.#antecedentOffsets, rule + 2);
    this.#consequent = withRoom(this.#consequent, rule + 1);
    this.#supportCount = withRoom(this.#supportCount, rule + 1);
    this.#antecedentCount = withRoom(this.#antecedentCount, rule + 1);
    this.#consequentCount = withRoom(this.#consequentCount, rule + 1);
  }
}

/** @throws PairwellError `limit-exceeded` for more than a column can hold */
function columnFor(length: number): Int32Array {
  return withRoom(new Int32Array(0), length);
}

/** The first `length` entries; a column without more is not copied. */
function exactly(column: Int32Array, length: number): Int32Array {
  return column.length === length ? column : trimmed(column, length);
}

function overBudget(maxRules: number): PairwellError {
  return new PairwellError(
    'limit-exceeded',
    `There are more than ${maxRules} rules. Raise the minimum confidence, lift or support, or allow more rules.`,
    { reached: maxRules, maxRules },
  );
}
