import type { CustomerContracts, CustomerEvents } from '../../customers/ledger.ts';
import { PairwellError } from '../../errors.ts';
import { deathDays, diedReason } from '../deaths.ts';
import type { Stays } from '../rates/stays.ts';
import { readReasons } from './read-reason.ts';
import { reasonCodes } from './reason-codes.ts';

export interface LeavingReasonOptions {
  /** Kinds of events whose reason is one for leaving. Default `cancellation` alone. */
  readonly kinds?: readonly string[];
  /** How many days before the last sign of life, and after the leaving, a reason still belongs to it. Default 30. */
  readonly windowDays?: number;
  /** Nothing later is looked at. Default: everything is. */
  readonly until?: number;
}

/** Each end of a stay, and what is known of why. Ordered by customer, then by day. */
export interface LeavingReasons {
  readonly customer: Int32Array;
  /** The number of the stay that ended. */
  readonly stay: Int32Array;
  /** The day of leaving. */
  readonly day: Int32Array;
  /** The position in `reasonCodes`; −1 where nobody said, or nobody could read it. */
  readonly reason: Int32Array;
  /** The day on which the shop learnt it: of the event, or the end of the contract; −1 without a reason. */
  readonly knownOn: Int32Array;
  /** Whether the customer decided it: 1, 0, or −1 where that is not known. What the contract says goes before what the reason does. */
  readonly isVoluntary: Int8Array;
  /** Texts that are no reasons, and how many leavings have no reason for it. */
  readonly unread: readonly string[];
  readonly unreadLeavings: number;
}

/** A kind of event that is a reason in itself where nothing better is known. */
const tellingKinds: Readonly<Record<string, string>> = { 'payment-failed': 'payment-failed' };

/**
 * Why customers left. Who died then left for that, as events tell it. Else the last word counts: the newest readable reason of an event of `kinds`, from `windowDays` before the last sign
 * of life to `windowDays` after the leaving, but before a return; else that of the contract that ended; else a failed payment in the
 * same days.
 *
 * @throws PairwellError `bad-input` for a window that is no whole number of days ≥ 0
 */
export function leavingReasons(
  stays: Stays,
  events: CustomerEvents,
  contracts: CustomerContracts,
  { kinds = ['cancellation'], windowDays = 30, until = Number.POSITIVE_INFINITY }: LeavingReasonOptions = {},
): LeavingReasons {
  if (!(Number.isInteger(windowDays) && windowDays >= 0))
    throw new PairwellError('bad-input', `windowDays: a whole number of days, 0 or more, not ${windowDays}.`);
  const said = readReasons(events.reasons);
  const agreed = readReasons(contracts.reasons);
  const isTold = events.kinds.map((kind) => kinds.includes(kind));
  const implied = events.kinds.map((kind) =>
    reasonCodes.findIndex(({ code }) => code === tellingKinds[kind]),
  );
  const ends = endsOf(stays, until);
  const died = deathDays({ events, today: until });
  const diedPosition = reasonCodes.findIndex(({ code }) => code === diedReason);
  const reason = new Int32Array(ends.length).fill(-1);
  const knownOn = new Int32Array(ends.length).fill(-1);
  const isVoluntary = new Int8Array(ends.length).fill(-1);
  let unreadLeavings = 0;
  for (const [n, { customer, stay }] of ends.entries()) {
    const { left, lastSeen, from, offsets } = stays;
    const next = stay + 1 < offsets[customer + 1] ? from[stay + 1] - 1 : Number.POSITIVE_INFINITY;
    const last = Math.min(left[stay] + windowDays, next, until);
    const first = Math.max(lastSeen[stay] - windowDays, from[stay]);
    if (died[customer] >= first && died[customer] <= last) {
      [reason[n], knownOn[n], isVoluntary[n]] = [diedPosition, died[customer], 0];
      continue;
    }
    let wasUnread = false;
    let [fallback, fallbackDay] = [-1, -1];
    for (let e = events.offsets[customer + 1] - 1; e >= events.offsets[customer]; e--) {
      if (events.day[e] > last) continue;
      if (events.day[e] < first || reason[n] >= 0) break;
      if (fallback < 0 && implied[events.kind[e]] >= 0) {
        fallback = implied[events.kind[e]];
        fallbackDay = events.day[e];
      }
      if (!isTold[events.kind[e]] || events.reason[e] < 0) continue;
      reason[n] = said.positions[events.reason[e]];
      if (reason[n] >= 0) knownOn[n] = events.day[e];
      wasUnread ||= reason[n] < 0;
    }
    const contract = contractEnding(contracts, customer, first, last);
    if (contract >= 0) {
      isVoluntary[n] = contracts.isVoluntary[contract];
      if (reason[n] < 0 && contracts.reason[contract] >= 0) {
        reason[n] = agreed.positions[contracts.reason[contract]];
        if (reason[n] >= 0) knownOn[n] = contracts.end[contract];
        wasUnread ||= reason[n] < 0;
      }
    }
    if (reason[n] < 0 && fallback >= 0) [reason[n], knownOn[n]] = [fallback, fallbackDay];
    if (isVoluntary[n] < 0 && reason[n] >= 0) isVoluntary[n] = Number(reasonCodes[reason[n]].isVoluntary);
    if (reason[n] < 0 && wasUnread) unreadLeavings++;
  }
  return {
    customer: Int32Array.from(ends, (end) => end.customer),
    stay: Int32Array.from(ends, (end) => end.stay),
    day: Int32Array.from(ends, (end) => stays.left[end.stay]),
    reason,
    knownOn,
    isVoluntary,
    unread: [...new Set([...said.unread, ...agreed.unread])],
    unreadLeavings,
  };
}

function endsOf({ offsets, left }: Stays, until: number): { customer: number; stay: number }[] {
  const ends: { customer: number; stay: number }[] = [];
  for (let customer = 0; customer + 1 < offsets.length; customer++)
    for (let stay = offsets[customer]; stay < offsets[customer + 1]; stay++)
      if (left[stay] >= 0 && left[stay] <= until) ends.push({ customer, stay });
  return ends;
}

/** The last contract that ended in these days; −1 if none did. */
function contractEnding(
  { offsets, end }: CustomerContracts,
  customer: number,
  first: number,
  last: number,
): number {
  if (customer + 1 >= offsets.length) return -1;
  let found = -1;
  for (let k = offsets[customer]; k < offsets[customer + 1]; k++) {
    if (end[k] < first || end[k] > last) continue;
    if (found < 0 || end[k] >= end[found]) found = k;
  }
  return found;
}
