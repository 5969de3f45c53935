import { Dictionary } from '../../baskets/dictionary.ts';
import type { Ledger } from '../../customers/ledger.ts';
import { deathDays, diedReason } from '../deaths.ts';
import { hasRun } from './contract-stays.ts';
import type { Stays } from './stays.ts';

/** Whose doing it was that a stay ended: the customer's, the shop's or something else's, such as a card that failed; or nobody knows. */
export const causes = ['voluntary', 'involuntary', 'unknown'] as const;

export type Cause = (typeof causes)[number];

/** Why stays ended, by stay; −1 in both columns for one that has not. Plain data. */
export interface Farewells {
  /** The position in {@link causes}. */
  readonly cause: Int8Array;
  /** The position in `reasons`, or −1 where none is known. */
  readonly reason: Int32Array;
  /** Codes, as they were sent; those alone that some stay ended for. */
  readonly reasons: readonly string[];
}

export interface FarewellOptions {
  /** How long before the day of leaving an event may tell why. Default 365 days. */
  readonly windowDays?: number;
  /** Whether customers leave of their own will for a reason, where the data do not say; undefined where the code does not tell. */
  readonly isVoluntary?: (reason: string) => boolean | undefined;
  /** The code that a text of an event or contract stands for. Default: the text. */
  readonly codeOf?: (text: string) => string;
}

const failedPayment = 'payment-failed';

/**
 * Why customers left: death, if that is what ended the stay; else what the contract that ended last says, if it says anything; else the last `cancellation` (voluntary) or
 * `payment-failed` (involuntary) among the events of the window before the day of leaving. Events before the last order do not count: the
 * customer stayed in spite of them. A failed payment without a reason has its kind for one. Whose doing a cancellation was its reason
 * tells, if `isVoluntary` knows.
 *
 * @param isByContracts whether stays are those of contracts: notice is given while these run
 */
export function farewellsOf(
  ledger: Pick<Ledger, 'contracts' | 'events' | 'today'>,
  stays: Stays,
  isByContracts: boolean,
  { windowDays = 365, isVoluntary, codeOf = (text) => text }: FarewellOptions = {},
): Farewells {
  const { offsets, from, left, lastSeen } = stays;
  const { contracts, events } = ledger;
  const cause = new Int8Array(left.length).fill(-1);
  const reason = new Int32Array(left.length).fill(-1);
  const names = new Dictionary();
  const died = deathDays({ events, today: ledger.today });
  for (let c = 0; c + 1 < offsets.length; c++) {
    for (let s = offsets[c]; s < offsets[c + 1]; s++) {
      if (left[s] < 0) continue;
      if (died[c] === left[s]) {
        cause[s] = 1;
        reason[s] = names.intern(diedReason);
        continue;
      }
      const ended = isByContracts ? contractEnding(ledger, c, lastSeen[s] + 1) : -1;
      const since = Math.max(left[s] - windowDays, isByContracts ? from[s] : lastSeen[s]);
      const event = ended < 0 ? tellingEvent(ledger, c, since, left[s]) : -1;
      let [voluntary, code] = [-1, ''];
      if (ended >= 0) {
        voluntary = contracts.isVoluntary[ended];
        code = codeOf(contracts.reasons[contracts.reason[ended]] ?? '');
      } else if (event >= 0) {
        const isFailure = events.kinds[events.kind[event]] === failedPayment;
        code = codeOf(events.reasons[events.reason[event]] ?? (isFailure ? failedPayment : ''));
        voluntary = isFailure ? 0 : Number(isVoluntary?.(code) ?? true);
      }
      const told = voluntary < 0 && code !== '' ? isVoluntary?.(code) : undefined;
      if (told !== undefined) voluntary = Number(told);
      cause[s] = voluntary < 0 ? 2 : 1 - voluntary;
      if (code !== '') reason[s] = names.intern(code);
    }
  }
  return { cause, reason, reasons: Array.from({ length: names.size }, (_, n) => names.nameOf(n)) };
}

/** The contract that ended on a day and says most of why; −1 where none says anything. */
function contractEnding({ contracts }: Pick<Ledger, 'contracts'>, customer: number, day: number): number {
  const { offsets, start, end, reason, isVoluntary } = contracts;
  let best = -1;
  let most = 0;
  for (let n = offsets[customer]; n < offsets[customer + 1]; n++) {
    if (end[n] !== day || !hasRun(start[n], end[n])) continue;
    const says = Number(reason[n] >= 0) + Number(isVoluntary[n] >= 0);
    if (says < most || says === 0) continue;
    [best, most] = [n, says];
  }
  return best;
}

/** The last event from `since` to `until` that says why somebody leaves, or −1. */
function tellingEvent(
  { events }: Pick<Ledger, 'events'>,
  customer: number,
  since: number,
  until: number,
): number {
  const { offsets, day, kind, kinds } = events;
  for (let e = offsets[customer + 1] - 1; e >= offsets[customer] && day[e] >= since; e--) {
    if (day[e] > until) continue;
    const name = kinds[kind[e]];
    if (name === 'cancellation' || name === failedPayment) return e;
  }
  return -1;
}
