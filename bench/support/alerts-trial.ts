import { alarmAt } from '../../src/churn/signals/alarms.ts';
import { earlyWarnings, fitWarnings, type WarningOptions } from '../../src/churn/signals/early-warnings.ts';
import { endOn, type OrderSeries } from '../../src/churn/signals/history.ts';
import type { SignalName } from '../../src/churn/signals/signal-names.ts';
import type { SimulatedShop, TrialShop } from './alerts-shop.ts';
import { median } from './median.ts';

/** The first alarm of each customer in the watched year, by signal and by any: days since 1970-01-01, −1 without one. */
export interface FirstAlarms {
  readonly any: Int32Array;
  readonly bySignal: Readonly<Partial<Record<SignalName, Int32Array>>>;
  /** Who had no alarm when the year began, and so could be given a first one. */
  readonly isFresh: Uint8Array;
}

/**
 * Looks at the shop every `step` days of its last year, each time as it was on the evening of that day, with what was learnt from the
 * years before.
 */
export function watchYear(shop: TrialShop, step: number, options: WarningOptions = {}): FirstAlarms {
  const { history, from, end, fate } = shop;
  const model = fitWarnings(history, from - 1, options);
  const any = new Int32Array(fate.length).fill(-1);
  const bySignal: Partial<Record<SignalName, Int32Array>> = {};
  const isFresh = new Uint8Array(fate.length).fill(1);
  for (let day = from - 1; day < end; day += step) {
    const { alarms } = earlyWarnings(history, model, day, options);
    for (let c = 0; c < fate.length; c++) {
      for (let n = alarms.offsets[c]; n < alarms.offsets[c + 1]; n++) {
        const { name } = alarmAt(alarms, n);
        if (day < from) isFresh[c] = 0;
        if (any[c] < 0) any[c] = day;
        bySignal[name] ??= new Int32Array(fate.length).fill(-1);
        if (bySignal[name][c] < 0) bySignal[name][c] = day;
      }
    }
  }
  return { any, bySignal, isFresh };
}

/** The same by a rule on the silence alone, such as 90 days. @param limit longest silence by customer, from the gaps before the year */
export function watchSilence(
  { history, from, end, fate }: SimulatedShop,
  step: number,
  limit: (gaps: readonly number[]) => number,
): FirstAlarms {
  const { orders } = history;
  const any = new Int32Array(fate.length).fill(-1);
  const isFresh = new Uint8Array(fate.length).fill(1);
  const limits = fate.map((_, c) => limit(gapsBefore(orders, c, from - 1)));
  for (let day = from - 1; day < end; day += step) {
    for (let c = 0; c < fate.length; c++) {
      const last = endOn(orders, c, day) - 1;
      if (any[c] >= 0 || last <= orders.offsets[c] || !(day - orders.day[last] > limits[c])) continue;
      if (day < from) isFresh[c] = 0;
      any[c] = day;
    }
  }
  return { any, bySignal: { 'order-gap': any }, isFresh };
}

function gapsBefore(orders: OrderSeries, c: number, day: number): number[] {
  const own = Array.from(orders.day.subarray(orders.offsets[c], endOn(orders, c, day)));
  return own.slice(1).map((at, n) => at - own[n]);
}

export interface TrialFigures {
  readonly customers: number;
  /** Of those, the share with an alarm at all; after the change where something changes. */
  readonly alarmed: number;
  /** Median days from the change to the alarm, in the customer's own gaps; null without an alarm. */
  readonly delay: number | null;
}

/** Of the customers who are chosen and had no alarm before the year began. */
export function figuresOf(
  shop: TrialShop,
  alarms: FirstAlarms,
  isChosen: (c: number) => boolean,
  signal?: SignalName,
): TrialFigures {
  const first = signal ? alarms.bySignal[signal] : alarms.any;
  let customers = 0;
  let alarmed = 0;
  const delays: number[] = [];
  for (let c = 0; c < shop.fate.length; c++) {
    if (!isChosen(c) || alarms.isFresh[c] === 0) continue;
    const change = shop.changeDay[c];
    // A false alarm before the change is none of it.
    if (change >= 0 && alarms.any[c] >= 0 && alarms.any[c] < change) continue;
    customers++;
    if (first === undefined || first[c] < 0) continue;
    alarmed++;
    if (change >= 0) delays.push((first[c] - change) / shop.meanGap[c]);
  }
  return {
    customers,
    alarmed: customers > 0 ? alarmed / customers : 0,
    delay: delays.length > 0 ? median(delays) : null,
  };
}

/** What an alarm before the customer is due is, with orders every April: one from the year's first day until this one, 1 April. */
const aprilStarts = 90;

/** By when an order that comes every April is missed: 31 May. */
const mayEnds = 150;

export interface AprilFigures {
  readonly customers: number;
  /** With an alarm of silence before the month comes. */
  readonly beforeDue: number;
  readonly leavers: number;
  /** Of the leavers, those with one by the end of May. */
  readonly foundByMay: number;
}

/** Of those who order every April. */
export function aprilFigures({ habit, fate, from }: SimulatedShop, alarms: FirstAlarms): AprilFigures {
  const gap = alarms.bySignal['order-gap'];
  const own = habit.flatMap((name, c) => (name === 'every April' ? c : []));
  const leavers = own.filter((c) => fate[c] === 'leaves');
  const by = (c: number, day: number): boolean => gap !== undefined && gap[c] >= 0 && gap[c] < from + day;
  return {
    customers: own.length,
    beforeDue: own.filter((c) => by(c, aprilStarts)).length,
    leavers: leavers.length,
    foundByMay: leavers.filter((c) => by(c, mayEnds) && !by(c, aprilStarts)).length,
  };
}

/** The rules that shops use: half as long again as the median gap, and 90 days. */
export const plainRules: Readonly<Record<string, (gaps: readonly number[]) => number>> = {
  '1.5 × median gap': (gaps) => (gaps.length > 0 ? 1.5 * median(gaps) : Number.POSITIVE_INFINITY),
  '90 days': () => 90,
};
