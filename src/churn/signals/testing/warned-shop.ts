import type { Ledger } from '../../../customers/ledger.ts';
import type { DocumentLiteral } from '../../../customers/testing/ledger.ts';
import { alarmAt } from '../alarms.ts';
import { type EarlyWarnings, earlyWarnings, fitWarnings } from '../early-warnings.ts';
import { signalHistory } from '../history.ts';

/** 2019-01-01. */
export const start = 17_897;

/** Orders of one line on each of the days. */
export const orders = (days: readonly number[], line = { product: 'tea', price: 20 }): DocumentLiteral[] =>
  days.map((day) => ({ day, lines: [line] }));

/** Every so many days from the first on, before the end. */
export const every = (gap: number, from: number, end: number): number[] =>
  Array.from({ length: Math.ceil((end - from) / gap) }, (_, n) => from + n * gap);

/** The warnings of a day by what was learnt up to another. */
export function warn(ledger: Ledger, today: number, fittedOn = today): EarlyWarnings {
  const history = signalHistory(ledger);
  return earlyWarnings(history, fitWarnings(history, fittedOn), today);
}

/** What a customer gives alarm by. */
export const alarmsOf = ({ alarms }: EarlyWarnings, c: number): string[] =>
  Array.from(
    { length: alarms.offsets[c + 1] - alarms.offsets[c] },
    (_, n) => alarmAt(alarms, alarms.offsets[c] + n).name,
  );
