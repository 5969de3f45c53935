import { addMonths, firstOfMonth, monthLabel, monthOf } from './calendar.ts';
import { isCustomerOn, type Stays } from './stays.ts';

/** Customers who came in the same month, and how many of them were still customers later. */
export interface Cohort {
  /** Of the first order or contract, such as `2011-03`. */
  readonly month: string;
  readonly customers: number;
  /**
   * Entry k: how many were customers k + 1 months after their own first day, those who had left and come back among them; null while some
   * of them have not come so far.
   */
  readonly active: readonly (number | null)[];
  /** The same over `customers`. */
  readonly share: readonly (number | null)[];
}

export interface CohortTable {
  /** By month, those without anybody left out; as many months after the first day as the oldest can tell of. */
  readonly cohorts: readonly Cohort[];
  /** Entry k: of the cohorts that tell, all customers together. */
  readonly all: readonly { readonly customers: number; readonly active: number; readonly share: number }[];
}

/**
 * Who is still a customer after 1, 2, … months of the calendar, each counted from the customer's own first day.
 *
 * @param today the last day that is known
 */
export function cohortTable(stays: Stays, today: number): CohortTable {
  const { offsets, from } = stays;
  const members = new Map<number, number[]>();
  for (let c = 0; c + 1 < offsets.length; c++) {
    if (offsets[c] === offsets[c + 1]) continue;
    const month = monthOf(from[offsets[c]]);
    const known = members.get(month);
    if (known) known.push(c);
    else members.set(month, [c]);
  }
  const months = [...members.keys()].sort((a, b) => a - b);
  const toldOf = (month: number): number => monthsTold(month, today);
  const length = months.length > 0 ? toldOf(months[0]) : 0;
  const cohorts = months.map((month): Cohort => {
    const customers = members.get(month)!;
    const told = toldOf(month);
    const active = Array.from({ length }, (_, k) => {
      if (k >= told) return null;
      // As `addMonths`, with what is the same for all of the cohort worked out once.
      const ahead = firstOfMonth(month + k + 1) - firstOfMonth(month);
      const lastDay = firstOfMonth(month + k + 2) - 1;
      const isActive = (c: number): boolean =>
        isCustomerOn(stays, c, Math.min(from[offsets[c]] + ahead, lastDay));
      return customers.filter(isActive).length;
    });
    return {
      month: monthLabel(month),
      customers: customers.length,
      active,
      share: active.map((count) => (count === null ? null : count / customers.length)),
    };
  });
  const all = Array.from({ length }, (_, k) => {
    const telling = cohorts.filter(({ active }) => active[k] !== null);
    const customers = telling.reduce((sum, cohort) => sum + cohort.customers, 0);
    const active = telling.reduce((sum, cohort) => sum + cohort.active[k]!, 0);
    return { customers, active, share: active / customers };
  });
  return { cohorts, all };
}

/** How many months after their first day all have come who came in a month: the last of them on its last day. */
function monthsTold(month: number, today: number): number {
  const lastDay = firstOfMonth(month + 1) - 1;
  let told = 0;
  while (addMonths(lastDay, told + 1) <= today) told++;
  return told;
}
