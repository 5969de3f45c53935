import { isCustomerOn } from '../rates/stays.ts';
import type { EarlyWarnings } from './early-warnings.ts';
import { customersOf, endOn, type SignalHistory } from './history.ts';
import { signalNames } from './signal-names.ts';

/**
 * What became of customers with an alarm on some past day, beside all who were watched. Who had a contract on that day stayed away if none
 * ran at the end of the horizon, the others if they did not order in it. Plain data.
 */
export interface SignalRecord {
  /** The day that they were looked at, since 1970-01-01, and the days after it that count. */
  readonly day: number;
  readonly horizon: number;
  /** Customers who were watched, and those of them who stayed away. */
  readonly watched: Tally;
  /** Those with an alarm of any kind, and those without. */
  readonly alarmed: Tally;
  readonly quiet: Tally;
  /** By position in `signalNames`: those with an alarm of this kind. */
  readonly bySignal: readonly Tally[];
}

export interface Tally {
  readonly customers: number;
  readonly stayedAway: number;
}

/**
 * How true alarms came: whether customers ordered in the days after, or still had a contract at their end. The warnings must be of a model that was fitted on their day or
 * before, so that nothing leaks.
 *
 * @param history up to `warnings.today + horizon` at least
 */
export function signalRecord(history: SignalHistory, warnings: EarlyWarnings, horizon: number): SignalRecord {
  const { orders, contracts } = history;
  const { today, alarms, due } = warnings;
  const tally = (): { customers: number; stayedAway: number } => ({ customers: 0, stayedAway: 0 });
  const bySignal = signalNames.map(tally);
  const [watched, alarmed, quiet] = [tally(), tally(), tally()];
  for (let c = 0; c < customersOf(history); c++) {
    const hasContract = isCustomerOn(contracts, c, today);
    if (!hasContract && Number.isNaN(due.chance[c])) continue;
    const isAway = hasContract
      ? !isCustomerOn(contracts, c, today + horizon)
      : endOn(orders, c, today + horizon) === endOn(orders, c, today);
    const own = new Set(alarms.signal.subarray(alarms.offsets[c], alarms.offsets[c + 1]));
    for (const group of [watched, own.size > 0 ? alarmed : quiet, ...Array.from(own, (n) => bySignal[n])]) {
      group.customers++;
      group.stayedAway += Number(isAway);
    }
  }
  return { day: today, horizon, watched, alarmed, quiet, bySignal };
}

/** The share of all who were watched counts as much as so many customers with the alarm. */
const priorCustomers = 10;

/** By position in `signalNames`: the chance that who gives such an alarm stays away, drawn to that of all. */
export function stayAwayChances({ watched, bySignal }: SignalRecord): Float64Array {
  const base = watched.customers > 0 ? watched.stayedAway / watched.customers : 0;
  return Float64Array.from(
    bySignal,
    ({ customers, stayedAway }) => (stayedAway + priorCustomers * base) / (customers + priorCustomers),
  );
}
