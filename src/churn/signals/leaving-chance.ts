import type { EarlyWarnings } from './early-warnings.ts';

/** What the chance that a customer is leaving is known from, besides his silence. */
export interface ChanceSources {
  /** By customer, where a prediction tells it; NaN where it does not. */
  readonly leaving?: ArrayLike<number> | undefined;
  /** By position in `signalNames`: of those with such an alarm, the share that stayed away. */
  readonly ofSignal?: Float64Array | undefined;
}

/**
 * The chance that a customer is leaving: the prediction's; without one that of the silence, or what became of customers with such alarms
 * before, whichever is the greater. 0 where nothing speaks for it.
 *
 * @param signals alarms of the customer, by position in `signalNames`
 */
export function leavingChance(
  { due }: Pick<EarlyWarnings, 'due'>,
  customer: number,
  signals: Iterable<number>,
  { leaving, ofSignal }: ChanceSources,
): number {
  if (leaving && !Number.isNaN(leaving[customer])) return leaving[customer];
  let chance = Number.isNaN(due.left[customer]) ? 0 : due.left[customer];
  if (ofSignal) for (const signal of signals) chance = Math.max(chance, ofSignal[signal]);
  return chance;
}
