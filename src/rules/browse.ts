import { measureColumn } from './measures/measure-column.ts';
import { type MeasureName, measureOf } from './measures/measures.ts';
import type { RuleColumns } from './rule-columns.ts';

/** Items by id: 1 for those that are looked for, else 0. */
export type ItemMarks = Uint8Array;

export interface RuleFilter {
  /** Items that must all be in the antecedent. */
  readonly antecedent?: readonly number[] | undefined;
  readonly consequent?: number | undefined;
  /** The least and the most of each measure; rules of which it is not a number are left out. */
  readonly least?: Partial<Readonly<Record<MeasureName, number>>> | undefined;
  readonly most?: Partial<Readonly<Record<MeasureName, number>>> | undefined;
  /** One of the marked items is on this side, or on either. */
  readonly onLeft?: ItemMarks | undefined;
  readonly onRight?: ItemMarks | undefined;
  readonly anywhere?: ItemMarks | undefined;
  /** What else is asked of a rule, by its number. */
  readonly also?: ((rule: number) => boolean) | undefined;
}

export type RuleOrder = 'descending' | 'ascending';

export interface RulePage {
  readonly rules: readonly number[];
  /** Where the next page begins; undefined after the last rule. */
  readonly next: number | undefined;
}

/** Pages through a rule set, filtered, by any measure. A measure is worked out for all rules when it is first asked for. */
export class RuleBrowser {
  readonly rules: RuleColumns;
  readonly #columns = new Map<MeasureName, Float64Array>();
  readonly #orders = new Map<string, Int32Array>();
  #pairs: Map<number, number[]> | undefined;
  readonly #margins: Float64Array | undefined;
  /** What a browser with margins goes to for all that does not depend on them. */
  readonly #unpriced: RuleBrowser | undefined;
  #priced: RuleBrowser | undefined;

  constructor(rules: RuleColumns, margins?: Float64Array, unpriced?: RuleBrowser) {
    this.rules = rules;
    this.#margins = margins;
    this.#unpriced = unpriced;
  }

  /**
   * The same rules, with the measures that need margins. What was worked out for the latest margins is kept.
   *
   * @param margins by item id: the profit on one sale, NaN where it is not known
   */
  priced(margins: Float64Array): RuleBrowser {
    const latest = this.#priced;
    if (latest?.knows(margins)) return latest;
    this.#priced = new RuleBrowser(this.rules, margins, this);
    return this.#priced;
  }

  /** Whether these are the margins that it has. */
  knows(margins: Float64Array): boolean {
    return this.#margins !== undefined && areSame(this.#margins, margins);
  }

  /** @throws PairwellError `bad-input` for a measure that needs more than the rules */
  measure(name: MeasureName, rule: number): number {
    return this.column(name)[rule];
  }

  /**
   * A measure of all rules.
   *
   * @throws PairwellError `bad-input` for a measure that needs more than the rules
   */
  column(name: MeasureName): Float64Array {
    const known = this.#columns.get(name);
    if (known) return known;
    if (this.#unpriced && !needsMargins(name)) return this.#unpriced.column(name);
    const column = measureColumn(this.rules, name, this.#margins ? { margins: this.#margins } : {});
    this.#columns.set(name, column);
    return column;
  }

  antecedent(rule: number): Int32Array {
    const { antecedentOffsets, antecedentItems } = this.rules;
    return antecedentItems.subarray(antecedentOffsets[rule], antecedentOffsets[rule + 1]);
  }

  /** The rules from this item alone, by confidence, highest first. */
  pairsFrom(item: number): readonly number[] {
    if (!this.#pairs) {
      this.#pairs = new Map();
      for (const rule of this.#sorted('confidence', 'descending')) {
        const antecedent = this.antecedent(rule);
        if (antecedent.length > 1) continue;
        const listed = this.#pairs.get(antecedent[0]);
        if (listed) listed.push(rule);
        else this.#pairs.set(antecedent[0], [rule]);
      }
    }
    return this.#pairs.get(item) ?? [];
  }

  /**
   * @param from position in the sorted rules, as an earlier page's `next` said; 0 for the first page
   * @param limit the most rules of the page; Infinity for all
   * @throws PairwellError `bad-input` for a measure that needs more than the rules
   */
  page(
    filter: RuleFilter,
    sort: MeasureName,
    from: number,
    limit: number,
    order: RuleOrder = 'descending',
  ): RulePage {
    const sorted = this.#sorted(sort, order);
    const bounds = this.#boundsOf(filter);
    const rules: number[] = [];
    let at = from;
    for (; at < sorted.length; at++) {
      if (!this.#matches(sorted[at], filter, bounds)) continue;
      if (rules.length === limit) return { rules, next: at };
      rules.push(sorted[at]);
    }
    return { rules, next: undefined };
  }

  /** How many rules match. */
  count(filter: RuleFilter): number {
    const bounds = this.#boundsOf(filter);
    let count = 0;
    for (let rule = 0; rule < this.rules.consequent.length; rule++)
      if (this.#matches(rule, filter, bounds)) count++;
    return count;
  }

  #boundsOf({ least = {}, most = {} }: RuleFilter): Bound[] {
    const bound = (name: string, from: number, to: number): Bound => ({
      column: this.column(name as MeasureName),
      from,
      to,
    });
    return [
      ...Object.entries(least).map(([name, from]) => bound(name, from, Number.POSITIVE_INFINITY)),
      ...Object.entries(most).map(([name, to]) => bound(name, Number.NEGATIVE_INFINITY, to)),
    ];
  }

  #matches(rule: number, filter: RuleFilter, bounds: readonly Bound[]): boolean {
    const { antecedent, onLeft, onRight, anywhere } = filter;
    const right = this.rules.consequent[rule];
    if (filter.consequent !== undefined && right !== filter.consequent) return false;
    if (antecedent?.some((item) => !this.antecedent(rule).includes(item))) return false;
    for (const { column, from, to } of bounds)
      if (!(column[rule] >= from && column[rule] <= to)) return false;
    const leftHas = (marks: ItemMarks): boolean => this.antecedent(rule).some((item) => marks[item] === 1);
    if (onLeft && !leftHas(onLeft)) return false;
    if (onRight && onRight[right] !== 1) return false;
    if (anywhere && anywhere[right] !== 1 && !leftHas(anywhere)) return false;
    return !filter.also || filter.also(rule);
  }

  /** All rules by a measure; ties by rule number, so that pages are stable. Where it is not a number comes last. */
  #sorted(name: MeasureName, order: RuleOrder): Int32Array {
    if (this.#unpriced && !needsMargins(name)) return this.#unpriced.#sorted(name, order);
    const key = `${name} ${order}`;
    const known = this.#orders.get(key);
    if (known) return known;
    const sign = order === 'descending' ? -1 : 1;
    const keys = this.column(name).map((value) =>
      Number.isNaN(value) ? Number.POSITIVE_INFINITY : sign * value,
    );
    const sorted = Int32Array.from(keys, (_, rule) => rule).sort((a, b) => {
      // No difference of keys, as both may be infinite.
      if (keys[a] !== keys[b]) return keys[a] < keys[b] ? -1 : 1;
      return a - b;
    });
    this.#orders.set(key, sorted);
    return sorted;
  }
}

export function needsMargins(name: MeasureName): boolean {
  const measure = measureOf(name);
  return 'needs' in measure && measure.needs === 'margins';
}

/** Whether two columns have the same figures, NaN being one. */
function areSame(one: Float64Array, other: Float64Array): boolean {
  return one.length === other.length && one.every((value, i) => Object.is(value, other[i]));
}

interface Bound {
  readonly column: Float64Array;
  readonly from: number;
  readonly to: number;
}
