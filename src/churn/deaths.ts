import { deathKind } from '../customers/event-kinds.ts';
import type { CustomerContracts, Ledger } from '../customers/ledger.ts';
import { type Stays, StaysBuilder } from './rates/stays.ts';
import { readReason } from './reasons/read-reason.ts';

/** The code of the reason for which the dead leave. */
export const diedReason = 'died';

/**
 * The day on which each customer died, as far as the shop knows: of the first `death`, or `cancellation` whose reason it is; −1 for
 * everybody else. Events after `today` are not looked at.
 *
 * @param contracts if given, the end of a customer's last one counts too where it ended for that; it may lie ahead
 */
export function deathDays({
  events,
  contracts,
  today,
}: Pick<Ledger, 'events' | 'today'> & { readonly contracts?: CustomerContracts | undefined }): Int32Array {
  const customers = events.offsets.length - 1;
  const died = contracts ? contractDeaths(contracts, customers) : new Int32Array(customers).fill(-1);
  const saysSo = events.reasons.map(isDeath);
  const [death, cancellation] = [deathKind, 'cancellation'].map((kind) => events.kinds.indexOf(kind));
  if (death < 0 && !saysSo.includes(true)) return died;
  for (let c = 0; c < died.length; c++)
    for (let e = events.offsets[c]; e < events.offsets[c + 1] && events.day[e] <= today; e++) {
      const isOne =
        events.kind[e] === death || (events.kind[e] === cancellation && saysSo[events.reason[e]] === true);
      if (!isOne) continue;
      if (died[c] < 0 || events.day[e] < died[c]) died[c] = events.day[e];
      break;
    }
  return died;
}

const isDeath = (text: string): boolean => readReason(text).reason?.code === diedReason;

/** One contract of several may have been a dead relative's: only the last one says that the customer is dead. */
function contractDeaths({ offsets, end, reason, reasons }: CustomerContracts, customers: number): Int32Array {
  const died = new Int32Array(customers).fill(-1);
  const saysSo = reasons.map(isDeath);
  if (!saysSo.includes(true)) return died;
  for (let c = 0; c < customers; c++) {
    let last = -1;
    for (let n = offsets[c]; n < offsets[c + 1]; n++) {
      const ends = end[n] < 0 ? Number.POSITIVE_INFINITY : end[n];
      if (ends < last) continue;
      if (ends > last) died[c] = -1;
      last = ends;
      if (saysSo[reason[n]]) died[c] = end[n];
    }
  }
  return died;
}

/**
 * Stays that end with death at the latest, whatever a definition of leaving would wait for. What is dated after it, such as an order
 * that was still under way, begins no other stay.
 *
 * @param died of {@link deathDays}; a day after `today` ends nothing yet
 */
export function endedByDeath(stays: Stays, died: Int32Array, today: number): Stays {
  if (!died.some((day) => day >= 0 && day <= today)) return stays;
  const builder = new StaysBuilder();
  const { offsets, from, left, lastSeen } = stays;
  for (let c = 0; c + 1 < offsets.length; c++) {
    const end = died[c] >= 0 && died[c] <= today ? died[c] : Number.POSITIVE_INFINITY;
    for (let s = offsets[c]; s < offsets[c + 1] && from[s] <= end; s++) {
      const isCut = end < Number.POSITIVE_INFINITY && (left[s] < 0 || left[s] > end);
      builder.add(from[s], isCut ? end : left[s], isCut ? Math.min(lastSeen[s], end) : lastSeen[s]);
    }
    builder.endCustomer();
  }
  return builder.build();
}
