import { firstAtLeast } from '../../baskets/first-at-least.ts';
import { PairwellError } from '../../errors.ts';
import type { Period } from './calendar.ts';
import { type Cause, causes, type Farewells } from './farewells.ts';
import type { ChurnGrouping } from './groupings.ts';
import type { MoneyOn } from './money.ts';
import type { Stays } from './stays.ts';

/** What is counted of a group in a period. */
export const figures = [
  // Customers.
  'start',
  'gained',
  'returned',
  'lost',
  'end',
  'lostOfStart',
  'backByEnd',
  // Of `lostOfStart`, in the order of `causes`.
  'voluntary',
  'involuntary',
  'unknown',
  // Money, and the customers whose money is not known.
  'money',
  'moneyLost',
  'downgrades',
  'upgrades',
  'upgradesOfYoung',
  'withoutAmount',
] as const;

export type Figure = (typeof figures)[number];

/** By figure: entry `group × periods + period`, the groups of all groupings one after the other behind that of all customers. */
export type Tally = Readonly<Record<Figure, Float64Array>>;

export interface TallyInput {
  readonly stays: Stays;
  readonly farewells: Farewells;
  readonly periods: readonly Period[];
  readonly groupings: readonly ChurnGrouping[];
  readonly moneyOn: MoneyOn;
  /** Who came within so many days before a period is young in it; 0 for nobody. */
  readonly youngDays: number;
  readonly today: number;
}

/** Where the groups of each grouping begin; group 0 is all customers. */
export function groupStarts(groupings: readonly ChurnGrouping[]): number[] {
  const starts = [1];
  for (const { names } of groupings) starts.push(starts[starts.length - 1] + names.length);
  return starts;
}

/**
 * Counts all figures of all groups in one pass over the customers. Each period's start is the evening before its first day, and its end
 * the evening of its last one, or of `today`.
 *
 * @throws PairwellError `bad-input` for a grouping of other customers, or with a group that has no name
 */
export function tallyChurn(input: TallyInput): Tally {
  const { stays, groupings } = input;
  const { offsets } = stays;
  checkGroupings(groupings, offsets.length - 1);
  const counter = new ChurnCounter(input);
  for (let c = 0; c + 1 < offsets.length; c++) {
    if (offsets[c] === offsets[c + 1]) continue;
    counter.turnTo(c);
    for (let s = offsets[c]; s < offsets[c + 1]; s++) counter.count(s);
  }
  return counter.tally;
}

class ChurnCounter {
  readonly tally: Readonly<Record<Figure, Float64Array>>;
  readonly #input: TallyInput;
  /** By period. */
  readonly #dayBefore: Int32Array;
  readonly #lastDay: Int32Array;
  readonly #groupStarts: readonly number[];
  /** Where the groups of the customer begin in the columns. */
  readonly #bases: Int32Array;
  #groups = 1;
  #customer = -1;

  constructor(input: TallyInput) {
    const { periods, groupings, today } = input;
    this.#input = input;
    this.#dayBefore = Int32Array.from(periods, ({ from }) => from - 1);
    this.#lastDay = Int32Array.from(periods, ({ to }) => Math.min(to - 1, today));
    this.#groupStarts = groupStarts(groupings);
    this.#bases = new Int32Array(groupings.length + 1);
    const size = periods.length * this.#groupStarts[groupings.length];
    this.tally = Object.fromEntries(figures.map((name) => [name, new Float64Array(size)])) as Record<
      Figure,
      Float64Array
    >;
  }

  turnTo(customer: number): void {
    const { groupings, periods } = this.#input;
    this.#customer = customer;
    this.#groups = 1;
    groupings.forEach(({ group }, g) => {
      if (group[customer] < 0) return;
      this.#bases[this.#groups++] = (this.#groupStarts[g] + group[customer]) * periods.length;
    });
  }

  /** Counts one of the customer's stays. */
  count(stay: number): void {
    const { stays, moneyOn } = this.#input;
    const { offsets, from, left } = stays;
    const hasLeft = left[stay] >= 0;
    const cameIn = this.#periodOf(from[stay]);
    // The period that it ends in, or the last one.
    const until = hasLeft ? this.#periodOf(left[stay]) : this.#lastDay.length - 1;
    this.#add(stay === offsets[this.#customer] ? 'gained' : 'returned', cameIn, 1);
    if (hasLeft) this.#add('lost', until, 1);
    let money = cameIn < until ? moneyOn(this.#customer, this.#lastDay[cameIn]) : 0;
    for (let p = cameIn; p <= until; p++) {
      const leaves = hasLeft && p === until;
      if (!leaves) this.#add('end', p, 1);
      if (p === cameIn) continue;
      this.#add('start', p, 1);
      const isBack = leaves && this.#isBackBy(stay, p);
      if (isBack) this.#add('backByEnd', p, 1);
      const isLost = leaves && !isBack;
      if (isLost) {
        this.#add('lostOfStart', p, 1);
        this.#add(this.#causeOf(stay, p), p, 1);
      }
      const after = isLost ? 0 : moneyOn(this.#customer, this.#lastDay[p]);
      this.#countMoney(p, money, after, isLost, from[stay]);
      money = after;
    }
  }

  #countMoney(period: number, before: number, after: number, isLost: boolean, from: number): void {
    if (Number.isNaN(before) || Number.isNaN(after)) {
      this.#add('withoutAmount', period, 1);
      return;
    }
    this.#add('money', period, before);
    if (isLost) this.#add('moneyLost', period, before);
    else if (after < before) this.#add('downgrades', period, before - after);
    else {
      this.#add('upgrades', period, after - before);
      const isYoung = from > this.#dayBefore[period] + 1 - this.#input.youngDays;
      if (isYoung) this.#add('upgradesOfYoung', period, after - before);
    }
  }

  #add(figure: Figure, period: number, value: number): void {
    const column = this.tally[figure];
    for (let g = 0; g < this.#groups; g++) column[this.#bases[g] + period] += value;
  }

  /** The last period that has begun by a day. */
  #periodOf(day: number): number {
    return firstAtLeast(this.#dayBefore, day, 0, this.#dayBefore.length) - 1;
  }

  /** Whether a later stay of the customer runs in the evening that the period ends with. */
  #isBackBy(stay: number, period: number): boolean {
    const { offsets, from, left } = this.#input.stays;
    const lastDay = this.#lastDay[period];
    for (let s = stay + 1; s < offsets[this.#customer + 1] && from[s] <= lastDay; s++)
      if (left[s] < 0 || left[s] > lastDay) return true;
    return false;
  }

  /** Why the customer was lost who left for the last time in the period: with this stay, or one that began and ended since. */
  #causeOf(stay: number, period: number): Cause {
    const { stays, farewells } = this.#input;
    const end = stays.offsets[this.#customer + 1];
    let s = stay;
    while (s + 1 < end && stays.from[s + 1] <= this.#lastDay[period]) s++;
    return causes[farewells.cause[s]];
  }
}

function checkGroupings(groupings: readonly ChurnGrouping[], customers: number): void {
  for (const { name, names, group } of groupings) {
    let isRight = group.length === customers;
    for (let c = 0; c < customers && isRight; c++) isRight = group[c] >= -1 && group[c] < names.length;
    if (isRight) continue;
    const message = `The groups of "${name}" must be given for each customer, as a position in their names or −1.`;
    throw new PairwellError('bad-input', message, { name });
  }
}
