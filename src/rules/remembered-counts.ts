import type { CountFunction } from './measures/measure.ts';
import { type RuleColumns, ruleCount } from './rule-columns.ts';

/** Some 320 kB: a table that the nearest caches of a processor still hold. */
const mostSlots = 2 ** 14;

/** @param fewer the smaller of the two sides' counts */
type SymmetricFunction = (together: number, fewer: number, more: number) => number;

/**
 * A costly function of a number of transactions and of those of two sides whose order does not matter, with its values
 * remembered: among a million rules most have the counts of another one, as a pair's two rules always do. A new value takes
 * the place of the one in its slot of a hash table, so memory is bounded.
 */
export class RememberedCounts {
  readonly #of: SymmetricFunction;
  /** By slot: the three counts; −1 where there are none. */
  readonly #keys: Int32Array;
  readonly #values: Float64Array;

  /** @param calls about how many there will be: a few need no large table */
  constructor(of: SymmetricFunction, calls: number) {
    this.#of = of;
    const slots = Math.min(mostSlots, 2 ** Math.ceil(Math.log2(Math.max(1, calls))));
    this.#keys = new Int32Array(3 * slots).fill(-1);
    this.#values = new Float64Array(slots);
  }

  /** Counts are whole numbers from 0 to 2^31 − 1. */
  of(together: number, x: number, y: number): number {
    const fewer = x < y ? x : y;
    const more = x < y ? y : x;
    const keys = this.#keys;
    const hash = Math.imul(Math.imul(Math.imul(together, 0x9e3779b1) ^ fewer, 0x85ebca6b) ^ more, 0x9e3779b1);
    const slot = (hash ^ (hash >>> 15)) & (this.#values.length - 1);
    const at = 3 * slot;
    if (keys[at] !== together || keys[at + 1] !== fewer || keys[at + 2] !== more) {
      this.#values[slot] = this.#of(together, fewer, more);
      keys[at] = together;
      keys[at + 1] = fewer;
      keys[at + 2] = more;
    }
    return this.#values[slot];
  }
}

/** A symmetric measure of every rule, each combination of counts worked out once or a few times. */
export function symmetricColumn(rules: RuleColumns, of: CountFunction): Float64Array {
  const { supportCount, antecedentCount, consequentCount, transactionCount: n } = rules;
  const column = new Float64Array(ruleCount(rules));
  const remembered = new RememberedCounts((xy, x, y) => of(xy, x, y, n), column.length);
  for (let rule = 0; rule < column.length; rule++) {
    column[rule] = remembered.of(supportCount[rule], antecedentCount[rule], consequentCount[rule]);
  }
  return column;
}
