import { PairwellError } from '../../errors.ts';
import { placesOfPage } from '../places-of-page.ts';
import type { Words } from '../words.ts';
import { type Alarm, alarmAt } from './alarms.ts';
import type { DueColumns } from './due-days.ts';
import type { EarlyWarnings } from './early-warnings.ts';
import { leavingChance } from './leaving-chance.ts';
import { type SignalName, signalNames } from './signal-names.ts';
import { type SignalRecord, stayAwayChances } from './signal-record.ts';
import { warningWords } from './warning-words.ts';

/** Customers with an alarm, the most at risk first. */
export interface RankedAlerts {
  readonly customer: Int32Array;
  /** By place: the chance that the customer is leaving, 0 … 1, and it times the value; 0 where no value above 0 is known. */
  readonly leaving: Float64Array;
  readonly valueAtRisk: Float64Array;
}

export interface AlertOptions {
  /** The chance that a customer is leaving, by customer, where a prediction tells it; NaN where it does not. */
  readonly leaving?: ArrayLike<number>;
  /** What alarms of a day some time ago came to: what is known of alarms that are not of silence. */
  readonly record?: SignalRecord;
  /** Alarms of these signals alone. */
  readonly signals?: readonly SignalName[];
}

/**
 * Ranks customers with an alarm by value at risk, the value times the chance that they are leaving; of equals the one with the lower number
 * comes first. The chance is the prediction's; without one it is that of the silence ({@link EarlyWarnings.due}), or what became of
 * customers with such alarms before, whichever is the greater; 0 where neither is known, as of a contract without orders in a shop that
 * is too young for a record.
 *
 * @param value by customer: what is still to come of them if they stay, in money, such as the profit of the next twelve months; NaN or less
 *   than 0 is nothing to lose
 * @throws PairwellError `bad-input` for a value or prediction of another number of customers
 */
export function rankAlerts(
  warnings: EarlyWarnings,
  value: ArrayLike<number>,
  { leaving, record, signals = signalNames }: AlertOptions = {},
): RankedAlerts {
  const { alarms } = warnings;
  const customers = alarms.offsets.length - 1;
  for (const column of leaving ? [value, leaving] : [value]) {
    if (column.length === customers) continue;
    const message = `There are ${customers} customers, and values or chances of ${column.length}; give one for each.`;
    throw new PairwellError('bad-input', message, { customers, given: column.length });
  }
  const wanted = new Set(signals.map((name) => signalNames.indexOf(name)));
  const ofSignal = record && stayAwayChances(record);
  const found: { customer: number; chance: number; risk: number }[] = [];
  for (let c = 0; c < customers; c++) {
    const own = alarms.signal.subarray(alarms.offsets[c], alarms.offsets[c + 1]);
    if (!own.some((signal) => wanted.has(signal))) continue;
    const chance = leavingChance(warnings, c, own, { leaving, ofSignal });
    found.push({ customer: c, chance, risk: value[c] > 0 ? value[c] * chance : 0 });
  }
  found.sort((a, b) => b.risk - a.risk || a.customer - b.customer);
  return {
    customer: Int32Array.from(found, ({ customer }) => customer),
    leaving: Float64Array.from(found, ({ chance }) => chance),
    valueAtRisk: Float64Array.from(found, ({ risk }) => risk),
  };
}

/** An alarm with its words. */
export type AlertReason = Required<Alarm> & { readonly words: Words };

/** When the next order is or was due. Days are since 1970-01-01; −1 where not within ten years. */
export interface AlertDue {
  readonly day: number;
  /** Between these days eight in ten would come. */
  readonly from: number;
  readonly to: number;
  /** The first on which the silence gives alarm. */
  readonly alarmDay: number;
  readonly isOverdue: boolean;
}

export interface Alert {
  readonly customer: number;
  readonly leaving: number;
  readonly valueAtRisk: number;
  /** Null where no order is due: of who ordered less than twice, or not to be expected again within ten years. */
  readonly due: AlertDue | null;
  readonly reasons: readonly AlertReason[];
}

export interface AlertPage {
  readonly total: number;
  readonly items: readonly Alert[];
  /** Where the next page starts; null at the end. */
  readonly next: number | null;
}

/**
 * Some of the ranked alerts, in words.
 *
 * @param from the place of the first, 0 for the best
 * @param limit how many at most, 1 or more
 * @param isListed whether a customer is shown; places and pages stay where they are when somebody no longer is
 * @throws PairwellError `bad-input` for other numbers
 */
export function alertPage(
  warnings: EarlyWarnings,
  ranked: RankedAlerts,
  from: number,
  limit: number,
  isListed: (customer: number) => boolean = () => true,
): AlertPage {
  const isFrom = Number.isInteger(from) && from >= 0;
  if (!isFrom || !Number.isInteger(limit) || limit < 1) {
    const message = `A page starts at a whole number from 0 on and has 1 alert or more: not ${from} and ${limit}.`;
    throw new PairwellError('bad-input', message, { from, limit });
  }
  const { places, total, next } = placesOfPage(ranked.customer, from, limit, isListed);
  return { total, items: places.map((place) => alertOf(warnings, ranked, place)), next };
}

function alertOf({ today, alarms, due }: EarlyWarnings, ranked: RankedAlerts, place: number): Alert {
  const customer = ranked.customer[place];
  const reasons: AlertReason[] = [];
  for (let n = alarms.offsets[customer]; n < alarms.offsets[customer + 1]; n++) {
    const alarm = alarmAt(alarms, n);
    reasons.push({ ...alarm, words: warningWords(alarm, today) });
  }
  return {
    customer,
    leaving: ranked.leaving[place],
    valueAtRisk: ranked.valueAtRisk[place],
    due: dueOf(due, customer),
    reasons,
  };
}

function dueOf(due: DueColumns, customer: number): AlertDue | null {
  if (due.dueDay[customer] < 0) return null;
  return {
    day: due.dueDay[customer],
    from: due.dueFrom[customer],
    to: due.dueTo[customer],
    alarmDay: due.alarmDay[customer],
    isOverdue: due.isOverdue[customer] === 1,
  };
}
