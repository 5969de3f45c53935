import { trimmed, withRoom } from '../baskets/int-column.ts';
import { PairwellError } from '../errors.ts';
import type { RuleColumns } from './rule-columns.ts';

/** Numbers of transactions that hold a whole rule, its antecedent and its consequent. */
export interface RuleCounts {
  support: number;
  antecedent: number;
  consequent: number;
}

/** Collects rules one by one into {@link RuleColumns}. */
export class RulesBuilder {
  readonly #transactionCount: number;
  readonly #maxRules: number;
  #antecedentOffsets: Int32Array = new Int32Array(1024);
  #antecedentItems: Int32Array = new Int32Array(4096);
  #consequent: Int32Array = new Int32Array(1024);
  #supportCount: Int32Array = new Int32Array(1024);
  #antecedentCount: Int32Array = new Int32Array(1024);
  #consequentCount: Int32Array = new Int32Array(1024);
  #size = 0;

  constructor(transactionCount: number, maxRules: number) {
    this.#transactionCount = transactionCount;
    this.#maxRules = maxRules;
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
      antecedentOffsets: trimmed(this.#antecedentOffsets, size + 1),
      antecedentItems: trimmed(this.#antecedentItems, this.#antecedentOffsets[size]),
      consequent: trimmed(this.#consequent, size),
      supportCount: trimmed(this.#supportCount, size),
      antecedentCount: trimmed(this.#antecedentCount, size),
      consequentCount: trimmed(this.#consequentCount, size),
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

function overBudget(maxRules: number): PairwellError {
  return new PairwellError(
    'limit-exceeded',
    `There are more than ${maxRules} rules. Raise the minimum confidence, lift or support, or allow more rules.`,
    { reached: maxRules, maxRules },
  );
}
