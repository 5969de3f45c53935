import type { PurchaseDays } from '../../customers/lifetime/purchase-days.ts';
import { daysInWeek } from '../../customers/lifetime/purchase-days.ts';
import { allowedSilence, fewestOrderDays } from '../../customers/rhythm.ts';
import { SortedGaps } from './sorted-gaps.ts';
import { type Stays, StaysBuilder } from './stays.ts';

/** The days on which customers ordered, each once; see `ledgerPurchaseDays`. */
export type OrderDays = Pick<PurchaseDays, 'offsets' | 'day'>;

/**
 * For how many days a customer may be silent after an order, from the orders up to it.
 *
 * @param position of the order's day in `OrderDays`
 * @param first that of the customer's first
 */
export type Allowance = (position: number, first: number) => number;

/** What says how probable it is that somebody is still a customer, from x, tₓ and T in weeks; see `PurchaseModel`. */
export interface AliveModel {
  /** 0 … 1; it must not rise with `age` alone. */
  alive(frequency: number, recency: number, age: number): number;
  /** Whether that is to be believed in of who came back so often. */
  tellsAlive(frequency: number): boolean;
}

/**
 * Stays of customers who leave by being silent. Who ordered on day L and may be silent for A days has left on the day L + ⌊A⌋ + 1, the
 * first one in whose evening L is more than A days ago (as `rhythms` tells who is overdue), unless they order by then. A later order
 * begins another stay.
 *
 * @param today the last day that is known, in part at least
 */
export function silenceStays({ offsets, day }: OrderDays, today: number, allowanceOf: Allowance): Stays {
  const builder = new StaysBuilder();
  for (let c = 0; c + 1 < offsets.length; c++) {
    const [first, end] = [offsets[c], offsets[c + 1]];
    let from = first < end ? day[first] : -1;
    for (let p = first; p < end; p++) {
      const left = day[p] + Math.floor(allowanceOf(p, first)) + 1;
      const next = p + 1 < end ? day[p + 1] : -1;
      if (next >= 0 && next <= left) continue;
      const hasLeft = next >= 0 || left <= today;
      builder.add(from, hasLeft ? left : -1, day[p]);
      from = next;
    }
    builder.endCustomer();
  }
  return builder.build();
}

/** As long as {@link allowedSilence} says of the gaps up to then, times `factor`; `shopSilence` × `factor` for who has too few. */
export function rhythmAllowance(
  { day }: OrderDays,
  { factor, shopSilence, leastSilence }: { factor: number; shopSilence: number; leastSilence: number },
): Allowance {
  const gaps = new SortedGaps();
  return (position, first) => {
    if (position === first) gaps.clear();
    else gaps.add(day[position] - day[position - 1]);
    const own =
      position - first + 1 < fewestOrderDays ? shopSilence : allowedSilence(gaps.median(), gaps.spread());
    return factor * Math.max(own, leastSilence);
  };
}

/**
 * Until the chance that they are alive falls below `threshold`. Who the model does not tell it of, such as who ordered once in BG/NBD,
 * may be silent for `shopSilence`. On the day of an order nobody has left, whatever the model says.
 *
 * @param today silence beyond which is not looked at
 */
export function aliveAllowance(
  { day }: OrderDays,
  today: number,
  model: AliveModel,
  { threshold, shopSilence }: { threshold: number; shopSilence: number },
): Allowance {
  return (position, first) => {
    const frequency = position - first;
    if (!model.tellsAlive(frequency)) return shopSilence;
    const recency = day[position] - day[first];
    // The longest silence with a chance at the threshold or above.
    let [low, high] = [0, today - day[position] + 1];
    while (low < high) {
      const silence = (low + high + 1) >> 1;
      const chance = model.alive(frequency, recency / daysInWeek, (recency + silence) / daysInWeek);
      if (chance >= threshold) low = silence;
      else high = silence - 1;
    }
    return low;
  };
}
