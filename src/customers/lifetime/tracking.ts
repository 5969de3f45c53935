import { daysInWeek, type PurchaseDays } from './purchase-days.ts';
import type { PurchaseModel } from './purchase-model.ts';

/** A point of the tracking plot. */
export interface TrackedWeek {
  /** From 1 on, since the first purchase of anybody; the last one may end early. */
  readonly week: number;
  /** Its last day. */
  readonly day: number;
  /** Whether it ends after the split. */
  readonly isHoldOut: boolean;
  /** Repeat purchase days up to this one, as they were and as the model has them. */
  readonly actual: number;
  readonly expected: number;
}

/**
 * Repeat purchases of all who first bought by the split, cumulated by week: what came, and E[X] summed over these customers as they
 * joined (Fader, Hardie and Lee, Marketing Science 24, 2005, figure 2).
 *
 * Takes one expectation for each number of days that a customer can be old at a week's end. Of nobody there are no weeks.
 */
export function trackRepeatPurchases(
  { offsets, day }: PurchaseDays,
  model: Pick<PurchaseModel, 'whenAlive'>,
  { splitDay, lastDay }: { readonly splitDay: number; readonly lastDay: number },
): TrackedWeek[] {
  const joined = new Map<number, number>();
  const repeats: number[] = [];
  for (let c = 0; c + 1 < offsets.length; c++) {
    const first = offsets[c];
    if (first === offsets[c + 1] || day[first] > splitDay) continue;
    joined.set(day[first], (joined.get(day[first]) ?? 0) + 1);
    for (let i = first + 1; i < offsets[c + 1] && day[i] <= lastDay; i++) repeats.push(day[i]);
  }
  if (joined.size === 0) return [];
  const firstDay = Math.min(...joined.keys());
  const byDay = new Int32Array(lastDay - firstDay + 1);
  for (const at of repeats) byDay[at - firstDay]++;
  const expectedByAge = expectationsByAge(model);
  const weeks: TrackedWeek[] = [];
  let counted = 0;
  let actual = 0;
  for (let week = 1; counted < byDay.length; week++) {
    const end = Math.min(week * daysInWeek, byDay.length);
    for (; counted < end; counted++) actual += byDay[counted];
    const at = firstDay + end - 1;
    let expected = 0;
    for (const [since, customers] of joined) {
      if (since < at) expected += customers * expectedByAge(at - since);
    }
    weeks.push({ week, day: at, isHoldOut: at > splitDay, actual, expected });
  }
  return weeks;
}

/** E[X] by days since the first purchase, each worked out once: all are alive at first. */
function expectationsByAge(model: Pick<PurchaseModel, 'whenAlive'>): (days: number) => number {
  const known: number[] = [];
  return (days) => {
    known[days] ??= model.whenAlive(0, 0, days / daysInWeek);
    return known[days];
  };
}
