import { confidence, lift, support } from './measures/support-confidence-lift.ts';
import { type RuleColumns, ruleCount } from './rule-columns.ts';

export const ruleMeasures = ['support', 'confidence', 'lift', 'count'] as const;
export type RuleMeasure = (typeof ruleMeasures)[number];

export interface RuleFilter {
  /** Items that must all be in the antecedent. */
  readonly antecedent?: readonly number[];
  readonly consequent?: number;
  /** The least value of each measure. */
  readonly least?: Partial<Readonly<Record<RuleMeasure, number>>>;
}

export interface RulePage {
  readonly rules: readonly number[];
  /** Where the next page begins; undefined after the last rule. */
  readonly next: number | undefined;
}

/** Pages through a rule set, filtered, by any measure from the highest down. */
export class RuleBrowser {
  readonly rules: RuleColumns;
  readonly #orders = new Map<RuleMeasure, Int32Array>();
  #pairs: Map<number, number[]> | undefined;

  constructor(rules: RuleColumns) {
    this.rules = rules;
  }

  measure(name: RuleMeasure, rule: number): number {
    const { supportCount, antecedentCount, consequentCount, transactionCount } = this.rules;
    const count = supportCount[rule];
    if (name === 'count') return count;
    if (name === 'support') return support(count, transactionCount);
    if (name === 'confidence') return confidence(count, antecedentCount[rule]);
    return lift(count, antecedentCount[rule], consequentCount[rule], transactionCount);
  }

  antecedent(rule: number): Int32Array {
    const { antecedentOffsets, antecedentItems } = this.rules;
    return antecedentItems.subarray(antecedentOffsets[rule], antecedentOffsets[rule + 1]);
  }

  /** The rules from this item alone, by confidence, highest first. */
  pairsFrom(item: number): readonly number[] {
    if (!this.#pairs) {
      this.#pairs = new Map();
      for (const rule of this.#sorted('confidence')) {
        const antecedent = this.antecedent(rule);
        if (antecedent.length > 1) continue;
        const listed = this.#pairs.get(antecedent[0]);
        if (listed) listed.push(rule);
        else this.#pairs.set(antecedent[0], [rule]);
      }
    }
    return this.#pairs.get(item) ?? [];
  }

  /** @param from position in the sorted rules, as an earlier page's `next` said; 0 for the first page */
  page(filter: RuleFilter, sort: RuleMeasure, from: number, limit: number): RulePage {
    const order = this.#sorted(sort);
    const rules: number[] = [];
    let at = from;
    for (; at < order.length; at++) {
      if (!this.#matches(order[at], filter)) continue;
      if (rules.length === limit) return { rules, next: at };
      rules.push(order[at]);
    }
    return { rules, next: undefined };
  }

  #matches(rule: number, { antecedent, consequent, least }: RuleFilter): boolean {
    if (consequent !== undefined && this.rules.consequent[rule] !== consequent) return false;
    if (antecedent?.some((item) => !this.antecedent(rule).includes(item))) return false;
    for (const name of ruleMeasures) {
      const bound = least?.[name];
      if (bound !== undefined && this.measure(name, rule) < bound) return false;
    }
    return true;
  }

  /** All rules by a measure, highest first; ties by rule number, so that pages are stable. */
  #sorted(name: RuleMeasure): Int32Array {
    const known = this.#orders.get(name);
    if (known) return known;
    const values = Float64Array.from({ length: ruleCount(this.rules) }, (_, rule) =>
      this.measure(name, rule),
    );
    const order = Int32Array.from(values, (_, rule) => rule).sort((a, b) => values[b] - values[a] || a - b);
    this.#orders.set(name, order);
    return order;
  }
}
