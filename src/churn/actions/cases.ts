import { readReasons } from '../reasons/read-reason.ts';
import { leavingChance } from '../signals/leaving-chance.ts';
import { stayAwayChances } from '../signals/signal-record.ts';
import type { ActionInput } from './action-input.ts';
import type { ActionSettings } from './action-settings.ts';
import { type Cause, eventCauses, predictedCause, signalCauses } from './causes.ts';
import { eventChances, raisedBy } from './known-chance.ts';

/** What is known of a customer before it is decided what to do. */
export interface Case {
  readonly customer: number;
  readonly causes: readonly Cause[];
  readonly chance: number;
  /** Of a lost customer: the row in the win-back study. */
  readonly lostRow: number;
}

/** From so great a chance on a prediction is reason enough by itself: leaving is likelier than staying. */
const likely = 0.5;

/** Everybody about whom something could be done. */
export function casesOf(
  { insights, facts, prediction, day }: ActionInput,
  { triggerDays }: ActionSettings,
): Case[] {
  const { warnings, record, reasons, winback } = insights;
  const customers = facts.own.length;
  const { positions } = readReasons(facts.events.reasons);
  const afterEvents = eventChances(reasons);
  const leaving = new Float64Array(customers).fill(Number.NaN);
  const rowOf = new Map(Array.from(prediction?.customers ?? [], (customer, row) => [customer, row]));
  for (const [customer, row] of rowOf) leaving[customer] = prediction!.probabilities[row];
  const sources = { leaving, ofSignal: record ? stayAwayChances(record) : undefined };
  const lostRows = new Map(Array.from(winback.customer, (customer, row) => [customer, row]));
  const { offsets, signal } = warnings.alarms;
  const cases: Case[] = [];
  for (let customer = 0; customer < customers; customer++) {
    const lostRow = lostRows.get(customer) ?? -1;
    const fromEvents = eventCauses(facts, positions, customer, day, triggerDays);
    if (lostRow >= 0) {
      cases.push({ customer, causes: fromEvents, chance: 1 - winback.baseline[lostRow], lostRow });
      continue;
    }
    const causes = [...fromEvents, ...signalCauses(warnings, customer)];
    const row = rowOf.get(customer);
    if (row !== undefined && prediction!.probabilities[row] >= likely)
      causes.push(predictedCause(prediction!, row));
    if (causes.length === 0) continue;
    const own = signal.subarray(offsets[customer], offsets[customer + 1]);
    const chance = raisedBy(leavingChance(warnings, customer, own, sources), causes, afterEvents);
    cases.push({ customer, causes, chance, lostRow });
  }
  return cases;
}
